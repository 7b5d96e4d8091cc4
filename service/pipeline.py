"""The straight line: article, request, reading, summary, stored bytes.

Owns the order of the stages, and that nothing is asked twice: what is stored is not read
again, and what is being read is not read beside it. What it needs of a reader is a protocol;
it knows no endpoint, no file and no setting.
"""

import asyncio
from typing import Literal, NamedTuple

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Complaint, Progress, Reading, ReadingRequest
from service.checking.context import ArticleContext, build_context
from service.checking.examination import Examination, examine_draft
from service.derivation import derive_id, derive_summary
from service.errors import BusyError, ReaderError
from service.flights import Flights
from service.prompting import ReaderSpec, build_request
from service.readers.protocol import Notify, Reader, ignore_progress
from service.store import Store, StoredSummary


class Served(NamedTuple):
    """A summary as it is stored, and what it took to have it."""

    stored: StoredSummary
    origin: Literal["stored", "derived", "read"]
    """``stored`` as it was, ``derived`` from a stored reading, or ``read`` now."""
    joined: bool = False
    """Whether it was read for another caller, who had asked just before."""


class Limits(NamedTuple):
    """How many readings there may be at once."""

    reading: int
    """Most that are read at the same time."""
    waiting: int
    """Most that wait for their turn; one more is refused."""


class _Found(NamedTuple):
    reading: Reading
    examination: Examination | None
    """That of the reading's draft, where it was made on the way."""
    origin: Literal["derived", "read"]
    """Whether the reading was stored or had to be made."""


class Pipeline:
    """Summarizes articles with one reader and one store; for one event loop."""

    def __init__(self, reader: Reader, spec: ReaderSpec, store: Store, limits: Limits) -> None:
        """Read with ``reader``; ``spec`` is what of its configuration decides the answer."""
        self._reader = reader
        self._spec = spec
        self._store = store
        self._limits = limits
        self._places = asyncio.Semaphore(limits.reading)
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
        request = await asyncio.to_thread(build_request, article, self._spec)
        summary_id = derive_id(request.key, article)
        stored = await self._store.find_summary(summary_id)
        if stored is not None:
            return Served(stored, "stored")

        async def make(notify: Notify) -> Served:
            return await self._make(article, request, notify)

        served, joined = await self._summaries.join(summary_id, make, notify)
        return served._replace(joined=served.joined or (joined and served.origin == "read"))

    async def drain(self) -> None:
        """Wait until every reading in flight is finished and stored."""
        await self._summaries.drain()

    async def _make(self, article: Article, request: ReadingRequest, notify: Notify) -> Served:
        context = await asyncio.to_thread(build_context, article)

        async def find(notify: Notify) -> _Found:
            return await self._find(request, context, notify)

        found, joined = await self._readings.join(request.key, find, notify)
        summary = await asyncio.to_thread(derive_summary, found.reading, context, found.examination)
        stored = await self._store.save_summary(summary)
        return Served(stored, found.origin, joined and found.origin == "read")

    async def _find(
        self, request: ReadingRequest, context: ArticleContext, notify: Notify
    ) -> _Found:
        """Return the stored reading, or make it.

        The store is asked within the flight: between a look into it and a flight begun after
        that, another flight could have landed, and the article would be paid for again.
        """
        known = await self._store.find_reading(request.key)
        if known is not None:
            return _Found(known, None, "derived")
        await self._take_place(notify)
        try:
            notify(Progress(stage="reading"))
            return await self._read(request, context, notify)
        finally:
            self._places.release()

    async def _read(
        self, request: ReadingRequest, context: ArticleContext, notify: Notify
    ) -> _Found:
        """Return the reading, stored; its replies are in the books whatever comes of them."""
        examined: list[tuple[Draft, Examination]] = []

        def review(draft: Draft) -> list[Complaint]:
            examination = examine_draft(draft, context)
            examined.append((draft, examination))
            return examination.list_complaints()

        try:
            reading = await self._reader.read(request, review, notify)
        except ReaderError:
            await self._store.settle_failure(request.key)
            raise
        await self._store.save_reading(reading)
        taken = next((found for draft, found in examined if draft is reading.draft), None)
        return _Found(reading, taken, "read")

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
