"""The text layer of a PDF.

Owns how pypdf is used and how far. Must not know of other media types. Scanned pages are not
read, and the creation date is no date of publication.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from pypdf import PasswordType, PdfReader

from service.errors import (
    ArticleTooLongError,
    BrokenArticleError,
    EncryptedArticleError,
    IntakeError,
    NoMainTextError,
)
from service.intake.canonical import canonicalise, check_characters, drop_controls
from service.intake.metadata import Metadata

MAX_PAGES = 1_000
"""Most pages that are looked at, inclusive; articles have few, and blank pages count too."""
TIME_LIMIT_S = 30.0
"""Seconds after which reading stops; a page's text layer can be made to take hours."""

_MOST_COMPOSED = 4
"""Most code points that NFC makes one of."""

Clock = Callable[[], float]
"""Seconds from some fixed point, never going back."""


class _Watch:
    """Stops a reading that takes too long or yields too much, in the middle of a page too."""

    def __init__(self, clock: Clock, max_chars: int) -> None:
        self._clock = clock
        self._end_s = clock() + TIME_LIMIT_S
        self._max_chars = max_chars
        self._seen_chars = 0

    def check_time(self, *_: object) -> None:
        """Raise ``BrokenArticleError`` once the time is over; takes what pypdf's visitors get."""
        if self._clock() > self._end_s:
            raise BrokenArticleError(
                f"the PDF takes more than {TIME_LIMIT_S:.0f} seconds to read; "
                "send the article's text as text/plain"
            )

    def count_text(self, text: str, *_: object) -> None:
        """Raise ``ArticleTooLongError`` when no canonical form of what came can be short enough."""
        self._seen_chars += len("".join(drop_controls(text).split()))
        if self._seen_chars > self._max_chars * _MOST_COMPOSED:
            raise ArticleTooLongError(
                limit=self._max_chars, actual=self._seen_chars, unit="characters"
            )


def read_pdf(body: bytes, *, max_chars: int, clock: Clock = time.monotonic) -> tuple[str, Metadata]:
    """Return the text of ``body``'s pages, blank lines between them, and its title.

    Lines are as the text layer has them, hyphenation included; control characters are dropped.
    A PDF with an empty user password is read. Reading stops at the page that makes the text
    longer than ``max_chars`` code points, and after 30 seconds of ``clock``.

    Raises ``EncryptedArticleError`` when a password is asked for, ``BrokenArticleError`` when
    the PDF cannot be parsed, not in time, or has more than 1,000 pages, ``ArticleTooLongError``
    for more than ``max_chars`` characters, ``UndecodableArticleError`` for what is no text, and
    ``NoMainTextError`` when no page has a text layer.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    with _as_broken():
        reader = _open(body)
        text = _read_pages(reader, max_chars, _Watch(clock, max_chars))
        if not text:
            raise NoMainTextError(
                f"the PDF's {len(reader.pages):,} pages have no text layer, and scanned pages are "
                "not read; send the article's text as text/plain"
            )
        return text, Metadata(title=_find_title(reader))


@contextmanager
def _as_broken() -> Iterator[None]:
    try:
        yield
    except IntakeError:
        raise
    except Exception as error:
        raise BrokenArticleError(
            f"the PDF cannot be parsed ({type(error).__name__}); "
            "send it again whole, or the article's text as text/plain"
        ) from error


def _open(body: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(body), strict=False)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise EncryptedArticleError(
            "the PDF asks for a password; send it unlocked, or the article's text as text/plain"
        )
    return reader


def _read_pages(reader: PdfReader, max_chars: int, watch: _Watch) -> str:
    _check_page_count(len(reader.pages))
    texts: list[str] = []
    for page in reader.pages:
        watch.check_time()
        raw = page.extract_text(
            visitor_operand_before=watch.check_time, visitor_text=watch.count_text
        )
        clean = drop_controls(raw)
        check_characters(clean)
        texts.append(canonicalise(clean))
        _check_length(sum(map(len, texts)), max_chars)
    return "\n\n".join(filter(None, texts))


def _check_page_count(pages: int) -> None:
    if pages > MAX_PAGES:
        raise BrokenArticleError(
            f"the PDF has {pages:,} pages, at most {MAX_PAGES:,} are read; "
            "send the article's text as text/plain"
        )


def _check_length(chars: int, max_chars: int) -> None:
    if chars > max_chars:
        raise ArticleTooLongError(limit=max_chars, actual=chars, unit="characters")


def _find_title(reader: PdfReader) -> str | None:
    try:
        return reader.metadata.title if reader.metadata else None
    except Exception:  # noqa: BLE001  # a broken title must not cost a readable article
        return None
