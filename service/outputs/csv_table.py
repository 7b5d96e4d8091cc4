"""A flat table as CSV, for whoever opens it in a spreadsheet.

Owns the form of cells. RFC 4180 in UTF-8 with a byte order mark, without which Excel takes the
text for another encoding. A text that a spreadsheet would take for a formula is given an
apostrophe (OWASP, "CSV Injection"): the article is untrusted.
"""

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from service.outputs.columns import Cell, Column
from service.outputs.replacing import Replacement

SUFFIX = ".csv"
SEPARATOR = "; "
"""Between the entries of a list; one that is not known is empty."""
_BYTE_ORDER_MARK = "\ufeff"
_BUFFER_CHARS = 65_536
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a formula begins; with apostrophes before it, so that the added one can be taken off."""
_GUARDED = frozenset({"text", "texts"})


class CsvTable:
    """Writes rows to a file that takes the place of ``path`` once it is published."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._columns = columns
        self.replacement = Replacement(path)
        self._text = io.StringIO(newline="")
        self._text.write(_BYTE_ORDER_MARK)
        self._writer = csv.writer(self._text)
        self._writer.writerow([column.name for column in columns])

    def add(self, cells: Sequence[Cell]) -> None:
        """Take a row, and write what fills the buffer. Raises ``OSError``."""
        self._writer.writerow(
            [show_cell(cell, column) for cell, column in zip(cells, self._columns, strict=True)]
        )
        if self._text.tell() >= _BUFFER_CHARS:
            self._write_text()

    def _write_text(self) -> None:
        self.replacement.file.write(self._text.getvalue().encode())
        self._text.seek(0)
        self._text.truncate()

    def finish(self) -> None:
        """Write what is still in memory, and wait until it is on disk. Raises ``OSError``."""
        self._write_text()
        self.replacement.sync()
        self.replacement.file.close()

    def discard(self) -> None:
        """Remove the new file, whatever state it is in."""
        self.replacement.discard()


def show_cell(cell: Cell, column: Column) -> str:
    """Return ``cell`` as it stands in the file, before the quotes of RFC 4180."""
    text = _show(cell)
    if column.kind in _GUARDED and _FORMULA.match(text):
        return f"'{text}"
    return text


def _show(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, list):
        return SEPARATOR.join("" if entry is None else str(entry) for entry in cell)
    return str(cell)
