"""What holds of every comparison: oneness, symmetry, and that no error ever pays."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from schemas.base import LIST_NAMES, Party
from schemas.comparison import DocumentComparison
from schemas.draft import DraftTariff
from service.compare.documents import compare_document
from service.compare.found import find_in_fixture
from tests.builders import (
    ARTICLE_TEXT,
    COMMITMENT_QUOTE,
    MEASURE_QUOTE,
    TALK_QUOTE,
    TARIFF_QUOTE,
    build_draft_tariff,
)
from tests.unit.data_compare import (
    INDEX,
    build_claimed,
    build_fixture,
    compare,
    draft_of,
    dump_item,
)

PARTIES = [
    Party(name="United States", country="US"),
    Party(name="China", country="CN"),
    Party(name="European Union", country="EU"),
    Party(name="Japan", country="JP"),
]
STRANGER = Party(name="Brazil", country="BR")
QUOTES = [TALK_QUOTE, COMMITMENT_QUOTE, TARIFF_QUOTE, MEASURE_QUOTE]
GOODS = ["toys", "steel", "cars", None]

tariffs = st.builds(
    lambda actor, target, goods, action, rate, quote: build_draft_tariff(
        statement=f"{action} a duty on {goods or 'all goods'}",
        actors=[actor],
        targets=[target],
        goods=goods,
        action=action,
        rate=rate,
        previous_rate=None,
        evidence=[quote],
    ),
    st.sampled_from(PARTIES),
    st.sampled_from(PARTIES),
    st.sampled_from(GOODS),
    st.sampled_from(["impose", "reduce", "suspend"]),
    st.sampled_from([None, 10.0, 25.0, 100.0]),
    st.sampled_from(QUOTES),
)
lists = st.lists(tariffs, max_size=6)

Change = Callable[[DraftTariff], DraftTariff]
ERRORS: dict[str, Change] = {
    "rate": lambda item: item.model_copy(update={"rate": 77.0}),
    "actor": lambda item: item.model_copy(update={"actors": [STRANGER]}),
    "target": lambda item: item.model_copy(update={"targets": [STRANGER]}),
    "action": lambda item: item.model_copy(update={"action": "exempt"}),
    "status": lambda item: item.model_copy(update={"status": "rejected"}),
    "until": lambda item: item.model_copy(update={"until": "1999"}),
    "statement": lambda item: item.model_copy(update={"statement": "quite another thing"}),
    "goods": lambda item: item.model_copy(update={"goods": "umbrellas"}),
}
"""Errors by values that no golden item has."""


def compare_tariffs(golden: list[DraftTariff], found: list[DraftTariff]) -> DocumentComparison:
    """Compare two lists of tariffs."""
    return compare(
        build_fixture(draft_of("tariffs", *golden)), build_claimed(draft_of("tariffs", *found))
    )


def read_scores(document: DocumentComparison) -> tuple[float, ...]:
    """Return every F1 of the document."""
    scores = document.scores
    return scores.found.f1, scores.items.f1, scores.leaves.f1


@given(lists, st.data())
def test_a_reading_like_its_fixture_scores_one_in_any_order(
    golden: list[DraftTariff], data: st.DataObject
) -> None:
    """Also where the list has the same item twice."""
    found = data.draw(st.permutations(golden))

    document = compare_tariffs(golden, found)

    assert read_scores(document) == (1, 1, 1)
    assert document.critical_errors == []


@given(lists, st.lists(st.booleans(), min_size=6, max_size=6))
def test_a_fixture_compared_with_itself_scores_one(
    golden: list[DraftTariff], optional: list[bool]
) -> None:
    """Optional items included."""
    items = [
        {**dump_item(item), "optional": flag} for item, flag in zip(golden, optional, strict=False)
    ]
    fixture = build_fixture(draft_of("tariffs"), tariffs=items)

    document = compare_document(fixture, ARTICLE_TEXT, find_in_fixture(fixture, INDEX))

    assert read_scores(document) == (1, 1, 1)


@given(lists, lists, st.data())
def test_order_changes_no_score(
    golden: list[DraftTariff], found: list[DraftTariff], data: st.DataObject
) -> None:
    """Of neither side."""
    shuffled = compare_tariffs(
        data.draw(st.permutations(golden)), data.draw(st.permutations(found))
    )

    document = compare_tariffs(golden, found)

    assert [round(score, 9) for score in read_scores(document)] == [
        round(score, 9) for score in read_scores(shuffled)
    ]
    assert len(document.critical_errors) == len(shuffled.critical_errors)


@given(lists, lists)
def test_found_and_expected_can_change_places(
    golden: list[DraftTariff], found: list[DraftTariff]
) -> None:
    """Precision becomes recall: how many items have a partner does not depend on the side."""
    there, back = compare_tariffs(golden, found), compare_tariffs(found, golden)

    assert there.scores.found.f1 == back.scores.found.f1
    assert there.scores.found.precision == back.scores.found.recall


@given(
    st.lists(tariffs, min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(sorted(ERRORS))), max_size=8),
)
def test_an_error_never_raises_a_score(
    golden: list[DraftTariff], errors: list[tuple[int, str]]
) -> None:
    """Errors are added one after the other to a perfect reading."""
    found = list(golden)
    before = read_scores(compare_tariffs(golden, found))
    for position, error in errors:
        at = position % len(found)
        found[at] = ERRORS[error](found[at])
        after = read_scores(compare_tariffs(golden, found))
        assert all(new <= old + 1e-9 for new, old in zip(after, before, strict=True))
        before = after


@given(lists, lists, tariffs)
def test_an_invented_item_never_raises_a_score(
    golden: list[DraftTariff], found: list[DraftTariff], extra: DraftTariff
) -> None:
    """One that no golden item is like."""
    stranger = ERRORS["goods"](ERRORS["target"](ERRORS["actor"](ERRORS["statement"](extra))))
    stranger = ERRORS["action"](ERRORS["rate"](stranger))
    before = read_scores(compare_tariffs(golden, found))

    after = read_scores(compare_tariffs(golden, [*found, stranger]))

    assert all(new <= old + 1e-9 for new, old in zip(after, before, strict=True))


@given(st.lists(tariffs, min_size=1, max_size=6), st.data())
def test_a_missed_item_never_raises_a_score(golden: list[DraftTariff], data: st.DataObject) -> None:
    """Silence is no way to a better score."""
    kept = data.draw(st.lists(st.sampled_from(golden), max_size=len(golden), unique_by=id))
    fewer = kept[:-1]
    before, after = compare_tariffs(golden, kept), compare_tariffs(golden, fewer)

    assert after.scores.items.f1 <= before.scores.items.f1
    assert after.scores.leaves.f1 <= before.scores.leaves.f1 + 1e-9


@given(lists, lists)
def test_counts_add_up(golden: list[DraftTariff], found: list[DraftTariff]) -> None:
    """Every item of both sides is told exactly once."""
    document = compare_tariffs(golden, found)

    expected = [
        one.expected_position for one in document.items if one.expected_position is not None
    ]
    claimed = [one.found_position for one in document.items if one.found_position is not None]
    assert sorted(expected) == list(range(len(golden)))
    assert sorted(claimed) == list(range(len(found)))
    scores = document.scores
    for score in (scores.found, scores.items, scores.leaves):
        assert 0 <= score.right <= min(score.found, score.expected)
        assert 0 <= score.f1 <= 1
    assert [entry.list for entry in document.lists] == list(LIST_NAMES)
