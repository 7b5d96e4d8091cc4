"""The summary and its article: nothing that is not the text can be constructed."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import Article, Evidence, Provenance, Summary, SummaryWarning
from schemas.base import LIST_NAMES
from schemas.summary import Talk
from tests.builders import (
    ARTICLE_TEXT,
    TALK_QUOTE,
    build_article,
    build_draft,
    build_draft_commitment,
    build_empty_draft,
    build_evidence,
    build_provenance,
    build_summary,
)

# Surrogates are no text: neither UTF-8 nor JSON can carry one.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def _replace_talk(summary: Summary, **changes: object) -> list[Talk]:
    return [Talk.model_validate({**summary.talks[0].model_dump(), **changes})]


def _build_with_evidence(evidence: Evidence) -> Summary:
    return build_summary(talks=_replace_talk(build_summary(), evidence=[evidence]))


def test_envelope_has_exactly_the_fields_of_the_contract() -> None:
    """Clients and stored answers rely on each of these names."""
    assert list(Summary.model_fields) == [
        "id",
        "schema_version",
        "article",
        "headline",
        "gist",
        *LIST_NAMES,
        "provenance",
        "warnings",
    ]


@pytest.mark.parametrize(
    ("model", "names"),
    [
        (Article, "title source url published language text"),
        (
            Provenance,
            "engine model prompt_version created_at attempts usage cost_usd latency_ms parts",
        ),
        (SummaryWarning, "code message"),
        (Evidence, "quote start end"),
    ],
)
def test_part_has_exactly_the_fields_of_the_contract(
    model: type[Article | Provenance | SummaryWarning | Evidence], names: str
) -> None:
    """Clients and stored answers rely on each of these names."""
    assert list(model.model_fields) == names.split()


def test_evidence_that_is_the_text_is_taken() -> None:
    """The positive of every refusal below."""
    evidence = build_summary().talks[0].evidence[0]

    assert ARTICLE_TEXT[evidence.start : evidence.end] == TALK_QUOTE


@pytest.mark.parametrize("shift", [-1, 1, 1000])
def test_evidence_beside_its_place_is_refused(shift: int) -> None:
    """An offset counted in other units points at other words and must not be served."""
    start = ARTICLE_TEXT.index(TALK_QUOTE) + shift
    moved = Evidence(quote=TALK_QUOTE, start=start, end=start + len(TALK_QUOTE))

    with pytest.raises(ValidationError, match="talk-1: evidence is not the article's own text"):
        _build_with_evidence(moved)


@pytest.mark.parametrize(
    "quote",
    [
        TALK_QUOTE.upper(),
        TALK_QUOTE.replace(" ", "\u00a0"),
        TALK_QUOTE.replace("5", "6"),
        TALK_QUOTE.replace("video", "vıdeo"),
    ],
)
def test_evidence_in_other_words_is_refused(quote: str) -> None:
    """The same length at the same place is not enough: the words must be the article's."""
    start = ARTICLE_TEXT.index(TALK_QUOTE)

    with pytest.raises(ValidationError, match="not the article's own text"):
        _build_with_evidence(Evidence(quote=quote, start=start, end=start + len(quote)))


@pytest.mark.parametrize("name", LIST_NAMES)
def test_evidence_is_checked_in_every_list(name: str) -> None:
    """One unchecked list would be enough for an invented quote to be served."""
    parts = build_summary().model_dump()
    parts[name][0]["evidence"] = [{"quote": "invented", "start": 0, "end": 8}]

    with pytest.raises(ValidationError, match="not the article's own text"):
        Summary.model_validate(parts)


def test_each_quote_of_an_item_is_checked() -> None:
    """A true first quote must not vouch for an invented second one."""
    parts = build_summary().model_dump()
    parts["talks"][0]["evidence"].append({"quote": "invented", "start": 0, "end": 8})

    with pytest.raises(ValidationError, match="talk-1"):
        Summary.model_validate(parts)


@pytest.mark.parametrize("count", [0, 4])
def test_item_has_one_to_three_pieces_of_evidence(count: int) -> None:
    """An item without a quote is a claim; more than three hide the one that carries it."""
    evidence = [build_evidence(TALK_QUOTE)] * count

    with pytest.raises(ValidationError, match="evidence"):
        build_summary(talks=_replace_talk(build_summary(), evidence=evidence))


def test_another_articles_text_is_refused() -> None:
    """A correction of the text makes every stored offset stale, and that must show."""
    with pytest.raises(ValidationError, match="not the article's own text"):
        build_summary(article=build_article("Update: " + ARTICLE_TEXT))


def test_duplicate_id_in_one_list_is_refused() -> None:
    """Two items of one id could not be told apart by a report."""
    talks = build_summary().talks

    with pytest.raises(ValidationError, match="id occurs twice"):
        build_summary(talks=[*talks, *talks])


def test_duplicate_id_across_lists_is_refused() -> None:
    """Ids are unique in the summary, not in the list only."""
    talks = _replace_talk(build_summary(), id="commitment-1")

    with pytest.raises(ValidationError, match="id occurs twice"):
        build_summary(talks=talks)


