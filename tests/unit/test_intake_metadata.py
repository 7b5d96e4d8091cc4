"""Titles, addresses, dates, language tags and media types: which are kept, which refused."""

from datetime import datetime
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.base import is_partial_date
from service.errors import MetadataError, UnsupportedMediaTypeError
from service.intake import Metadata, find_media_type
from service.intake.media_types import parse_media_type
from service.intake.metadata import (
    MAX_NAME_CHARS,
    MAX_URL_CHARS,
    check_metadata,
    find_full_date,
    keep_valid,
)

NAMES = ["title", "source"]
TEXTS = ["title", "source", "url"]


def check(name: str, value: str) -> str | None:
    """Return the one value as it is kept."""
    kept = getattr(check_metadata(Metadata(**{name: value})), name)
    assert kept is None or isinstance(kept, str)
    return kept


def test_nothing_given_is_nothing_known() -> None:
    """No value is made up."""
    assert check_metadata(Metadata()) == Metadata()


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u00a0", "\x00", "\x07 \x1b"])
def test_a_blank_value_is_none(name: str, blank: str) -> None:
    """Forms send empty fields."""
    assert check(name, blank) is None


@pytest.mark.parametrize("name", NAMES)
def test_white_space_is_collapsed_and_controls_go(name: str) -> None:
    """Headlines come with the line breaks of their layout."""
    assert check(name, "  Call\r\n held\t\x07 again\x00 ") == "Call held again"


@pytest.mark.parametrize("name", NAMES)
def test_names_are_composed(name: str) -> None:
    """Equal titles must be equal strings."""
    assert check(name, "Cafe\u0301") == "Café"


@pytest.mark.parametrize("name", NAMES)
def test_names_keep_emoji_and_other_scripts(name: str) -> None:
    """Only controls are stripped."""
    assert check(name, "习近平 👨‍👩‍👧 İzmir {{ 7*7 }}") == "习近平 👨‍👩‍👧 İzmir {{ 7*7 }}"


@pytest.mark.parametrize("name", TEXTS)
def test_a_lone_surrogate_is_refused(name: str) -> None:
    """It cannot be stored; replacing it would change what was given."""
    with pytest.raises(MetadataError, match=f"the {name} .* lone surrogate"):
        check(name, "http://x.org/\ud800")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_greatest_length_is_kept(name: str) -> None:
    """The limit is inclusive."""
    assert check(name, "x" * MAX_NAME_CHARS) == "x" * MAX_NAME_CHARS


@pytest.mark.parametrize("name", NAMES)
def test_a_longer_name_is_refused_with_its_length(name: str) -> None:
    """Cutting would invent another headline."""
    with pytest.raises(MetadataError, match="501 characters, the limit is 500") as caught:
        check(name, "x" * (MAX_NAME_CHARS + 1))

    assert "xxx" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "HTTPS://EXAMPLE.ORG/x",
        "https://münchen.example/straße",
        "http://[::1]:8000/x",
    ],
)
def test_a_web_address_is_kept_as_it_is(url: str) -> None:
    """It names the article; rewriting it would name another."""
    assert check("url", f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "data:text/html,x",
        "example.org/a",
        "//example.org/a",
        "https://",
        "https:///path",
        "https://[broken",
        "https://example.org:99999/",
        "https://example.org/a b",
    ],
)
def test_anything_else_is_no_web_address(url: str) -> None:
    """It will be shown as a link."""
    with pytest.raises(MetadataError, match="no web address") as caught:
        check("url", url)

    assert repr(url) in str(caught.value)


def test_a_url_of_the_greatest_length_is_kept_and_a_longer_one_refused() -> None:
    """The limit is inclusive."""
    url = "https://example.org/".ljust(MAX_URL_CHARS, "x")

    assert check("url", url) == url
    with pytest.raises(MetadataError, match="2,001 characters"):
        check("url", url + "x")


@pytest.mark.parametrize("value", ["2026", "2026-02", "2026-02-28", " 2026-02-28\n", "2024-02-29"])
def test_a_partial_date_is_kept(value: str) -> None:
    """A month is what some archives know."""
    assert check("published", value) == value.strip()


@pytest.mark.parametrize(
    "value",
    [
        "2025-12-05T23:30:00-05:00",
        "2025-12-05T00:10:00+08:00",
        "2025-12-05T10:00Z",
        "2025-12-05 10:00:00",
        "2025-12-05t10:00:00.123456Z",
    ],
)
def test_of_a_date_time_the_date_stays_as_written(value: str) -> None:
    """The day in the reader's paper, not the day in Greenwich, is what "Friday" refers to."""
    assert check("published", value) == "2025-12-05"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2026-02-30",
        "2026-13",
        "2025-02-29T10:00:00",
        "2025-12-05T25:00:00",
        "2025-12-05Tmorning",
        "2025-12-05x",
        "2025-12-05x10:00:00",
        "05/12/2025",
        "20251205",
        "2025-W49-5",
        "２０２６",
        "0000",
        "26",
    ],
)
def test_a_date_that_is_none_is_refused_with_its_value(value: str) -> None:
    """A wrong date resolves every weekday wrongly."""
    with pytest.raises(MetadataError, match="no date") as caught:
        check("published", value)

    assert repr(value) in str(caught.value)


