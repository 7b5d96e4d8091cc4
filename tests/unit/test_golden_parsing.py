"""Fixtures and summaries that are none: told with their file and field."""

import re
from typing import Any

import pytest

from service.errors import ClaimError, FixtureError
from service.golden.parsing import (
    MAX_FAULTS,
    describe_version,
    parse_claimed,
    parse_fixture,
    parse_object,
)
from tests.builders import CHIP_QUOTE, TARIFF_QUOTE
from tests.unit.data_golden import build_claim, build_fixture, change

DEEP: Any = []
for _ in range(900):
    DEEP = [DEEP]


def _refuse_fixture(*path: int | str, value: object) -> str:
    """Return what is said of the default fixture with ``value`` at ``path``."""
    with pytest.raises(FixtureError) as caught:
        parse_fixture(change(build_fixture(), *path, value=value), "a.json")
    return str(caught.value)


def _refuse_claim(**overrides: object) -> str:
    with pytest.raises(ClaimError) as caught:
        parse_claimed({**build_claim(), **overrides}, "s.json")
    return str(caught.value)


def test_a_fixture_keeps_what_is_judged_and_what_is_not() -> None:
    """A field that is left out and one that is null are told apart all the way."""
    data = {"article": "a.txt", "tariffs": [{"rate": None, "goods": {"any": ["toys", None]}}]}

    (tariff,) = parse_fixture(data, "a.json").tariffs
    assert tariff.model_fields_set == {"rate", "goods"}  # type: ignore[attr-defined]  # built at run time


def test_a_summary_is_taken_with_quotes_that_are_not_in_its_article() -> None:
    """That is what a comparison is to tell of; a refusal would tell of one only."""
    claim = change(build_claim(), "tariffs", 0, "evidence", 0, "quote", value="made up")

    assert parse_claimed(claim, "s.json").tariffs[0].evidence[0].quote == "made up"


