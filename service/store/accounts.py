"""The accounts: how a reply that was paid for gets into the books, and is not lost on the way.

Owns the patience with a locked database, and the order of database and memory: what cannot be
written is held, recalled when it is asked for, and written with the next change of its key.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection

from schemas.reading import PaidReply, Reading
from service.errors import StoreBusyError, StoreError
from service.store import books
from service.store.backend import Work
from service.store.database import Database
from service.store.unkept import Arrival, Unkept

KEEP_PATIENCE_S = 180.0
"""Seconds for which a reply is tried to be kept in a locked database: a reply has cost money, and
a backup or a batch of another process is over by then. Each try waits for the lock by itself."""
PAUSE_S = 0.2
"""Seconds between two tries, for the case that SQLite refuses at once instead of waiting."""


async def _pause() -> None:
    await asyncio.sleep(PAUSE_S)


class Patience(NamedTuple):
    """How long a locked database is put up with, once a reply is there."""

    limit_s: float = KEEP_PATIENCE_S
    """Seconds after which no further try begins; there is always one."""
    pause: Callable[[], Awaitable[None]] = _pause
    """Waits between two tries."""


class Account:
    """The books of one reading: ``service.readers.protocol.Account``.

    Not to be shared: of the calls that are entered, a reply answers the last.
    """

    def __init__(self, accounts: "Accounts", key: str, recalled: Sequence[PaidReply]) -> None:
        """Keep what is paid for the reading ``key``."""
        self._accounts = accounts
        self._key = key
        self._recalled = tuple(recalled)
        self._entry: int | None = None

    @property
    def recalled(self) -> Sequence[PaidReply]:
        """Replies that were paid for before and not made use of, the oldest first."""
        return self._recalled

    async def enter(self) -> None:
        """Commit that a call is about to be made; ``StoreError`` where that cannot be done.

        A reply is some kilobytes more than an entry. That the entry is on disk is proof enough
        to pay for it.
        """
        self._entry = await self._accounts.enter(self._key)

    async def keep(self, reply: PaidReply) -> None:
        """Have ``reply`` on disk when this returns; ``StoreError`` where that cannot be done.

        A locked database is tried for some minutes. What cannot be kept is held in memory, and
        recalled by the next account of its key. Token counts and milliseconds that no column
        holds are kept as the highest one: ``books.MAX_NUMBER``.
        """
        arrival, self._entry = Arrival(self._entry, reply), None
        await self._accounts.keep(arrival)


class Accounts:
    """All accounts of one store; for one event loop."""

    def __init__(self, database: Database, patience: Patience) -> None:
        """Keep the books of ``database``, and try again for as long as ``patience`` says."""
        self._database = database
        self._patience = patience
        self._unkept = Unkept()
        # Nobody may look at the memory while what it holds is on its way to the disk.
        self._changing = asyncio.Lock()

    async def open(self, key: str) -> Account:
        """Open the books of the reading ``key``, with the replies that are still open.

        ``StoreError`` where one of these cannot be parsed.
        """
        if not self._unkept.find(key):
            return Account(self, key, await books.find_open_replies(self._database, key))
        async with self._changing:
            kept = await books.find_open_replies(self._database, key)
            held = [arrival.reply for arrival in self._unkept.find(key)]
        return Account(self, key, [*kept, *held])

    async def enter(self, key: str) -> int:
        """Return the committed entry of a call of the reading ``key``."""
        return await self._database.write(partial(books.insert_entry, key=key))

    async def keep(self, arrival: Arrival) -> None:
        """Keep ``arrival``, or hold it and raise ``StoreError``; to the end, also if cancelled."""
        await self._database.complete(self._keep(arrival))

    async def save_reading(self, reading: Reading) -> None:
        """Store ``reading``; replies of its key that are held come into the books with it."""
        work = partial(books.insert_reading, reading=reading)
        await self._database.complete(self._change(reading.key, then=work))

    async def settle_failure(self, key: str) -> None:
        """Note that no reading could be made; replies of ``key`` that are held are kept first."""
        work = partial(books.settle_calls, key=key, answered="unused")
        await self._database.complete(self._change(key, then=work))

    async def rescue(self) -> None:
        """Try once to keep all that is held; for when the database works again, or is closed."""
        for key in self._unkept.list_keys():
            try:
                await self._database.complete(self._change(key))
            except StoreBusyError:
                return  # each of the others would wait as long, and in vain
            except StoreError:
                continue

    async def _keep(self, arrival: Arrival) -> None:
        try:
            await self._try_to_keep(arrival)
        except StoreError:
            self._unkept.add(arrival)
            raise
        await self.rescue()

    async def _try_to_keep(self, arrival: Arrival) -> None:
        end = time.monotonic() + self._patience.limit_s
        while True:
            try:
                return await self._change(arrival.reply.key, arrived=arrival)
            except StoreBusyError:
                if time.monotonic() >= end:
                    raise
            await self._patience.pause()

    async def _change(
        self, key: str, *, arrived: Arrival | None = None, then: Work[None] | None = None
    ) -> None:
        """Put what is held of ``key``, and what ``arrived``, into the books, ``then`` do more.

        All of it in one transaction: a reply comes into the books once, or not at all.
        """
        arrivals = [] if arrived is None else [arrived]
        if not self._unkept.find(key):
            # Hardly ever is anything held; those who need not wait are written together.
            await self._database.write(partial(_put_replies, arrivals=arrivals, then=then))
            return
        async with self._changing:
            held = self._unkept.find(key)
            new = [one for one in arrivals if all(one.reply != known.reply for known in held)]
            await self._database.write(partial(_put_replies, arrivals=[*held, *new], then=then))
            self._unkept.drop(held)


def _put_replies(
    connection: Connection, arrivals: Sequence[Arrival], then: Work[None] | None
) -> None:
    for entry, reply in arrivals:
        books.put_reply(connection, entry, reply)
    if then is not None:
        then(connection)
