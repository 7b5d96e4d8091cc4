"""The way in: whatever arrives becomes a canonical article or an error that says why."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Article
from service.errors import (
    ArticleTooLongError,
    EmptyArticleError,
    IntakeError,
    MetadataError,
    NoMainTextError,
    UndecodableArticleError,
    UnsupportedMediaTypeError,
)
from service.intake import Metadata, canonicalise, make_article, read_article
from service.intake.article import BYTES_PER_CHAR, MIN_PAGE_BYTES, MIN_PDF_BYTES
from tests.unit.data_intake import FIRST, MAX_CHARS, PHOTO_CREDIT, SEEDS

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00"
TEXT_TYPES = ["text/plain", "text/markdown"]


def read(body: bytes, media_type: str = "text/plain", max_chars: int = MAX_CHARS) -> Article:
    """Return the article of ``body``."""
    return read_article(body, media_type=media_type, max_chars=max_chars)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_sample_articles_come_in_unchanged(path: Path) -> None:
    """Photo credits, share links and teasers are dropped by nobody."""
    body = path.read_bytes()

    assert read(body).text == body.decode().strip()


@given(st.text())
def test_decoded_and_encoded_text_give_the_same_article(text: str) -> None:
    """A file and a request with the same text are the same article."""
    try:
        made = make_article(text, max_chars=MAX_CHARS)
    except IntakeError:
        return

    assert read(text.encode()) == made
    assert made.text == canonicalise(text)


@pytest.mark.parametrize("media_type", TEXT_TYPES)
@pytest.mark.parametrize(
    "text",
    [
        "# Talks\n\n* **buy** [soy](https://x.example)\n\n    code <b>",
        "{{ 7*7 }}{% if x %}{{{ y }}}",
        "习近平与特朗普在釜山会晤。",
        "A 👨‍👩‍👧 in İzmir\u00a0– “25%”",
        PHOTO_CREDIT,
        "Share on X | Facebook\nSubscribe to our newsletter",
    ],
)
def test_text_comes_in_as_it_is(media_type: str, text: str) -> None:
    """Quotes are verbatim only if the text is."""
    assert read(text.encode(), media_type).text == text


def test_windows_line_ends_are_unified() -> None:
    """Offsets do not depend on the system that saved the file."""
    assert read(b"one \r\ntwo\rthree\n").text == "one\ntwo\nthree"


def test_ten_thousand_lines_come_in_whole() -> None:
    """Nothing is cut silently."""
    lines = [f"Line {number}." for number in range(10_000)]

    assert read("\n".join(lines).encode(), max_chars=10**6).text.split("\n") == lines


def test_the_charset_argument_outranks_the_media_types() -> None:
    """It is the more deliberate of the two."""
    article = read_article(
        "café".encode("cp1252"),
        media_type="text/plain; charset=utf-8",
        charset="windows-1252",
        max_chars=MAX_CHARS,
    )

    assert article.text == "café"


@pytest.mark.parametrize("body", [b"", b"  \r\n\t", "\ufeff".encode(), "\u200b\u00ad \n".encode()])
@pytest.mark.parametrize("media_type", TEXT_TYPES)
def test_nothing_to_read_is_an_error(body: bytes, media_type: str) -> None:
    """An LLM asked about nothing makes something up."""
    with pytest.raises(EmptyArticleError, match="is empty"):
        read(body, media_type)


@pytest.mark.parametrize("media_type", ["text/html", "application/pdf"])
def test_an_empty_body_is_empty_whatever_it_should_be(media_type: str) -> None:
    """Broken or without main text would send the caller looking in the wrong place."""
    with pytest.raises(EmptyArticleError):
        read(b" \n", media_type)


@pytest.mark.parametrize(
    "body", [PNG, b"plain\x00text", b"\x1b[31mred\x1b[0m", b"\xff\xfe\x00\xd8"]
)
def test_binary_data_is_no_text(body: bytes) -> None:
    """A picture under the wrong name is the commonest wrong upload."""
    with pytest.raises(UndecodableArticleError):
        read(body)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a" + "\u0301" * 2_000])
def test_what_is_no_text_is_refused_in_decoded_form_too(text: str) -> None:
    """JSON can spell any of them."""
    with pytest.raises(UndecodableArticleError):
        make_article(text, max_chars=MAX_CHARS)


def test_a_media_type_that_is_not_read_is_refused() -> None:
    """Nothing is guessed from the bytes."""
    with pytest.raises(UnsupportedMediaTypeError, match="application/msword"):
        read(b"x", "application/msword")


def test_a_text_of_exactly_the_limit_passes() -> None:
    """The limit is inclusive and counts code points of the canonical text."""
    assert make_article("  🤝e\u0301İ \r\n", max_chars=3).text == "🤝éİ"


def test_one_character_more_is_refused_with_both_numbers() -> None:
    """The caller must learn by how much."""
    with pytest.raises(ArticleTooLongError) as caught:
        make_article("abcd", max_chars=3)

    assert (caught.value.limit, caught.value.actual, caught.value.unit) == (3, 4, "characters")


def test_a_huge_decoded_text_is_refused_before_it_is_worked_on() -> None:
    """Blanks that would be stripped cost time all the same."""
    with pytest.raises(ArticleTooLongError):
        make_article("a" + " " * 10 * BYTES_PER_CHAR, max_chars=10)


def test_a_huge_body_is_refused_before_it_is_decoded() -> None:
    """These bytes do not even decode."""
    with pytest.raises(ArticleTooLongError) as caught:
        read(b"\xff" * (10 * BYTES_PER_CHAR + 1), max_chars=10)

    assert (caught.value.limit, caught.value.actual) == (160, 161)
    assert caught.value.unit == "bytes"


def test_a_body_of_exactly_the_byte_limit_is_looked_at() -> None:
    """The limit is inclusive."""
    body = b"a".ljust(10 * BYTES_PER_CHAR)

    assert read(body, max_chars=10).text == "a"


@pytest.mark.parametrize(
    ("media_type", "limit"),
    [
        ("text/html", MIN_PAGE_BYTES),
        ("application/xhtml+xml", MIN_PAGE_BYTES),
        ("application/pdf", MIN_PDF_BYTES),
    ],
)
def test_pages_and_pdfs_may_always_have_some_size(media_type: str, limit: int) -> None:
    """Scripts, fonts and pictures do not shrink with the limit of characters."""
    with pytest.raises(ArticleTooLongError) as caught:
        read(b"x" * (limit + 1), media_type, max_chars=10)

    assert (caught.value.limit, caught.value.unit) == (limit, "bytes")


def test_a_heavy_page_with_a_short_article_is_read() -> None:
    """News pages carry a megabyte of scripts."""
    page = f"<script>{'x' * 10**6}</script><p>{FIRST}</p>"

    assert read(page.encode(), "text/html", max_chars=100).text == FIRST


def test_metadata_is_checked_and_kept() -> None:
    """Bare text tells nothing of itself; all comes from the caller."""
    given_metadata = Metadata(
        title=" Envoys\nmeet ",
        source="Example Post",
        url="https://post.example/a",
        published="2025-12-05T10:00:00Z",
        language="en",
    )

    assert make_article("x", given_metadata, max_chars=9) == Article(
        title="Envoys meet",
        source="Example Post",
        url="https://post.example/a",
        published="2025-12-05",
        language="en",
        text="x",
    )


def test_wrong_metadata_is_refused_before_the_body_is_read() -> None:
    """The cheap check comes first."""
    with pytest.raises(MetadataError, match="'tomorrow'"):
        read_article(
            PNG,
            media_type="text/plain",
            metadata=Metadata(published="tomorrow"),
            max_chars=MAX_CHARS,
        )


@pytest.mark.parametrize(
    ("body", "media_type", "error"),
    [
        (b"Classified wording \x00", "text/plain", UndecodableArticleError),
        (b"Classified wording \xff", "text/plain", UndecodableArticleError),
        (b"Classified wording " * 9, "text/plain", ArticleTooLongError),
        (b"<p hidden>Classified wording</p>", "text/html", NoMainTextError),
    ],
)
def test_messages_hold_no_article_text(
    body: bytes, media_type: str, error: type[IntakeError]
) -> None:
    """Messages go to logs and to people who may not read the article."""
    with pytest.raises(error) as caught:
        read(body, media_type, max_chars=30)

    assert "Classified" not in str(caught.value)