NOT_OF_THE_FORM: dict[str, tuple[tuple[int | str, ...], object, str]] = {
    "unknown field": (("tariffs", 0, "rte"), 1, "tariffs[0].rte: there is no such field"),
    "field in other case": (("tariffs", 0, "Rate"), 1, "tariffs[0].Rate: there is no"),
    "field named as a type": (("tariffs", 0, "literal"), 1, "tariffs[0].literal: there is no"),
    "unknown part": (("tarifs",), [], "tarifs: there is no such field"),
    "number": (("tariffs", 0, "rate"), "ten", "tariffs[0].rate: input should be a valid number"),
    "number of several": (
        ("tariffs", 0, "rate"),
        {"any": [5, "ten"]},
        "tariffs[0].rate.any[1]: input should be a valid number",
    ),
    "number without end": (
        ("tariffs", 0, "rate"),
        float("inf"),
        "tariffs[0].rate: input should be a finite number",
    ),
    "number beyond a float": (("tariffs", 0, "rate"), 10**400, "tariffs[0].rate: input should"),
    "enum": (("tariffs", 0, "status"), "in force", "tariffs[0].status: input should be 'thr"),
    "enum of several": (("tariffs", 0, "status"), {"any": ["x"]}, "tariffs[0].status.any[0]: "),
    "null": (("tariffs", 0, "status"), None, "tariffs[0].status: input should be 'thr"),
    "date": (
        ("commitments", 0, "due"),
        "2026-02-30",
        "commitments[0].due: '2026-02-30' is no date of the form",
    ),
    "no date at all": (
        ("commitments", 0, "due"),
        {"any": ["2026", "soon"]},
        "commitments[0].due.any[1]: 'soon' is no date of the form 2026, 2026-02 or 2026-02-28",
    ),
    "none of several": (("tariffs", 0, "rate"), {"any": []}, "tariffs[0].rate.any: list should"),
    "several and more": (
        ("tariffs", 0, "rate"),
        {"any": [1], "all": [2]},
        "tariffs[0].rate.all: there is no such field",
    ),
    "any misspelt": (("tariffs", 0, "rate"), {"ny": [1]}, "tariffs[0].rate: input should be"),
    "party": (("tariffs", 0, "actors"), ["China"], "tariffs[0].actors[0]: input should be a"),
    "party without country": (
        ("tariffs", 0, "actors"),
        [{"name": "China"}],
        "tariffs[0].actors[0].country: field required",
    ),
    "country of several": (
        ("tariffs", 0, "actors"),
        {"any": [[], [{"name": "China", "country": "China"}]]},
        "tariffs[0].actors.any[1][0].country: 'China' is no code of a country (ISO 3166-1",
    ),
    "quantity": (
        ("commitments", 0, "quantity"),
        {"any": [{"value": 1}]},
        "commitments[0].quantity.any[0].unit: field required",
    ),
    "no quote": (("tariffs", 0, "evidence"), [], "tariffs[0].evidence: list should have at least"),
    "many quotes": (("tariffs", 0, "evidence"), ["a"] * 4, "tariffs[0].evidence: list should have"),
    "quote with offsets": (
        ("tariffs", 0, "evidence"),
        [{"quote": "a", "start": 0, "end": 1}],
        "tariffs[0].evidence[0]: input should be a valid string",
    ),
    "topic": (("talks", 0, "topics"), ["fish"], "talks[0].topics[0]: input should be 'trade'"),
    "item": (("tariffs", 0), "a tariff", "tariffs[0]: input should be a valid dictionary"),
    "list": (("tariffs",), {"rate": 1}, "tariffs: input should be a valid list"),
    "forbidden item": (("forbidden",), {"tariffs": [{}]}, "forbidden.tariffs[0]: a forbidden item"),
    "forbidden field": (
        ("forbidden",),
        {"tariffs": [{"rate": {"any": ["x"]}}]},
        "forbidden.tariffs[0].rate.any[0]: input should be a valid number",
    ),
    "forbidden list": (("forbidden",), {"tariff": []}, "forbidden.tariff: there is no such field"),
    "headline": (("headline",), {"any": [1]}, "headline.any[0]: input should be a valid string"),
    "article": (("article",), 5, "article: input should be a valid string"),
    "surrogate": (("headline",), "\ud800", "headline: it has half of a surrogate pair"),
    "surrogate in a list": (("must_not_contain",), ["a", "\udfff"], "must_not_contain[1]: it has"),
    "surrogate in a name": (("tariffs", 0, "\ud800"), 1, "tariffs[0].?: it has half of a"),
    "depth": (("tariffs", 0, "rate"), DEEP, "tariffs[0].rate: input should be a valid number"),
}


@pytest.mark.parametrize(
    ("path", "value", "sentence"), NOT_OF_THE_FORM.values(), ids=NOT_OF_THE_FORM.keys()
)
def test_what_is_not_of_the_form_is_told_once_with_file_and_field(
    path: tuple[int | str, ...], value: object, sentence: str
) -> None:
    """A union of value and ``any`` fails in each branch; its author wrote one of them."""
    told = _refuse_fixture(*path, value=value)

    assert told.startswith(f"a.json: {sentence}")
    assert "; " not in told


def test_a_field_that_cannot_be_printed_is_shown_without_effect() -> None:
    """Fixtures come by mail, and their names may hold escape sequences."""
    told = _refuse_fixture("tariffs", 0, "a\x1b[2J\nb", value=1)

    assert told == "a.json: tariffs[0].a?[2J?b: there is no such field"


def test_each_fault_is_told_up_to_ten_and_the_others_are_counted() -> None:
    """One round of mending for all of them, and no message without end."""
    few = _refuse_fixture("tariffs", value=[{"rte": 1}, {"rate": "x", "goods": 5}])
    many = _refuse_fixture("tariffs", value=[{"rte": 1}] * (MAX_FAULTS + 20))

    assert re.findall(r"tariffs\[\d\]\.\w+", few) == [
        "tariffs[0].rte", "tariffs[1].goods", "tariffs[1].rate",
    ]  # fmt: skip
    assert many.count("there is no such field") == MAX_FAULTS
    assert many.endswith("; and 20 more")


