"""Who levies on whom must not be turned around where the sentence says it plainly."""

import pytest

from schemas import Party
from service.checking.roles import find_swapped_roles

US = Party(name="United States", country="US")
CHINA = Party(name="China", country="CN")


@pytest.mark.parametrize(
    "sentence",
    [
        "The United States imposed a 25% tariff on Chinese steel.",
        "Washington raised its duties on goods from China to 30%.",
        "The U.S. will lift the ban on all Chinese chips.",
        "U.S. tariffs on Chinese imports stay.",
        "The United States threatened new measures against China.",
    ],
)
def test_a_sentence_that_says_it_contradicts_the_reverse(sentence: str) -> None:
    """A flipped country is the worst of errors that no number shows."""
    assert find_swapped_roles([CHINA], [US], [sentence]) is not None
    assert find_swapped_roles([US], [CHINA], [sentence]) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Tariffs on Chinese steel were imposed by the United States.",
        "The U.S. cut tariffs and China lifted its ban on American beef.",
        "The United States and China lower most tariffs on each other's goods.",
        "China, hit by U.S. tariffs, imposed duties on American soybeans.",
        "The two sides talked.",
    ],
)
def test_any_other_sentence_proves_nothing_against_china_as_the_actor(sentence: str) -> None:
    """A false complaint would clear two right parties."""
    assert find_swapped_roles([CHINA], [US], [sentence]) is None


def test_both_ways_told_is_no_contradiction() -> None:
    """Each side levies on the other in many an article."""
    sentence = "The U.S. put a tariff on Chinese steel. China put a duty on American corn."

    assert find_swapped_roles([CHINA], [US], [sentence]) is None
    assert find_swapped_roles([CHINA, US], [US, CHINA], [sentence]) is None
