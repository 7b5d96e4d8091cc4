"""JSON lines: one result a line, a summary byte for byte as it is stored.

Owns the line and what becomes of one that is torn. Knows not where results come from.
"""

import sys
from contextlib import suppress
from pathlib import Path

from schemas.problem import Problem
from service.errors import OutputError
from service.outputs.naming import write_problem
from service.outputs.replacing import Replacement, WholeFile
from service.outputs.sink import explain_faults
from service.showing import show_path

STANDARD_OUTPUT = "standard output"


class Lines:
    """Writes each result at once, without a buffer, to ``file``, which messages call ``name``.

    With a ``replacement``, whose file it is, it takes the place of what is there when it is
    settled. A line that the disk does not take whole is taken back.
    """

    def __init__(self, file: WholeFile, name: str, replacement: Replacement | None = None) -> None:
        self._file = file
        self._name = name
        self._replacement = replacement
        self._is_settled = replacement is None
        self._size_bytes = 0

    def write(self, name: str, body: bytes) -> None:  # noqa: ARG002  # a summary names itself
        """Write ``body`` and the end of the line."""
        self._write_line(body)

    def fail(self, name: str, problem: Problem) -> None:
        """Write the problem; its ``instance`` is ``name``, percent-encoded."""
        self._write_line(write_problem(name, problem))

    def _write_line(self, line: bytes) -> None:
        with explain_faults(self._name):
            try:
                self._file.write(line + b"\n")
            except BaseException:
                self._take_back()
                raise
        self._size_bytes += len(line) + 1

    def _take_back(self) -> None:
        """Leave no part of a line behind; a stream cannot be taken back."""
        if self._replacement is not None:
            with suppress(OSError):
                self._file.seek(self._size_bytes)
                self._file.truncate()

    def settle(self) -> None:
        """Let the new file take the old one's place, once all of it is on disk."""
        if self._is_settled or self._replacement is None:
            return
        with explain_faults(self._name):
            self._replacement.sync()
            self._replacement.publish()
        self._is_settled = True

    def close(self) -> None:
        """Settle and close."""
        if self._file.closed:
            return
        self.settle()
        with explain_faults(self._name):
            if self._replacement is not None:
                self._replacement.sync()
            self._file.close()

    def abandon(self) -> None:
        """Close; remove the new file where it is not settled."""
        if self._is_settled or self._replacement is None:
            with suppress(OSError):
                self._file.close()
        else:
            self._replacement.discard()


def open_lines(path: Path) -> Lines:
    """Return lines that take the place of ``path`` once settled. Raises ``OSError``."""
    replacement = Replacement(path)
    return Lines(replacement.file, show_path(path), replacement)


def open_stream(path: Path) -> Lines:
    """Return lines to the device or pipe at ``path``. Raises ``OSError``."""
    return Lines(WholeFile(path, "w"), show_path(path))


def open_standard_output() -> Lines:
    """Return lines to standard output, past Python's own buffer.

    What cannot be written must not be tried again when the process ends. Raises ``OutputError``
    where standard output is closed.
    """
    try:
        with explain_faults(STANDARD_OUTPUT):
            sys.stdout.flush()
            file = WholeFile(sys.stdout.fileno(), "w", closefd=False)
    except (AttributeError, ValueError) as error:
        raise OutputError("standard output is closed; name a file with --out") from error
    return Lines(file, STANDARD_OUTPUT)
