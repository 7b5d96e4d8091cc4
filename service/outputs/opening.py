"""From a format and a target to what takes results.

Owns which format goes where, and when what stands there is replaced.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, get_args

from service.errors import OutputError, OutputExistsError, OutputFormatError
from service.outputs import csv_table
from service.outputs.columns import Column
from service.outputs.documents import Documents
from service.outputs.lines import open_lines, open_standard_output, open_stream
from service.outputs.replacing import is_replaced, remove_leftovers
from service.outputs.sink import Sink, explain_faults
from service.outputs.table_files import TableFile, TableFiles
from service.outputs.tables import TABLES
from service.showing import show_path

OutputFormat = Literal["jsonl", "json", "csv", "parquet"]
FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)
"""``jsonl`` is one file, or standard output; the others are folders."""


@contextmanager
def open_output(
    output_format: OutputFormat,
    target: Path | None,
    *,
    replaces: bool = False,
    begins_again: bool = False,
) -> Iterator[Sink]:
    """Yield what takes results, and close it at the end; ``None`` is standard output.

    What stands at ``target`` is refused unless it is to be replaced. ``begins_again`` is for a run
    that goes on with an earlier one: what that run wrote stays until all of it has been written
    anew and ``settle`` is called; without it the output is settled from the start. After an
    exception what is settled is closed properly, and the rest removed.

    Raises ``OutputExistsError``, ``OutputFormatError`` and, for whatever the system refuses,
    ``OutputError``.
    """
    may_replace = replaces or begins_again
    sink = (
        _open_lines(target, may_replace=may_replace)
        if output_format == "jsonl"
        else _open_folder(output_format, target, may_replace=may_replace)
    )
    try:
        if not begins_again:
            sink.settle()
        yield sink
        sink.close()
    except BaseException:
        sink.abandon()
        raise


def _open_lines(target: Path | None, *, may_replace: bool) -> Sink:
    if target is None:
        return open_standard_output()
    name = show_path(target)
    if target.is_dir():
        raise OutputFormatError(
            f"{name} is a folder, jsonl is one file: name a file in it, or take --format json"
        )
    with explain_faults(name):
        if not is_replaced(target):
            return open_stream(target)
        _check_free(target, is_taken=target.exists(), may_replace=may_replace)
        _check_folder(target.parent)
        remove_leftovers(target)
        return open_lines(target)


def _open_folder(
    output_format: Literal["json", "csv", "parquet"], target: Path | None, *, may_replace: bool
) -> Sink:
    """Return what writes files to ``target``, which is made unless it is there."""
    if target is None:
        raise OutputFormatError(
            f"{output_format} is a folder of files: name it with --out, or take --format jsonl"
        )
    name = show_path(target)
    suffix, open_table = _find_table(output_format)
    if target.exists() and not target.is_dir():
        raise OutputFormatError(f"{name} is no folder, {output_format} is one: name another")
    with explain_faults(name):
        if target.is_dir():
            _check_free(target, is_taken=any(target.iterdir()), may_replace=may_replace)
        else:
            _check_folder(target.parent)
            target.mkdir()
        if open_table is None:
            return Documents(target)
        return _open_tables(target, suffix, open_table)


_OpenTable = Callable[[Path, Sequence[Column]], TableFile]


def _find_table(
    output_format: Literal["json", "csv", "parquet"],
) -> tuple[str, _OpenTable | None]:
    """Return the suffix of a format's tables, and what opens one; ``None`` where it has none."""
    if output_format == "json":
        return "", None
    if output_format == "csv":
        return csv_table.SUFFIX, csv_table.CsvTable
    try:
        # Slow, large and an extra: only whoever wants such tables needs it.
        from service.outputs import parquet_table  # noqa: PLC0415  # see above
    except ImportError as error:
        raise OutputFormatError(
            "parquet needs the package pyarrow, which is not installed: run "
            "pip install 'readout[tables]', or take --format csv"
        ) from error
    return parquet_table.SUFFIX, parquet_table.ParquetTable


def _open_tables(folder: Path, suffix: str, open_table: _OpenTable) -> Sink:
    tables: dict[str, TableFile] = {}
    sink = TableFiles(folder, tables)
    try:
        for name, columns in TABLES.items():
            path = folder / f"{name}{suffix}"
            remove_leftovers(path)
            tables[name] = open_table(path, columns)
    except BaseException:
        sink.abandon()
        raise
    return sink


def _check_free(target: Path, *, is_taken: bool, may_replace: bool) -> None:
    if is_taken and not may_replace:
        raise OutputExistsError(
            f"{show_path(target)} is there already: --overwrite replaces what is in it, or name "
            "another with --out"
        )


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise OutputError(f"there is no folder {show_path(folder)}: make it first")
