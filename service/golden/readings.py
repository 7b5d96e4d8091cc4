"""Readings to be compared, as files: summaries, lines of them, problems, other fixtures.

Owns what may stand in such a file. Which article a reading is of is ``matching``'s.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from schemas.claimed import ClaimedSummary
from schemas.golden import GoldenFixture
from schemas.problem import Problem
from service.errors import ClaimError
from service.golden.files import list_files, read_bytes
from service.golden.parsing import parse_claimed, parse_document, parse_fixture, parse_object
from service.json_parsing import JsonError, parse_json
from service.showing import show_path

SUFFIXES = (".json", ".jsonl", ".ndjson")

Document = ClaimedSummary | GoldenFixture | Problem
"""What came of reading an article; a problem, where nothing did."""


class NamedReading(NamedTuple):
    """A reading, and what messages call it."""

    name: str
    """The file, and the line where it has several."""
    document: Document


def load_readings(path: Path) -> list[NamedReading]:
    """Return what stands at ``path``: a file, or a folder of ``.json`` and ``.jsonl`` files.

    A file holds one document or one a line. Raises ``ComparisonError`` for anything that is
    none, ``ClaimError`` where there is nothing at all, and ``OSError``.
    """
    files = list_files(path, SUFFIXES)
    readings = [one for file in files for one in parse_readings(read_bytes(file), show_path(file))]
    if not readings:
        name, ends = show_path(path), ", ".join(SUFFIXES)
        raise ClaimError(f"{name}: there is no summary (a file that ends in {ends})")
    return readings


def parse_readings(body: bytes, name: str) -> Iterator[NamedReading]:
    """Yield the documents of ``body``, one or one a line; ``ComparisonError`` for any other."""
    lines = [(at, line) for at, line in enumerate(body.split(b"\n"), start=1) if line.strip()]
    if len(lines) > 1 and (_is_json(lines[0][1]) or _is_json(lines[-1][1])):
        for number, line in lines:
            place = f"{name}, line {number}"
            yield NamedReading(place, parse_reading(parse_object(line, place), place))
    elif lines:
        yield NamedReading(name, parse_reading(parse_object(body, name), name))


def _is_json(line: bytes) -> bool:
    try:
        parse_json(line)
    except JsonError:
        return False
    return True


def parse_reading(data: Mapping[str, object], name: str) -> Document:
    """Return the document that ``data`` is by its members; ``ComparisonError`` for a broken one."""
    if str(data.get("type", "")).startswith("/problems/"):
        return parse_document(Problem, data, name, ClaimError)
    if isinstance(data.get("article"), str):
        return parse_fixture(data, name)
    return parse_claimed(data, name)
