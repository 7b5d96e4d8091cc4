"""Every way in which an endpoint can fail ends in a typed error, after the right waits."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletion

from service import errors
from service.readers.llm.faults import translate_fault
from service.readers.llm.pauses import find_pause
from service.readers.llm.transport import Endpoint, RetryPolicy, Transport, build_client
from service.readers.llm.wire import Body
from tests.fakes import FakeKeep
from tests.standin import Answer, StandIn, complete, fail, play

BODY: Body = {"model": "m", "messages": [{"role": "user", "content": "Read."}]}
OUTAGE = fail(503)


class Waits:
    """Records how long it was asked to wait, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def waits() -> Waits:
    """Return a sleep that does not."""
    return Waits()


async def send(
    answers: Sequence[Answer],
    waits: Waits,
    *,
    timeout_s: float = 5.0,
    deadline_s: float = 20.0,
    max_tries: int = 5,
) -> tuple[str | None, int]:
    """Return the content that arrives and the number of requests that it took."""
    policy = RetryPolicy(try_s=timeout_s, deadline_s=deadline_s, max_tries=max_tries, spread=0)
    with StandIn(play(answers)) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=timeout_s)
        async with build_client(endpoint) as client:
            keep = FakeKeep()
            await Transport(client, policy, sleep=waits).send(BODY, keep)
        (completion,) = keep.kept
        return completion.choices[0].message.content, len(stand_in.received)


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
async def test_a_passing_fault_is_tried_again(status: int, waits: Waits) -> None:
    """One bad minute of an endpoint must not fail a batch."""
    assert await send([fail(status), complete("good")], waits) == ("good", 2)
    assert len(waits.seconds) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
    ],
)
async def test_the_wait_that_the_endpoint_asks_for_is_kept(
    headers: dict[str, str], seconds: float, waits: Waits
) -> None:
    """Coming back sooner costs another 429, later costs time."""
    await send([fail(429, headers=headers), complete("good")], waits)

    assert waits.seconds == [seconds]


async def test_a_retry_after_date_is_measured_from_the_answers_own_date(waits: Waits) -> None:
    """The endpoint's clock decides, not this machine's."""
    then = datetime(2020, 1, 1, tzinfo=UTC)
    headers = {
        "date": format_datetime(then, usegmt=True),
        "retry-after": format_datetime(then + timedelta(seconds=11), usegmt=True),
    }
    error = openai.RateLimitError("made up", response=_make_response(429, headers), body=None)

    assert find_pause(error) == 11.0


@pytest.mark.parametrize("value", ["soon", "-3", "nan", "inf", ""])
async def test_a_retry_after_that_is_none_is_ignored(value: str, waits: Waits) -> None:
    """A broken header must not stop the retry, nor make it wait for ever."""
    await send([fail(429, headers={"retry-after": value}), complete("good")], waits)

    assert 0 <= waits.seconds[0] <= 1.0


async def test_an_endpoint_that_asks_for_a_long_wait_is_not_waited_for(waits: Waits) -> None:
    """The caller is told when to come back instead of hanging."""
    with pytest.raises(errors.RateLimitError) as caught:
        await send([fail(429, headers={"retry-after": "3600"})], waits)

    assert (caught.value.retry_after_s, waits.seconds) == (3600.0, [])


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (fail(401), errors.AuthenticationError),
        (fail(403), errors.AuthenticationError),
        (fail(400), errors.EndpointRequestError),
        (fail(404, code="model_not_found"), errors.EndpointRequestError),
        (fail(413), errors.EndpointRequestError),
        (fail(422), errors.EndpointRequestError),
        (fail(400, code="content_filter"), errors.ContentFilterError),
        (fail(402), errors.QuotaError),
        (fail(429, code="insufficient_quota"), errors.QuotaError),
        (Answer(b"<html>", 200, {"content-type": "text/html"}), errors.InvalidReplyError),
        (Answer(b'{"choices": [', 200), errors.InvalidReplyError),
        (Answer(b"{}", 200), errors.InvalidReplyError),
        (Answer(b"null", 200), errors.InvalidReplyError),
    ],
)
async def test_a_lasting_fault_is_typed_and_not_tried_again(
    answer: Answer, kind: type[errors.ReaderError], waits: Waits
) -> None:
    """A wrong key or a spent quota does not get better by asking."""
    with pytest.raises(kind):
        await send([answer, complete("good")], waits)

    assert waits.seconds == []


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (fail(429), errors.RateLimitError),
        (fail(500), errors.EndpointUnavailableError),
        (fail(408), errors.ReaderTimeoutError),
        (Answer(fault="reset"), errors.EndpointUnavailableError),
    ],
)
async def test_a_fault_that_does_not_pass_ends_typed_after_the_last_try(
    answer: Answer, kind: type[errors.ReaderError], waits: Waits
) -> None:
    """The waits grow, then it ends."""
    with pytest.raises(kind):
        await send([answer] * 5, waits, max_tries=3)

    assert len(waits.seconds) == 2


async def test_a_reset_connection_is_tried_again(waits: Waits) -> None:
    """Load balancers drop connections."""
    assert await send([Answer(fault="reset"), complete("good")], waits) == ("good", 2)


async def test_a_hang_ends_as_a_timeout(waits: Waits) -> None:
    """The SDK would wait for ten minutes."""
    with pytest.raises(errors.ReaderTimeoutError):
        await send([Answer(fault="hang")] * 2, waits, timeout_s=0.2, max_tries=2)

    assert len(waits.seconds) == 1


