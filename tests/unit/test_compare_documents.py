"""One article: outcomes, scores, and what is critical."""

import pytest

from schemas.claimed import ClaimedSummary
from service.compare.documents import compare_document, miss_document
from service.compare.found import find_in_fixture
from service.grounding import TextIndex
from tests.builders import (
    ARTICLE_TEXT,
    COMMITMENT_QUOTE,
    TARIFF_QUOTE,
    build_draft_chip_policy,
    build_draft_commitment,
    build_draft_talk,
    build_draft_tariff,
    build_empty_draft,
    build_party,
)
from tests.unit.data_compare import (
    build_claimed,
    build_fixture,
    compare,
    compare_items,
    draft_of,
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


def test_a_forbidden_item_is_critical() -> None:
    """A partial item that matches in every field given."""
    fixture = build_fixture(
        build_empty_draft(), forbidden={"tariffs": [{"rate": 100, "status": "in_force"}]}
    )
    found = build_draft_tariff(rate=100, status="in_force")
    threatened = build_draft_tariff(rate=100, status="threatened")

    caught = compare(fixture, build_claimed(draft_of("tariffs", found)))
    passed = compare(fixture, build_claimed(draft_of("tariffs", threatened)))

    assert [error.kind for error in caught.critical_errors] == ["forbidden_item"]
    assert passed.critical_errors == []


def test_a_forbidden_list_matches_where_all_of_its_entries_are_found() -> None:
    """One party more does not make it another item."""
    fixture = build_fixture(
        build_empty_draft(), forbidden={"tariffs": [{"actors": [CN.model_dump()], "until": None}]}
    )

    caught = compare(
        fixture, build_claimed(draft_of("tariffs", build_draft_tariff(actors=[US, CN])))
    )
    other = compare(fixture, build_claimed(draft_of("tariffs", build_draft_tariff(actors=[US]))))

    assert len(caught.critical_errors) == 1
    assert other.critical_errors == []


def test_a_forbidden_string_is_found_in_every_field_but_quotes() -> None:
    """Boilerplate in a headline is as bad as in a party's name."""
    fixture = build_fixture(must_not_contain=["toys"])

    document = compare(fixture, build_claimed(headline="Duties on toys fall"))

    assert {(error.kind, error.field) for error in document.critical_errors} == {
        ("forbidden_text", "headline"),
        ("forbidden_text", "statement"),
        ("forbidden_text", "goods"),
    }


@pytest.mark.parametrize(
    "evidence",
    [
        [{"quote": "The United States lowered its duty to 5%", "start": 0, "end": 40}],
        [{"quote": TARIFF_QUOTE, "start": 0, "end": len(TARIFF_QUOTE)}],
        [{"quote": TARIFF_QUOTE, "start": -5, "end": len(TARIFF_QUOTE) - 5}],
        [],
    ],
)
def test_an_item_whose_quote_the_article_does_not_have_is_critical(
    evidence: list[dict[str, object]],
) -> None:
    """Whoever made the summary: an item without ground is no item."""
    summary = build_claimed().model_dump(mode="json")
    summary["tariffs"][0]["evidence"] = evidence

    document = compare(build_fixture(), ClaimedSummary.model_validate(summary))

    assert [error.kind for error in document.critical_errors] == ["ungrounded_item"]
    assert document.critical_errors[0].found_id == "tariff-1"
    assert [item.outcome for item in document.items if item.list == "tariffs"] == ["wrong"]


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


def test_the_same_fact_told_again_with_another_rate_is_critical() -> None:
    """Who says 10 and 77 percent has not said 10."""
    golden = build_draft_tariff()

    document = compare_items("tariffs", [dump_item(golden)], [golden, build_draft_tariff(rate=77)])

    assert [item.outcome for item in document.items] == ["right", "invented"]
    assert [(error.field, error.found) for error in document.critical_errors] == [("rate", "77")]


def test_the_same_fact_told_twice_alike_is_one_too_many_and_no_more() -> None:
    """A repetition misleads nobody."""
    golden = build_draft_tariff()

    document = compare_items("tariffs", [dump_item(golden)], [golden, golden])

    assert [item.outcome for item in document.items] == ["right", "invented"]
    assert document.critical_errors == []


def test_another_promise_of_the_same_sentence_is_another_item() -> None:
    """Parties, status and quote in common make no fact of two."""
    golden = build_draft_commitment(
        statement="crack down on fentanyl", topic="narcotics", quantity=None, due=None
    )
    other = build_draft_commitment(
        statement="approve the sale of TikTok", topic="technology", quantity=None, due=None
    )

    document = compare_items("commitments", [dump_item(golden)], [other])

    assert [item.outcome for item in document.items] == ["missing", "invented"]


def test_rates_swapped_between_goods_are_wrong_rates() -> None:
    """Also where the quotes were swapped with them."""
    steel, aluminium = (
        build_draft_tariff(
            statement=f"a {rate}% duty on {goods}",
            goods=goods,
            rate=rate,
            previous_rate=None,
            evidence=[quote],
        )
        for goods, rate, quote in (("steel", 50, TARIFF_QUOTE), ("aluminium", 25, COMMITMENT_QUOTE))
    )
    swapped = [
        steel.model_copy(update={"rate": 25.0, "evidence": aluminium.evidence}),
        aluminium.model_copy(update={"rate": 50.0, "evidence": steel.evidence}),
    ]

    document = compare_items("tariffs", [dump_item(steel), dump_item(aluminium)], swapped)

    assert list_fields(document) == ["rate", "rate"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"products": ["H200"]}, "products"),
        ({"companies": ["Nvidia"]}, "companies"),
    ],
)
def test_another_chip_or_firm_is_critical(changes: dict[str, object], field: str) -> None:
    """For export compliance it is the whole question."""
    golden = build_draft_chip_policy()

    document = compare_items(
        "chip_policies", [dump_item(golden)], [build_draft_chip_policy(**changes)]
    )

    assert list_fields(document) == [field]


