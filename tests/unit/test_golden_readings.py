"""Readings as files: what may stand in one, and what is told of anything else."""

import json
import os
from pathlib import Path

import pytest

from schemas.claimed import ClaimedSummary
from schemas.golden import GoldenFixture
from schemas.problem import Problem
from service.errors import ClaimError, ComparisonError, FixtureError
from service.golden.files import MAX_FILE_BYTES, list_files, read_bytes
from service.golden.readings import load_readings, parse_readings
from tests.unit.data_golden import (
    OTHER_TEXT,
    build_claim,
    build_fixture,
    build_problem,
    write_json,
    write_lines,
)


def _parse(body: bytes) -> list[tuple[str, type[object]]]:
    return [(one.name, type(one.document)) for one in parse_readings(body, "s.jsonl")]


def _dump(*documents: object, end: bytes = b"\n") -> bytes:
    return b"".join(json.dumps(one).encode() + end for one in documents)


def test_a_document_is_what_its_members_say() -> None:
    """Summaries, problems and fixtures may stand in one folder or file."""
    body = _dump(build_claim(), build_problem(), build_fixture())

    assert _parse(body) == [
        ("s.jsonl, line 1", ClaimedSummary),
        ("s.jsonl, line 2", Problem),
        ("s.jsonl, line 3", GoldenFixture),
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_document_may_stand_on_one_line_or_many(indent: int | None) -> None:
    """``summarize --json`` writes one line, ``jq`` and editors many."""
    body = json.dumps(build_claim(), indent=indent).encode()

    assert _parse(body) == [("s.jsonl", ClaimedSummary)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\n\n", b"\n \t\r\n"])
def test_lines_end_as_they_like_and_may_be_empty(end: bytes) -> None:
    """Lines are numbered as an editor numbers them."""
    readings = _parse(b"\n" + _dump(build_claim(), build_claim(OTHER_TEXT), end=end))

    second = 2 + end.count(b"\n")
    assert [name for name, _kind in readings] == ["s.jsonl, line 2", f"s.jsonl, line {second}"]


def test_a_line_separator_within_a_string_is_no_end_of_line() -> None:
    """U+2028 and U+0085 stand in real articles, and JSON lets them."""
    claim = build_claim(headline="Soybeans\u2028first\x85")
    body = json.dumps(claim, ensure_ascii=False).encode() + b"\n" + _dump(build_problem())

    assert len(_parse(body)) == 2


BROKEN: dict[str, tuple[bytes, str]] = {
    "second line": (_dump(build_claim()) + b"{}\n", "s.jsonl, line 2: schema_version"),
    "second line cut": (
        _dump(build_claim()) + b'{"id": ',
        "s.jsonl, line 2 is no JSON: see line 1",
    ),
    "first line cut": (
        b'{"id": \n' + _dump(build_claim()),
        "s.jsonl, line 1 is no JSON: see line 1",
    ),
    "cut without lines": (b'{"id":\n 1,', "s.jsonl is no JSON: see line 2, column 4"),
    "an array": (b"[" + _dump(build_claim()) + b"]", "s.jsonl is no JSON object"),
    "another problem": (
        _dump({**build_problem(), "type": "/problems/X1"}),
        "s.jsonl: type: string should match pattern '^/problems/",
    ),
    "another version": (
        _dump(build_claim(schema_version="2")),
        's.jsonl: schema_version: it is "2"',
    ),
    "not UTF-8": (b"\xff", "s.jsonl is not UTF-8: see byte 0"),
    "twice": (b'{"id": "a", "id": "b"}', "s.jsonl gives id twice"),
}


@pytest.mark.parametrize(("body", "sentence"), BROKEN.values(), ids=BROKEN.keys())
def test_anything_else_is_refused_with_file_and_line(body: bytes, sentence: str) -> None:
    """A line that is skipped in silence would count as a missing summary."""
    with pytest.raises(ComparisonError) as caught:
        _parse(body)

    assert str(caught.value).startswith(sentence)


def test_a_fixture_among_the_readings_is_held_to_its_form() -> None:
    """Two annotations can be compared, and either may be misspelt."""
    with pytest.raises(FixtureError, match=r"^s\.jsonl: tariffs\[0\]\.rte: there is no such"):
        _parse(_dump(build_fixture(tariffs=[{"rte": 1}])))


@pytest.mark.parametrize("body", [b"", b"\n", b" \r\n\t\n"])
def test_nothing_gives_no_reading(body: bytes) -> None:
    """Whether that is an error is for whoever asked."""
    assert _parse(body) == []


def test_a_folder_is_read_in_the_order_of_its_paths_and_without_hidden_files(
    tmp_path: Path,
) -> None:
    """An editor's leftovers and a repository's own folder are no readings."""
    for name in (
        "b.json",
        "a/c.JSON",
        "a.json/b.ndjson",
        ".a.json",
        ".git/a.json",
        "a.txt",
        "a.md",
    ):
        write_json(tmp_path / name, build_claim())
    write_lines(tmp_path / "c.jsonl", build_claim(), build_problem())

    names = [one.name.removeprefix(f"{tmp_path}/") for one in load_readings(tmp_path)]
    assert names == ["a/c.JSON", "a.json/b.ndjson", "b.json", "c.jsonl, line 1", "c.jsonl, line 2"]


def test_a_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    """``/dev/fd/63`` is what a shell makes of ``<(command)``."""
    path = write_json(tmp_path / "summary of 🌾\n.txt", build_claim())

    (reading,) = load_readings(path)
    assert reading.name == f"{tmp_path}/summary of 🌾?.txt"


def test_a_name_that_is_no_text_is_named_in_text(tmp_path: Path) -> None:
    """It stands in reports, which are UTF-8."""
    path = write_json(Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.json")), build_claim())

    (reading,) = load_readings(path)
    assert reading.name.encode() == f"{tmp_path}/bad?.json".encode()


@pytest.mark.parametrize("name", ["empty", "no-summaries", "blank.json"])
def test_a_place_without_any_reading_is_an_error(name: str, tmp_path: Path) -> None:
    """A typing error in a path must not look like summaries that are all missing."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "no-summaries").mkdir()
    (tmp_path / "no-summaries" / "article.txt").touch()
    (tmp_path / "blank.json").write_bytes(b"\n")

    with pytest.raises(ClaimError, match=f"{name}: there is no summary"):
        load_readings(tmp_path / name)


@pytest.mark.parametrize("name", ["none.json", "link.json"])
def test_what_is_not_there_is_an_os_error_that_names_it(name: str, tmp_path: Path) -> None:
    """Also a link of a folder that leads nowhere: its summary is not missing, it is lost."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link.json").symlink_to("nowhere.json")
    path = tmp_path / "folder" if name == "link.json" else tmp_path / name

    with pytest.raises(FileNotFoundError) as caught:
        load_readings(path)

    assert str(caught.value.filename).endswith(name)


def test_links_to_files_are_read_and_links_to_folders_are_not(tmp_path: Path) -> None:
    """A folder that is linked into itself has no end."""
    write_json(tmp_path / "a.json", build_claim())
    (tmp_path / "b.json").symlink_to("a.json")
    (tmp_path / "loop").symlink_to(tmp_path)

    assert [path.name for path in list_files(tmp_path, (".json",))] == ["a.json", "b.json"]


def test_a_file_larger_than_is_read_is_refused_by_name(tmp_path: Path) -> None:
    """Sparse here; a log that was given by mistake has as many bytes."""
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)

    with pytest.raises(ComparisonError, match=r"huge\.json has more than 67,108,864 bytes"):
        read_bytes(path)
