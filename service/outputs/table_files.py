"""A folder of flat tables, which appear when all of them are whole.

Owns when they take the place of older ones. What stands in them is ``tables``', how a file is
written is each format's.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from schemas.problem import Problem
from schemas.summary import Summary
from service.errors import OutputError
from service.outputs.columns import Cell
from service.outputs.replacing import Replacement
from service.outputs.sink import PipeClosedError, explain_faults
from service.outputs.tables import Row, make_failure_row, make_rows
from service.showing import show_path


class TableFile(Protocol):
    """A table that is being written beside its place."""

    replacement: Replacement

    def add(self, cells: Sequence[Cell]) -> None:
        """Write a row. Raises ``OSError``."""

    def finish(self) -> None:
        """Write all that is left and close. Raises ``OSError``."""

    def discard(self) -> None:
        """Remove the new file, whatever state it is in."""


class TableFiles:
    """Writes rows to ``tables``, by name; all of them take their place at the end.

    A table has no whole state on the way, so that ``settle`` only says that from now on even an
    interrupted run has more to show than the tables that were there before.
    """

    def __init__(self, folder: Path, tables: dict[str, TableFile]) -> None:
        self._name = show_path(folder)
        self._tables = tables
        self._is_settled = False
        self._is_broken = False
        self._is_closed = False

    def write(self, name: str, body: bytes) -> None:
        """Write a row of the summary, and one of each of its items."""
        for row in make_rows(name, Summary.model_validate_json(body)):
            self._add(row)

    def fail(self, name: str, problem: Problem) -> None:
        """Write a row of the problem."""
        self._add(make_failure_row(name, problem))

    def _add(self, row: Row) -> None:
        with self._watch():
            self._tables[row.table].add(row.cells)

    @contextmanager
    def _watch(self) -> Iterator[None]:
        """Explain what goes wrong, and remember that the tables are not whole."""
        try:
            with explain_faults(self._name):
                yield
        except BaseException:
            self._is_broken = True
            raise

    def settle(self) -> None:
        """Let what is written count for more than the tables that are there."""
        self._is_settled = True

    def close(self) -> None:
        """Finish all tables, then let them take their place."""
        if self._is_closed:
            return
        with self._watch():
            for table in self._tables.values():
                table.finish()
            for table in self._tables.values():
                table.replacement.publish()
        self._is_closed = True

    def abandon(self) -> None:
        """Close what is settled and whole; else leave the tables that are there."""
        if self._is_closed:
            return
        if self._is_settled and not self._is_broken:
            with suppress(OutputError, PipeClosedError):
                self.close()
        for table in self._tables.values() if not self._is_closed else ():
            table.discard()
        self._is_closed = True
