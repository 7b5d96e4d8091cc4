"""The books: readings, and every call that was made for one.

Owns the tables ``readings`` and ``calls``, and the states of a call. Knows nothing of summaries.
A call is *open* (begun, answered) until a reading was made of its key or has failed.
"""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Row, Select, Update, bindparam, insert, select, update

from schemas.reading import PaidReply, Reading, Usage
from service.store.database import Database
from service.store.faults import translate_damage
from service.store.tables import CallState, calls, readings
from service.store.upserts import insert_unless_there

MAX_NUMBER = 2**31 - 1
"""Highest number of a column of whole numbers: SQLite takes 64 bits, but PostgreSQL's ``integer``
has 32 (https://www.postgresql.org/docs/current/datatype-numeric.html), and sums must not overflow.
No call has as many tokens."""
_REPLY_COLUMNS = (
    calls.c.key,
    calls.c.response,
    calls.c.model,
    calls.c.input_tokens,
    calls.c.cached_input_tokens,
    calls.c.output_tokens,
    calls.c.cost_usd,
    calls.c.latency_ms,
    calls.c.received_at,
)
_ReplyRow = Row[*tuple[Any, ...]]


async def find_open_replies(database: Database, key: str) -> list[PaidReply]:
    """Return the replies of ``key`` that are still open, the oldest first.

    ``StoreError`` where one of these cannot be parsed.
    """
    rows = await database.read(partial(_select_open_replies, key=key))
    with translate_damage(database.label):
        return [_restore_reply(row) for row in rows]


async def find_reading(database: Database, key: str) -> Reading | None:
    """Return the reading, ``None`` where there is none; ``StoreError`` if it cannot be parsed."""
    body = await database.read(
        lambda connection: connection.scalar(_build_reading_query(), {"of_key": key})
    )
    if body is None:
        return None
    with translate_damage(database.label):
        return Reading.model_validate_json(zlib.decompress(body))


def insert_entry(connection: Connection, key: str) -> int:
    """Note that a call is about to be made for the reading ``key``; return its entry."""
    result = connection.execute(
        insert(calls), {"key": key, "state": "begun", "begun_at": datetime.now(UTC)}
    )
    assert result.inserted_primary_key is not None
    entry: int = result.inserted_primary_key.id
    return entry


def put_reply(connection: Connection, entry: int | None, reply: PaidReply) -> None:
    """Answer the call ``entry``; where it was not entered, or is gone, it is entered now."""
    counts = {**reply.usage.model_dump(), "latency_ms": reply.latency_ms}
    values = {
        "state": "answered",
        "received_at": reply.received_at,
        "model": reply.model,
        **{name: min(count, MAX_NUMBER) for name, count in counts.items()},
        "cost_usd": reply.cost_usd,
        "response": zlib.compress(reply.response.encode()),
    }
    result = connection.execute(_build_answer(), {"entry": entry, **values})
    if result.rowcount == 0:
        connection.execute(
            insert(calls), {"key": reply.key, "begun_at": reply.received_at, **values}
        )


def insert_reading(connection: Connection, reading: Reading) -> None:
    """Store ``reading`` unless there is one of its key; its open calls are settled either way."""
    values = {
        "key": reading.key,
        "engine": reading.engine,
        "model": reading.model,
        "prompt_version": reading.prompt_version,
        "created_at": reading.created_at,
        "cost_usd": reading.cost_usd,
        "body": zlib.compress(reading.model_dump_json().encode()),
    }
    insert_unless_there(connection, readings, values)
    settle_calls(connection, reading.key, answered="used")


def settle_calls(connection: Connection, key: str, *, answered: CallState) -> None:
    """Close the open calls of ``key``: replies become ``answered``, the others unanswered."""
    changes: dict[CallState, CallState] = {"answered": answered, "begun": "unanswered"}
    for before, after in changes.items():
        asked = {"of_key": key, "before": before, "state": after}
        connection.execute(_build_settling(), asked)


# Built once: that costs more than to run them.


@cache
def _build_answer() -> Update:
    return update(calls).where(calls.c.id == bindparam("entry"))


@cache
def _build_settling() -> Update:
    return update(calls).where(
        calls.c.key == bindparam("of_key"), calls.c.state == bindparam("before")
    )


def _select_open_replies(connection: Connection, key: str) -> Sequence[_ReplyRow]:
    return connection.execute(_build_open_replies_query(), {"of_key": key}).all()


@cache
def _build_reading_query() -> Select[bytes]:
    return select(readings.c.body).where(readings.c.key == bindparam("of_key"))


@cache
def _build_open_replies_query() -> Select[*tuple[Any, ...]]:
    return (
        select(*_REPLY_COLUMNS)
        .where(calls.c.key == bindparam("of_key"), calls.c.state == "answered")
        .order_by(calls.c.id)
    )


def restore_usage(row: _ReplyRow) -> Usage:
    """Return the tokens that ``row`` has in columns of their names."""
    return Usage(**{name: getattr(row, name) for name in Usage.model_fields})


def _restore_reply(row: _ReplyRow) -> PaidReply:
    return PaidReply(
        key=row.key,
        response=zlib.decompress(row.response).decode(),
        model=row.model,
        usage=restore_usage(row),
        cost_usd=row.cost_usd,
        latency_ms=row.latency_ms,
        received_at=row.received_at,
    )
