"""The golden fixtures hold, and so do the figures that their README gives."""

import re
from pathlib import Path

import pytest

from schemas.comparison import Comparison
from service.golden.checking import check_case
from service.golden.fixtures import GoldenCase, load_cases
from service.golden.matching import compare_readings
from service.golden.readings import load_readings
from tests.conftest import SEEDS

FOLDER = Path(__file__).parent
ANNOTATIONS = FOLDER.parent / "annotations"
ROW = re.compile(
    r"^\| ([a-z ]+) \| ([a-z ]+) \| (\d\.\d{3}) \| (\d\.\d{3}) \| (\d+) \|$", re.MULTILINE
)
SOURCES = {
    "the first annotation": ANNOTATIONS / "first",
    "the second annotation": ANNOTATIONS / "second",
    "the first": ANNOTATIONS / "first",
    "the second": ANNOTATIONS / "second",
    "the settled fixtures": FOLDER,
}
AGREEMENTS = [
    row
    for row in ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    if row[0] in SOURCES
]


def load(folder: Path) -> list[GoldenCase]:
    """Return the fixtures of ``folder``."""
    return load_cases([folder], max_chars=60_000)


def compare(read: Path, against: Path) -> Comparison:
    """Compare two folders of fixtures."""
    return compare_readings(load(against), load_readings(read))


def test_every_sample_has_a_fixture() -> None:
    """Named after its article."""
    names = {case.path.stem: case.fixture.article for case in load(FOLDER)}

    assert names == {path.stem: f"seeds/{path.name}" for path in SEEDS.glob("*.txt")}


@pytest.mark.parametrize("case", load(FOLDER), ids=lambda case: case.path.stem)
def test_a_fixture_has_no_faults(case: GoldenCase) -> None:
    """Its numbers are carried by its quotes, and it does not rule itself out."""
    assert [fault for fault in check_case(case) if fault.kind == "fault"] == []


def test_fixtures_compared_with_themselves_score_one() -> None:
    """All five, with all their alternatives."""
    comparison = compare(FOLDER, FOLDER)

    assert comparison.scores.items.f1 == comparison.scores.leaves.f1 == 1
    assert comparison.critical_errors == 0


@pytest.mark.parametrize("row", AGREEMENTS, ids=lambda row: f"{row[0]} against {row[1]}")
def test_the_agreement_that_the_readme_gives_is_measured(row: tuple[str, ...]) -> None:
    """A yardstick that nobody can compute again is none."""
    comparison = compare(SOURCES[row[0]], SOURCES[row[1]])

    scores = comparison.scores
    assert [f"{scores.items.f1:.3f}", f"{scores.leaves.f1:.3f}"] == [row[2], row[3]]
    assert comparison.critical_errors == int(row[4])


def test_the_readme_gives_four_agreements() -> None:
    """The test above must not run empty."""
    assert len(AGREEMENTS) == 4
