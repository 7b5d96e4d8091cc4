"""From bytes to characters, by declaration only.

Owns byte order marks, charset names and the search for a page's own declaration. Must not
know what the characters mean; nothing here guesses, and no byte is dropped or replaced.
"""

import codecs
import re
from typing import NamedTuple

from service.errors import UndecodableArticleError

DEFAULT_CHARSET = "utf-8"
_PRESCAN_BYTES = 1_024
_MAX_NAME_CHARS = 40

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SUPERSETS = {
    "ascii": "cp1252",
    "utf-8-sig": "utf-8",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
"""Python's codec name to the one that the web means by it (WHATWG Encoding, 4.2)."""

_CODECS = frozenset(_SUPERSETS.values()) | {
    *("utf-8", "utf-16-be", "utf-32-be", "gb18030", "euc_jp", "iso2022_jp", "hz", "cp866"),
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    *(f"cp{page}" for page in (1250, 1251, 1253, 1255, 1256, 1257, 1258)),
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
}
"""The text encodings of the web; Python's others (hex, zlib, punycode …) are no charsets."""

_META_CHARSET = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([a-z0-9._:+-]+)""", re.IGNORECASE
)
_XML_CHARSET = re.compile(
    rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([a-z0-9._:+-]+)""", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)


class _Mark(NamedTuple):
    """A byte order mark that was found: its codec and its length in bytes."""

    codec: str
    length: int


def decode_text(body: bytes, charset: str | None) -> str:
    """Return the characters of ``body``: by its byte order mark, else ``charset``, else UTF-8.

    A mark outranks ``charset`` (WHATWG Encoding, "decode") and is no part of the result.
    ``None`` means that no charset was declared. Raises ``UndecodableArticleError`` for a
    charset that is not known, even where a mark outranks it, and for bytes that do not decode.
    """
    declared = find_codec(charset) if charset else DEFAULT_CHARSET
    mark = _find_mark(body)
    return _decode(body, mark or _Mark(declared, 0))


def decode_page(body: bytes, charset: str | None) -> str:
    """Return the characters of an HTML page.

    By its byte order mark, else ``charset`` (the HTTP parameter), else the ``<meta>`` element or
    XML declaration within the first 1,024 bytes, else UTF-8. A ``<meta>`` that names no known
    encoding counts as none. Raises what ``decode_text`` raises. Source: WHATWG HTML, 13.2.3.2.
    """
    return decode_text(body, charset or _find_declared(body))


def find_codec(name: str) -> str:
    """Return the Python codec that the web means by charset ``name``, in any case.

    Raises ``UndecodableArticleError`` naming ``name`` when it is no known text encoding.
    """
    codec = _look_up(name.strip())
    if codec is None:
        raise UndecodableArticleError(
            f"charset {name[:_MAX_NAME_CHARS]!r} is not known; "
            "declare one such as utf-8 or windows-1252, or send UTF-8"
        )
    return codec


def _look_up(name: str) -> str | None:
    if not name.isascii() or not name.isprintable() or len(name) > _MAX_NAME_CHARS:
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    codec = _SUPERSETS.get(found, found)
    return codec if codec in _CODECS else None


def _find_mark(body: bytes) -> _Mark | None:
    return next((_Mark(codec, len(mark)) for mark, codec in _MARKS if body.startswith(mark)), None)


def _decode(body: bytes, mark: _Mark) -> str:
    try:
        return body[mark.length :].decode(mark.codec)
    except UnicodeDecodeError as error:
        raise UndecodableArticleError(
            f"byte {mark.length + error.start:,} is no valid {mark.codec}; "
            "declare the charset that the article is written in, or send UTF-8"
        ) from error


def _find_declared(body: bytes) -> str | None:
    head = _COMMENT.sub(b"", body[:_PRESCAN_BYTES])
    found = _META_CHARSET.search(head) or _XML_CHARSET.search(head)
    codec = _look_up(found[1].decode("ascii")) if found else None
    # a declaration that can be read as single bytes is itself no UTF-16 or UTF-32
    return DEFAULT_CHARSET if codec and codec.startswith(("utf-16", "utf-32")) else codec
