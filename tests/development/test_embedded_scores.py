"""What the embedded reader reaches against fixtures, through the command line as a user runs it.

Owns the floors below which no change may push it. What each figure means, and which texts the
rules were written on, stands in ``README.md`` beside this file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from schemas.base import ListName
from schemas.comparison import Comparison, ComparisonReport, Score
from service.compare.scores import add_scores
from tests.cli.processes import run

TESTS = Path(__file__).parent.parent
MEASURES: tuple[ListName, ...] = (
    "commitments", "tariffs", "chip_policies", "non_tariff_measures",
)  # fmt: skip
"""The lists that an analyst acts on, counted as one."""


class Floors(NamedTuple):
    """The least that is reached; of critical errors the most."""

    precision: float
    f1: float
    talks_f1: float
    critical: int


FLOORS = {
    "golden": Floors(precision=0.99, f1=0.96, talks_f1=0.99, critical=0),
    "development/open": Floors(precision=0.97, f1=0.82, talks_f1=0.99, critical=2),
    "development/held": Floors(precision=0.91, f1=0.77, talks_f1=0.92, critical=8),
    "development/sealed": Floors(precision=0.59, f1=0.37, talks_f1=0.49, critical=26),
}


def compare(folder: str) -> Comparison:
    """Read the articles of the fixtures in ``folder`` by rules; return what became of them."""
    result = run("compare", "--read", "--json", str(TESTS / folder), READOUT_READER="embedded")
    assert result.code == 0, result.err
    return ComparisonReport.model_validate_json(result.out).comparison


def add_up(comparison: Comparison, names: Sequence[ListName]) -> Score:
    """Return the score of the items of several lists together."""
    return add_scores([one for one in comparison.lists if one.list in names])["items"]


@pytest.mark.parametrize("folder", FLOORS)
def test_rules_reach_what_they_reached(folder: str) -> None:
    """A rule that helps one text and harms three is found here."""
    floors, comparison = FLOORS[folder], compare(folder)
    measures = add_up(comparison, MEASURES)

    assert measures.precision is not None
    assert measures.precision >= floors.precision
    assert measures.f1 >= floors.f1
    assert add_up(comparison, ["talks"]).f1 >= floors.talks_f1
    assert comparison.critical_errors <= floors.critical
    assert comparison.unread == 0
