"""Every try waits for its turn, and what an endpoint says about its limits is passed on."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from service import errors
from service.bootstrap import open_workbench
from service.prompting import ReaderSpec, build_request, render_reask
from service.readers.llm import READER_VERSION
from service.readers.llm.pacing import NoPace, estimate_tokens
from service.readers.llm.reader import LlmReader
from service.readers.llm.transport import Endpoint, RetryPolicy, Transport, build_client
from service.readers.llm.wire import Body
from service.readers.protocol import Pace
from service.settings import Settings
from service.store import PaceLimits, SharedPace, open_store
from service.store.turns import PaceRow
from tests.builders import build_article, build_draft
from tests.fakes import FakeAccount, FakeKeep, FakeReviewer
from tests.standin import Answer, Received, StandIn, complete, fail, play
from tests.unit.data_pace import FakeTime

BODY: Body = {"model": "m", "messages": [{"role": "user", "content": "Read."}]}
GOOD = complete("good", prompt_tokens=100, completion_tokens=10)
POLICY = RetryPolicy(try_s=5, deadline_s=20, spread=0)
BROKEN = errors.StoreError("the database does not work")


class FakePace:
    """A pace that admits at once, unless told otherwise, and notes all."""

    counts_tokens = True

    def __init__(self) -> None:
        self.admitted: list[int] = []
        self.settled: list[int] = []
        self.cooled: list[float] = []
        self.error: Exception | None = None
        self.may_pass = asyncio.Event()
        self.may_pass.set()

    async def admit(self, tokens: int) -> None:
        self.admitted.append(tokens)
        await self.may_pass.wait()
        if self.error is not None:
            raise self.error

    def settle(self, tokens: int) -> None:
        self.settled.append(tokens)

    async def cool_down(self, seconds: float) -> None:
        self.cooled.append(seconds)


async def no_wait(_seconds: float) -> None:
    """Do not wait."""


@pytest.fixture
def pace() -> FakePace:
    """Return a pace that admits at once."""
    return FakePace()


async def send(answers: Sequence[Answer], pace: Pace, *, max_tries: int = 5) -> int:
    """Send a call to an endpoint that gives ``answers``; return how many requests arrived."""
    policy = POLICY.model_copy(update={"max_tries": max_tries})
    with StandIn(play(answers)) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with build_client(endpoint) as client:
            await Transport(client, policy, pace=pace, sleep=no_wait).send(BODY, FakeKeep())
        return len(stand_in.received)


async def test_every_try_is_admitted(pace: FakePace) -> None:
    """The endpoint counts those that it turns away, too."""
    assert await send([fail(429), fail(500), GOOD], pace) == 3

    assert pace.admitted == [estimate_tokens(BODY)] * 3


async def test_every_reask_is_admitted(pace: FakePace) -> None:
    """A draft that is sent back is another request."""
    request = build_request(
        build_article(), ReaderSpec(engine=READER_VERSION, model="m", mode="json_schema")
    )
    with StandIn(play([complete("{}"), complete(build_draft().model_dump_json())])) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with build_client(endpoint) as client:
            reader = LlmReader(
                Transport(client, POLICY, pace=pace),
                render_reask=render_reask,
                open_account=FakeAccount().open,
                max_reasks=2,
            )
            await reader.read(request, FakeReviewer())

    first, second = pace.admitted
    assert second > first


async def test_what_the_reply_took_is_settled(pace: FakePace) -> None:
    """Once: of the tries that failed nobody knows more than the estimate."""
    await send([fail(500), GOOD], pace)

    assert pace.settled == [110 - estimate_tokens(BODY)]


async def test_an_endpoint_that_does_not_count_leaves_the_estimate(pace: FakePace) -> None:
    """Zero tokens is not what it took."""
    await send([complete("good", prompt_tokens=0, completion_tokens=0)], pace)

    assert pace.settled == []


@pytest.mark.parametrize(
    ("answer", "cooled"),
    [
        (fail(429, headers={"retry-after": "7"}), [7.0]),
        (fail(429, headers={"x-ratelimit-reset-requests": "1.5s"}), [1.5]),
        (fail(503, headers={"retry-after": "7"}), [7.0]),
        (fail(500), []),
        (fail(408), []),
        (fail(409, headers={"retry-after": "7"}), []),
        (Answer(fault="reset"), []),
    ],
)
async def test_everybody_waits_where_the_endpoint_turns_everybody_away(
    answer: Answer, cooled: list[float], pace: FakePace
) -> None:
    """Not where one call had bad luck."""
    await send([answer, GOOD], pace)

    assert pace.cooled == cooled


async def test_a_429_that_says_nothing_is_followed_by_a_random_wait_of_all(pace: FakePace) -> None:
    """As long as the call itself waits."""
    await send([fail(429), GOOD], pace)

    assert len(pace.cooled) == 1
    assert 0 <= pace.cooled[0] <= POLICY.base_wait_s


async def test_the_last_try_tells_the_others_too(pace: FakePace) -> None:
    """It has nobody to wait for; they have."""
    with pytest.raises(errors.RateLimitError):
        await send([fail(429, headers={"retry-after": "7"})], pace, max_tries=1)

    assert pace.cooled == [7.0]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (fail(429, headers={"retry-after": "3600"}), errors.RateLimitError),
        (fail(429, code="insufficient_quota", headers={"retry-after": "7"}), errors.QuotaError),
        (fail(401), errors.AuthenticationError),
    ],
)
async def test_nobody_is_made_to_wait_where_that_is_in_vain(
    answer: Answer, kind: type[errors.ReaderError], pace: FakePace
) -> None:
    """An hour's pause or a spent quota is told to every caller; another key may have more."""
    with pytest.raises(kind):
        await send([answer], pace)

    assert pace.cooled == []


