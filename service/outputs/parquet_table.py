"""A flat table as Parquet, written a row group at a time.

Owns the types. The only module that knows pyarrow, which is an extra.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow import parquet

from service.outputs.columns import Cell, Column, Kind
from service.outputs.replacing import Replacement, WholeFile

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

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


class _Outlet(io.RawIOBase):
    """What pyarrow writes to; once it is shut, it takes everything and keeps nothing.

    A writer that is let go while it is open writes the footer, wherever that goes, and complains
    where it cannot.
    """

    def __init__(self, file: WholeFile) -> None:
        self._file = file
        self.is_shut = False

    def writable(self) -> bool:
        """Say yes; pyarrow asks."""
        return True

    def write(self, body: "ReadableBuffer", /) -> int:
        """Write all of ``body``; raise ``OSError``."""
        if self.is_shut:
            return memoryview(body).nbytes
        return self._file.write(body)


class ParquetTable:
    """Writes rows to a file that takes the place of ``path`` once it is published.

    Until it is finished the file has no footer, and is not to be read.
    """

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._schema = make_schema(columns)
        self._rows: list[Sequence[Cell]] = []
        self.replacement = Replacement(path)
        self._outlet = _Outlet(self.replacement.file)
        self._writer = parquet.ParquetWriter(self._outlet, self._schema)

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

    def discard(self) -> None:
        """Remove the new file, whatever state it is in."""
        self._outlet.is_shut = True
        self._writer.close()
        self.replacement.discard()


def make_schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the schema of ``columns``; each field bears its meaning as ``description``."""
    return pa.schema(
        [
            pa.field(column.name, _TYPES[column.kind], metadata={"description": column.meaning})
            for column in columns
        ]
    )