async def test_an_answer_that_drips_is_cut_off_and_tried_again(waits: Waits) -> None:
    """A byte now and then keeps a socket alive, and a caller waiting."""
    slow = complete("late")._replace(fault="drip")

    assert await send([slow, complete("good")], waits, timeout_s=0.5) == ("good", 2)


async def test_a_wait_that_is_asked_for_is_stretched_a_little(waits: Waits) -> None:
    """Callers who were turned away together must not come back together."""
    policy = RetryPolicy(try_s=5, deadline_s=20)
    with StandIn(play([fail(429, headers={"retry-after": "10"}), complete("good")])) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with build_client(endpoint) as client:
            await Transport(client, policy, sleep=waits).send(BODY, FakeKeep())

    assert 10 <= waits.seconds[0] <= 11


async def test_all_tries_together_end_at_the_deadline(waits: Waits) -> None:
    """However patient the retries are, a caller gets an answer."""
    with pytest.raises(errors.ReaderTimeoutError, match=r"within 0\.3 s"):
        await send([Answer(fault="hang")] * 9, waits, timeout_s=30, deadline_s=0.3)


async def test_an_endpoint_that_says_not_to_retry_is_obeyed(waits: Waits) -> None:
    """The vendor's own header knows more than the status."""
    with pytest.raises(errors.EndpointUnavailableError):
        await send([fail(500, headers={"x-should-retry": "false"})], waits)

    assert waits.seconds == []


async def test_concurrent_calls_do_not_share_their_tries(waits: Waits) -> None:
    """One retrying object for all calls mixes up their counts."""
    answers = [OUTAGE] * 8 + [complete("good")] * 8
    policy = RetryPolicy(try_s=5, deadline_s=20, max_tries=9)
    with StandIn(play(answers)) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with build_client(endpoint) as client:
            transport = Transport(client, policy, sleep=waits)
            keep = FakeKeep()
            await asyncio.gather(*(transport.send(BODY, keep) for _ in range(8)))

    assert [one.choices[0].message.content for one in keep.kept] == ["good"] * 8


@pytest.mark.parametrize("error", [errors.StoreError("full"), TimeoutError(), ConnectionError()])
async def test_a_reply_that_cannot_be_kept_is_not_paid_for_again(
    error: Exception, waits: Waits
) -> None:
    """Whatever it is, the endpoint has answered."""
    with StandIn(play([complete("good")])) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        policy = RetryPolicy(try_s=5, deadline_s=20)
        async with build_client(endpoint) as client:
            transport = Transport(client, policy, sleep=waits)
            with pytest.raises(type(error)) as caught:
                await transport.send(BODY, FakeKeep(error))

    assert caught.value is error
    assert (len(stand_in.received), waits.seconds) == (1, [])


async def test_no_more_replies_are_unkept_than_calls_may_be_under_way(waits: Waits) -> None:
    """A crash costs at most these; and a database that is slow is not asked to keep ever more."""
    at_once = most = 0

    async def keep(_completion: ChatCompletion) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        for _ in range(100):
            await asyncio.sleep(0)
        at_once -= 1

    with StandIn(lambda _received: complete("good")) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        policy = RetryPolicy(try_s=5, deadline_s=20)
        async with build_client(endpoint) as client:
            transport = Transport(client, policy, concurrency=2, sleep=waits)
            await asyncio.gather(*(transport.send(BODY, keep) for _ in range(40)))

    assert most == 2


async def test_calls_go_by_way_of_the_proxy_that_the_environment_names(
    waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sits behind one has set it for all programs."""
    keep, policy = FakeKeep(), RetryPolicy(try_s=5, deadline_s=20)
    with StandIn(lambda received: complete(received.path)) as stand_in:
        monkeypatch.setenv("HTTP_PROXY", stand_in.base_url.removesuffix("/v1"))
        endpoint = Endpoint(api_key="k", base_url="http://llm.example/v1", timeout_s=5)
        async with build_client(endpoint) as client:
            await Transport(client, policy, sleep=waits).send(BODY, keep)

    (completion,) = keep.kept
    assert completion.choices[0].message.content == "http://llm.example/v1/chat/completions"


async def test_cancelling_a_call_cancels_it(waits: Waits) -> None:
    """Ctrl-C must not become a reader error."""
    task = asyncio.create_task(send([Answer(fault="hang")], waits, timeout_s=30))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


def iterate_vendor_errors() -> list[type[Exception]]:
    """Return every exception class that the SDK exports."""
    exported = (getattr(openai, name) for name in dir(openai))
    kinds = (one for one in exported if isinstance(one, type))
    return [kind for kind in kinds if issubclass(kind, openai.OpenAIError)]


def _make_response(status: int, headers: dict[str, str]) -> httpx2.Response:
    request = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")
    return httpx2.Response(status, headers=headers, request=request)


@pytest.mark.parametrize("kind", iterate_vendor_errors())
def test_every_error_of_the_sdk_becomes_one_of_ours(kind: type[Exception]) -> None:
    """A vendor's class that is added must not come out as a traceback."""
    error = kind.__new__(kind)
    for name, value in (
        ("status_code", 418), ("code", None), ("type", None), ("param", None),
        ("response", _make_response(418, {})),
    ):  # fmt: skip
        setattr(error, name, value)

    assert isinstance(translate_fault(error), errors.ReaderError)


async def test_no_message_holds_what_the_endpoint_said(waits: Waits) -> None:
    """Vendors echo the request; an article or key must not end in a log."""
    secret = Answer(b'{"error": {"message": "key sk-123 and article", "code": "bad"}}', 400)

    with pytest.raises(errors.EndpointRequestError) as caught:
        await send([secret], waits)

    assert "sk-123" not in str(caught.value)
    assert "code bad" in str(caught.value)
