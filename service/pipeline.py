"""The straight line: article, request, reading, summary, stored bytes.

Owns the order of the stages, and that nothing is asked twice: what is stored is not read
again, and what is being read is not read beside it. What it needs of an engine is a protocol;
it knows no reader, no endpoint, no file and no setting.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple

from schemas.article import Article
from schemas.reading import Progress, ReadingRequest
from service.derivation import derive_id
from service.engines import Derive, Engine, derive_anew
from service.errors import UNREACHABLE, BusyError, ReaderError, ReadoutError
from service.flights import Flights
from service.readers.protocol import Notify, ignore_progress
from service.store import Store, StoredSummary


class Served(NamedTuple):
    """A summary as it is stored, and what it took to have it."""

    stored: StoredSummary
    origin: Literal["stored", "derived", "read"]
    """``stored`` as it was, ``derived`` from a stored reading, or ``read`` now."""
    joined: bool = False
    """Whether it was read for another caller, who had asked just before."""
    stood_in: bool = False
    """Whether a reader read it that only stands in."""
    is_partial: bool = False
    """Whether a part of a long article could not be read."""

    @property
    def may_improve(self) -> bool:
        """Say whether the same request may be answered better, and is to be asked again."""
        return self.stood_in or self.is_partial


class Limits(NamedTuple):
    """How many readings there may be at once."""

    reading: int
    """Most that are read at the same time."""
    waiting: int
    """Most that wait for their turn; one more is refused."""


class _Asked(NamedTuple):
    engine: Engine
    request: ReadingRequest


class _Found(NamedTuple):
    derive: Derive
    origin: Literal["derived", "read"]
    """Whether the reading was stored or had to be made."""
    stood_in: bool = False
    is_partial: bool = False


class Pipeline:
    """Summarizes articles with one store, by engines of which one is asked; for one event loop."""

    def __init__(
        self,
        engines: Sequence[Engine],
        store: Store,
        limits: Limits,
        places: asyncio.Semaphore | None = None,
    ) -> None:
        """Read with the first of ``engines``, with each other where none before it can be reached.

        What is stored of any of them is served, that of the first rather than of the next; but
        not of one that only stands in. ``places`` are those of ``limits.reading``, where an engine
        takes some of them too; a reading holds one of them from the beginning.
        """
        self._engines = tuple(engines)
        self._store = store
        self._limits = limits
        self._places = places or asyncio.Semaphore(limits.reading)
        self._waiting = 0
        self._readings: Flights[_Found] = Flights()
        self._summaries: Flights[Served] = Flights()

    async def summarize(self, article: Article, notify: Notify = ignore_progress) -> Served:
        """Return the summary of ``article``, stored; without a call where its reading is.

        Who asks for what is being read waits for the same reading; a caller who leaves stops
        nothing. Raises ``ReaderError`` where no draft was to be had, ``BusyError`` where too
        many wait, ``StoreError`` where the store fails, and ``NoEndpointError``.
        """
        # What takes CPU goes to a thread: others are served meanwhile.
        asked = await asyncio.to_thread(self._ask_all, article)
        for request in _list_lasting(asked):
            stored = await self._store.find_summary(derive_id(request.key, article))
            if stored is not None:
                return Served(stored, "stored")

        async def make(notify: Notify) -> Served:
            return await self._make(article, asked, notify)

        flight = derive_id(asked[0].request.key, article)
        served, joined = await self._summaries.join(flight, make, notify)
        return served._replace(joined=served.joined or (joined and served.origin == "read"))

    def identify(self, article: Article) -> str:
        """Return the id of the summary that is wanted first; takes a millisecond of CPU.

        It differs whenever reader, model, prompt or a rule of checking does.
        """
        return derive_id(self._engines[0].build_request(article).key, article)

    async def is_known(self, article: Article) -> bool:
        """Say whether ``article`` can be summarized without a call."""
        asked = await asyncio.to_thread(self._ask_all, article)
        for request in _list_lasting(asked):
            if await self._store.find_summary(derive_id(request.key, article)) is not None:
                return True
            if await self._store.find_reading(request.key) is not None:
                return True
        return False

    async def drain(self) -> None:
        """Wait until every reading in flight is finished and stored."""
        await self._summaries.drain()

    def _ask_all(self, article: Article) -> list[_Asked]:
        return [_Asked(engine, engine.build_request(article)) for engine in self._engines]

    async def _make(self, article: Article, asked: Sequence[_Asked], notify: Notify) -> Served:
        async def find(notify: Notify) -> _Found:
            return await self._find(article, asked, notify)

        found, joined = await self._readings.join(asked[0].request.key, find, notify)
        stored = await self._store.save_summary(await found.derive(article))
        joined = joined and found.origin == "read"
        return Served(stored, found.origin, joined, found.stood_in, found.is_partial)

    async def _find(self, article: Article, asked: Sequence[_Asked], notify: Notify) -> _Found:
        """Return the stored reading, or make it.

        The store is asked within the flight: between a look into it and a flight begun after
        that, another flight could have landed, and the article would be paid for again.
        """
        for request in _list_lasting(asked):
            known = await self._store.find_reading(request.key)
            if known is not None:
                return _Found(partial(derive_anew, known), "derived")
        await self._take_place(notify)
        try:
            notify(Progress(stage="reading"))
            return await self._read_in_turn(article, asked, notify)
        finally:
            self._places.release()

    async def _read_in_turn(
        self, article: Article, asked: Sequence[_Asked], notify: Notify
    ) -> _Found:
        """Return the reading of the first engine that can be reached."""
        unreachable: ReadoutError | None = None
        for one in asked:
            try:
                return await self._read(article, one, notify)
            except UNREACHABLE as error:
                unreachable = unreachable or error
            except ReaderError:
                # Where a stand-in fails, it is as if there was none: come back later.
                if unreachable is None or not one.engine.stands_in:
                    raise
        assert unreachable is not None
        raise unreachable

    async def _read(self, article: Article, asked: _Asked, notify: Notify) -> _Found:
        """Return the reading, stored; its replies are in the books whatever comes of them."""
        engine, request = asked
        try:
            made = await engine.read(request, article, notify)
        except ReaderError:
            await self._store.settle_failure(request.key)
            raise
        await self._store.save_reading(made.reading)
        return _Found(made.derive, "read", engine.stands_in, made.reading.is_partial)

    async def _take_place(self, notify: Notify) -> None:
        if self._places.locked() and self._waiting >= self._limits.waiting:
            raise BusyError(
                f"{self._waiting:,} readings are waiting already, as many as are taken; "
                "come back later"
            )
        notify(Progress(stage="queued"))
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1


def _list_lasting(asked: Sequence[_Asked]) -> list[ReadingRequest]:
    """Return the requests whose answers are served again, the best first."""
    return [request for engine, request in asked if not engine.stands_in]
