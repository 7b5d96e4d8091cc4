"""JSONL: where lines begin and end, and that a broken one is a row of its own."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.batch import Source
from service.errors import ArticleTooLongError, MetadataError, UnreadableSourceError
from service.intake import Metadata
from service.sources import SourceFault, open_source, restamp
from service.sources.lines import find_max_line_bytes
from tests.unit.data_sources import (
    MAX_CHARS,
    TEXT,
    list_all,
    list_faults,
    list_one,
    write_lines,
)

LIMIT = find_max_line_bytes(MAX_CHARS)


def write(path: Path, body: bytes) -> Path:
    """Write ``body`` to a JSONL file."""
    (path / "l.jsonl").write_bytes(body)
    return path / "l.jsonl"


def line(text: object = TEXT, **fields: object) -> bytes:
    """Return a line of JSON without its end."""
    return json.dumps({"text": text, **fields}).encode()


def read_texts(path: Path) -> list[str]:
    """Return the text of every article of ``path``."""
    return [
        open_source(entry, max_chars=MAX_CHARS).text
        for entry in list_all(path)
        if isinstance(entry, Source)
    ]


@pytest.mark.parametrize("suffix", [".jsonl", ".NDJSON"])
def test_a_line_is_an_article_with_its_metadata(tmp_path: Path, suffix: str) -> None:
    """The fields are those of a request over HTTP."""
    given_metadata = {
        "title": "A truce",
        "source": "Example",
        "url": "https://news.example/1",
        "published": "2026-02-28",
        "language": "en",
    }
    path = write_lines(tmp_path / f"l{suffix}", [{"text": TEXT, **given_metadata}])

    source = list_one(path)
    article = open_source(source, max_chars=MAX_CHARS)

    assert (source.kind, source.name, source.start) == ("line", f"{path}:1", 0)
    assert article.model_dump() == {"text": TEXT, **given_metadata}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "talks/1"}, "talks/1"),
        ({"id": "x-1"}, "x-1"),
        ({"id": 0}, "0"),
        ({"name": "talks", "id": 7}, "talks"),
        ({"name": "", "id": None}, None),
        ({"name": "a\nb\x1b"}, "a%0Ab%1B"),
    ],
)
def test_a_line_may_have_a_name(
    tmp_path: Path, fields: dict[str, object], name: str | None
) -> None:
    """Whoever made the file finds the articles by its own names, safe to print."""
    path = write(tmp_path, line(**fields))

    assert list_one(path).name == name or f"{path}:1"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_ends_of_lines_and_byte_order_marks_do_not_matter(
    tmp_path: Path, end: bytes, mark: bytes
) -> None:
    """Windows writes both; the last line may lack its end."""
    texts = ["one 🌾", "İki", "三"]

    path = write(tmp_path, mark + end.join(map(line, texts)))

    assert read_texts(path) == texts


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    """An editor shows their numbers, so ours must be the same."""
    path = write(tmp_path, b"\n \t\r\n" + line() + b"\n\n")

    assert list_one(path).name == f"{path}:3"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"text": "cut', "is no JSON: see column 10"),
        ('{"text": "稀土'.encode()[:-1], "is not UTF-8: see byte 13"),
        (b'{"text": "a", "text": "b"}', "gives text twice"),
        (b'["a"]', "is no JSON object"),
        (b'{"title": "a"}', "text: field required; a line may have text, title"),
        (b'{"text": 1}', "text: input should be a valid string"),
        (b'{"text": "a", "body": "b", "day": 1}', "body: there is no such field; day: there is"),
        (b'{"text": "a", "name": "' + b"x" * 501 + b'"}', "name: string should have at most 500"),
        (b"[" * 50_000, "nested too deep"),
    ],
)
def test_a_broken_line_is_a_fault_of_its_own(tmp_path: Path, body: bytes, said: str) -> None:
    """A file that was cut in the middle loses its last article and no other."""
    path = write(tmp_path, line("before") + b"\n" + body + b"\n" + line("after") + b"\n" + body)

    faults = list_faults(path)

    assert set(faults) == {"l.jsonl:2", "l.jsonl:4"}
    assert said in faults["l.jsonl:2"]
    assert read_texts(path) == ["before", "after"]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
@pytest.mark.parametrize("excess", [-1, 0, 1, 2, 3, 3 * 1024 * 1024])
def test_a_line_over_the_limit_is_a_fault_and_the_next_is_read(
    tmp_path: Path, excess: int, end: bytes
) -> None:
    """A line of a gigabyte is passed over, not held; the size is told."""
    long = line("x" * (LIMIT + excess - len(line(""))))
    path = write(tmp_path, long + (end or b"\n") + line("after") + end)

    first, second = list_all(path)

    assert isinstance(first, Source) == (excess <= 0)
    if isinstance(first, SourceFault):
        assert isinstance(first.error, ArticleTooLongError)
        assert first.error.limit == LIMIT < first.error.actual
    assert isinstance(second, Source)
    assert open_source(second, max_chars=MAX_CHARS).text == "after"


def test_a_line_that_is_long_by_its_blanks_is_one_line(tmp_path: Path) -> None:
    """Carriage returns are white space of JSON; where reading stops they must end no line."""
    path = write(tmp_path, line() + b"\r" * LIMIT + b"\n" + line("after"))

    assert [Path(entry.name).name for entry in list_all(path)] == ["l.jsonl:1", "l.jsonl:2"]


def test_a_long_text_that_fits_its_line_is_refused_by_intake(tmp_path: Path) -> None:
    """The limit in characters is the same for every way in."""
    source = list_one(write(tmp_path, line("x" * (MAX_CHARS + 1))))

    with pytest.raises(ArticleTooLongError, match="1,001 characters"):
        open_source(source, max_chars=MAX_CHARS)


def test_bad_metadata_of_a_line_is_its_articles_fault(tmp_path: Path) -> None:
    """A date that is none would be left out in silence otherwise."""
    source = list_one(write(tmp_path, line(published="yesterday")))

    with pytest.raises(MetadataError, match="published 'yesterday' is no date"):
        open_source(source, max_chars=MAX_CHARS)


def test_defaults_fill_what_a_line_leaves_open(tmp_path: Path) -> None:
    """And replace nothing that it says."""
    source = list_one(write(tmp_path, line(source="Its own")))
    defaults = Metadata(source="Default", published="2026-02")

    article = open_source(source, metadata=defaults, max_chars=MAX_CHARS)

    assert (article.source, article.published) == ("Its own", "2026-02")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1)))
def test_every_line_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """Start and length are bytes, and characters have up to four."""
    lines = [json.dumps({"text": f"x{text}"}, ensure_ascii=False).encode() for text in texts]
    path = write(tmp_path_factory.mktemp("lines"), b"\n".join([line("first"), *lines]))

    for entry, body in zip(list_all(path)[1:], lines, strict=True):
        assert isinstance(entry, Source)
        assert (entry.start, entry.length) != (None, None)
        start = entry.start or 0
        assert path.read_bytes()[start : start + (entry.length or 0)] == body
        assert restamp(entry) == entry.stamp


def test_a_line_that_was_corrected_in_place_is_read_as_it_is(tmp_path: Path) -> None:
    """It stands where it stood, and its stamp tells."""
    path = write(tmp_path, line("first") + b"\n" + line("25%") + b"\n" + line("last"))
    source = list_all(path)[1]
    assert isinstance(source, Source)

    path.write_bytes(path.read_bytes().replace(b"25%", b"52%"))

    assert restamp(source) not in {None, source.stamp}
    assert open_source(source, max_chars=MAX_CHARS).text == "52%"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: b" " + body,
        lambda body: body.replace(b"\n", b" "),
        lambda body: line("new") + b"\n" + body,
        lambda body: body[:-3],
        lambda body: body.replace(b"second", b"second, longer"),
        lambda body: body.replace(b'"text": "second"', b'"text":\n"second"'),
        lambda body: b"",
    ],
)
def test_a_line_that_was_moved_is_not_mistaken_for_another(tmp_path: Path, change: object) -> None:
    """Half of one article and half of the next would be paid for."""
    path = write(tmp_path, line("first") + b"\n" + line("second"))
    source = list_all(path)[1]
    assert isinstance(source, Source)
    assert callable(change)

    path.write_bytes(change(path.read_bytes()))

    assert restamp(source) is None
    with pytest.raises(UnreadableSourceError, match="list it again"):
        open_source(source, max_chars=MAX_CHARS)
