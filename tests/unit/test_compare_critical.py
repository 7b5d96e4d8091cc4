"""One article: what is critical beyond a wrong value, and what is not.

Forbidden items and strings, quotes that the article does not have, facts told twice, and pairs
that must not be one.
"""

import pytest

from schemas.claimed import ClaimedSummary
from tests.builders import (
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
