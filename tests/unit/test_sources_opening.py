"""One article opened again: what has become of it since it was listed."""

import os
import tracemalloc
from pathlib import Path

import pytest

from schemas.batch import Source
from service.errors import (
    ArticleTooLongError,
    DefectError,
    EmptyArticleError,
    UnreadableSourceError,
)
from service.intake.article import MIN_PDF_BYTES
from service.sources import open_source, restamp
from tests.unit.data_intake import build_pdf
from tests.unit.data_sources import MAX_CHARS, TEXT, list_one, write_files


def make_source(folder: Path, content: str | bytes = TEXT, name: str = "a.txt") -> Source:
    """Return the source of a file."""
    return list_one(write_files(folder, {name: content}) / name)


def test_a_source_is_opened_from_what_was_stored_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process, in another folder, opens what this one listed."""
    write_files(tmp_path, {"news/soy 🌾 50%.txt": TEXT})
    monkeypatch.chdir(tmp_path)
    kept = list_one("news").model_dump_json()
    monkeypatch.chdir("/")

    source = Source.model_validate_json(kept)

    assert open_source(source, max_chars=MAX_CHARS).text == TEXT


def test_a_pdf_is_read(tmp_path: Path) -> None:
    """Its suffix says what it is."""
    source = make_source(tmp_path, build_pdf([TEXT[:50]]), "a.PDF")

    assert TEXT[:50] in open_source(source, max_chars=MAX_CHARS).text


def test_a_file_that_did_not_change_keeps_its_stamp(tmp_path: Path) -> None:
    """Else every run would begin anew."""
    source = make_source(tmp_path)

    assert restamp(source) == source.stamp == list_one(tmp_path).stamp


def test_a_changed_file_is_read_as_it_is_and_told(tmp_path: Path) -> None:
    """The same size at another time is a change too."""
    source = make_source(tmp_path)
    path = tmp_path / "a.txt"

    path.write_text(TEXT.upper())
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000))

    assert restamp(source) not in {None, source.stamp}
    assert open_source(source, max_chars=MAX_CHARS).text == TEXT.upper()


def test_a_file_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    """And no crash of the worker that was to read it."""
    source = make_source(tmp_path)
    (tmp_path / "a.txt").unlink()

    assert restamp(source) is None
    with pytest.raises(UnreadableSourceError, match="nothing stands there"):
        open_source(source, max_chars=MAX_CHARS)


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    """A worker that waits for a writer is lost to the batch."""
    source = make_source(tmp_path)
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")

    with pytest.raises(UnreadableSourceError, match="it is a pipe"):
        open_source(source, max_chars=MAX_CHARS)


def test_a_pipe_in_the_place_of_a_sidecar_is_not_waited_for(tmp_path: Path) -> None:
    """It is opened like the article."""
    source = make_source(tmp_path)
    os.mkfifo(tmp_path / "a.json")

    with pytest.raises(UnreadableSourceError, match=r"sidecar a\.json: it is a pipe"):
        open_source(source, max_chars=MAX_CHARS)


def test_a_folder_in_the_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    """Its reading fails in the system's words."""
    source = make_source(tmp_path)
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").mkdir()

    with pytest.raises(UnreadableSourceError, match="is a directory"):
        open_source(source, max_chars=MAX_CHARS)


def test_a_file_without_rights_is_a_fault(tmp_path: Path) -> None:
    """Root may read it all the same."""
    source = make_source(tmp_path)
    (tmp_path / "a.txt").chmod(0)

    if os.geteuid():
        with pytest.raises(UnreadableSourceError, match="permission denied"):
            open_source(source, max_chars=MAX_CHARS)
    else:
        assert open_source(source, max_chars=MAX_CHARS).text == TEXT


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf"])
def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path, name: str) -> None:
    """Its size is told whole, and its content is not held."""
    size = 2 * 1024**3
    source = make_source(tmp_path, name=name)
    os.truncate(tmp_path / name, size)
    tracemalloc.start()
    try:
        with pytest.raises(ArticleTooLongError) as caught:
            open_source(source, max_chars=MAX_CHARS)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert caught.value.actual == size
    assert peak < MIN_PDF_BYTES / 10


def test_an_empty_file_is_the_articles_fault(tmp_path: Path) -> None:
    """Listing opens no file; opening says what is wrong with it."""
    with pytest.raises(EmptyArticleError):
        open_source(make_source(tmp_path, " \n"), max_chars=MAX_CHARS)


def test_an_inline_source_has_no_place() -> None:
    """Its job holds the article; who asks here made a mistake."""
    source = Source(name="a", kind="inline", path="", stamp="1")

    assert restamp(source) == "1"
    with pytest.raises(DefectError):
        open_source(source, max_chars=MAX_CHARS)
