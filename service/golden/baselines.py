"""Reports of earlier runs, as baselines.

Owns what of such a report is told where it is none. What "worse" means is ``service.compare``'s.
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from schemas.comparison import COMPARISON_VERSION, Comparison, ComparisonReport
from service.errors import ComparisonError
from service.golden.files import read_bytes
from service.golden.parsing import describe_faults, parse_object
from service.showing import show


def load_baseline(path: Path) -> Comparison:
    """Return the run that ``readout compare --json`` wrote to ``path``.

    Raises ``ComparisonError`` for anything else, for a report of another version, and
    ``OSError`` for a file that cannot be opened.
    """
    name = str(path)
    return parse_baseline(parse_object(read_bytes(path), name), name)


def parse_baseline(data: Mapping[str, object], name: str) -> Comparison:
    """Return the run of the report that ``data`` is; raises what ``load_baseline`` raises."""
    run = data.get("comparison")
    version = run.get("comparison_version") if isinstance(run, dict) else None
    if version is None:
        raise ComparisonError(f"{name}: comparison: it is no report of a comparison")
    if version != COMPARISON_VERSION:
        raise ComparisonError(
            f"{name}: comparison.comparison_version: it is {show(str(version))}, this version "
            f"writes {COMPARISON_VERSION}; make the baseline again"
        )
    try:
        return ComparisonReport.model_validate(data).comparison
    except ValidationError as error:
        faults = describe_faults(error.errors(include_url=False), data)
    raise ComparisonError(f"{name}: {faults}")
