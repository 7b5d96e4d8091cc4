"""From a path on the command line to readings that shall be compared.

Owns the meaning of ``-``. What may stand in a file is ``service.golden``'s.
"""

import sys
from pathlib import Path

from service.cli.articles import STDIN
from service.errors import ClaimError
from service.golden.files import MAX_FILE_BYTES
from service.golden.readings import NamedReading, load_readings, parse_readings


def load_actual(path: Path) -> list[NamedReading]:
    """Return the readings at ``path``; ``-`` is standard input.

    Raises ``ComparisonError`` for what is none, and ``OSError`` for what cannot be opened.
    """
    if path != STDIN:
        return load_readings(path)
    readings = list(parse_readings(sys.stdin.buffer.read(MAX_FILE_BYTES), "standard input"))
    if not readings:
        raise ClaimError("standard input is empty; give it summaries, one a line")
    return readings
