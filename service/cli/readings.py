"""From a path on the command line to readings that shall be compared.

Owns the meaning of ``-``. What may stand in a file is ``service.golden``'s.
"""

import sys
from pathlib import Path

from service.cli.articles import STDIN
from service.errors import ClaimError
from service.golden.files import MAX_FILE_BYTES, TOO_LARGE
from service.golden.readings import NamedReading, load_readings, parse_readings


def load_actual(path: Path) -> list[NamedReading]:
    """Return the readings at ``path``; ``-`` is standard input.

    Raises ``ComparisonError`` for what is none, and ``OSError`` for what cannot be opened.
    """
    if path != STDIN:
        return load_readings(path)
    if sys.__stdin__ is None:
        raise ClaimError("standard input is closed; give it summaries, one a line")
    body = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    if len(body) > MAX_FILE_BYTES:
        raise ClaimError(f"standard input {TOO_LARGE}")
    readings = list(parse_readings(body, "standard input"))
    if not readings:
        raise ClaimError("standard input is empty; give it summaries, one a line")
    return readings
