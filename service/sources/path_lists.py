"""Lists of paths on standard input, as ``find`` and ``git ls-files`` write them.

Owns how a list is cut into paths: at NUL bytes where there are any, else at the ends of lines.
Holds one piece of it at a time.
"""

import os
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

from service.errors import UnreadableSourceError
from service.sources.findings import SourceFault
from service.sources.places import make_name

PIECE_BYTES = 64 * 1024
"""How much is read at a time; the first piece decides what separates the paths."""
MAX_PATH_BYTES = PIECE_BYTES
"""Longest path, in bytes, exclusive; systems take some thousands."""
_SHOWN_BYTES = 80


def read_paths(stream: BinaryIO) -> Iterator[str | SourceFault]:
    """Yield the paths of the list ``stream``; a fault for what is too long to be one.

    Empty lines, a byte order mark at the start and the carriage return of a CR-LF are left out.
    """
    piece = stream.read(PIECE_BYTES).removeprefix(BOM_UTF8)
    separator = b"\0" if b"\0" in piece else b"\n"
    for path in _split(stream, piece, separator):
        entry = path if separator == b"\0" else path.removesuffix(b"\r")
        if len(entry) >= MAX_PATH_BYTES:
            yield _refuse(entry)
        elif entry:
            yield os.fsdecode(entry)


def _split(stream: BinaryIO, piece: bytes, separator: bytes) -> Iterator[bytes]:
    """Yield what stands between separators, of what is too long its start."""
    rest = b""
    while piece:
        *whole, last = piece.split(separator)
        for part in whole:
            yield rest + part
            rest = b""
        rest = (rest + last)[:MAX_PATH_BYTES]
        piece = stream.read(PIECE_BYTES)
    yield rest


def _refuse(entry: bytes) -> SourceFault:
    name = make_name(os.fsdecode(entry[:_SHOWN_BYTES])) + "…"
    reason = f"it is no path: it has {MAX_PATH_BYTES:,} bytes or more; send one path a line"
    return SourceFault(name, UnreadableSourceError(reason))
