"""Files of answers, as a Batch API gives them: any order, any number, perhaps cut off.

Owns what a line is, and what is said of one that is none. What an answer means is the reader's.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from schemas.openai_batch import BatchAnswer, BatchFault
from service.json_parsing import JsonError, parse_json
from service.readers.llm.batch_answers import read_reply, write_error
from service.readers.llm.session import ComputeCost
from service.showing import show_path

MAX_LINE_BYTES = 64 * 1024 * 1024
"""Longest line that is read; a reply has some kilobytes."""
_BOM = b"\xef\xbb\xbf"


class RawLine(NamedTuple):
    """A line that is not blank, and where it stands."""

    place: str
    """File and number, printable."""
    content: bytes
    is_whole: bool
    """Whether it has an end, and is not too long."""


def read_lines(paths: Sequence[Path]) -> Iterator[RawLine]:
    """Yield the lines of all files in turn; ``OSError`` for one that cannot be read."""
    for path in paths:
        with path.open("rb") as file:
            number = 0
            while content := file.readline(MAX_LINE_BYTES):
                number += 1
                is_whole = content.endswith(b"\n") or not file.peek(1)
                if not is_whole:
                    _skip_line(file)
                if number == 1:
                    content = content.removeprefix(_BOM)
                if content.strip():
                    yield RawLine(f"{show_path(path)}, line {number:,}", content, is_whole)


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass


def read_answer(line: RawLine, compute_cost: ComputeCost) -> BatchAnswer | BatchFault:
    """Return the answer that ``line`` holds, or why it is none."""
    if not line.is_whole:
        message = f"the line is longer than {MAX_LINE_BYTES:,} bytes; is this a file of answers?"
        return BatchFault(name=line.place, message=message)
    try:
        document = parse_json(line.content)
        digest = _digest(document)
    except JsonError as error:
        message = f"the line {error}; where the file was cut off, fetch it again"
        return BatchFault(name=line.place, message=message)
    key = document.get("custom_id") if isinstance(document, dict) else None
    if not isinstance(key, str):
        return BatchFault(name=line.place, message="the line has no custom_id: it is no answer")
    if "response" not in document and "error" not in document:
        message = "the line has neither response nor error; name the file that the endpoint gave"
        return BatchFault(name=line.place, message=message)
    reply = read_reply(key, document, compute_cost=compute_cost)
    written = write_error(document) if reply is None else None
    return BatchAnswer(key=key, digest=digest, reply=reply, error=written)


def _digest(document: object) -> str:
    # A lone surrogate, which JSON may escape, has no UTF-8: it stays escaped.
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
