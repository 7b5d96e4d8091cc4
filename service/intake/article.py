"""From bytes or characters to an article: the only way in.

Owns the order of the steps and the size limits. Must not know how a page or a PDF is parsed;
those modules are slow to import and are imported only when such a body arrives.
"""

from typing import NamedTuple

from schemas.article import Article
from service.errors import ArticleTooLongError, EmptyArticleError
from service.intake.canonical import canonicalise, check_characters, check_content
from service.intake.decoding import decode_page, decode_text
from service.intake.media_types import ReadableType, parse_media_type
from service.intake.metadata import Metadata, check_metadata, keep_valid

BYTES_PER_CHAR = 16
"""Bytes per allowed character above which a body is refused unread.

No encoding needs more than 4 (UTF-8, UTF-32); the rest is room for blanks and markup.
"""
MIN_PAGE_BYTES = 4 * 1024 * 1024
"""Size that a page may always have: markup and scripts do not grow with the text."""
MIN_PDF_BYTES = 32 * 1024 * 1024
"""Size that a PDF may always have: fonts and pictures do not grow with the text."""

_MIN_BYTES: dict[ReadableType, int] = {
    "text/plain": 0,
    "text/markdown": 0,
    "text/html": MIN_PAGE_BYTES,
    "application/xhtml+xml": MIN_PAGE_BYTES,
    "application/pdf": MIN_PDF_BYTES,
}
_NO_METADATA = Metadata()


class _Reading(NamedTuple):
    """A body's text, and what the document says about itself."""

    text: str
    found: Metadata


def make_article(text: str, metadata: Metadata = _NO_METADATA, *, max_chars: int) -> Article:
    """Return the article whose canonical text is that of ``text``.

    ``max_chars`` is the longest canonical text, in code points, inclusive. Raises
    ``MetadataError`` for a value of ``metadata`` that is not of its form,
    ``UndecodableArticleError`` for binary data and lone surrogates, ``EmptyArticleError`` where
    nothing visible remains, and ``ArticleTooLongError`` above ``max_chars``, or above
    16 times that before canonicalisation.
    """
    return _build(text, check_metadata(metadata), max_chars)


def read_article(
    body: bytes,
    *,
    media_type: str,
    charset: str | None = None,
    metadata: Metadata = _NO_METADATA,
    max_chars: int,
) -> Article:
    """Return the article that ``body`` holds.

    ``media_type`` may carry parameters; ``charset`` outranks the one among them, and ``None``
    leaves it to that, then to the body's own declaration, then to UTF-8. What ``metadata`` says
    outranks what the document says. ``max_chars`` is as for ``make_article``; a body of more
    than 16 bytes per allowed character is refused unread, except that a page may always have
    4 MiB and a PDF 32 MiB.

    Raises what ``make_article`` raises, ``UnsupportedMediaTypeError``, ``NoMainTextError`` for a
    page or PDF without readable text, and ``EncryptedArticleError`` and ``BrokenArticleError``
    for PDFs.
    """
    declared = parse_media_type(media_type)
    given = check_metadata(metadata)
    _check_size(body, declared.media_type, max_chars)
    reading = _read(body, declared.media_type, charset or declared.charset, max_chars)
    return _build(reading.text, _merge(given, keep_valid(reading.found)), max_chars)


def _read(body: bytes, media_type: ReadableType, charset: str | None, max_chars: int) -> _Reading:
    match media_type:
        case "text/html" | "application/xhtml+xml":
            from service.intake.page import read_page  # noqa: PLC0415  # slow to import

            is_xml = media_type == "application/xhtml+xml"
            return _Reading(*read_page(decode_page(body, charset), is_xml=is_xml))
        case "application/pdf":
            from service.intake.pdf import read_pdf  # noqa: PLC0415  # slow to import

            return _Reading(*read_pdf(body, max_chars=max_chars))
        case "text/plain" | "text/markdown":
            return _Reading(decode_text(body, charset), _NO_METADATA)


def _build(text: str, metadata: Metadata, max_chars: int) -> Article:
    _check_length(text, max_chars * BYTES_PER_CHAR, max_chars)
    check_characters(text)
    canonical = canonicalise(text)
    check_content(canonical)
    _check_length(canonical, max_chars, max_chars)
    return Article(**metadata.model_dump(), text=canonical)


def _check_length(text: str, most: int, limit: int) -> None:
    if len(text) > most:
        raise ArticleTooLongError(limit=limit, actual=len(text), unit="characters")


def find_max_bytes(media_type: ReadableType, max_chars: int) -> int:
    """Return the size in bytes, inclusive, above which a body of ``media_type`` is not read."""
    return max(max_chars * BYTES_PER_CHAR, _MIN_BYTES[media_type])


def _check_size(body: bytes, media_type: ReadableType, max_chars: int) -> None:
    if not body.strip():
        raise EmptyArticleError(
            f"the article is empty: its {len(body):,} bytes hold no text; send its text"
        )
    limit = find_max_bytes(media_type, max_chars)
    if len(body) > limit:
        raise ArticleTooLongError(limit=limit, actual=len(body), unit="bytes")


def _merge(given: Metadata, found: Metadata) -> Metadata:
    said = {name: value for name, value in given if value is not None}
    return found.model_copy(update=said)
