"""One file an article: named after it, whole, and only one of summary and problem."""

import json
from pathlib import Path

import pytest

from service.errors import OutputError, OutputExistsError, OutputFormatError
from service.golden.readings import load_readings
from service.outputs.opening import OutputFormat, open_output
from tests.unit.data_outputs import BODY, PROBLEM, list_names


def test_each_article_has_a_file_of_its_name(tmp_path: Path) -> None:
    """In the folders that the articles stand in."""
    with open_output("json", tmp_path / "out") as sink:
        sink.write("asia/soy 🌾.txt", BODY)
        sink.fail("b.txt", PROBLEM)

    assert (tmp_path / "out/asia/soy 🌾.txt.json").read_bytes() == BODY + b"\n"
    assert json.loads((tmp_path / "out/b.txt.problem.json").read_bytes())["instance"] == "b.txt"
    assert list_names(tmp_path / "out/asia") == {"soy 🌾.txt.json"}


@pytest.mark.parametrize("name", ["../../out.txt", "/etc/passwd", "a\nb", ".", "n" * 300, ""])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    """A ZIP names its members as it likes."""
    with open_output("json", tmp_path / "out") as sink:
        sink.write(name, BODY)

    assert list_names(tmp_path) == {"out"}
    assert len(load_readings(tmp_path / "out")) == 1


def test_names_that_differ_in_case_only_have_two_files(tmp_path: Path) -> None:
    """Also on a file system that tells them apart no longer, once copied there."""
    with open_output("json", tmp_path / "out") as sink:
        sink.write("A.txt", BODY)
        sink.write("a.txt", BODY)

    names = list_names(tmp_path / "out")
    assert len({name.casefold() for name in names}) == 2


def test_a_summary_does_away_with_an_earlier_problem(tmp_path: Path) -> None:
    """What failed and was tried again has not failed."""
    with open_output("json", tmp_path / "out") as sink:
        sink.fail("a.txt", PROBLEM)
        sink.write("a.txt", BODY)

    assert list_names(tmp_path / "out") == {"a.txt.json"}


def test_a_problem_does_away_with_an_earlier_summary(tmp_path: Path) -> None:
    """The article has changed, and cannot be read any more."""
    with open_output("json", tmp_path / "out") as sink:
        sink.write("a.txt", BODY)
        sink.fail("a.txt", PROBLEM)

    assert list_names(tmp_path / "out") == {"a.txt.problem.json"}


@pytest.mark.parametrize("output_format", ["json", "csv", "parquet"])
def test_a_folder_with_files_is_refused(output_format: OutputFormat, tmp_path: Path) -> None:
    """They may be another batch's results, or anything."""
    (tmp_path / "mine").touch()

    with (
        pytest.raises(OutputExistsError, match="--overwrite"),
        open_output(output_format, tmp_path),
    ):
        pass

    assert list_names(tmp_path) == {"mine"}


@pytest.mark.parametrize("output_format", ["json", "csv", "parquet"])
def test_other_files_in_a_folder_stay(output_format: OutputFormat, tmp_path: Path) -> None:
    """Overwriting replaces results, and removes nothing else."""
    (tmp_path / "mine").write_bytes(b"mine")

    with open_output(output_format, tmp_path, replaces=True) as sink:
        sink.write("a.txt", BODY)

    assert (tmp_path / "mine").read_bytes() == b"mine"


@pytest.mark.parametrize("output_format", ["json", "csv", "parquet"])
def test_an_empty_folder_is_taken(output_format: OutputFormat, tmp_path: Path) -> None:
    """There is nothing to lose in it."""
    with open_output(output_format, tmp_path) as sink:
        sink.write("a.txt", BODY)

    assert list_names(tmp_path)


@pytest.mark.parametrize("output_format", ["json", "csv", "parquet"])
def test_a_folder_cannot_go_to_standard_output(output_format: OutputFormat) -> None:
    """Several files are no stream; one sentence says what is."""
    with (
        pytest.raises(OutputFormatError, match=r"name it with --out, or take --format jsonl"),
        open_output(output_format, None),
    ):
        pass


@pytest.mark.parametrize("output_format", ["json", "csv", "parquet"])
def test_a_file_in_the_place_of_a_folder_is_refused(
    output_format: OutputFormat, tmp_path: Path
) -> None:
    """Even where it may be replaced: a file is not a set of results."""
    (tmp_path / "file").touch()

    with (
        pytest.raises(OutputFormatError, match="is no folder"),
        open_output(output_format, tmp_path / "file", replaces=True),
    ):
        pass


@pytest.mark.parametrize("output_format", ["json", "csv", "parquet"])
def test_a_missing_parent_is_named(output_format: OutputFormat, tmp_path: Path) -> None:
    """A slip of the pen makes no tree of folders."""
    with (
        pytest.raises(OutputError, match="there is no folder"),
        open_output(output_format, tmp_path / "none" / "out"),
    ):
        pass


def test_a_folder_that_went_away_is_a_sentence(tmp_path: Path) -> None:
    """And the results stay in the database."""
    out = tmp_path / "out"
    with open_output("json", out) as sink:
        out.rmdir()
        out.touch()

        with pytest.raises(OutputError, match=r"cannot be written: not a directory; nothing that"):
            sink.write("asia/a.txt", BODY)
