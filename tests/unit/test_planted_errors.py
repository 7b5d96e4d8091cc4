"""Errors planted one at a time into a perfect reading: what our comparison says of each."""

import pytest

from schemas.comparison import DocumentComparison, LeafComparison
from service.compare.documents import compare_document
from service.compare.found import find_in_summary
from tests.planted import (
    TEXT,
    Effect,
    Planted,
    build_fixture,
    claim_draft,
    list_planted,
    read_perfectly,
)

PLANTED = list_planted()


def compare(planted: Planted) -> DocumentComparison:
    """Return what our comparison says of a planted reading."""
    return compare_document(build_fixture(), TEXT, find_in_summary(claim_draft(planted.found)))


def choose(effect: Effect) -> pytest.MarkDecorator:
    """Return the mark that runs a test with each planted error of this effect."""
    chosen = [one for one in PLANTED if one.effect == effect]
    return pytest.mark.parametrize("planted", chosen, ids=lambda one: one.name)


def list_damaged(document: DocumentComparison) -> list[tuple[str, int | None, LeafComparison]]:
    """Return the values of paired items that are errors, with list and golden position."""
    return [
        (item.list, item.expected_position, leaf)
        for item in document.items
        if item.outcome in {"right", "wrong"}
        for leaf in item.leaves
        if leaf.is_error
    ]


def test_there_are_twelve_errors_and_the_one_for_greedy_pairing() -> None:
    """An error that got lost from the list would be tested nowhere."""
    assert len(PLANTED) == 13
    assert len({planted.name for planted in PLANTED}) == 13


def test_the_perfect_reading_is_perfect() -> None:
    """Whatever is found in a planted reading was planted, and is no flaw of the pair."""
    perfect = compare(Planted("none", "none", read_perfectly(), "tariffs"))

    assert perfect.scores.leaves.f1 == 1
    assert {leaf.severity for item in perfect.items for leaf in item.leaves} == {"none"}


@choose("none")
def test_what_is_no_error_costs_nothing(planted: Planted) -> None:
    """The order of a list and another word for the same must not lower a score."""
    document = compare(planted)

    assert (document.scores.items.f1, document.scores.leaves.f1) == (1, 1)
    assert not document.critical_errors


def test_another_word_is_noted_as_cosmetic() -> None:
    """Right is not the same as written alike, and a reviewer may want to see which it is."""
    (planted,) = (one for one in PLANTED if "purchase" in one.name)

    document = compare(planted)

    (leaf,) = (
        leaf for item in document.items for leaf in item.leaves if leaf.severity == "cosmetic"
    )
    assert (document.cosmetic, leaf.field, leaf.outcome) == (1, "statement", "right")


@choose("wrong")
def test_a_wrong_value_is_a_critical_error_of_its_field_alone(planted: Planted) -> None:
    """One wrong value makes an item wrong, however many of its others are right."""
    document = compare(planted)

    assert [(error.list, error.field) for error in document.critical_errors] == [
        (planted.list_name, field) for field in planted.fields
    ]
    assert [(name, at, leaf.field) for name, at, leaf in list_damaged(document)] == [
        (planted.list_name, planted.position, field) for field in planted.fields
    ]
    assert document.scores.items.f1 < 1
    assert document.scores.found.f1 == 1


def test_a_value_where_null_is_right_is_invented() -> None:
    """A date that the article does not have is as bad as a wrong one, and told from it."""
    (planted,) = (one for one in PLANTED if one.name == "a date invented")

    ((_name, _at, leaf),) = list_damaged(compare(planted))

    assert (leaf.outcome, leaf.expected, leaf.found) == ("invented", None, "2026-11-10")


@choose("missing")
def test_a_missing_item_lowers_recall_alone(planted: Planted) -> None:
    """What was not found makes nothing that was found less right."""
    document = compare(planted)

    assert document.scores.items.precision == 1
    assert document.scores.items.recall is not None
    assert document.scores.items.recall < 1
    (item,) = (item for item in document.items if item.outcome == "missing")
    assert (item.list, item.expected_position) == (planted.list_name, planted.position)


@choose("invented")
def test_an_invented_item_lowers_precision_alone(planted: Planted) -> None:
    """What was made up makes nothing that is expected less found."""
    document = compare(planted)

    assert document.scores.items.recall == 1
    assert document.scores.items.precision is not None
    assert document.scores.items.precision < 1
    (item,) = (item for item in document.items if item.outcome == "invented")
    assert (item.list, item.found_position) == (planted.list_name, planted.position)


@choose("vague")
def test_a_vague_item_leaves_its_neighbour_its_partner(planted: Planted) -> None:
    """Paired one by one, the vague item would take the place of the one that is precise."""
    document = compare(planted)

    assert {(name, at, leaf.field, leaf.outcome) for name, at, leaf in list_damaged(document)} == {
        (planted.list_name, planted.position, field, "missing") for field in planted.fields
    }
    assert document.scores.found.f1 == 1
    assert not document.critical_errors
