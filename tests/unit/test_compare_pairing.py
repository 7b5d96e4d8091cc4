"""Pairing: which found item is which expected one, whatever the order."""

from itertools import permutations

import pytest

from schemas.draft import DraftItem
from service.compare.pairing import measure_similarity, pair_items
from service.compare.thresholds import PAIRING_FLOOR
from tests.builders import (
    DRAFT_ITEM_BUILDERS,
    MEASURE_QUOTE,
    build_draft_tariff,
    build_party,
)
from tests.unit.data_compare import compare_items, dump_item, make_claim

US, CN = build_party("United States", "US"), build_party()
EU, JP = build_party("European Union", "EU"), build_party("Japan", "JP")


def tariff(name: str, rate: float, **more: object) -> DraftItem:
    """Build a duty of the United States on ``name``'s goods."""
    parties = {"EU": EU, "JP": JP, "CN": CN}
    return build_draft_tariff(
        statement=f"a {rate:g}% duty on goods of {parties[name].name}",
        targets=[parties[name]],
        goods=None,
        rate=rate,
        previous_rate=None,
        **more,
    )


@pytest.mark.parametrize("name", DRAFT_ITEM_BUILDERS)
def test_an_item_is_itself(name: str) -> None:
    """In every list, with all that it has."""
    item = make_claim(name, DRAFT_ITEM_BUILDERS[name]())  # type: ignore[arg-type,index]  # a list's name

    assert measure_similarity(item, item) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_a_list_changes_nothing(order: tuple[int, ...]) -> None:
    """Tools that pair by position fail here first."""
    items = [tariff("EU", 15), tariff("JP", 24), tariff("CN", 30)]

    document = compare_items(
        "tariffs", [dump_item(item) for item in items], [items[at] for at in order]
    )

    assert document.scores.items.f1 == document.scores.leaves.f1 == 1
    assert [item.found_position for item in document.items] == [order.index(at) for at in range(3)]


def test_greedys_counter_example_is_paired_right() -> None:
    """The best pair first would leave the other two without a partner.

    The first found item is most like the second golden one, which has a better partner still.
    """
    golden = [duty(statement="raise the duty on steel"), duty()]
    found = [
        duty(evidence=[MEASURE_QUOTE]),
        duty(goods="steel", action="increase", rate=25, evidence=[MEASURE_QUOTE]),
    ]
    alike = [
        [
            measure_similarity(make_claim("tariffs", one), make_claim("tariffs", other))
            for other in found
        ]
        for one in golden
    ]

    document = compare_items("tariffs", [dump_item(one) for one in golden], found)

    assert alike[1][0] == max(max(row) for row in alike)
    assert alike[0][1] < PAIRING_FLOOR <= min(alike[0][0], alike[1][1])
    assert [item.found_position for item in document.items] == [0, 1]


def duty(**changes: object) -> DraftItem:
    """Build a duty on toys."""
    fields = {"statement": "lower the duty on toys", "previous_rate": None, **changes}
    return build_draft_tariff(**fields)


def test_an_invented_item_is_not_married_to_a_missed_one() -> None:
    """Two unlike items side by side would hide that one was made up."""
    golden = build_draft_tariff()
    other = build_draft_tariff(
        statement="impose 25% on steel from China",
        goods="steel",
        action="impose",
        rate=25,
        previous_rate=None,
        evidence=[MEASURE_QUOTE],
    )

    document = compare_items("tariffs", [dump_item(golden)], [other])

    assert [item.outcome for item in document.items] == ["missing", "invented"]
    assert document.critical_errors == []


def test_identical_items_are_paired_before_all_others() -> None:
    """A twin is never given away to make another pair look better."""
    items = [tariff("EU", 15), tariff("EU", 16)]

    document = compare_items("tariffs", [dump_item(items[0])], items)

    assert [(item.outcome, item.found_position) for item in document.items] == [
        ("right", 0),
        ("invented", 1),
    ]


def test_a_required_item_has_the_first_choice() -> None:
    """One found item for two golden ones that are just as alike: the required one has it."""
    item = dump_item(build_draft_tariff())

    document = compare_items("tariffs", [{**item, "optional": True}, item], [build_draft_tariff()])

    assert [(item.outcome, item.expected_position) for item in document.items] == [("right", 1)]


def test_swapped_rates_are_two_wrong_rates() -> None:
    """Who is meant decides which item it is; the number does not."""
    golden = [tariff("EU", 15), tariff("JP", 24)]
    found = [tariff("EU", 24), tariff("JP", 15)]

    document = compare_items("tariffs", [dump_item(one) for one in golden], found)

    assert [item.found_position for item in document.items] == [0, 1]
    assert [error.field for error in document.critical_errors] == ["rate", "rate"]


def test_pairing_nothing_gives_nothing() -> None:
    """Most lists of most articles are empty."""
    claim = make_claim("tariffs", build_draft_tariff())

    assert pair_items([], []).pairs == ()
    assert pair_items([claim], []).missing == (claim,)
    assert pair_items([], [claim]).invented == (claim,)
