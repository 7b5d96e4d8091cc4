"""The flat tables for analysts: which there are, their columns, and the rows of a result.

Owns what stands in a table. Knows no file.
"""

from collections.abc import Iterator
from typing import NamedTuple, get_args

from pydantic import BaseModel

from schemas.api import ItemRow, Origin, SummaryRow
from schemas.problem import Problem
from schemas.summary import Provenance, Summary
from service.outputs.columns import Cell, Column, list_columns
from service.rows import make_item_rows, make_origin, make_summary_row

SUMMARIES = "summaries"
FAILURES = "failures"

_ARTICLE_FILE = Column(
    "article_file", "text", "The article's file, or its name in the ZIP or list it came in.", ()
)
"""Begins every table; its cells are the names of results."""
_ABOUT_SUMMARY = ("language", "headline", "gist", "counts", "warnings")


class Row(NamedTuple):
    """A row, and the table that it belongs to."""

    table: str
    cells: list[Cell]
    """One for each column of the table."""


class _SummaryLine(NamedTuple):
    """What a row of the table of summaries is read from."""

    origin: Origin
    row: SummaryRow
    provenance: Provenance


def _list_item_columns(model: type[BaseModel]) -> list[Column]:
    """Return id and origin, then the item's own fields in the contract's order, then its quotes."""
    ends = ("id", "evidence")
    own = [name for name in model.model_fields if name not in {*Origin.model_fields, *ends, "list"}]
    return list_columns(model, *Origin.model_fields, "id", *own, "evidence")


def _list_summary_columns() -> list[Column]:
    return [
        *list_columns(Origin, *Origin.model_fields, inside=("origin",)),
        *list_columns(SummaryRow, *_ABOUT_SUMMARY, inside=("row",)),
        *list_columns(Provenance, *Provenance.model_fields, inside=("provenance",)),
    ]


def _list_tables() -> dict[str, list[Column]]:
    items = {
        get_args(model.model_fields["list"].annotation)[0]: _list_item_columns(model)
        for model in get_args(get_args(ItemRow)[0])
    }
    # The instance is the article's name, and that is the first column.
    about = [name for name in Problem.model_fields if name != "instance"]
    failures = list_columns(Problem, *about)
    return {SUMMARIES: _list_summary_columns(), **items, FAILURES: failures}


_TABLES = _list_tables()
TABLES: dict[str, list[Column]] = {
    name: [_ARTICLE_FILE, *columns] for name, columns in _TABLES.items()
}
"""The columns of each table, by the table's name, which is that of its list."""


def make_rows(name: str, summary: Summary) -> Iterator[Row]:
    """Yield the rows of the article ``name``: its summary's, then one for each item."""
    line = _SummaryLine(make_origin(summary), make_summary_row(summary), summary.provenance)
    yield _make_row(SUMMARIES, name, line)
    for table, _item, row in make_item_rows(summary):
        yield _make_row(table, name, row)


def make_failure_row(name: str, problem: Problem) -> Row:
    """Return the row of the article ``name``, of which there is no summary."""
    return _make_row(FAILURES, name, problem)


def _make_row(table: str, name: str, source: object) -> Row:
    return Row(table, [_show_name(name), *(column.read(source) for column in _TABLES[table])])


def _show_name(name: str) -> str:
    """Return ``name`` as text: a lone surrogate, which UTF-8 does not have, as Python writes it."""
    return name.encode(errors="backslashreplace").decode()
