"""Sidecars: metadata beside the article, and that a bad one is not ignored."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import MetadataError
from service.intake import Metadata
from service.sources import Skipped, open_source, restamp
from service.sources.sidecars import ENDINGS, MAX_SIDECAR_BYTES, parse_sidecar
from tests.unit.data_intake import FIRST, SECOND, build_page, build_paragraphs
from tests.unit.data_sources import (
    MAX_CHARS,
    TEXT,
    list_all,
    list_one,
    write_files,
    write_zip,
)

GIVEN = {
    "title": "A truce",
    "source": "Example",
    "url": "https://news.example/1",
    "published": "2026-02-28",
    "language": "en",
}

Pack = Callable[[Path, Mapping[str, str | bytes]], Path]


def pack_zip(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Return a ZIP of ``files``."""
    return write_zip(folder / "z.zip", files)


PACKS = [write_files, pack_zip]
"""What holds for a folder holds for a ZIP."""


def read_metadata(place: Path, metadata: Metadata | None = None) -> dict[str, str | None]:
    """Return the metadata of the only article of ``place``."""
    article = open_source(list_one(place), metadata=metadata or Metadata(), max_chars=MAX_CHARS)
    return article.model_dump(exclude={"text"})


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("suffix", [".txt", ".MD", ""])
def test_a_sidecar_gives_an_article_its_metadata(
    tmp_path: Path, pack: Pack, ending: str, suffix: str
) -> None:
    """Plain text says nothing of itself; without a date no weekday can be resolved."""
    files = {f"x/v1 a{suffix}": TEXT, f"x/v1 a{ending}": json.dumps(GIVEN)}

    assert read_metadata(pack(tmp_path, files)) == GIVEN


@pytest.mark.parametrize("pack", PACKS)
def test_a_sidecar_is_no_article_and_a_stray_json_file_is_counted(
    tmp_path: Path, pack: Pack
) -> None:
    """A sidecar whose article was renamed must not vanish in silence."""
    files = {"a.txt": TEXT, "a.json": "{}", "b.json": "{}", "c.meta.json": "{}", "d/a.json": "{}"}
    skipped = Skipped()

    assert len(list_all(pack(tmp_path, files), skipped=skipped)) == 1
    assert skipped.counts == {".json": 3}


def test_a_sidecar_outranks_the_page_and_defaults_fill_the_rest(tmp_path: Path) -> None:
    """It was written for this article; defaults were written for all of them."""
    head = "<title>The page's</title>"
    page = build_page(build_paragraphs(FIRST, SECOND), head, 'lang="en"')
    write_files(tmp_path, {"a.html": page, "a.json": '{"title": "The sidecar\'s"}'})
    defaults = Metadata(title="Default", language="de", source="Default", published="2026")

    assert read_metadata(tmp_path, defaults) == {
        "title": "The sidecar's",
        "source": "Default",
        "url": None,
        "published": "2026",
        "language": "en",
    }


def test_bad_defaults_are_refused(tmp_path: Path) -> None:
    """They would be left out of every article in silence."""
    write_files(tmp_path, {"a.txt": TEXT})

    with pytest.raises(MetadataError, match="published 'soon' is no date"):
        read_metadata(tmp_path, Metadata(published="soon"))


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "sidecar a.json: it is no JSON: see line 1, column 2"),
        ("[]", "sidecar a.json: it is no JSON object"),
        ('{"outlet": "x", "day": 1}', "outlet: there is no such field; day: there is no such"),
        ('{"outlet": "x"}', "it may have title, source, url, published, language"),
        ('{"published": 2026}', "sidecar a.json: published: input should be a valid string"),
        ('{"published": "soon"}', "sidecar a.json: published 'soon' is no date; give 2026"),
        ('{"published": "2026", "published": "2025"}', "sidecar a.json: it gives published twice"),
        (b"\xff", "sidecar a.json: it is not UTF-8"),
    ],
)
def test_a_bad_sidecar_is_its_articles_fault(
    tmp_path: Path, pack: Pack, body: str | bytes, said: str
) -> None:
    """Read without it, the article would be dated wrongly, and paid for."""
    place = pack(tmp_path, {"a.txt": TEXT, "a.json": body})

    with pytest.raises(MetadataError) as caught:
        read_metadata(place)

    assert said in str(caught.value)


@pytest.mark.parametrize("pack", PACKS)
def test_a_sidecar_that_is_too_large_is_refused(tmp_path: Path, pack: Pack) -> None:
    """It has five short values; more is another file by that name."""
    place = pack(tmp_path, {"a.txt": TEXT, "a.json": b" " * (MAX_SIDECAR_BYTES + 1)})

    with pytest.raises(MetadataError, match=r"sidecar a\.json: it has more than 65,536 bytes"):
        read_metadata(place)


@pytest.mark.parametrize("pack", PACKS)
def test_two_sidecars_are_one_too_many(tmp_path: Path, pack: Pack) -> None:
    """Which of them is meant is anyone's guess."""
    place = pack(tmp_path, {"a.txt": TEXT, "a.json": "{}", "a.meta.json": "{}"})

    with pytest.raises(MetadataError, match=r"two sidecars, a\.json and a\.meta\.json; keep one"):
        read_metadata(place)


@pytest.mark.parametrize("pack", PACKS)
def test_a_changed_sidecar_changes_the_stamp(tmp_path: Path, pack: Pack) -> None:
    """The summary depends on it as on the text."""
    source = list_one(pack(tmp_path, {"a.txt": TEXT, "a.json": "{}"}))
    assert restamp(source) == source.stamp

    pack(tmp_path, {"a.txt": TEXT, "a.json": '{"published": "2026"}'})

    assert restamp(source) not in {None, source.stamp}


def test_a_new_sidecar_changes_the_stamp(tmp_path: Path) -> None:
    """A correction after a first run is often just this."""
    source = list_one(write_files(tmp_path, {"a.txt": TEXT}))

    write_files(tmp_path, {"a.meta.json": "{}"})

    assert restamp(source) not in {None, source.stamp}


@given(st.binary(max_size=40))
def test_any_bytes_give_metadata_or_a_sentence(body: bytes) -> None:
    """A sidecar comes from whoever made the folder."""
    said = "sidecar a.json: "
    try:
        parse_sidecar(body, "a.json")
    except MetadataError as error:
        said = str(error)

    assert said.startswith("sidecar a.json: ")