@pytest.mark.parametrize("item_id", ["talk-1", "commitment-12", "non-tariff-measure-3"])
def test_item_id_is_kind_and_number(item_id: str) -> None:
    """Ids are read by people, so they say what they name."""
    assert _replace_talk(build_summary(), id=item_id)[0].id == item_id


@pytest.mark.parametrize("item_id", ["", "1", "talk", "talk-0", "talk-01", "Talk-1", "talk-1\n"])
def test_item_id_of_another_form_is_refused(item_id: str) -> None:
    """An id goes into links and file names as it is."""
    with pytest.raises(ValidationError, match="id"):
        _replace_talk(build_summary(), id=item_id)


@pytest.mark.parametrize("summary_id", ["", "abc", "G" * 32, "AB" * 16, "a" * 31, "a" * 65])
def test_summary_id_is_lower_case_hex(summary_id: str) -> None:
    """An id goes into a path, so it holds hexadecimal digits only."""
    with pytest.raises(ValidationError, match="id"):
        build_summary(id=summary_id)


def test_items_are_iterated_in_the_order_of_the_lists() -> None:
    """Reports and comparisons number what they show by this order."""
    ids = [item.id for item in build_summary().iterate_items()]

    assert ids == [
        "talk-1",
        "commitment-1",
        "tariff-1",
        "chip-policy-1",
        "non-tariff-measure-1",
        "doubt-1",
    ]


def test_summary_of_nothing_has_no_items() -> None:
    """Six empty lists are an answer."""
    assert build_summary(draft=build_empty_draft()).iterate_items() == []


def test_summary_round_trips_through_json() -> None:
    """Stored bytes are served as they are: reading them again must give the same summary."""
    summary = build_summary(
        warnings=[SummaryWarning(code="repeated_quote", message="talk-1: placed by rule")]
    )

    again = Summary.model_validate_json(summary.model_dump_json())

    assert again == summary
    assert again.model_dump_json() == summary.model_dump_json()


@given(TEXTS)
def test_summary_of_any_text_round_trips(text: str) -> None:
    """Offsets must survive JSON for every script, emoji and control character."""
    summary = build_summary(text)

    again = Summary.model_validate_json(summary.model_dump_json())

    assert again == summary
    assert again.article.text == text


def test_offsets_hold_behind_an_emoji_in_parsed_json() -> None:
    """A client that counts code points in the served text finds the quote."""
    served = json.loads(build_summary().model_dump_json())
    evidence = served["commitments"][0]["evidence"][0]

    assert ord(max(served["article"]["text"][: evidence["start"]])) > 0xFFFF
    assert served["article"]["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


def test_ids_number_the_items_of_a_list() -> None:
    """The builder numbers items from one, as a served summary does."""
    draft = build_draft(commitments=[build_draft_commitment(), build_draft_commitment()])

    ids = [item.id for item in build_summary(draft=draft).commitments]

    assert ids == ["commitment-1", "commitment-2"]


def test_headline_is_at_most_120_characters() -> None:
    """The limit of the draft holds for what is served, too."""
    assert len(build_summary(headline="🌾" * 120).headline) == 120
    with pytest.raises(ValidationError, match="headline"):
        build_summary(headline="a" * 121)


def test_warning_code_is_of_the_closed_set() -> None:
    """Programs act on the code; a new one is a change of the contract."""
    with pytest.raises(ValidationError, match="code"):
        SummaryWarning.model_validate({"code": "other", "message": "something"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("attempts", 0),
        ("cost_usd", -0.01),
        ("latency_ms", -1),
        ("created_at", datetime(2025, 12, 6)),  # noqa: DTZ001  # the naive instant is refused
    ],
)
def test_provenance_refuses_what_cannot_have_happened(field: str, value: object) -> None:
    """A summary came from at least one call, at a known instant, at no negative price."""
    with pytest.raises(ValidationError, match=field):
        build_provenance(**{field: value})


def test_provenance_cost_may_be_unknown() -> None:
    """An unknown price is null, for zero would claim that the call was free."""
    assert build_provenance(cost_usd=None).cost_usd is None


def test_article_needs_text() -> None:
    """An empty article has nothing to quote."""
    with pytest.raises(ValidationError, match="text"):
        build_article("")


def test_article_metadata_is_null_when_nobody_gave_it() -> None:
    """Metadata is never guessed, so bare text has none."""
    article = Article(text="a")

    assert article.model_dump(exclude={"text"}) == dict.fromkeys(
        ("title", "source", "url", "published", "language")
    )


def test_article_published_is_a_partial_date() -> None:
    """Relative dates are resolved from it, so it must be one."""
    assert build_article(published="2025-12").published == "2025-12"
    with pytest.raises(ValidationError, match="published"):
        build_article(published="2025-02-30")


def test_article_text_is_not_touched() -> None:
    """Canonical text comes from intake; changing it here would shift every offset."""
    text = " \ufeffcafe\u0301\r\n\u00a0𠮷 \n"

    assert build_article(text).text == text
