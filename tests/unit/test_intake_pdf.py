"""PDFs: the text layer comes out, and what has none, or takes too long, is refused."""

import logging
from collections.abc import Iterator
from itertools import count, repeat

import pytest

from schemas.article import Article
from service.errors import (
    ArticleTooLongError,
    BrokenArticleError,
    EncryptedArticleError,
    NoMainTextError,
)
from service.intake import Metadata, read_article
from service.intake.pdf import MAX_PAGES, TIME_LIMIT_S, read_pdf
from tests.unit.data_intake import FIRST, MAX_CHARS, SECOND, build_pdf, encrypt_pdf


def read(body: bytes, metadata: Metadata | None = None) -> Article:
    """Return the article of PDF ``body``."""
    return read_article(
        body,
        media_type="application/pdf",
        metadata=metadata or Metadata(),
        max_chars=MAX_CHARS,
    )


def test_pages_are_joined_by_a_blank_line() -> None:
    """A page break is at least a paragraph's end to the eye."""
    assert read(build_pdf([FIRST], [SECOND])).text == f"{FIRST}\n\n{SECOND}"


def test_pages_without_text_leave_no_gap() -> None:
    """Pictures between two pages are not read."""
    assert read(build_pdf([FIRST], [], [SECOND])).text == f"{FIRST}\n\n{SECOND}"


def test_lines_and_hyphenation_stay() -> None:
    """Which hyphen belongs to a word is not for intake to say."""
    assert read(build_pdf(["The multi-", "lateral talks"])).text == "The multi-\nlateral talks"


def test_quotes_and_dashes_come_out_right() -> None:
    """Quotes are compared with them."""
    assert read(build_pdf(["“25%” – he said (twice)"])).text == "“25%” – he said (twice)"


def test_control_characters_are_dropped() -> None:
    """Ill-decoded fonts put NUL between letters."""
    assert read(build_pdf(["1\x002\x02 million"])).text == "12 million"


def test_the_title_is_the_documents_own() -> None:
    """It is the only thing that a PDF says of itself as an article."""
    assert read(build_pdf([FIRST], title="Envoys meet")).title == "Envoys meet"


def test_the_creation_date_is_no_date_of_publication() -> None:
    """Files are printed again years later."""
    assert read(build_pdf([FIRST], title="T")).published is None


def test_the_callers_title_outranks_the_documents() -> None:
    """Word processors leave file names there."""
    article = read(build_pdf([FIRST], title="draft-3.docx"), Metadata(title="Envoys meet"))

    assert article.title == "Envoys meet"


def test_a_title_that_is_too_long_is_none() -> None:
    """It costs the title, not the article."""
    assert read(build_pdf([FIRST], title="x" * 501)).title is None


def test_a_pdf_that_anyone_may_read_is_read() -> None:
    """An owner password only forbids printing and the like."""
    assert read(encrypt_pdf(build_pdf([FIRST]), user_password="")).text == FIRST


def test_a_pdf_that_asks_for_a_password_is_refused() -> None:
    """Whoever sends it must learn why it was not read."""
    with pytest.raises(EncryptedArticleError, match="asks for a password; send it unlocked"):
        read(encrypt_pdf(build_pdf([FIRST]), user_password="secret"))


@pytest.mark.parametrize(
    "body",
    [b"no PDF at all", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", build_pdf([FIRST])[:150], b"\x00" * 99],
    ids=["text", "header", "frame", "cut", "zeros"],
)
def test_a_broken_pdf_is_refused(body: bytes) -> None:
    """Downloads break off."""
    with pytest.raises(BrokenArticleError, match=r"cannot be parsed \(\w+\); send it again whole"):
        read(body)


def test_a_scanned_pdf_has_no_main_text() -> None:
    """Its pages are pictures."""
    with pytest.raises(NoMainTextError, match="2 pages have no text layer, and scanned pages"):
        read(build_pdf([], []))


def test_reading_stops_at_the_page_that_is_too_much() -> None:
    """What follows would be read for nothing."""
    body = build_pdf(*[["four"]] * 100)

    with pytest.raises(ArticleTooLongError) as caught:
        read_pdf(body, max_chars=11)

    assert (caught.value.limit, caught.value.actual) == (11, 12)


def test_reading_stops_in_the_middle_of_an_endless_page() -> None:
    """One page can hold as much as a thousand."""
    lines = ["word " * 20] * 1_000

    with pytest.raises(ArticleTooLongError) as caught:
        read_pdf(build_pdf(lines), max_chars=100)

    assert 400 < caught.value.actual < 2_000


def test_a_text_of_exactly_the_limit_passes() -> None:
    """The limit is inclusive."""
    article = read_article(build_pdf([FIRST]), media_type="application/pdf", max_chars=len(FIRST))

    assert article.text == FIRST


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    """Blank pages never reach the limit of characters."""
    with pytest.raises(BrokenArticleError, match="1,001 pages, at most 1,000"):
        read(build_pdf(*[[]] * (MAX_PAGES + 1)))


def test_reading_stops_when_the_time_is_over() -> None:
    """A page can be made to take hours; the clock is asked at every operator."""
    ticks: Iterator[float] = count(0.0, 1.0)

    with pytest.raises(BrokenArticleError, match="more than 30 seconds"):
        read_pdf(build_pdf(["line"] * 1_000), max_chars=MAX_CHARS, clock=lambda: next(ticks))

    assert next(ticks) < TIME_LIMIT_S + 5


def test_a_quick_reading_is_not_stopped() -> None:
    """The limit is on time, not on operators."""
    still = repeat(7.0)

    text, _ = read_pdf(build_pdf(["x"] * 500), max_chars=MAX_CHARS, clock=lambda: next(still))

    assert text == "\n".join(["x"] * 500)


def test_the_library_stays_silent(caplog: pytest.LogCaptureFixture) -> None:
    """Its warnings can hold what stands in the file."""
    with caplog.at_level(logging.DEBUG), pytest.raises(BrokenArticleError):
        read(build_pdf([FIRST])[:150])

    assert caplog.records == []
