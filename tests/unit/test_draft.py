"""The draft, and the reading that keeps it: what a model claimed and what that cost."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from schemas import Attempt, Complaint, Draft, Message, Reading, ReadingRequest, Usage
from schemas.base import LIST_NAMES
from schemas.draft import MAX_HEADLINE_CHARS, MAX_QUOTES
from tests.builders import (
    ARTICLE_TEXT,
    KEY,
    build_attempt,
    build_draft,
    build_draft_doubt,
    build_empty_draft,
    build_paid_reply,
    build_reading,
    build_reading_request,
    build_usage,
)

TOKENS = st.integers(0, 10**9)
USAGES = st.builds(build_usage, TOKENS, TOKENS, TOKENS)


def test_draft_has_the_six_lists_then_headline_and_gist() -> None:
    """A model writes in this order: facts first, then the words that sum them up."""
    assert tuple(Draft.model_fields) == (*LIST_NAMES, "headline", "gist")


@pytest.mark.parametrize("field", Draft.model_fields)
def test_draft_field_has_no_default(field: str) -> None:
    """A list that is left out is no empty list: the model must say that it found nothing."""
    parts = build_draft().model_dump()
    del parts[field]

    with pytest.raises(ValidationError, match=field):
        Draft.model_validate(parts)


@pytest.mark.parametrize("field", Draft.model_fields)
def test_draft_field_is_never_null(field: str) -> None:
    """Nothing found is an empty list, and a headline there always is."""
    with pytest.raises(ValidationError, match=field):
        build_draft(**{field: None})


def test_draft_that_found_nothing_is_valid() -> None:
    """An article without a fact of interest is read, not an error."""
    draft = build_empty_draft()

    assert not any(getattr(draft, name) for name in LIST_NAMES)


@pytest.mark.parametrize("character", ["a", "é", "立", "🌾"])
def test_headline_limit_counts_code_points(character: str) -> None:
    """A headline in another script must not be cut shorter than one in English."""
    longest = character * MAX_HEADLINE_CHARS

    assert build_draft(headline=longest).headline == longest
    with pytest.raises(ValidationError, match="headline"):
        build_draft(headline=longest + character)


def test_limits_are_the_contracts() -> None:
    """The prompt names these numbers to the model, so they change with a version only."""
    assert (MAX_HEADLINE_CHARS, MAX_QUOTES) == (120, 3)


@pytest.mark.parametrize("field", ["headline", "gist"])
def test_empty_headline_and_gist_are_refused(field: str) -> None:
    """A summary without words is no summary."""
    with pytest.raises(ValidationError, match=field):
        build_draft(**{field: ""})


def test_quotes_keep_their_words_and_order() -> None:
    """The first quote of an item is the one that is shown, and no white space is touched."""
    quotes = ["  12\u00a0million ", "“soybeans”\r\n", "🌾 何立峰"]

    draft = build_draft(doubts=[build_draft_doubt(evidence=quotes)])

    assert Draft.model_validate_json(draft.model_dump_json()).doubts[0].evidence == quotes


def test_default_draft_quotes_the_default_article() -> None:
    """Tests of grounding start from these objects and must find every quote."""
    draft = build_draft()
    items = [item for name in LIST_NAMES for item in getattr(draft, name)]

    assert len(items) == len(LIST_NAMES)
    assert all(quote in ARTICLE_TEXT for item in items for quote in item.evidence)


@pytest.mark.parametrize(
    "build",
    [
        build_draft,
        build_empty_draft,
        build_attempt,
        build_paid_reply,
        build_reading,
        build_reading_request,
    ],
)
def test_object_round_trips_through_json(build: Callable[[], BaseModel]) -> None:
    """What was paid for is stored as JSON and must come back as it was."""
    made = build()

    assert type(made).model_validate_json(made.model_dump_json()) == made


@given(st.lists(USAGES, max_size=5))
def test_usage_sums_field_by_field(usages: list[Usage]) -> None:
    """Cost is computed from the sums, so tokens of one kind must not leak into another."""
    total = sum(usages, Usage())

    assert total == Usage(
        input_tokens=sum(usage.input_tokens for usage in usages),
        cached_input_tokens=sum(usage.cached_input_tokens for usage in usages),
        output_tokens=sum(usage.output_tokens for usage in usages),
    )


def test_usage_of_nothing_is_zero() -> None:
    """A reader that calls no endpoint costs nothing, and says so."""
    assert Usage().model_dump() == {
        "input_tokens": 0,
        "cached_input_tokens": 0,
        "output_tokens": 0,
    }


@pytest.mark.parametrize("field", Usage.model_fields)
def test_usage_is_never_negative(field: str) -> None:
    """A negative count would lower the bill of the other attempts."""
    with pytest.raises(ValidationError, match=field):
        Usage.model_validate({field: -1})


def test_reading_usage_is_the_sum_over_its_attempts() -> None:
    """Re-asks are paid for too, so they belong to what the reading cost."""
    reading = build_reading(attempts=[build_attempt(), build_attempt(usage=build_usage(1, 0, 2))])

    assert reading.usage == build_usage() + build_usage(1, 0, 2)


def test_reading_needs_an_attempt() -> None:
    """A draft that nobody was asked for has no origin."""
    with pytest.raises(ValidationError, match="attempts"):
        build_reading(attempts=[])


def test_reading_instants_are_aware() -> None:
    """An instant without a zone means another time on every machine."""
    with pytest.raises(ValidationError, match="created_at"):
        build_reading(created_at=datetime(2025, 12, 6, 8, 30))  # noqa: DTZ001  # what is refused


@pytest.mark.parametrize("field", ["cost_usd", "latency_ms"])
def test_reading_cost_and_latency_are_never_negative(field: str) -> None:
    """Sums over many readings must not be lowered by a broken clock or price."""
    with pytest.raises(ValidationError, match=field):
        build_reading(**{field: -1})


def test_reading_cost_may_be_unknown() -> None:
    """An unknown price is null, for zero would claim that the call was free."""
    assert build_reading(cost_usd=None).cost_usd is None


@pytest.mark.parametrize(
    "outcome",
    ["accepted", "complaints", "invalid", "refusal", "truncated", "content_filter", "empty"],
)
def test_attempt_names_what_became_of_the_reply(outcome: str) -> None:
    """The books tell the kinds of failure apart by these names."""
    assert build_attempt(outcome=outcome).outcome == outcome


def test_attempt_refuses_an_unheard_of_outcome() -> None:
    """A new kind of failure must be added to the contract first."""
    with pytest.raises(ValidationError, match="outcome"):
        build_attempt(outcome="timeout")


def test_attempt_may_have_no_reply() -> None:
    """A reply without choices was paid for and has no text."""
    assert build_attempt(outcome="empty", reply=None).reply is None


def test_attempt_keeps_its_complaints() -> None:
    """What was wrong with a reply explains why it was asked again."""
    complaint = Complaint(path="commitments[0].due", message="no quote carries 2026-02")

    attempt = build_attempt(outcome="complaints", complaints=[complaint])

    assert Attempt.model_validate_json(attempt.model_dump_json()).complaints == [complaint]


def test_a_paid_reply_may_be_of_unknown_price() -> None:
    """It was paid for like any other, and is kept."""
    assert build_paid_reply(cost_usd=None).cost_usd is None


def test_paid_reply_arrives_at_an_aware_instant() -> None:
    """An instant without a zone means another time on every machine."""
    with pytest.raises(ValidationError, match="received_at"):
        build_paid_reply(received_at="2025-12-06T08:30:00")


@pytest.mark.parametrize("role", ["system", "user", "assistant", "tool"])
def test_message_content_is_kept_byte_for_byte(role: str) -> None:
    """What is sent is what was rendered: templates, line ends and indentation included."""
    content = "  {{ 7*7 }}\r\n\t{% if %} “quoted” 🌾 \n"

    message = Message.model_validate({"role": role, "content": content})

    assert Message.model_validate_json(message.model_dump_json()).content == content


@pytest.mark.parametrize("field", ReadingRequest.model_fields)
def test_request_leaves_nothing_to_a_default(field: str) -> None:
    """The key covers all that decides the answer, so nothing may be decided elsewhere."""
    parts = build_reading_request().model_dump()
    del parts[field]

    with pytest.raises(ValidationError, match=field):
        ReadingRequest.model_validate(parts)


@pytest.mark.parametrize("mode", ["json", "TOOLS", "", None])
def test_request_mode_is_one_of_two(mode: str | None) -> None:
    """An endpoint takes the schema as a response format or as a tool, in no third way."""
    with pytest.raises(ValidationError, match="mode"):
        build_reading_request(mode=mode)


def test_reading_answers_the_request_of_the_same_key() -> None:
    """The builders' request and reading belong together, as a store expects."""
    assert build_reading_request().key == build_reading().key == KEY


def test_reading_holds_no_offsets_and_no_ids() -> None:
    """A summary can be derived again by better rules because a reading has none of them."""
    item = build_reading().model_dump()["draft"]["talks"][0]

    assert "id" not in item
    assert all(isinstance(quote, str) for quote in item["evidence"])
    assert set(Reading.model_fields).isdisjoint({"article", "warnings"})
