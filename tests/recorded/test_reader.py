"""The real SDK and the real instructor, against an endpoint that answers as it is told."""

import json
import logging
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from schemas.draft import Draft
from schemas.reading import Complaint, Progress, Reading
from schemas.strict import build_strict_schema
from service import errors
from service.prompting import ReaderSpec, build_request, render_reask
from service.readers.llm import READER_VERSION
from service.readers.llm.reader import LlmReader
from service.readers.llm.transport import Endpoint, RetryPolicy, Transport, build_client
from tests.builders import build_article, build_draft, build_empty_draft, build_paid_reply
from tests.fakes import FakeAccount, FakeReviewer, Review, approve
from tests.standin import Answer, Received, StandIn, complete, fail, play

GOOD = build_draft().model_dump_json()
EMPTY = build_empty_draft().model_dump_json()
POLICY = RetryPolicy(try_s=5, deadline_s=20, max_tries=2, spread=0)
HOSTILE = "{{ 7*7 }}\r\n{% if %}\n    indented\n\n{% endraw %} {# x #} \\n <b>&amp;</b> 🌾"


async def no_wait(_seconds: float) -> None:
    """Do not wait."""


def complain_of(*counts: int) -> Review:
    """Find as many faults in each draft, one after the other, as ``counts`` says."""
    script = iter(counts)
    return lambda _draft: [
        Complaint(path=f"talks[{at}]", message="does not hold.") for at in range(next(script))
    ]


SPEC = ReaderSpec(engine=READER_VERSION, model="m", mode="json_schema")


class Outcome:
    """What came of a reading: the reading or error, what was sent, what was kept."""

    def __init__(self, account: FakeAccount) -> None:
        self.account = account
        self.progress: list[Progress] = []
        self.reading: Reading | None = None
        self.error: errors.ReaderError | None = None
        self.sent: list[Received] = []

    @property
    def result(self) -> Reading:
        """The reading; fails the test where there is none."""
        assert self.reading is not None, self.error
        return self.reading

    def get_messages(self, at: int) -> list[Any]:
        """Return the messages of request ``at``."""
        messages: list[Any] = self.sent[at].parse()["messages"]
        return messages


async def read(
    answers: Iterable[Answer],
    *,
    review: Review = approve,
    text: str = "Text.",
    mode: str = "json_schema",
    max_reasks: int = 2,
    model: str = "gpt-5-mini",
) -> Outcome:
    """Read ``text`` with an endpoint that gives ``answers``, and return all that came of it."""
    outcome = Outcome(FakeAccount())
    spec = ReaderSpec(engine=READER_VERSION, model=model, mode=mode)
    with StandIn(play(answers)) as stand_in:
        await read_with(
            stand_in, outcome, review=review, text=text, spec=spec, max_reasks=max_reasks
        )
        outcome.sent = list(stand_in.received)
    return outcome


async def read_with(
    stand_in: StandIn,
    outcome: Outcome,
    *,
    review: Review = approve,
    text: str = "Text.",
    spec: ReaderSpec = SPEC,
    max_reasks: int = 2,
) -> None:
    """Read ``text`` with ``stand_in``; put what comes of it into ``outcome``."""
    endpoint = Endpoint(api_key="sk-secret", base_url=stand_in.base_url, timeout_s=5)
    async with build_client(endpoint) as client:
        reader = LlmReader(
            Transport(client, POLICY, sleep=no_wait),
            render_reask=render_reask,
            open_account=outcome.account.open,
            max_reasks=max_reasks,
        )
        request = build_request(build_article(text), spec)
        try:
            outcome.reading = await reader.read(
                request, FakeReviewer(review), outcome.progress.append
            )
        except errors.ReaderError as error:
            outcome.error = error


def call_function(arguments: str) -> Answer:
    """Return a completion that calls the function with ``arguments``."""
    body = json.loads(complete(None).body)
    body["choices"][0]["message"]["tool_calls"] = [
        {
            "id": "call_1",
            "type": "function",
            "function": {"name": "readout_draft", "arguments": arguments},
        }
    ]
    body["choices"][0]["finish_reason"] = "tool_calls"
    return Answer(json.dumps(body).encode())


async def test_a_draft_that_holds_is_taken_at_the_first_call() -> None:
    """The plain case: one call, one accepted attempt."""
    outcome = await read([complete(GOOD)])

    assert outcome.result.draft == build_draft()
    assert [attempt.outcome for attempt in outcome.result.attempts] == ["accepted"]
    assert len(outcome.sent) == 1