@given(st.text(max_size=30))
def test_whatever_is_given_a_kept_date_is_a_date(value: str) -> None:
    """Later stages rely on it."""
    kept = keep_valid(Metadata(published=value)).published

    assert kept is None or is_partial_date(kept)


@given(st.datetimes())
def test_every_date_time_begins_with_its_day(moment: datetime) -> None:
    """The extended format of ISO 8601 is what every page writes."""
    written = moment.isoformat()

    assert find_full_date(written) == written[:10]


@pytest.mark.parametrize(
    "tag",
    [
        *("en", "EN-us", "zh-Hant", "pt-BR", "zh-cmn-Hans-CN", "es-419", "sl-rozaj-biske"),
        *("de-CH-1901", "x-own", "en-US-u-ca-gregory-x-own"),
    ],
)
def test_a_well_formed_language_tag_is_kept(tag: str) -> None:
    """RFC 5646, appendix A."""
    assert check("language", f" {tag} ") == tag


@pytest.mark.parametrize(
    "tag", ["", "e", "english", "en_US", "en-", "-en", "en--US", "zh-Hant-Hant", "ｅｎ", "en US"]
)
def test_any_other_language_is_refused_with_its_value(tag: str) -> None:
    """A client that matches tags could not use it."""
    with pytest.raises(MetadataError, match="no BCP 47 language tag") as caught:
        check("language", tag)

    assert repr(tag) in str(caught.value)


def test_an_endless_language_tag_is_refused_and_cut_in_the_message() -> None:
    """Well-formed, and still no language."""
    with pytest.raises(MetadataError) as caught:
        check("language", "en" + "-a-bcd" * 1_000)

    assert len(str(caught.value)) < 250


def test_of_a_documents_own_values_the_bad_ones_are_dropped() -> None:
    """A page's wrong language tag is no reason to refuse its article."""
    found = Metadata(title="x" * 501, source="Outlet", url="/a", published="Friday", language="??")

    assert keep_valid(found) == Metadata(source="Outlet")


@given(st.text(), st.text(), st.text())
def test_a_documents_own_values_never_raise(title: str, url: str, language: str) -> None:
    """Whatever stands in a page, its text can be read."""
    kept = keep_valid(Metadata(title=title, url=url, language=language))

    assert keep_valid(kept) == kept


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text/plain"),
        ("a.text", "text/plain"),
        ("README", "text/plain"),
        (".hidden", "text/plain"),
        ("a.MD", "text/markdown"),
        ("a.markdown", "text/markdown"),
        ("a.html", "text/html"),
        ("a.HTM", "text/html"),
        ("a.xhtml", "text/html"),
        ("dir.d/a.pdf", "application/pdf"),
    ],
)
def test_the_suffix_names_the_media_type(name: str, expected: str) -> None:
    """On a command line there is no header."""
    assert find_media_type(PurePath(name)) == expected


@pytest.mark.parametrize("name", ["a.docx", "a.txt.gz", "a.jpg", "a.rtf"])
def test_another_suffix_is_refused_and_the_readable_ones_named(name: str) -> None:
    """Whoever sends a Word file must learn what to send instead."""
    with pytest.raises(UnsupportedMediaTypeError) as caught:
        find_media_type(PurePath(name))

    assert repr(PurePath(name).suffix) in str(caught.value)
    assert ".markdown" in str(caught.value)
    assert ".pdf" in str(caught.value)


@pytest.mark.parametrize(
    ("declared", "media_type", "charset"),
    [
        ("text/plain", "text/plain", None),
        ("TEXT/HTML; Charset=ISO-8859-1", "text/html", "ISO-8859-1"),
        ('text/html;charset="utf-8"', "text/html", "utf-8"),
        ("text/markdown; variant=GFM; charset=utf-8", "text/markdown", "utf-8"),
        ("application/xhtml+xml", "application/xhtml+xml", None),
        ("application/pdf;", "application/pdf", None),
        ("text/plain; charset=", "text/plain", None),
        (" text/plain ;charset = utf-8 ", "text/plain", "utf-8"),
    ],
)
def test_a_content_type_is_taken_apart(declared: str, media_type: str, charset: str | None) -> None:
    """Headers come in every spelling that RFC 9110 allows, and some more."""
    assert parse_media_type(declared) == (media_type, charset)


@pytest.mark.parametrize(
    "declared", ["", "application/json", "image/png", "text", "text/*", "application/octet-stream"]
)
def test_another_media_type_is_refused_and_the_readable_ones_named(declared: str) -> None:
    """Nothing is guessed from the bytes."""
    with pytest.raises(UnsupportedMediaTypeError, match="text/plain, text/markdown") as caught:
        parse_media_type(declared)

    assert repr(declared) in str(caught.value)
