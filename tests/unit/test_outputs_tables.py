"""Flat tables as files: typed, safe to open, and there only when they are whole."""

import signal
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from service.errors import OutputError
from service.outputs.columns import Cell, Column, Kind
from service.outputs.csv_table import CsvTable, show_cell
from service.outputs.opening import OutputFormat, open_output
from service.outputs.parquet_table import MAX_GROUP_ROWS, ParquetTable
from service.outputs.tables import TABLES
from tests.builders import CREATED_AT, build_draft_talk, build_empty_draft, build_summary
from tests.unit.data_outputs import (
    BODY,
    PROBLEM,
    list_names,
    read_csv,
    run_child,
    start_child,
    write_and_interrupt,
)

BOTH: list[OutputFormat] = ["csv", "parquet"]
WAITING = """
import sys
from pathlib import Path
from service.outputs.opening import open_output
from tests.unit.data_outputs import PROBLEM

with open_output(sys.argv[1], Path(sys.argv[2]), replaces=True, begins_again=True) as sink:
    for number in range(6_000):
        sink.fail(f"{number}.txt", PROBLEM)
    print("written", flush=True)
    sys.stdin.read()
"""
LIMITED = """
import resource, sys
from pathlib import Path
from service.errors import OutputError
from service.outputs.opening import open_output
from tests.unit.data_outputs import PROBLEM

try:
    with open_output(sys.argv[1], Path(sys.argv[2]), replaces=True) as sink:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        for number in range(1_000_000):
            sink.fail(f"{number:x}" * 10, PROBLEM)
except OutputError as error:
    sys.exit(str(error))
"""
WITHOUT_PYARROW = """
import sys
from pathlib import Path

sys.modules["pyarrow"] = None
from service.errors import OutputFormatError
from service.outputs.opening import open_output

try:
    open_output("parquet", Path(sys.argv[1])).__enter__()
except OutputFormatError as error:
    sys.exit(str(error))
"""


def read_table(path: Path) -> list[dict[str, object]]:
    """Return the rows of a Parquet file."""
    rows: list[dict[str, object]] = parquet.read_table(path).to_pylist()
    return rows


def show(value: Cell, kind: Kind = "text") -> str:
    """Return what stands in the CSV for ``value``."""
    return show_cell(value, Column("name", kind, "", ()))


@pytest.mark.parametrize("output_format", BOTH)
def test_all_tables_are_there_even_where_they_are_empty(
    output_format: OutputFormat, tmp_path: Path
) -> None:
    """Whoever reads them need not ask which there are."""
    with open_output(output_format, tmp_path / "out"):
        pass

    assert list_names(tmp_path / "out") == {f"{name}.{output_format}" for name in TABLES}


def test_csv_has_headings_and_a_row_an_item(tmp_path: Path) -> None:
    """As RFC 4180 has it: ends of lines are CR-LF."""
    with open_output("csv", tmp_path / "out") as sink:
        sink.write("a.txt", BODY)
        sink.fail("b.txt", PROBLEM)

    for name, columns in TABLES.items():
        headings, row = read_csv(tmp_path / "out" / f"{name}.csv")
        assert headings == [column.name for column in columns]
        assert row[0] == ("b.txt" if name == "failures" else "a.txt")
        assert (tmp_path / "out" / f"{name}.csv").read_bytes().endswith(b"\r\n")


def test_csv_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    """Excel would take curly quotes for three letters each."""
    with open_output("csv", tmp_path / "out"):
        pass

    assert (tmp_path / "out/talks.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle_file,")