async def test_the_strict_schema_is_sent_with_strict_on() -> None:
    """No mode of instructor sends it; without it the schema is only a wish."""
    outcome = await read([complete(GOOD)])

    sent = outcome.sent[0].parse()["response_format"]["json_schema"]
    assert (sent["strict"], sent["schema"]) == (True, build_strict_schema())


@pytest.mark.parametrize("mode", ["json_schema", "tools"])
async def test_the_article_arrives_byte_for_byte(mode: str) -> None:
    """Instructor would render and dedent messages; template syntax in news must survive."""
    answers = [call_function(GOOD) if mode == "tools" else complete(GOOD)]

    outcome = await read(answers, text=HOSTILE, mode=mode)
    spec = ReaderSpec(engine=READER_VERSION, model="gpt-5-mini", mode=mode)
    rendered = build_request(build_article(HOSTILE), spec).messages
    assert outcome.get_messages(0) == [message.model_dump() for message in rendered]
    assert HOSTILE in outcome.get_messages(0)[1]["content"]


async def test_nothing_but_the_contracted_members_is_sent() -> None:
    """A member that an endpoint does not know can make it refuse every request."""
    outcome = await read([complete(GOOD)])

    assert set(outcome.sent[0].parse()) == {"model", "messages", "response_format"}


async def test_complaints_are_sent_back_with_the_reply_and_nothing_else() -> None:
    """The model mends its own answer, told precisely what does not hold."""
    outcome = await read([complete(GOOD), complete(EMPTY)], review=complain_of(1, 0))

    first, second = outcome.get_messages(0), outcome.get_messages(1)
    assert second[:2] == first
    assert second[2] == {"role": "assistant", "content": GOOD}
    assert second[3] == {
        "role": "user",
        "content": render_reask([Complaint(path="talks[0]", message="does not hold.")]),
    }
    assert outcome.result.draft == build_empty_draft()


async def test_a_second_reask_holds_only_the_last_reply() -> None:
    """Each round of history would be paid for again."""
    outcome = await read(
        [complete(GOOD), complete(GOOD), complete(EMPTY)], review=complain_of(2, 1, 0)
    )

    assert len(outcome.get_messages(2)) == 4


async def test_the_draft_with_the_fewest_complaints_is_taken() -> None:
    """The last attempt is not always the best one."""
    outcome = await read(
        [complete(GOOD), complete(EMPTY), complete(GOOD)], review=complain_of(3, 1, 2)
    )

    assert outcome.result.draft == build_empty_draft()
    assert [attempt.outcome for attempt in outcome.result.attempts] == ["complaints"] * 3


@pytest.mark.parametrize(("max_reasks", "calls"), [(0, 1), (1, 2), (2, 3)])
async def test_n_reasks_are_at_most_n_plus_one_calls(max_reasks: int, calls: int) -> None:
    """A setting that multiplies cost must mean what it says."""
    outcome = await read(
        [complete(GOOD)] * 5, review=complain_of(1, 1, 1, 1), max_reasks=max_reasks
    )

    assert len(outcome.sent) == calls


@pytest.mark.parametrize(
    "garbage", ["I cannot do that, sorry.", '{"talks": [', "[]", "null", "\x00", '{"error": 1}']
)
async def test_garbage_is_reasked_and_then_an_error_that_keeps_every_reply(garbage: str) -> None:
    """Prose, half a JSON and another JSON are all no draft; each was paid for."""
    outcome = await read([complete(garbage)] * 3)

    assert isinstance(outcome.error, errors.InvalidReplyError)
    assert [attempt.outcome for attempt in outcome.error.attempts] == ["invalid"] * 3
    assert outcome.account.list_contents() == [garbage] * 3
    assert outcome.error.usage.input_tokens == 300


def shape(**message: object) -> Answer:
    """Return a completion whose message has members of odd types."""
    body = json.loads(complete("x").body)
    body["choices"][0]["message"].update(message)
    return Answer(json.dumps(body).encode())


ODD_SHAPES = {
    "no message": Answer(b'{"model": "m", "choices": [{}]}'),
    "a message that is a text": Answer(b'{"model": "m", "choices": [{"message": "x"}]}'),
    "a choice that is a text": Answer(b'{"model": "m", "choices": ["x"]}'),
    "content that is a list": shape(content=[{"type": "text", "text": "x"}]),
    "content that is a number": shape(content=7),
    "a lone surrogate": Answer(complete("x").body.replace(b'"x"', b'"x \\ud83c y"')),
    "a call without a function": shape(content=None, tool_calls=[{"type": "function"}]),
    "calls that are a text": shape(content="x", tool_calls="x"),
    "arguments that are an object": shape(
        content=None, tool_calls=[{"type": "function", "function": {"arguments": {"a": 1}}}]
    ),
    "a finish reason that is a number": Answer(
        complete("x").body.replace(b'"finish_reason": "stop"', b'"finish_reason": 7')
    ),
    "usage that is a text": Answer(
        complete("x").body.replace(b'"usage": {', b'"usage": "x", "u": {')
    ),
    "a model that is a number": Answer(complete("x").body.replace(b'"stand-in"', b"7")),
}


