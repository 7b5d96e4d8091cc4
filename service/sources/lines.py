"""JSONL: files with one article a line.

Owns where a line begins and ends and what it may hold. Holds one line at a time.
"""

import hashlib
import os
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from schemas.batch import ArticleLine, Source
from service.errors import (
    ArticleTooLongError,
    ReadoutError,
    SourceError,
    UnreadableSourceError,
)
from service.field_faults import describe_faults
from service.intake.article import find_max_bytes
from service.json_parsing import JsonError, parse_json
from service.showing import show_path
from service.sources.findings import Found, find_fault
from service.sources.places import encode_path, identify, make_name, open_regular

MARGIN_BYTES = 64 * 1024
"""Bytes that a line may have beyond its text: metadata, names and the marks of JSON."""
_PIECE_BYTES = 1024 * 1024


class _Line(NamedTuple):
    """A line as it stands in its file, without its end."""

    number: int
    """From 1, empty lines included."""
    start: int
    """Byte at which it begins."""
    length: int
    """Its bytes, and its end's where it is too long."""
    body: bytes | None
    """``None`` where it is too long to be held."""


def list_lines(path: Path, *, max_chars: int) -> Iterator[Found]:
    """Yield the articles of the JSONL file ``path``, and a fault for each line that holds none.

    A line is an object of the fields of ``ArticleLine``; its article is not looked at. Raises
    ``SourceError`` for a file in UTF-16 and ``UnreadableSourceError`` for one that cannot be
    opened.
    """
    with open_regular(path) as file:
        _check_encoding(file, path)
        identity = identify(os.fstat(file.fileno()))
        encoded = encode_path(path)
        limit = find_max_line_bytes(max_chars)
        for line in _split(file, limit):
            entry = _find(line, path, encoded, limit)
            yield entry._replace(identity=f"{identity}:{line.start}")


def find_max_line_bytes(max_chars: int) -> int:
    """Return the size, in bytes and inclusive, above which a line is not read."""
    return find_max_bytes("text/plain", max_chars) + MARGIN_BYTES


def _check_encoding(file: BinaryIO, path: Path) -> None:
    """Leave ``file`` where its first line begins."""
    start = file.read(len(BOM_UTF8))
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise SourceError(f"{show_path(path)} is UTF-16, not UTF-8; save it as UTF-8")
    if start != BOM_UTF8:
        file.seek(0)


def _split(file: BinaryIO, limit: int) -> Iterator[_Line]:
    number, start = 0, file.tell()
    while body := file.readline(limit + len(b"\r\n")):
        number += 1
        read = len(body)
        content = body.rstrip(b"\r\n")
        if len(content) > limit or (len(body) > limit + len(b"\n") and not body.endswith(b"\n")):
            read += _pass_over(file, body)
            yield _Line(number, start, read, None)
        elif content.strip():
            yield _Line(number, start, len(content), content)
        start += read


def _pass_over(file: BinaryIO, body: bytes) -> int:
    """Read to the end of the line that begins with ``body``; return how many bytes that was."""
    passed = 0
    while body and not body.endswith(b"\n"):
        body = file.readline(_PIECE_BYTES)
        passed += len(body)
    return passed


def _find(line: _Line, path: Path, encoded: str, limit: int) -> Found:
    name = f"{path}:{line.number}"
    if line.body is None:
        return find_fault(name, ArticleTooLongError(limit=limit, actual=line.length, unit="bytes"))
    try:
        given = parse_line(line.body)
    except ReadoutError as error:
        return find_fault(name, error)
    source = Source(
        name=make_name(_call(given) or name),
        kind="line",
        path=encoded,
        start=line.start,
        length=line.length,
        stamp=stamp_line(line.body),
    )
    return Found(source, None)


def _call(given: ArticleLine) -> str:
    return given.name or ("" if given.id is None else str(given.id))


def stamp_line(body: bytes) -> str:
    """Return the stamp of a line: 32 hex digits of its bytes."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def parse_line(body: bytes) -> ArticleLine:
    """Return what a line holds; ``UnreadableSourceError`` where it is not of that form."""
    try:
        data = parse_json(body)
    except JsonError as error:
        # The number of the line in its own text is always one, and not the one in its file.
        raise UnreadableSourceError(
            f"the line {error}".replace("line 1, column", "column")
        ) from None
    if not isinstance(data, dict):
        raise UnreadableSourceError("the line is no JSON object; write one with the article's text")
    try:
        return ArticleLine.model_validate(data)
    except ValidationError as error:
        known = ", ".join(ArticleLine.model_fields)
        faults = describe_faults(error.errors(include_url=False))
        raise UnreadableSourceError(f"{faults}; a line may have {known}") from None


def read_line(path: Path, start: int, length: int) -> bytes:
    """Return the line of ``length`` bytes at ``start``.

    Raises ``UnreadableSourceError`` where the file cannot be opened, or where no line begins and
    ends there: it was written anew, and what stands there belongs to other articles.
    """
    with open_regular(path) as file:
        before = min(start, len(BOM_UTF8))
        file.seek(start - before)
        around = file.read(before + length + 1)
    head, body, end = around[:before], around[before : before + length], around[before + length :]
    begins = not head or head == BOM_UTF8 or head.endswith(b"\n")
    whole = len(body) == length and b"\n" not in body and end in {b"", b"\n", b"\r"}
    if begins and whole:
        return body
    raise UnreadableSourceError(
        "the line no longer stands where it was listed: its file has changed; list it again"
    )
