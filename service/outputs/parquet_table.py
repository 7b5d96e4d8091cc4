"""A flat table as Parquet, written a row group at a time.

Owns the types. The only module that knows pyarrow, which is an extra.
"""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from service.outputs.columns import Cell, Column, Kind
from service.outputs.replacing import Replacement

SUFFIX = ".parquet"
MAX_GROUP_ROWS = 5_000
"""Rows that are held in memory before they are written: some megabytes."""
_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "truth": pa.bool_(),
    "instant": pa.timestamp("us", tz="UTC"),
    "texts": pa.list_(pa.string()),
    "integers": pa.list_(pa.int64()),
}


class ParquetTable:
    """Writes rows to a file that takes the place of ``path`` once it is published.

    Until it is finished the file has no footer, and is not to be read.
    """

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._schema = make_schema(columns)
        self._rows: list[Sequence[Cell]] = []
        self.replacement = Replacement(path)
        self._writer = parquet.ParquetWriter(self.replacement.file, self._schema)

    def add(self, cells: Sequence[Cell]) -> None:
        """Take a row, and write the group that it completes. Raises ``OSError``."""
        self._rows.append(cells)
        if len(self._rows) >= MAX_GROUP_ROWS:
            self._write_group()

    def _write_group(self) -> None:
        if not self._rows:
            return
        columns = zip(zip(*self._rows, strict=True), self._schema, strict=True)
        arrays = [pa.array(cells, field.type) for cells, field in columns]
        self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._rows.clear()

    def finish(self) -> None:
        """Write the last group and the footer, and wait until all is on disk.

        Raises ``OSError``.
        """
        self._write_group()
        self._writer.close()
        self.replacement.sync()
        self.replacement.file.close()


def make_schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the schema of ``columns``; each field bears its meaning as ``description``."""
    return pa.schema(
        [
            pa.field(column.name, _TYPES[column.kind], metadata={"description": column.meaning})
            for column in columns
        ]
    )