def test_faults_without_end_are_counted_and_not_looked_at() -> None:
    """A list of a million numbers, each of which should be a string, took a gigabyte to name."""
    told = _refuse_fixture("must_not_contain", value=[1] * 10_001)

    assert told == "a.json: 10,001 values do not fit"


@pytest.mark.parametrize("name", ["talks", "tariffs", "doubts"])
def test_five_hundred_items_are_refused_by_their_number(name: str) -> None:
    """All pairs of them would be compared; the sentence says which list, and what to do."""
    (item,) = build_fixture()[name]
    fixture = _refuse_fixture(name, value=[item] * 500)
    claim = _refuse_claim(**{name: build_claim()[name] * 500})

    assert fixture.startswith(f"a.json: {name}: it has 500 items, at most 400 are compared")
    assert claim.startswith(f"s.json: {name}: it has 500 items, at most 400 are compared")


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("2", 'it is "2"'),
        ("", 'it is ""'),
        (1, "it is no text"),
        (None, "there is none"),
        (DEEP, "it is no text"),
        ("2\x1b[2J", 'it is "2?[2J"'),
    ],
)
def test_a_summary_of_another_version_is_refused_before_its_fields(
    version: object, words: str
) -> None:
    """Its fields are another contract's; to name each of them would hide the reason."""
    told = _refuse_claim(schema_version=version, tariffs="none")

    assert told == (
        f's.json: schema_version: {words}, this version compares "1"; read the article again'
    )


def test_a_document_without_a_version_is_no_summary() -> None:
    """Any other JSON: a package file, a fixture without its article."""
    with pytest.raises(ClaimError, match=r"^s\.json: schema_version: there is none"):
        parse_claimed({}, "s.json")


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("tariffs", 0, "rte"), 1, "tariffs[0].rte: there is no such field"),
        (("tariffs", 0, "rate"), "ten", "tariffs[0].rate: input should be a valid number"),
        (("tariffs", 0, "evidence", 0), TARIFF_QUOTE, "tariffs[0].evidence[0]: input should be"),
        (("tariffs", 0, "evidence", 0), {"quote": CHIP_QUOTE}, "tariffs[0].evidence[0].start: fi"),
        (("article",), "a.txt", "article: input should be a valid dictionary"),
        (("article", "text"), "\ud800", "article.text: it has half of a surrogate pair"),
        (("tariffs", 0, "goods"), "\ud800", "tariffs[0].goods: it has half of a surrogate pair"),
        (("provenance", "cost_usd"), float("nan"), "provenance.cost_usd: input should be a finite"),
        (("headline",), None, "headline: input should be a valid string"),
    ],
)
def test_a_summary_that_is_none_is_told_with_file_and_field(
    path: tuple[int | str, ...], value: object, sentence: str
) -> None:
    """Summaries are written by programs of all kinds."""
    with pytest.raises(ClaimError) as caught:
        parse_claimed(change(build_claim(), *path, value=value), "s.json")

    assert str(caught.value).startswith(f"s.json: {sentence}")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"5"])
def test_json_that_is_no_object_is_refused_with_its_file(body: bytes) -> None:
    """An array of summaries is a likely mistake; lines are what is read."""
    with pytest.raises(Exception, match=r"^a\.json is no JSON object; a fixture and a summary"):
        parse_object(body, "a.json")


def test_what_is_no_json_is_refused_with_its_file() -> None:
    """The place in it is the parser's."""
    with pytest.raises(Exception, match=r"^a\.json is no JSON: see line 1, column 2$"):
        parse_object(b"{", "a.json")


def test_a_version_of_any_depth_can_be_described() -> None:
    """What is not text is not shown: its text could have no end."""
    assert describe_version(DEEP) == "it is no text"


def test_a_field_with_more_entries_than_are_compared_is_named() -> None:
    """Each is held against each: a thousand parties would take minutes."""
    parties = [{"name": f"Firm {number}", "country": None} for number in range(101)]

    told = r"tariffs\[0\]\.actors: it has 101 entries, at most 100"
    with pytest.raises(FixtureError, match=told):
        parse_fixture({"article": "a.txt", "tariffs": [{"actors": parties}]}, "f.json")
