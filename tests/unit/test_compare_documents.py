"""One article: outcomes, scores, and what is critical."""

import pytest

from service.compare.documents import compare_document, miss_document
from service.compare.found import find_in_fixture
from service.grounding import TextIndex
from tests.builders import (
    ARTICLE_TEXT,
    COMMITMENT_QUOTE,
    build_draft_commitment,
    build_draft_tariff,
    build_empty_draft,
    build_party,
)
from tests.unit.data_compare import (
    build_claimed,
    build_fixture,
    compare,
    compare_items,
    dump_item,
    list_fields,
)

US, CN = build_party("United States", "US"), build_party()


def test_a_summary_that_says_what_is_expected_scores_one() -> None:
    """Every list, every field."""
    document = compare(build_fixture(), build_claimed())

    scores = document.scores
    assert (scores.found.f1, scores.items.f1, scores.leaves.f1) == (1, 1, 1)
    assert scores.items.expected == 6
    assert document.critical_errors == []
    assert document.cosmetic == 0


def test_a_fixture_matches_itself() -> None:
    """With ``any`` and optional items in it."""
    tariff = dump_item(build_draft_tariff(), rate={"any": [10, 11]}, until=...)
    optional = {**dump_item(build_draft_commitment()), "optional": True}
    fixture = build_fixture(tariffs=[tariff], commitments=[optional], headline="Duties fall")

    found = find_in_fixture(fixture, TextIndex(ARTICLE_TEXT))
    document = compare_document(fixture, ARTICLE_TEXT, found)

    assert document.scores.items.f1 == document.scores.leaves.f1 == 1
    assert document.critical_errors == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("rate", {"rate": 11}),
        ("previous_rate", {"previous_rate": 25}),
        ("actors", {"actors": [CN]}),
        ("targets", {"targets": [US]}),
        ("action", {"action": "increase"}),
        ("status", {"status": "threatened"}),
        ("effective", {"effective": "2026-01"}),
        ("until", {"until": "2026"}),
        ("actors", {"actors": [build_party("United States", "CN")]}),
    ],
)
def test_what_is_acted_on_is_critical_where_it_is_wrong(
    field: str, changes: dict[str, object]
) -> None:
    """A wrong rate, party, direction, status or date is no 0.95."""
    golden = build_draft_tariff(effective="2025-11-10")

    document = compare_items("tariffs", [dump_item(golden)], [golden.model_copy(update=changes)])

    assert list_fields(document) == [field]
    assert document.items[0].outcome == "wrong"
    assert document.scores.items.f1 == 0
    assert document.scores.found.f1 == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("due", {"due": "2025-02"}),
        ("due", {"due": "2026-02-28"}),
        ("quantity", {"quantity": {"value": 12, "unit": "metric ton"}}),
        ("statement", {"statement": "buy 13 million metric tons of soybeans"}),
        ("statement", {"statement": "not buy 12 million metric tons of soybeans"}),
    ],
)
def test_a_wrong_promise_is_critical(field: str, changes: dict[str, object]) -> None:
    """Its amount, its day, and what the statement says of either."""
    document = compare_items(
        "commitments", [dump_item(build_draft_commitment())], [build_draft_commitment(**changes)]
    )

    assert list_fields(document) == [field]


def test_a_value_that_was_left_out_is_missing_and_not_critical() -> None:
    """Silence misleads nobody; it lowers recall."""
    document = compare_items(
        "tariffs", [dump_item(build_draft_tariff())], [build_draft_tariff(rate=None)]
    )

    leaf = next(leaf for leaf in document.items[0].leaves if leaf.field == "rate")
    assert (leaf.outcome, leaf.severity) == ("missing", "error")
    assert document.scores.items.f1 == 1
    assert document.scores.leaves.precision == 1
    assert document.scores.leaves.recall is not None
    assert document.scores.leaves.recall < 1


def test_a_value_where_null_is_right_is_invented_and_critical() -> None:
    """What the article leaves open must not be filled in."""
    document = compare_items(
        "tariffs", [dump_item(build_draft_tariff())], [build_draft_tariff(until="2026-11-10")]
    )

    assert [(error.field, error.expected, error.found) for error in document.critical_errors] == [
        ("until", None, "2026-11-10")
    ]


def test_an_extra_item_lowers_precision_only() -> None:
    """Recall is about what was to be found."""
    extra = build_draft_tariff(
        statement="levy a fee on ships", goods="ships", evidence=[COMMITMENT_QUOTE], rate=None
    )

    document = compare_items(
        "tariffs", [dump_item(build_draft_tariff())], [build_draft_tariff(), extra]
    )

    items = document.scores.items
    assert (items.precision, items.recall) == (0.5, 1)
    assert document.critical_errors == []


def test_a_missed_item_lowers_recall_only() -> None:
    """Precision is about what was claimed."""
    document = compare_items("tariffs", [dump_item(build_draft_tariff())], [])

    items = document.scores.items
    assert (items.precision, items.recall, items.f1) == (None, 0, 0)


@pytest.mark.parametrize("is_found", [True, False])
def test_an_optional_item_found_or_missed_changes_nothing(is_found: bool) -> None:
    """It is right either way."""
    optional = {**dump_item(build_draft_tariff()), "optional": True}
    required = dump_item(
        build_draft_tariff(statement="levy a fee on ships", goods="ships", rate=None, actors=[CN])
    )
    golden = [required, optional]
    without = compare_items("tariffs", [required], [])

    document = compare_items("tariffs", golden, [build_draft_tariff()] if is_found else [])

    assert document.scores == without.scores
    assert document.critical_errors == []