@pytest.mark.parametrize("mode", ["json_schema", "tools"])
@pytest.mark.parametrize("answer", ODD_SHAPES.values(), ids=ODD_SHAPES.keys())
async def test_an_odd_shape_is_kept_and_ends_in_a_typed_error(answer: Answer, mode: str) -> None:
    """Gateways send everything with status 200, and bill it."""
    outcome = await read([answer] * 3, mode=mode)

    assert isinstance(outcome.error, (errors.InvalidReplyError, errors.EmptyReplyError))
    assert len(outcome.account.kept) == len(outcome.error.attempts) == len(outcome.sent)


async def test_garbage_between_does_not_lose_a_draft_that_was_paid_for() -> None:
    """A usable first draft is served even when the model then breaks down."""
    outcome = await read(
        [complete(GOOD), complete("prose"), complete("prose")], review=complain_of(1)
    )

    assert outcome.result.draft == build_draft()
    assert [one.outcome for one in outcome.result.attempts] == ["complaints", "invalid", "invalid"]
    assert "asking again failed" in outcome.result.discarded[-1].message


async def test_reasks_that_are_spent_are_no_failure_of_asking() -> None:
    """The answer is then of the schema; what does not hold in it is warned of item by item."""
    outcome = await read([complete(GOOD)] * 3, review=complain_of(1, 1, 1))

    assert outcome.result.discarded == []


@pytest.mark.parametrize(
    ("answer", "kind", "outcome_name"),
    [
        (complete(None, refusal="I can't."), errors.RefusalError, "refusal"),
        (complete('{"talks"', finish_reason="length"), errors.TruncationError, "truncated"),
        (complete("", finish_reason="content_filter"), errors.ContentFilterError, "content_filter"),
        (complete(None), errors.EmptyReplyError, "empty"),
        (complete("  "), errors.EmptyReplyError, "empty"),
        (Answer(b'{"id": "x", "model": "m", "choices": []}'), errors.EmptyReplyError, "empty"),
    ],
)
async def test_a_reply_that_cannot_be_parsed_at_all_is_typed_and_not_reasked(
    answer: Answer, kind: type[errors.ReaderError], outcome_name: str
) -> None:
    """Instructor re-asks a refusal n times, and breaks on empty choices."""
    outcome = await read([answer, complete(GOOD)])

    assert type(outcome.error) is kind
    assert [attempt.outcome for attempt in outcome.error.attempts] == [outcome_name]
    assert (len(outcome.sent), len(outcome.account.kept)) == (1, 1)


@pytest.mark.parametrize(
    "second", [fail(401), complete(None, refusal="no"), complete("x", finish_reason="length")]
)
async def test_a_failing_reask_serves_the_draft_that_is_there(second: Answer) -> None:
    """The first call was paid for; its good part is the answer, and it says so."""
    outcome = await read([complete(GOOD), second], review=complain_of(1))

    assert outcome.result.draft == build_draft()
    assert "asking again failed" in outcome.result.discarded[-1].message


async def test_usage_of_every_attempt_is_kept_and_summed() -> None:
    """Failed attempts cost money too."""
    outcome = await read(
        [complete("prose", prompt_tokens=7, completion_tokens=3), complete(GOOD)],
    )

    assert outcome.result.usage.input_tokens == 107
    assert outcome.result.usage.output_tokens == 13


async def test_cost_is_known_where_the_model_is_and_null_elsewhere() -> None:
    """A made-up price is worse than none."""
    known = await read([complete(GOOD, model="gpt-5-mini-2025-08-07", prompt_tokens=1_000_000)])
    unknown = await read([complete(GOOD, model="out-of-band")])

    assert known.result.cost_usd == pytest.approx(0.25, rel=0.01)
    assert unknown.result.cost_usd is None


async def test_a_reply_is_kept_before_anything_else_is_done_with_it() -> None:
    """A crash in our own checks must not lose what was paid for."""

    def crash(_draft: Draft) -> Sequence[Complaint]:
        raise ZeroDivisionError

    outcome = Outcome(FakeAccount())
    with StandIn(play([complete(GOOD)])) as stand_in, pytest.raises(ZeroDivisionError):
        await read_with(stand_in, outcome, review=crash)

    assert outcome.account.list_contents() == [GOOD]