async def test_waiting_for_a_turn_does_not_use_up_the_deadline(
    pace: FakePace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It measures the endpoint; in a queue of thousands the wait is long."""
    loop = asyncio.get_running_loop()
    tell = loop.time

    class SlowPace(NoPace):
        async def admit(self, tokens: int) -> None:
            monkeypatch.setattr(loop, "time", lambda: tell() + 1_000)
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    assert await send([GOOD], SlowPace()) == 1


async def test_nothing_is_sent_past_limits_that_cannot_be_looked_up(pace: FakePace) -> None:
    """And the error is the database's, not the endpoint's."""
    pace.error = BROKEN

    with pytest.raises(errors.StoreError) as caught:
        await send([GOOD], pace)

    assert (caught.value, len(pace.admitted)) == (BROKEN, 1)


async def test_who_leaves_while_waiting_for_a_turn_gives_its_slot_back(pace: FakePace) -> None:
    """With every client that hangs up there would be a call fewer at once."""
    pace.may_pass.clear()
    with StandIn(play([GOOD])) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with build_client(endpoint) as client:
            transport = Transport(client, POLICY, pace=pace, concurrency=1)
            leaving, staying = (
                asyncio.ensure_future(transport.send(BODY, FakeKeep())) for _ in range(2)
            )
            await asyncio.sleep(0)
            leaving.cancel()
            pace.may_pass.set()
            await staying

    assert (leaving.cancelled(), len(stand_in.received)) == (True, 1)


async def test_no_more_calls_are_under_way_than_were_asked_for() -> None:
    """The others wait here, not at the endpoint."""
    with StandIn(lambda _received: GOOD._replace(fault="late")) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with build_client(endpoint) as client:
            transport = Transport(client, POLICY, concurrency=2)
            calls = [asyncio.ensure_future(transport.send(BODY, FakeKeep())) for _ in range(3)]
            while len(stand_in.received) < 2:
                await asyncio.wait(calls, timeout=0.01)
            await asyncio.wait(calls, timeout=0.05)
            under_way = len(stand_in.received)
            stand_in.released.set()
            await asyncio.gather(*calls)

    assert (under_way, len(stand_in.received)) == (2, 3)


@pytest.mark.parametrize(
    ("answer", "limit"),
    [(fail(429), 2), (fail(503), 2), (fail(408), 2), (fail(409), 4), (Answer(fault="reset"), 4)],
)
async def test_overload_leaves_fewer_calls_at_once(answer: Answer, limit: int) -> None:
    """More of them make it worse; a dropped connection says nothing about that."""
    with StandIn(play([answer] * 3 + [GOOD])) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with build_client(endpoint) as client:
            transport = Transport(client, POLICY, concurrency=4, sleep=no_wait)
            await transport.send(BODY, FakeKeep())

    assert transport._slots.limit == limit


async def test_two_services_on_one_database_arrive_at_one_pace(tmp_path: Path) -> None:
    """What counts is when requests arrive at the endpoint, retries included."""
    time, arrived = FakeTime(), list[float]()
    script = play([GOOD, fail(500), GOOD, GOOD, fail(500), GOOD])

    def respond(received: Received) -> Answer:
        arrived.append(time.passed_s)
        return script(received)

    with StandIn(respond) as stand_in:
        endpoint = Endpoint(api_key="k", base_url=stand_in.base_url, timeout_s=5)
        async with (
            open_store(f"sqlite:///{tmp_path}/readout.db") as store,
            build_client(endpoint) as client,
        ):
            row = PaceRow("x m", PaceLimits(requests=60), time.shared)
            services = [
                Transport(
                    client,
                    POLICY,
                    pace=SharedPace(store._database, row, time.timing),
                    sleep=no_wait,
                )
                for _ in range(2)
            ]
            for at in range(4):
                await services[at % 2].send(BODY, FakeKeep())

    assert arrived == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("rpm", [None, 6_000])
async def test_the_settings_limits_are_kept_under_the_endpoints_name(
    rpm: int | None, tmp_path: Path
) -> None:
    """Without a limit nothing is written."""
    path = tmp_path / "readout.db"
    with StandIn(lambda _received: complete(build_draft().model_dump_json())) as stand_in:
        settings = Settings.model_validate(
            {
                "OPENAI_BASE_URL": stand_in.base_url, "OPENAI_API_KEY": "sk-secret", "model": "m",
                "rpm": rpm, "database_url": f"sqlite:///{path}",
            }
        )  # fmt: skip
        async with open_workbench(settings) as workbench:
            await workbench.pipeline.summarize(build_article())

    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM pace").fetchall()
    assert names == ([(f"{stand_in.base_url} m",)] if rpm else [])
