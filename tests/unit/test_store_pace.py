"""Who calls an endpoint waits for its turn, with all others that call it."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio

from service.errors import StoreBusyError
from service.store import PaceLimits, SharedPace, open_store
from service.store.backend import Result, Work
from service.store.database import Database
from service.store.pace import LOOK_S
from service.store.sqlite import open_sqlite
from service.store.turns import PaceRow
from tests.unit.data_pace import FakeTime
from tests.unit.data_store import ROOT, connect, name_url

ONE_A_SECOND = PaceLimits(requests=60)
STEPS = 60
"""Turns of the event loop after which a caller leaves, from 0 up to this."""
PROCESSES = 2
TURNS = 40
"""Turns that each process takes."""

TAKE_TURNS = """
import json, sys
from sqlalchemy import create_engine, text
from service.store.turns import Ask, PaceLimits, PaceRow

engine = create_engine(f"sqlite:///{sys.argv[1]}", connect_args={"timeout": 60})
row = PaceRow("x m", PaceLimits(requests=6_000_000, tokens=60))
input()
for _ in range(int(sys.argv[2])):
    with engine.begin() as connection:
        row.take_turn(connection, Ask(1))
        print(connection.scalar(text("SELECT turn_s FROM pace")))
"""


class CountingDatabase(Database):
    """A database that counts how often it is asked."""

    asked = 0

    async def read(self, work: Work[Result]) -> Result:
        self.asked += 1
        return await super().read(work)

    async def write(self, work: Work[Result]) -> Result:
        self.asked += 1
        return await super().write(work)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the test's database is."""
    return tmp_path / "readout.db"


async def make_store(path: Path) -> None:
    """Make a database with all tables."""
    async with open_store(name_url(path)):
        pass


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[CountingDatabase]:
    """Open a database with all tables, whose locks are not waited for."""
    await make_store(path)
    opened = CountingDatabase(open_sqlite(name_url(path), busy_timeout_s=0))
    yield opened
    await opened.close()


@pytest.fixture
def time() -> FakeTime:
    """Return a clock that stands still."""
    return FakeTime()


def open_pace(database: Database, time: FakeTime, limits: PaceLimits) -> SharedPace:
    """Return the pace of one process; several of one database are several processes."""
    return SharedPace(database, PaceRow("x m", limits, time.shared), time.timing)


async def note(pace: SharedPace, time: FakeTime, tokens: int = 0) -> float:
    """Return when the request was admitted, in seconds since the beginning."""
    await pace.admit(tokens)
    return time.passed_s


async def test_who_asked_first_is_admitted_first(
    database: CountingDatabase, time: FakeTime
) -> None:
    """Nobody waits for ever, and nobody asks again and again."""
    pace = open_pace(database, time, ONE_A_SECOND)

    admitted = await asyncio.gather(*(note(pace, time) for _ in range(5)))

    assert (admitted, database.asked) == ([0, 1, 2, 3, 4], 5)


async def test_two_processes_share_one_limit(database: CountingDatabase, time: FakeTime) -> None:
    """The endpoint does not know how many there are."""
    paces = [open_pace(database, time, ONE_A_SECOND) for _ in range(2)]

    assert [await note(paces[at % 2], time) for at in range(6)] == [0, 1, 2, 3, 4, 5]


async def test_processes_without_a_database_in_common_know_nothing_of_each_other(
    database: CountingDatabase, time: FakeTime
) -> None:
    """Another model's row is another limit."""
    mine = open_pace(database, time, ONE_A_SECOND)
    other = SharedPace(database, PaceRow("x n", ONE_A_SECOND, time.shared), time.timing)

    assert [await note(mine, time), await note(other, time)] == [0, 0]


async def test_without_a_limit_the_database_is_asked_once_a_second(
    database: CountingDatabase, time: FakeTime
) -> None:
    """It costs a thousand times what the rest of an admission does."""
    pace = open_pace(database, time, PaceLimits())

    for _ in range(50):
        await pace.admit(1_000)
    asked_at_once = database.asked
    time.now_s += LOOK_S
    await pace.admit(1_000)

    assert (asked_at_once, database.asked) == (1, 2)


@pytest.mark.parametrize("limits", [PaceLimits(), PaceLimits(requests=60_000)])
async def test_a_cooldown_holds_in_every_process(
    database: CountingDatabase, time: FakeTime, limits: PaceLimits
) -> None:
    """A storm of retries is as good as none where it comes from two machines."""
    mine, other = (open_pace(database, time, limits) for _ in range(2))

    await mine.cool_down(20)

    admitted = await asyncio.gather(*(note(other, time) for _ in range(3)))
    assert [round(one) for one in [*admitted, await note(mine, time)]] == [20, 20, 20, 20]


async def test_a_cooldown_that_is_known_a_second_late_holds_from_then_on(
    database: CountingDatabase, time: FakeTime
) -> None:
    """That is what it costs not to look at every call."""
    mine, other = (open_pace(database, time, PaceLimits()) for _ in range(2))
    await other.admit(0)
    await mine.cool_down(20)

    at_once = await note(other, time)
    time.now_s += LOOK_S

    assert (at_once, await note(other, time)) == (0, 20)