def test_other_people_of_the_right_country_are_critical() -> None:
    """Half a point, by the contract; but somebody else has talked."""
    golden = build_draft_talk()
    other = build_draft_talk(
        participants=[build_party("Wang Wentao"), build_party("Howard Lutnick", "US")]
    )

    document = compare_items("talks", [dump_item(golden)], [other])

    assert list_fields(document) == ["participants", "participants"]


def test_a_party_that_is_told_twice_is_no_invention() -> None:
    """The table says that both names are one."""
    golden = dump_item(build_draft_tariff(actors=[US]))
    twice = build_draft_tariff(actors=[US, build_party("White House", "US")])

    document = compare_items("tariffs", [golden], [twice])

    assert document.scores.leaves.f1 == 1


def test_a_state_beside_its_minister_is_no_critical_error() -> None:
    """It is one too many, and true."""
    golden = dump_item(build_draft_talk())
    more = build_draft_talk(participants=[*build_draft_talk().participants, CN])

    document = compare_items("talks", [golden], [more])

    leaves = [leaf for leaf in document.items[0].leaves if leaf.outcome == "invented"]
    assert [leaf.severity for leaf in leaves] == ["error"]


def test_one_mistake_is_one_critical_error() -> None:
    """The statement says the wrong rate again; one of many forbidden rules suffices."""
    fixture = build_fixture(
        draft_of("tariffs", build_draft_tariff()),
        forbidden={"tariffs": [{"rate": 15}, {"rate": 15, "status": "in_force"}]},
    )
    wrong = build_draft_tariff(rate=15, statement="lower the duty on Chinese toys to 15%")

    document = compare(fixture, build_claimed(draft_of("tariffs", wrong)))

    assert [(error.kind, error.field) for error in document.critical_errors] == [
        ("wrong_value", "rate"),
        ("forbidden_item", None),
    ]


def test_what_is_forbidden_by_its_words_is_not_met_by_some_of_them() -> None:
    """A rule that rests on a statement must not hit what only sounds like it."""
    rule = {"statement": "take concrete actions to keep industrial supply chains stable"}
    fixture = build_fixture(build_empty_draft(), forbidden={"commitments": [rule]})

    other = build_draft_commitment(statement="keep rare earth supply chains open")
    same = build_draft_commitment(statement="keep industrial supply chains stable by actions")

    assert compare(fixture, build_claimed(draft_of("commitments", other))).critical_errors == []
    assert len(compare(fixture, build_claimed(draft_of("commitments", same))).critical_errors) == 1


def test_a_golden_item_with_little_in_it_does_not_take_what_belongs_to_another() -> None:
    """Being judged in three fields only, it is like almost everything."""
    item = dump_item(build_draft_tariff())
    little = {name: item[name] for name in ("actors", "targets", "action")}

    document = compare_items(
        "tariffs", [{**little, "optional": True}, item], [build_draft_tariff(status="agreed")]
    )

    assert [(one.outcome, one.expected_position) for one in document.items] == [("wrong", 1)]
