"""The development set is whole and usable; what is in it is not looked at here."""

from pathlib import Path

import pytest

from service.golden.checking import check_case
from service.golden.fixtures import load_cases

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("half", ["open", "held", "sealed"])
def test_each_half_has_twelve_articles_with_a_fixture_each(half: str) -> None:
    """A text without a fixture would be measured by nothing."""
    texts = {path.stem for path in (FOLDER / half).glob("*.txt")}

    assert len(texts) == 12
    assert {path.stem for path in (FOLDER / half).glob("*.json")} == texts


@pytest.mark.parametrize("half", ["open", "held", "sealed"])
def test_fixtures_have_no_faults(half: str) -> None:
    """Quotes are verbatim, numbers are carried, and none rules itself out."""
    cases = load_cases([FOLDER / half], max_chars=60_000)

    assert [fault for case in cases for fault in check_case(case) if fault.kind == "fault"] == []