async def test_who_waits_for_a_turn_waits_for_a_cooldown_that_comes_meanwhile(
    database: CountingDatabase, time: FakeTime
) -> None:
    """Its turn was reckoned before; those behind it come one after the other, too."""
    pace = open_pace(database, time, ONE_A_SECOND)
    waiting = [asyncio.ensure_future(note(pace, time)) for _ in range(3)]
    await waiting[0]

    await pace.cool_down(30)

    assert await asyncio.gather(*waiting[1:]) == [30, 31]


async def test_who_leaves_from_behind_has_taken_nothing(
    database: CountingDatabase, time: FakeTime
) -> None:
    """A client that hangs up must not slow the others down."""
    pace = open_pace(database, time, ONE_A_SECOND)
    waiting = [asyncio.ensure_future(note(pace, time)) for _ in range(5)]
    for task in waiting[1:4]:
        task.cancel()

    assert [await waiting[0], await waiting[4]] == [0, 1]


async def test_the_turn_of_one_who_leaves_is_the_next_ones(
    database: CountingDatabase, time: FakeTime
) -> None:
    """Wherever it was: before the turn was taken, while it was, or while it waited."""
    for steps in range(STEPS):
        row = PaceRow(f"x {steps}", ONE_A_SECOND, time.shared)
        pace, start_s = SharedPace(database, row, time.timing), time.passed_s
        await pace.admit(0)
        leaving, staying = (asyncio.ensure_future(note(pace, time)) for _ in range(2))
        for _ in range(steps):
            await asyncio.sleep(0)
        if leaving.cancel():
            assert await staying - start_s == pytest.approx(1, abs=1e-3), steps


async def test_a_turn_that_nobody_came_for_has_lapsed(
    database: CountingDatabase, time: FakeTime
) -> None:
    """Kept for later it would come on top of what is allowed then."""
    pace = open_pace(database, time, ONE_A_SECOND)
    leaving = asyncio.ensure_future(pace.admit(0))
    await asyncio.sleep(0)
    assert pace._taking
    leaving.cancel()
    await pace._taking
    time.now_s += 100

    assert [await note(pace, time) for _ in range(2)] == [100, 101]


async def test_the_next_one_pays_for_its_own_size(
    database: CountingDatabase, time: FakeTime
) -> None:
    """It takes over a turn that was taken for fewer tokens; the rest is owed."""
    pace = open_pace(database, time, PaceLimits(tokens=60))
    await pace.admit(1)
    leaving, staying = (asyncio.ensure_future(note(pace, time, tokens)) for tokens in (1, 10))
    await asyncio.sleep(0)
    assert pace._taking
    leaving.cancel()

    assert (await staying, await note(pace, time, 1)) == (1, 11)


async def test_what_a_reply_took_counts_with_the_next_request(
    database: CountingDatabase, time: FakeTime
) -> None:
    """The estimate knows nothing of the length of a reply."""
    pace = open_pace(database, time, PaceLimits(tokens=60))
    await pace.admit(1)
    asked = database.asked

    pace.settle(9)

    assert database.asked == asked
    assert await note(pace, time, 1) == 10


async def test_what_is_owed_at_the_end_counts_for_the_others(
    database: CountingDatabase, time: FakeTime
) -> None:
    """A command that reads one article and ends must not be cheaper than it was."""
    mine, other = (open_pace(database, time, PaceLimits(tokens=60)) for _ in range(2))
    await mine.admit(1)
    mine.settle(9)

    await mine.close()

    assert await note(other, time, 1) == 10


async def test_without_a_limit_of_tokens_nothing_is_owed(
    database: CountingDatabase, time: FakeTime
) -> None:
    """To write what nobody asks for costs a lock."""
    pace = open_pace(database, time, ONE_A_SECOND)
    pace.settle(9)

    await pace.close()

    assert (pace.counts_tokens, database.asked) == (False, 0)


async def test_a_locked_database_is_told_and_costs_no_turn(
    database: CountingDatabase, time: FakeTime, path: Path
) -> None:
    """Nothing is sent past a limit that cannot be looked up, nor owed twice."""
    pace = open_pace(database, time, PaceLimits(tokens=60))
    await pace.admit(1)
    pace.settle(9)
    with connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError):
            await pace.admit(1)
        other.execute("ROLLBACK")

    assert await note(pace, time, 1) == 10


async def test_a_cooldown_that_cannot_be_written_holds_in_this_process(
    database: CountingDatabase, time: FakeTime, path: Path
) -> None:
    """The call that failed has its own error to tell."""
    pace = open_pace(database, time, ONE_A_SECOND)
    with connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        await pace.cool_down(20)
        other.execute("ROLLBACK")

    assert await note(pace, time) == 20


def test_real_processes_on_one_file_take_turns_exactly(path: Path) -> None:
    """None is given twice and none is left out: they come a second apart."""
    asyncio.run(make_store(path))
    command = [sys.executable, "-c", TAKE_TURNS, str(path), str(TURNS)]
    running = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(PROCESSES)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    turns = [float(line) for process in running for line in process.communicate()[0].split()]

    gaps = [later - earlier for earlier, later in pairwise(sorted(turns))]
    assert len(turns) == PROCESSES * TURNS
    assert gaps == pytest.approx([1.0] * len(gaps), abs=1e-3)
