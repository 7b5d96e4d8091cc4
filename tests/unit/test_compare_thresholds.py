"""The examples beside each threshold are what the code does."""

import pytest

from schemas.base import LIST_NAMES
from schemas.draft import DRAFT_ITEMS
from service.compare.fields import RULES
from service.compare.leaves import measure_overlap
from service.compare.pairing import measure_similarity
from service.compare.texts import measure_likeness
from service.compare.thresholds import (
    EVIDENCE_OVERLAP,
    IDENTITY,
    NAME_LIKENESS,
    PAIRING_FLOOR,
    TEXT_LIKENESS,
)
from service.grounding import Span
from tests.builders import (
    MEASURE_QUOTE,
    build_draft_non_tariff_measure,
    build_draft_tariff,
    build_party,
)
from tests.unit.data_compare import make_claim

US, CN = build_party("United States", "US"), build_party()


@pytest.mark.parametrize(
    ("one", "other", "likeness", "least"),
    [
        (
            "buy 12 million metric tons of U.S. soybeans",
            "purchase 12 million tons of soybeans",
            0.8,
            TEXT_LIKENESS,
        ),
        ("extend the truce", "extension of the tariff truce for one year", 0.29, TEXT_LIKENESS),
        ("buy soybeans", "cut the fentanyl duty", 0, TEXT_LIKENESS),
        ("Busan arrangement", "Busan deal", 0.5, NAME_LIKENESS),
        ("rare earths", "rare earth exports", 0.8, NAME_LIKENESS),
        ("steel", "aluminium", 0, NAME_LIKENESS),
    ],
)
def test_likeness_is_as_documented(one: str, other: str, likeness: float, least: float) -> None:
    """Whoever moves a threshold must see what moves with it."""
    measured = measure_likeness(one, other)

    assert measured == pytest.approx(likeness, abs=0.006)
    assert (measured >= least) is (likeness >= least)


@pytest.mark.parametrize(("length", "overlap"), [(300, 0.33), (600, 0.18)])
def test_overlap_is_as_documented(length: int, overlap: float) -> None:
    """A sentence around the golden quote is evidence; a paragraph is not."""
    measured = measure_overlap([Span(100, 160)], [Span(50, 50 + length)])

    assert measured == pytest.approx(overlap, abs=0.006)
    assert (measured >= EVIDENCE_OVERLAP) is (overlap >= EVIDENCE_OVERLAP)


@pytest.mark.parametrize(
    ("changes", "similarity"),
    [
        ({"actors": [CN], "targets": [US]}, 0.69),
        ({"actors": [CN], "targets": [US], "rate": 15, "action": "increase"}, 0.54),
        (
            {
                "statement": "impose 25% on steel from China",
                "goods": "steel",
                "action": "impose",
                "rate": 25,
                "previous_rate": None,
                "evidence": [MEASURE_QUOTE],
            },
            0.39,
        ),
    ],
)
def test_similarity_is_as_documented(changes: dict[str, object], similarity: float) -> None:
    """What is one fact with errors, and what is another fact."""
    toys = make_claim("tariffs", build_draft_tariff())
    other = make_claim("tariffs", build_draft_tariff(**changes))

    measured = measure_similarity(toys, other)

    assert measured == pytest.approx(similarity, abs=0.006)
    assert (measured >= PAIRING_FLOOR) is (similarity >= PAIRING_FLOOR)


def test_two_measures_of_one_quote_are_not_one() -> None:
    """Sentences that list several measures are common."""
    control = make_claim("non_tariff_measures", build_draft_non_tariff_measure())
    fee = make_claim(
        "non_tariff_measures",
        build_draft_non_tariff_measure(
            statement="suspend port fees", goods="ships", instrument="fee"
        ),
    )

    measured = measure_similarity(control, fee)

    assert measured == pytest.approx(0.36, abs=0.006)
    assert measured < PAIRING_FLOOR


def test_identity_names_fields_that_its_list_has() -> None:
    """A misspelt weight would count for nothing, in silence."""
    assert tuple(IDENTITY) == LIST_NAMES
    for name, weights in IDENTITY.items():
        assert set(weights) <= set(DRAFT_ITEMS[name].model_fields)
        assert all(weight > 0 for weight in weights.values())


def test_every_field_of_every_list_has_a_rule() -> None:
    """A field without one could be wrong in every reading and nobody would know."""
    fields = {field for item in DRAFT_ITEMS.values() for field in item.model_fields} - {"evidence"}

    assert fields | {"headline", "gist"} == set(RULES)