async def test_every_call_is_entered_before_it_is_made() -> None:
    """Books that cannot be written are found before anything is paid."""

    class Shut(FakeAccount):
        async def enter(self) -> None:
            raise errors.StoreError("the disk is full")

    outcome = Outcome(Shut())
    with StandIn(play([complete(GOOD)])) as stand_in, pytest.raises(errors.StoreError):
        await read_with(stand_in, outcome)

    assert stand_in.received == []


async def test_a_reply_that_was_paid_for_before_is_not_asked_for_again() -> None:
    """A process that was killed between reply and reading costs no second call."""
    outcome = Outcome(FakeAccount(build_paid_reply(GOOD)))
    with StandIn(play([])) as stand_in:
        await read_with(stand_in, outcome)

    assert (stand_in.received, outcome.account.entered) == ([], 0)
    assert outcome.result.draft == build_draft()
    assert outcome.result.usage == build_paid_reply().usage
    assert outcome.result.created_at == build_paid_reply().received_at


async def test_a_recalled_reply_that_does_not_hold_is_sent_back() -> None:
    """The conversation goes on where it was cut off."""
    outcome = Outcome(FakeAccount(build_paid_reply(GOOD)))
    with StandIn(play([complete(GOOD)])) as stand_in:
        await read_with(stand_in, outcome, review=complain_of(1, 0))

    sent = [received.parse()["messages"] for received in stand_in.received]
    assert [messages[-2]["content"] for messages in sent] == [GOOD]
    assert [attempt.outcome for attempt in outcome.result.attempts] == ["complaints", "accepted"]


async def test_progress_tells_each_reask_with_its_number_of_complaints() -> None:
    """Whoever waits sees why it takes longer."""
    outcome = await read([complete(GOOD)] * 3, review=complain_of(2, 1, 0))

    assert outcome.progress == [
        Progress(stage="reasking", complaints=2),
        Progress(stage="reasking", complaints=1),
    ]


async def test_tool_mode_sends_a_forced_function_and_reads_its_arguments() -> None:
    """Endpoints without json_schema get the same schema as a function."""
    outcome = await read([call_function(GOOD)], mode="tools")

    sent = outcome.sent[0].parse()
    assert sent["tools"][0]["function"]["parameters"] == build_strict_schema()
    assert sent["tool_choice"]["function"]["name"] == sent["tools"][0]["function"]["name"]
    assert outcome.result.draft == build_draft()


async def test_tool_mode_sends_complaints_back_as_the_functions_answer() -> None:
    """The API refuses a call that is left without its tool message."""
    outcome = await read(
        [call_function(GOOD), call_function(EMPTY)], mode="tools", review=complain_of(1, 0)
    )

    assistant, answer = outcome.get_messages(1)[2:]
    assert assistant["tool_calls"][0]["function"]["arguments"] == GOOD
    assert (answer["role"], answer["tool_call_id"]) == ("tool", "call_1")


async def test_tool_mode_reasks_a_reply_that_calls_no_function() -> None:
    """Some endpoints do not honour a forced call."""
    outcome = await read([complete("prose"), call_function(GOOD)], mode="tools")

    assert [one.outcome for one in outcome.result.attempts] == ["invalid", "accepted"]


async def test_no_log_holds_the_article_the_reply_or_the_key(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Instructor logs the whole failure, reply included."""
    caplog.set_level(logging.DEBUG)

    await read([complete("prose of the reply")] * 3, text="Text of the article.")
    assert not [
        record
        for record in caplog.records
        for secret in ("of the reply", "of the article", "sk-secret")
        if secret in record.getMessage()
    ]


async def test_a_reply_nested_without_end_is_invalid_and_no_crash() -> None:
    """It was paid for, is kept, and is asked again; it must not fail the article for good."""
    outcome = await read([complete('{"a":' * 100_000), complete(GOOD)])

    assert [attempt.outcome for attempt in outcome.result.attempts] == ["invalid", "accepted"]


async def test_a_reply_nested_deeper_than_python_copies_is_no_crash() -> None:
    """Deep enough for our own stages, and not for every parser."""
    nested = '{"talks":' * 400 + "[]" + "}" * 400
    outcome = await read([complete(nested)] * 3)

    assert isinstance(outcome.error, errors.InvalidReplyError)
    assert len(outcome.account.kept) == 3


async def test_a_count_of_tokens_that_none_can_be_is_not_known() -> None:
    """A database holds 64 bits; a gateway's slip must not cost the reply."""
    outcome = await read([complete(GOOD, prompt_tokens=10**30)])

    assert outcome.result.usage.input_tokens == 0