def test_a_wrong_rate_in_an_optional_item_is_critical_all_the_same() -> None:
    """The item may be missed; it may not mislead."""
    optional = {**dump_item(build_draft_tariff()), "optional": True}

    document = compare_items("tariffs", [optional], [build_draft_tariff(rate=11)])

    assert list_fields(document) == ["rate"]
    assert document.scores.items.found == 0


def test_each_value_of_an_any_is_right() -> None:
    """And a third one is wrong."""
    golden = dump_item(build_draft_tariff(), action={"any": ["reduce", "suspend"]})

    right = compare_items("tariffs", [golden], [build_draft_tariff(action="suspend")])
    wrong = compare_items("tariffs", [golden], [build_draft_tariff(action="impose")])

    assert right.scores.leaves.f1 == 1
    assert wrong.critical_errors[0].expected == "reduce or suspend"


def test_null_may_be_one_of_several_right_values() -> None:
    """A date that may be left open may be."""
    golden = dump_item(build_draft_tariff(), until={"any": [None, "2026-11-10"]})

    for value in (None, "2026-11-10"):
        document = compare_items("tariffs", [golden], [build_draft_tariff(until=value)])
        assert document.scores.leaves.f1 == 1


def test_a_field_that_the_fixture_leaves_out_is_not_judged() -> None:
    """Whatever was found there counts neither way."""
    golden = dump_item(build_draft_tariff(), rate=..., statement=...)

    document = compare_items(
        "tariffs", [golden], [build_draft_tariff(rate=99, statement="something else altogether")]
    )

    assert document.scores.leaves.f1 == 1
    assert "rate" not in {leaf.field for leaf in document.items[0].leaves}


def test_parties_are_judged_as_a_set() -> None:
    """Order and repetition say nothing; each party is one value."""
    golden = dump_item(build_draft_tariff(actors=[US, CN]))
    more = build_party("Japan", "JP")

    same = compare_items("tariffs", [golden], [build_draft_tariff(actors=[CN, US, US])])
    fewer = compare_items("tariffs", [golden], [build_draft_tariff(actors=[US])])
    extra = compare_items("tariffs", [golden], [build_draft_tariff(actors=[US, CN, more])])

    assert same.scores.leaves.f1 == 1
    assert [leaf.outcome for leaf in fewer.items[0].leaves if leaf.field == "actors"] == [
        "missing",
        "right",
    ]
    assert fewer.critical_errors == []
    assert [error.found for error in extra.critical_errors] == ["Japan (JP)"]


def test_the_country_alone_is_half_a_point() -> None:
    """And no critical error: it is somebody from there."""
    golden = dump_item(build_draft_tariff(actors=[build_party("Huawei", "CN")]))

    document = compare_items("tariffs", [golden], [build_draft_tariff(actors=[CN])])

    leaf = next(leaf for leaf in document.items[0].leaves if leaf.field == "actors")
    assert (leaf.outcome, leaf.credit, leaf.severity) == ("wrong", 0.5, "error")


def test_evidence_elsewhere_is_wrong() -> None:
    """The value may be right by chance."""
    golden = dump_item(build_draft_tariff())

    document = compare_items("tariffs", [golden], [build_draft_tariff(evidence=[COMMITMENT_QUOTE])])

    leaf = document.items[0].leaves[-1]
    assert (leaf.field, leaf.outcome, leaf.severity) == ("evidence", "wrong", "error")


def test_evidence_counts_only_under_right_values() -> None:
    """The right place for a wrong rate earns nothing."""
    golden = dump_item(build_draft_tariff())

    document = compare_items("tariffs", [golden], [build_draft_tariff(rate=11)])

    leaf = document.items[0].leaves[-1]
    assert (leaf.field, leaf.outcome, leaf.credit) == ("evidence", "wrong", 0)


def test_headline_and_gist_are_judged_where_the_fixture_gives_them() -> None:
    """By likeness; null is not judged."""
    fixture = build_fixture(headline="China to buy soybeans", gist={"any": ["a", "Two officials"]})

    document = compare(fixture, build_claimed())

    assert [(leaf.field, leaf.outcome) for leaf in document.texts] == [
        ("headline", "right"),
        ("gist", "right"),
    ]


@pytest.mark.parametrize(("has_failed", "status"), [(False, "missing"), (True, "failed")])
def test_a_document_without_a_summary_counts_as_zero(has_failed: bool, status: str) -> None:
    """It is not absent: what it should have had was not found."""
    document = miss_document(build_fixture(), ARTICLE_TEXT, reason="why", has_failed=has_failed)

    scores = document.scores
    assert (document.status, document.reason) == (status, "why")
    assert (scores.items.f1, scores.leaves.f1, scores.items.expected) == (0, 0, 6)


def test_an_article_with_nothing_in_it_is_zero_too_where_it_was_not_read() -> None:
    """Finding nothing by not looking is no success."""
    fixture = build_fixture(build_empty_draft())

    unread = miss_document(fixture, ARTICLE_TEXT, reason="why", has_failed=True)
    empty = compare(fixture, build_claimed(build_empty_draft()))

    assert unread.scores.items.f1 == 0
    assert empty.scores.items.f1 == 1


def test_what_is_written_differently_is_cosmetic() -> None:
    """Told apart from errors, and free."""
    golden = dump_item(build_draft_tariff())

    document = compare_items(
        "tariffs", [golden], [build_draft_tariff(actors=[build_party("U.S.", "US")])]
    )

    assert document.cosmetic == 1
    assert document.scores.leaves.f1 == 1
