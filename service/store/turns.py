"""Turns at an endpoint: one row for each, moved on by one statement.

Owns the table ``pace`` and the arithmetic of its limits, which runs in the database and by the
database's clock: the clocks of machines differ, and all who share a limit share that one. Knows
nothing of who waits, nor how.

The arithmetic is the generic cell rate algorithm, as virtual scheduling (ITU-T I.371, annex A), for
requests and tokens at once: a turn is the first instant at which both conform.
"""

from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Double,
    bindparam,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ReturningUpdate, Update
from sqlalchemy.sql.functions import FunctionElement

from service.store.tables import pace

BURST_S = 1.0
"""Seconds whose budget may be used at once after a pause, one request at least: vendors enforce a
limit per minute by the second. Hence at most 61 seconds' budget in any minute, and for 60 requests
a minute or fewer exactly what is set."""

Seconds = ColumnElement[float]
_INSTANTS = (pace.c.turn_s, pace.c.request_s, pace.c.token_s, pace.c.cooled_s)


class DatabaseClock(FunctionElement[float]):
    """The database's clock: seconds since 1970, as SQL."""

    type = Double()
    inherit_cache = True


@compiles(DatabaseClock, "sqlite")
def _compile_sqlite(_clock: DatabaseClock, _compiler: SQLCompiler, **_options: Any) -> str:  # noqa: ANN401  # SQLAlchemy's signature
    # `unixepoch('subsec')` is younger than the SQLite of some supported systems (3.42).
    return "((julianday('now') - 2440587.5) * 86400.0)"


@compiles(DatabaseClock, "postgresql")
def _compile_postgresql(_clock: DatabaseClock, _compiler: SQLCompiler, **_options: Any) -> str:  # noqa: ANN401  # as above
    # `now()` would be the transaction's beginning, from before the row was free.
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS double precision)"


class _Latest(FunctionElement[float]):
    """The greatest of its arguments."""

    type = Double()
    inherit_cache = True


@compiles(_Latest)
def _compile_latest(latest: _Latest, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # as above
    return f"greatest({compiler.process(latest.clauses, **options)})"


@compiles(_Latest, "sqlite")
def _compile_latest_sqlite(latest: _Latest, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401  # as above
    return f"max({compiler.process(latest.clauses, **options)})"


class PaceLimits(NamedTuple):
    """What a minute may hold, for all processes together; ``None`` is no limit."""

    requests: int | None = None
    tokens: int | None = None


class Ask(NamedTuple):
    """What a turn is asked for."""

    tokens: int
    """Tokens that the request is thought to take."""
    owed: int = 0
    """Tokens by which earlier requests took more than was thought; less, where negative."""


class PaceRow:
    """The row of one endpoint and model, and what is done to it within a transaction."""

    def __init__(self, name: str, limits: PaceLimits, now: Seconds | None = None) -> None:
        """Keep ``limits``; ``now`` gives the seconds since 1970 by the clock that all share."""
        self.name = name
        self.limits = limits
        self._now = DatabaseClock() if now is None else now
        self._requests = _Bucket.make(limits.requests)
        self._tokens = _Bucket.make(limits.tokens)
        # Built once: that costs more than to run it.
        self._move = self._build_move()

    def take_turn(self, connection: Connection, ask: Ask) -> float:
        """Reserve the next turn; return the seconds until then, 0 for at once.

        Turns come in the order in which they were taken, and after a cooldown. A request that is
        larger than what may be used at once waits until all of that is there, and who is next for
        the rest.
        """
        asked = {
            "token_debt": ask.owed * self._tokens.interval_s,
            "token_slack": self._tokens.find_slack(ask.tokens),
            "token_cost": ask.tokens * self._tokens.interval_s,
        }
        wait_s = connection.execute(self._move, asked).scalar_one_or_none()
        if wait_s is None:
            self._insert(connection)
            wait_s = connection.execute(self._move, asked).scalar_one()
        return max(0.0, float(wait_s))

    def settle(self, connection: Connection, owed: int) -> None:
        """Charge ``owed`` tokens, or credit them where negative."""
        charged = self._find(pace.c.token_s) + owed * self._tokens.interval_s
        connection.execute(self._build_change({pace.c.token_s: charged}))

    def cool_down(self, connection: Connection, seconds: float) -> None:
        """Let no turn come before ``seconds`` have passed."""
        self._insert(connection)
        until = _Latest(self._find(pace.c.cooled_s), self._now + seconds)
        connection.execute(self._build_change({pace.c.cooled_s: until}))

    def find_cooldown(self, connection: Connection) -> float:
        """Return the seconds for which it is still cooling down; 0 for not at all."""
        left = select(self._find(pace.c.cooled_s) - self._now).where(pace.c.name == self.name)
        return max(0.0, float(connection.scalar(left) or 0.0))

    def _build_move(self) -> ReturningUpdate[float]:
        """Return the statement that moves the row on to a turn, and tells how far off that is."""
        request_s = self._find(pace.c.request_s)
        token_s = self._find(pace.c.token_s) + bindparam("token_debt", type_=Double())
        conforming = []
        if self.limits.requests is not None:
            conforming.append(request_s - self._requests.find_slack(1))
        if self.limits.tokens is not None:
            conforming.append(token_s - bindparam("token_slack", type_=Double()))
        turn = _Latest(self._now, self._find(pace.c.cooled_s), *conforming)
        moved = {
            pace.c.turn_s: turn,
            pace.c.request_s: _Latest(request_s, turn) + self._requests.interval_s,
            pace.c.token_s: _Latest(token_s, turn) + bindparam("token_cost", type_=Double()),
        }
        return self._build_change(moved).returning(pace.c.turn_s - self._now)

    def _build_change(self, values: dict[Column[float], Seconds]) -> Update:
        """Return the statement that writes ``values``, and the other instants as they are now."""
        kept: dict[Column[float], Seconds] = {one: self._find(one) for one in _INSTANTS}
        written = {pace.c.told_s: self._now, **kept, **values}
        return update(pace).where(pace.c.name == self.name).values(written)

    def _find(self, instant: Column[float]) -> Seconds:
        """Return ``instant`` of the row, by the clock as it is now.

        A clock that has been set back takes all instants with it: otherwise everybody would wait
        until it shows again what it showed.
        """
        return instant - _Latest(pace.c.told_s - self._now, literal(0.0))

    def _insert(self, connection: Connection) -> None:
        """Make the row unless it is there: another process may have been faster."""
        statement = text(
            "INSERT INTO pace (name, told_s, turn_s, request_s, token_s, cooled_s) "
            "VALUES (:name, 0, 0, 0, 0, 0) ON CONFLICT (name) DO NOTHING"
        )
        connection.execute(statement, {"name": self.name})


class _Bucket(NamedTuple):
    """A limit as the algorithm has it: an increment for each unit, and a tolerance."""

    interval_s: float
    tolerance_s: float

    @classmethod
    def make(cls, limit: int | None) -> "_Bucket":
        """Return the bucket of ``limit`` units a minute; without a limit, units cost nothing."""
        if limit is None:
            return cls(0.0, 0.0)
        interval_s = 60.0 / limit
        return cls(interval_s, max(BURST_S, interval_s))

    def find_slack(self, units: int) -> float:
        """Return how long before the theoretical arrival a request of ``units`` may come."""
        return max(0.0, self.tolerance_s - units * self.interval_s)
