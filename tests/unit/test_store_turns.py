"""Turns come as late as the limits ask for, and no later."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.pool import StaticPool

from service.store.tables import pace
from service.store.turns import Ask, PaceLimits, PaceRow
from tests.unit.data_pace import START_S, TOLERANCE_S, FakeTime

_names = count()
LIMITS = st.integers(1, 100_000)
PAUSES = st.lists(st.one_of(st.just(0.0), st.floats(0, 90)), min_size=1, max_size=25)
SIZES = st.lists(st.integers(0, 5_000), min_size=25, max_size=25)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """Give a database in memory with the one table; each desk has a row of its own there."""
    made = create_engine("sqlite://", poolclass=StaticPool)
    pace.create(made)
    yield made
    made.dispose()


class Desk:
    """Where turns are taken; instants are seconds since the beginning."""

    def __init__(
        self, engine: Engine, *, requests: int | None = None, tokens: int | None = None
    ) -> None:
        self.time = FakeTime()
        self.engine = engine
        self.row = PaceRow(f"x {next(_names)}", PaceLimits(requests, tokens), self.time.shared)

    def take(self, tokens: int = 0, *, owed: int = 0) -> float:
        """Return when the next turn comes."""
        with self.engine.begin() as connection:
            wait_s = self.row.take_turn(connection, Ask(tokens, owed))
        return self.time.now_s + wait_s - START_S

    def take_each(self, pauses: Sequence[float], sizes: Sequence[int]) -> list[float]:
        """Return when turns come that are taken after ``pauses``, of ``sizes`` tokens."""
        turns = []
        for pause, size in zip(pauses, sizes, strict=False):
            self.time.now_s += pause
            turns.append(self.take(size))
        return turns

    def cool_down(self, seconds: float) -> None:
        with self.engine.begin() as connection:
            self.row.cool_down(connection, seconds)

    def find_cooldown(self) -> float:
        with self.engine.begin() as connection:
            return self.row.find_cooldown(connection)

    def settle(self, owed: int) -> None:
        with self.engine.begin() as connection:
            self.row.settle(connection, owed)


def near(*seconds: float) -> object:
    """Return what equals a list of these instants but for rounding."""
    return pytest.approx(list(seconds), abs=TOLERANCE_S)


def test_a_low_limit_spaces_requests_evenly(engine: Engine) -> None:
    """Sixty a minute are one a second, from the second one on."""
    desk = Desk(engine, requests=60)
    assert [desk.take() for _ in range(4)] == near(0, 1, 2, 3)


def test_a_high_limit_lets_a_seconds_budget_pass_at_once(engine: Engine) -> None:
    """Somebody who asks for three articles need not wait for the third."""
    desk = Desk(engine, requests=180)
    assert [desk.take() for _ in range(5)] == near(0, 0, 0, 1 / 3, 2 / 3)


def test_nothing_is_saved_up_beyond_that(engine: Engine) -> None:
    """An hour's rest does not make an hour's budget."""
    desk = Desk(engine, requests=180)
    desk.take()
    desk.time.now_s += 3_000

    assert [desk.take() - 3_000 for _ in range(4)] == near(0, 0, 0, 1 / 3)


@settings(max_examples=60)
@given(limit=LIMITS, pauses=PAUSES)
def test_no_window_holds_more_requests_than_the_limit_and_the_burst(
    engine: Engine, limit: int, pauses: list[float]
) -> None:
    """However they come: this is what the endpoint counts."""
    interval_s, burst = 60 / limit, max(1.0, limit / 60)
    desk = Desk(engine, requests=limit)
    turns = desk.take_each(pauses, [0] * len(pauses))

    for first, start in enumerate(turns):
        for last in range(first, len(turns)):
            most = burst + (turns[last] - start + TOLERANCE_S) / interval_s
            assert last - first + 1 <= most + TOLERANCE_S


@settings(max_examples=60)
@given(limit=LIMITS, pauses=PAUSES, sizes=SIZES)
def test_no_window_holds_more_tokens_than_the_limit_and_the_burst(
    engine: Engine, limit: int, pauses: list[float], sizes: list[int]
) -> None:
    """A request that is larger than the burst stands alone at the end of its window."""
    interval_s, burst = 60 / limit, max(1.0, limit / 60)
    desk = Desk(engine, tokens=limit)
    turns = desk.take_each(pauses, sizes)

    for first, start in enumerate(turns):
        for last, used in enumerate(accumulate(sizes[first : len(turns)]), start=first):
            most = max(burst, sizes[last]) + (turns[last] - start + TOLERANCE_S) / interval_s
            assert used <= most + TOLERANCE_S


@settings(max_examples=60)
@given(requests=LIMITS, tokens=LIMITS, pauses=PAUSES, sizes=SIZES)
def test_turns_come_in_the_order_of_asking(
    engine: Engine, requests: int, tokens: int, pauses: list[float], sizes: list[int]
) -> None:
    """A small request that overtakes would keep a large one waiting for ever."""
    desk = Desk(engine, requests=requests, tokens=tokens)
    turns = desk.take_each(pauses, sizes)

    assert all(later >= earlier - TOLERANCE_S for earlier, later in pairwise(turns))


@settings(max_examples=60)
@given(requests=LIMITS, tokens=LIMITS, pauses=PAUSES, sizes=SIZES)
def test_one_limit_is_kept_while_another_makes_wait(
    engine: Engine, requests: int, tokens: int, pauses: list[float], sizes: list[int]
) -> None:
    """What waits for tokens does not come together with those who waited for their request."""
    interval_s, burst = 60 / requests, max(1.0, requests / 60)
    desk = Desk(engine, requests=requests, tokens=tokens)
    turns = desk.take_each(pauses, sizes)

    for first, start in enumerate(turns):
        for last in range(first, len(turns)):
            most = burst + (turns[last] - start + TOLERANCE_S) / interval_s
            assert last - first + 1 <= most + TOLERANCE_S


def test_a_request_larger_than_a_minutes_budget_passes_from_a_full_bucket(
    engine: Engine,
) -> None:
    """Rather than never; who comes after it waits until it is paid off."""
    desk = Desk(engine, tokens=600)
    assert [desk.take(1), desk.take(6_000), desk.take(10)] == near(0, 0.1, 600.1)


def test_tokens_that_were_not_thought_of_make_wait(engine: Engine) -> None:
    """The endpoint counts them; ten a second are allowed, ten at once."""
    desk = Desk(engine, tokens=600)
    assert [desk.take(10), desk.take(10, owed=50)] == near(0, 6)


def test_tokens_that_were_not_used_are_given_back(engine: Engine) -> None:
    """A careful estimate must not halve the pace."""
    desk = Desk(engine, tokens=600)
    assert [desk.take(1_000), desk.take(10, owed=-950)] == near(0, 5)


def test_what_is_given_back_late_is_no_more_than_a_full_bucket(engine: Engine) -> None:
    """The bucket has filled meanwhile: a credit on top would be used twice."""
    desk = Desk(engine, tokens=600)
    desk.take(100)
    desk.time.now_s += 60

    turns = [desk.take(10, owed=-90), desk.take(10)]
    assert turns == near(60, 61)


def test_what_is_settled_makes_the_next_one_wait(engine: Engine) -> None:
    """Whoever ends leaves no debt behind that nobody knows of."""
    desk = Desk(engine, tokens=600)
    desk.take(10)
    desk.settle(50)

    assert desk.take(10) == pytest.approx(6, abs=TOLERANCE_S)


def test_nothing_comes_before_a_cooldown_ends_nor_all_at_once_after_it(engine: Engine) -> None:
    """Those who waited together would be turned away together."""
    desk = Desk(engine, requests=60)
    desk.cool_down(30)

    assert [desk.take() for _ in range(3)] == near(30, 31, 32)


def test_a_shorter_cooldown_does_not_end_a_longer_one(engine: Engine) -> None:
    """Two calls are told different things; the later end holds."""
    desk = Desk(engine, requests=60)
    desk.cool_down(30)
    desk.cool_down(3)

    assert desk.find_cooldown() == pytest.approx(30, abs=TOLERANCE_S)


def test_a_cooldown_that_nobody_asked_for_is_none(engine: Engine) -> None:
    """Also before there is a row."""
    desk = Desk(engine)
    assert desk.find_cooldown() == 0


def test_a_clock_that_is_set_back_makes_nobody_wait_for_it(engine: Engine) -> None:
    """A machine that once started in the year 2030 must not keep everybody until then."""
    desk = Desk(engine, requests=60, tokens=600)
    desk.take(10)
    desk.cool_down(30)
    desk.time.now_s -= 86_400

    assert desk.take(10) == pytest.approx(-86_400 + 30, abs=TOLERANCE_S)


def test_each_endpoint_and_model_has_its_own_row(engine: Engine) -> None:
    """Limits are a model's, and another model is not kept waiting."""
    desk = Desk(engine, requests=1)
    desk.take()
    desk.row = PaceRow("x other", PaceLimits(1), desk.time.shared)

    assert desk.take() == pytest.approx(0, abs=TOLERANCE_S)


def test_postgresql_gets_its_own_clock_and_greatest() -> None:
    """By `now()` a turn would be judged from before the row was free."""
    sql = str(PaceRow("x m", PaceLimits(1, 1))._move.compile(dialect=PGDialect()))  # type: ignore[no-untyped-call]  # SQLAlchemy annotates none

    assert "clock_timestamp()" in sql
    assert "greatest(" in sql
    assert "julianday" not in sql
