"""Reports of earlier runs, as baselines.

Owns what of such a report is told where it is none. What "worse" means is ``service.compare``'s.
"""

from collections.abc import Mapping
from pathlib import Path

from schemas.comparison import COMPARISON_VERSION, Comparison, ComparisonReport
from service.errors import ComparisonError
from service.golden.files import read_bytes
from service.golden.parsing import describe_version, parse_document, parse_object
from service.showing import show_path


def load_baseline(path: Path) -> Comparison:
    """Return the run that ``readout compare --json`` wrote to ``path``.

    Raises ``ComparisonError`` for anything else, for a report of another version, and
    ``OSError`` for a file that cannot be opened.
    """
    name = show_path(path)
    return parse_baseline(parse_object(read_bytes(path), name), name)


def parse_baseline(data: Mapping[str, object], name: str) -> Comparison:
    """Return the run of the report that ``data`` is; raises what ``load_baseline`` raises."""
    run = data.get("comparison")
    if not isinstance(run, dict) or "comparison_version" not in run:
        raise ComparisonError(f"{name}: comparison: it is no report of a comparison")
    version = run["comparison_version"]
    if version != COMPARISON_VERSION:
        raise ComparisonError(
            f"{name}: comparison.comparison_version: {describe_version(version)}, this version "
            f'writes "{COMPARISON_VERSION}"; make the baseline again'
        )
    return parse_document(ComparisonReport, data, name, ComparisonError).comparison
