"""What the command line prints, and where.

Owns the two voices: JSON for programs, text for people; summaries on standard output, errors
and progress on standard error.
"""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from pydantic import JsonValue
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from schemas.summary import Summary
from service.errors import ReaderError, ReadoutError, describe_problem
from service.outputs.sink import PipeClosedError
from service.report.terminal import print_summary


class _Page(Console):
    """A console that says in our own way when nobody reads on."""

    def on_broken_pipe(self) -> None:
        """Raise ``PipeClosedError``, where rich would end the process with exit code 1."""
        raise PipeClosedError


class Output:
    """Prints results, one after the other."""

    def __init__(self, *, as_json: bool) -> None:
        """Speak to programs if ``as_json``, else to people."""
        self._as_json = as_json
        self._console = open_page()
        self._errors = Console(stderr=True, highlight=False)
        self._printed = 0

    def show_progress(self, count: int) -> AbstractContextManager[object]:
        """Show on standard error that ``count`` articles are being read; only on a terminal."""
        noun = "article" if count == 1 else "articles"
        return self._errors.status(f"Reading {count} {noun} …")

    def print_notice(self, sentence: str) -> None:
        """Say ``sentence`` to people, on standard error; a program reads problems there."""
        if not self._as_json or self._errors.is_terminal:
            say(self._errors, sentence)

    def print_summary(self, body: bytes) -> None:
        """Print one summary: ``body``, its line of JSON, as it is, or a page for people."""
        if self._as_json:
            _write_line(sys.stdout, body)
            return
        if self._printed:
            self._console.rule(style="dim")
        self._printed += 1
        print_summary(Summary.model_validate_json(body), self._console)

    def print_error(self, file: Path, error: ReadoutError) -> None:
        """Print what went wrong with ``file`` to standard error."""
        if self._as_json:
            problem = describe_problem(error).model_copy(
                update={"instance": quote(os.fsencode(file))}
            )
            _write_line(sys.stderr, problem.model_dump_json(exclude_none=True).encode())
            return
        self._errors.print(Text(f"readout: {file}: {error}{_describe_cost(error)}"), soft_wrap=True)


def say(console: Console, sentence: str) -> None:
    """Print ``sentence`` on ``console`` as what Readout says of its own, as it stands."""
    console.print(Text(f"readout: {sentence}"), soft_wrap=True)


def write_text(text: str) -> None:
    """Write ``text`` to standard output as it is, in UTF-8; nothing where it is empty."""
    if text:
        _write_line(sys.stdout, text.removesuffix("\n").encode())


def write_json(document: JsonValue) -> None:
    """Write ``document`` to standard output, indented."""
    _write_line(sys.stdout, json.dumps(document, ensure_ascii=False, indent=2).encode())


def _write_line(stream: TextIO, document: bytes) -> None:
    """Write JSON in UTF-8, whatever the terminal's encoding (RFC 8259, 8.1)."""
    try:
        stream.flush()
        stream.buffer.write(document + b"\n")
        stream.buffer.flush()
    except BrokenPipeError as error:
        raise PipeClosedError from error


def _describe_cost(error: ReadoutError) -> str:
    if not isinstance(error, ReaderError) or not error.attempts:
        return ""
    calls = "1 reply" if len(error.attempts) == 1 else f"{len(error.attempts)} replies"
    used = error.usage
    return f" ({calls} kept; {used.input_tokens:,} tokens in, {used.output_tokens:,} out)"


def print_settings(described: Mapping[str, tuple[str, str]]) -> None:
    """Print the settings as a table: name, value, meaning."""
    table = Table(box=None, pad_edge=False)
    for heading in ("setting", "value", "meaning"):
        table.add_column(heading, overflow="fold")
    for name, (value, meaning) in described.items():
        table.add_row(Text(name), Text(value), Text(meaning))
    print_page(table)


def open_page() -> Console:
    """Return a console on standard output that shows text as it is given."""
    return _Page(highlight=False)


def print_page(*parts: RenderableType) -> None:
    """Print ``parts`` for people, one below the other."""
    open_page().print(*parts, sep="\n")