@pytest.mark.parametrize(
    "text", ['“soy”, "beans"; 🌾', "two\r\nlines\nand more", "İ\u00a0稀土", ", ,", '"', " a "]
)
def test_any_text_comes_back_from_csv(text: str, tmp_path: Path) -> None:
    """Separators, quotes and ends of lines in a value do not end it."""
    draft = build_empty_draft(talks=[build_draft_talk(outcome=text)])
    with open_output("csv", tmp_path / "out") as sink:
        sink.write("a.txt", build_summary(draft=draft).model_dump_json().encode())

    headings, row = read_csv(tmp_path / "out/talks.csv")
    assert row[headings.index("outcome")] == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_given_an_apostrophe(start: str) -> None:
    """The article is untrusted, and its values are opened in Excel."""
    assert show(f"{start}cmd()") == f"'{start}cmd()"
    assert show([f"{start}cmd()", None], "texts") == f"'{start}cmd(); "


def test_the_apostrophe_can_be_taken_off_again() -> None:
    """A text that has one of its own before the sign gets another."""
    assert show("'=1") == "''=1"
    assert show("'tis") == "'tis"
    assert show("a=1") == "a=1"


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (-5.5, "number", "-5.5"), (12_000_000.0, "number", "12000000"), (0.1, "number", "0.1"),
        (-3, "integer", "-3"), (True, "truth", "true"), (False, "truth", "false"),
        (None, "number", ""), (None, "text", ""), ([], "texts", ""),
        (["G7", None, "EU"], "texts", "G7; ; EU"), ([3, 17], "integers", "3; 17"),
        (datetime(2025, 12, 6, 8, 30, tzinfo=UTC), "instant", "2025-12-06T08:30:00+00:00"),
    ],
)  # fmt: skip
def test_values_are_written_plainly(value: Cell, kind: Kind, shown: str) -> None:
    """A negative number stays a number."""
    assert show(value, kind) == shown


def test_parquet_is_typed(tmp_path: Path) -> None:
    """Numbers are doubles, lists are lists, and what is not there is null."""
    with open_output("parquet", tmp_path / "out") as sink:
        sink.write("a.txt", BODY)

    schema = parquet.read_schema(tmp_path / "out/tariffs.parquet")
    (row,) = read_table(tmp_path / "out/tariffs.parquet")
    (summary,) = read_table(tmp_path / "out/summaries.parquet")
    assert schema.names == [column.name for column in TABLES["tariffs"]]
    assert schema.field("rate").type == pa.float64()
    assert schema.field("rate").metadata[b"description"].startswith(b"Percent ad valorem")
    assert (row["rate"], row["effective"], row["companies"]) == (10.0, None, [])
    assert (row["targets"], row["targets_countries"]) == (["China"], ["CN"])
    assert summary["created_at"] == CREATED_AT


def test_parquet_and_csv_have_the_same_columns(tmp_path: Path) -> None:
    """Who changes from one to the other reads the same names."""
    for output_format in BOTH:
        with open_output(output_format, tmp_path, replaces=True) as sink:
            sink.write("a.txt", BODY)

    for name in TABLES:
        names = parquet.read_schema(tmp_path / f"{name}.parquet").names
        assert read_csv(tmp_path / f"{name}.csv")[0] == names


def test_parquet_is_written_a_row_group_at_a_time(tmp_path: Path) -> None:
    """Memory does not grow with the batch."""
    with open_output("parquet", tmp_path / "out") as sink:
        for number in range(MAX_GROUP_ROWS + 1):
            sink.fail(f"{number}.txt", PROBLEM)

    file = parquet.read_metadata(tmp_path / "out/failures.parquet")
    assert (file.num_rows, file.num_row_groups) == (MAX_GROUP_ROWS + 1, 2)


def test_csv_that_is_larger_than_its_buffer_is_whole(tmp_path: Path) -> None:
    """No row is written twice, none is left out."""
    with open_output("csv", tmp_path / "out") as sink:
        for number in range(3_000):
            sink.fail(f"{number}.txt", PROBLEM)

    rows = read_csv(tmp_path / "out/failures.csv")[1:]
    assert [row[0] for row in rows] == [f"{number}.txt" for number in range(3_000)]


