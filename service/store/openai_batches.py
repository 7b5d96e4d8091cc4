"""OpenAI's Batch files as the store remembers them.

Owns the order of work on them: what was exported, submitted and imported. Statements on lines
stand in ``openai_batch_lines``.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from schemas.openai_batch import ENDED_STATES, BatchAnswer, BatchLine, SubmittedBatch
from service.store.database import Database
from service.store.faults import translate_damage
from service.store.openai_batch_lines import (
    Taken,
    find_error,
    find_known,
    find_packed_line,
    find_waiting,
    put_line,
    restore_line,
    take_answer,
)
from service.store.openai_batch_tables import batches, lines

UPLOADED = "uploaded"
"""The state of a file that no batch was made of yet."""
_MAX_VARIABLES = 500
"""Values in one statement: SQLite may have been built for 999."""
_COLUMNS = tuple(batches.c[name] for name in SubmittedBatch.model_fields)

Find = Callable[[Connection, Sequence[str]], set[str]]


class OpenAiBatches:
    """What was asked in files and what came back; every method may raise ``StoreError``."""

    def __init__(self, database: Database) -> None:
        """Stand on ``database``."""
        self._database = database

    async def put_lines(self, asked: Sequence[BatchLine], export_id: str) -> list[bool]:
        """Keep what is to be written to a file; say of each whether ``export_id`` has it first.

        The articles of a line that is known already are added to it.
        """

        def put(connection: Connection) -> list[bool]:
            return [put_line(connection, line, export_id) for line in asked]

        return await self._database.write(put)

    async def find_line(self, key: str) -> BatchLine | None:
        """Return the line ``key`` as it was exported; ``None`` where it never was."""
        packed = await self._database.read(partial(find_packed_line, key=key))
        if packed is None:
            return None
        with translate_damage(self._database.label):
            return restore_line(key, packed)

    async def find_waiting(self, keys: Sequence[str]) -> set[str]:
        """Return those of ``keys`` that wait for the answer of a batch."""
        return await self._collect(find_waiting, keys)

    async def find_known(self, keys: Sequence[str]) -> set[str]:
        """Return those of ``keys`` that were exported from here."""
        return await self._collect(find_known, keys)

    async def take(self, received: Sequence[BatchAnswer]) -> list[Taken]:
        """Take answers in, all or none, each once; say of each what became of it."""
        now = datetime.now(UTC)

        def take(connection: Connection) -> list[Taken]:
            return [take_answer(connection, answer, now) for answer in received]

        return await self._database.complete(self._database.write(take))

    async def find_error(self, key: str) -> str | None:
        """Return the error that was the last answer to ``key``; ``None`` if that was none."""
        error = await self._database.read(partial(find_error, key=key))
        if error is None:
            return None
        with translate_damage(self._database.label):
            return zlib.decompress(error).decode()

    async def note_upload(self, *, digest: str, file: str, upload: str) -> None:
        """Note that the file of that ``digest`` was uploaded, before a batch is made of it."""
        row = {"digest": digest, "file": file, "upload": upload, "state": UPLOADED}
        statement = insert(batches).values(**row, submitted_at=datetime.now(UTC))
        await self._database.write(lambda connection: connection.execute(statement))

    async def note_batch(self, *, upload: str, batch_id: str, state: str) -> None:
        """Note which batch was made of an upload."""
        chosen = update(batches).where(batches.c.upload == upload)
        statement = chosen.values(id=batch_id, state=state)
        await self._database.write(lambda connection: connection.execute(statement))

    async def note_lines(self, batch_id: str, keys: Sequence[str]) -> None:
        """Note that ``keys`` wait for the answer of the batch."""

        def note(connection: Connection) -> None:
            for some in _cut(keys):
                chosen = update(lines).where(lines.c.key.in_(some))
                connection.execute(chosen.values(batch_id=batch_id))

        await self._database.write(note)

    async def note_state(self, batch_id: str, state: str) -> None:
        """Note how far the batch is; where it failed as a whole, none of its lines waits."""

        def note(connection: Connection) -> None:
            chosen = update(batches).where(batches.c.id == batch_id)
            connection.execute(chosen.values(state=state))
            if state == "failed":
                freed = update(lines).where(lines.c.batch_id == batch_id)
                connection.execute(freed.values(batch_id=None))

        await self._database.write(note)

    async def list_batches(self, *, only_open: bool = False) -> list[SubmittedBatch]:
        """Return what was submitted, the oldest first; ``only_open``: what has not ended."""
        query = select(*_COLUMNS).where(batches.c.id.is_not(None)).order_by(batches.c.seq)
        if only_open:
            query = query.where(batches.c.state.not_in(ENDED_STATES))
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return [_restore_batch(row) for row in rows]

    async def find_submitted(self, digest: str) -> SubmittedBatch | None:
        """Return what was made last of the file of that ``digest``; ``None`` for nothing."""
        query = select(*_COLUMNS).where(batches.c.digest == digest).order_by(batches.c.seq.desc())
        row = await self._database.read(lambda connection: connection.execute(query).first())
        return None if row is None else _restore_batch(row)

    async def _collect(self, find: Find, keys: Sequence[str]) -> set[str]:
        def collect(connection: Connection) -> set[str]:
            return set().union(*(find(connection, some) for some in _cut(keys)))

        return await self._database.read(collect)


def _cut(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[at : at + _MAX_VARIABLES] for at in range(0, len(keys), _MAX_VARIABLES))


def _restore_batch(row: Row[Any]) -> SubmittedBatch:
    return SubmittedBatch.model_validate(row._asdict())
