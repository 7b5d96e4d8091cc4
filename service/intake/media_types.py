"""The media types that intake reads, and how a file or a header names them.

Owns the closed set and the suffixes. Must not know how a body of a type is read.
"""

from pathlib import PurePath
from typing import Literal, NamedTuple, get_args

from service.errors import UnsupportedMediaTypeError
from service.showing import MAX_SHOWN_CHARS

ReadableType = Literal[
    "text/plain", "text/markdown", "text/html", "application/xhtml+xml", "application/pdf"
]
"""What a body can be read as."""

READABLE_TYPES: dict[str, ReadableType] = {name: name for name in get_args(ReadableType)}
"""Each type under its name, in lower case."""
_SUFFIXES: dict[str, ReadableType] = {
    "": "text/plain",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
}


class DeclaredType(NamedTuple):
    """A media type as declared, and the charset that its parameters name."""

    media_type: ReadableType
    charset: str | None


def find_media_type(path: PurePath) -> str:
    """Return the media type of ``path`` by its suffix, in any case; the file is not opened.

    No suffix means text/plain. Raises ``UnsupportedMediaTypeError`` for any other.
    """
    media_type = _SUFFIXES.get(path.suffix.lower())
    if media_type is None:
        known = ", ".join(list_suffixes())
        raise UnsupportedMediaTypeError(
            f"files with suffix {path.suffix[:MAX_SHOWN_CHARS]!r} are not read; "
            f"send one of {known}, or none for plain text"
        )
    return media_type


def list_suffixes() -> tuple[str, ...]:
    """Return the suffixes of files that are read."""
    return tuple(suffix for suffix in _SUFFIXES if suffix)


def parse_media_type(declared: str) -> DeclaredType:
    """Return what ``declared`` names: a type with optional parameters, in any case.

    ``charset`` is ``None`` where no parameter gives one; other parameters are ignored. Raises
    ``UnsupportedMediaTypeError`` for a type that is not read. Source: RFC 9110, 8.3.1.
    """
    essence, *parameters = declared.split(";")
    media_type = READABLE_TYPES.get(essence.strip().lower())
    if media_type is None:
        raise UnsupportedMediaTypeError(
            f"media type {essence.strip()[:MAX_SHOWN_CHARS]!r} is not read; "
            f"send one of {', '.join(READABLE_TYPES)}"
        )
    return DeclaredType(media_type, _find_charset(parameters))


def _find_charset(parameters: list[str]) -> str | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").strip() or None
    return None