@pytest.mark.parametrize("output_format", BOTH)
def test_an_interrupted_run_closes_its_tables(output_format: OutputFormat, tmp_path: Path) -> None:
    """What is finished can be read, and no file is broken."""
    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(output_format, tmp_path / "out")

    assert list_names(tmp_path / "out") == {f"{name}.{output_format}" for name in TABLES}
    if output_format == "parquet":
        assert len(read_table(tmp_path / "out/talks.parquet")) == 1
    else:
        assert len(read_csv(tmp_path / "out/talks.csv")) == 2


@pytest.mark.parametrize("output_format", BOTH)
def test_a_run_that_had_not_caught_up_leaves_the_old_tables(
    output_format: OutputFormat, tmp_path: Path
) -> None:
    """They have more in them than what was written of the new ones."""
    (tmp_path / f"talks.{output_format}").write_bytes(b"old")

    with pytest.raises(KeyboardInterrupt):
        write_and_interrupt(output_format, tmp_path, begins_again=True)

    assert (tmp_path / f"talks.{output_format}").read_bytes() == b"old"
    assert list_names(tmp_path) == {f"talks.{output_format}"}


@pytest.mark.parametrize("output_format", BOTH)
def test_a_killed_run_leaves_no_broken_table_and_the_next_one_tidies_up(
    output_format: OutputFormat, tmp_path: Path
) -> None:
    """A Parquet file without its footer is worth nothing."""
    child = start_child(WAITING, output_format, str(tmp_path))
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert list(tmp_path.glob(f"*.{output_format}")) == []
    assert len(list_names(tmp_path)) == len(TABLES)

    with open_output(output_format, tmp_path, begins_again=True) as sink:
        sink.write("a.txt", BODY)

    assert list_names(tmp_path) == {f"{name}.{output_format}" for name in TABLES}


@pytest.mark.parametrize("output_format", BOTH)
def test_a_full_disk_leaves_the_old_tables(output_format: OutputFormat, tmp_path: Path) -> None:
    """Half a table must not take the place of a whole one."""
    (tmp_path / f"failures.{output_format}").write_bytes(b"old")

    code, _, err = run_child(LIMITED, output_format, str(tmp_path))

    assert code == 1, err
    assert f"{tmp_path} cannot be written: file too large; nothing that was read is lost" in err
    assert "Traceback" not in err
    assert (tmp_path / f"failures.{output_format}").read_bytes() == b"old"
    assert list_names(tmp_path) == {f"failures.{output_format}"}


@pytest.mark.parametrize("open_table", [CsvTable, ParquetTable])
def test_a_table_on_a_disk_that_takes_nothing_more_is_discarded_without_a_word(
    open_table: type[CsvTable] | type[ParquetTable], tmp_path: Path
) -> None:
    """The first table's failure is told; the others' footers would fail as well."""
    table = open_table(tmp_path / "talks", TABLES["talks"])
    table.replacement.file.close()

    table.discard()

    assert list_names(tmp_path) == set()


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path) -> None:
    """It is an extra; everything else works without it."""
    code, _, err = run_child(WITHOUT_PYARROW, str(tmp_path / "out"))

    assert code == 1
    assert "pip install 'readout[tables]', or take --format csv" in err
    assert list_names(tmp_path) == set()


def test_a_folder_that_takes_no_file_is_a_sentence() -> None:
    """Before anything is paid for."""
    with (
        pytest.raises(OutputError, match=r"/proc cannot be written: "),
        open_output("csv", Path("/proc"), replaces=True),
    ):
        pass


def test_a_link_to_a_table_stays_a_link(tmp_path: Path) -> None:
    """What it leads to is replaced."""
    real = tmp_path / "real.csv"
    real.touch()
    out = tmp_path / "out"
    out.mkdir()
    (out / "talks.csv").symlink_to(real)

    with open_output("csv", out, replaces=True) as sink:
        sink.write("a.txt", BODY)

    assert (out / "talks.csv").is_symlink()
    assert len(read_csv(real)) == 2
