"""The engine around an engine: a long article is read in parts, side by side.

Owns that every part is read as an article of its own, under its own key and stored at once, so that
what was read of a document is never paid for again: not after a failure, not for its next version.
A short article passes through as it is. Knows no reader and no database.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from schemas.article import Article
from schemas.reading import Reading, ReadingRequest
from schemas.summary import Summary
from service.crew import Job, work_off
from service.derivation import derive_summary
from service.engines import Engine, Made, list_notices
from service.errors import UNREACHABLE, AuthenticationError, ReaderError, ReadoutError
from service.flights import Flights
from service.parts.joining import (
    Joined,
    PartOutcome,
    derive_key,
    examine_parts,
    join_readings,
    merge_draft,
)
from service.parts.splitting import Part, split_article
from service.readers.protocol import Notify

_HALTING: tuple[type[ReadoutError], ...] = (*UNREACHABLE, AuthenticationError)
"""Failures that would meet every other part too: nothing is wrong with the part."""


class ReadingStore(Protocol):
    """Where readings are kept by their keys."""

    async def find_reading(self, key: str) -> Reading | None:
        """Return the reading of ``key``, ``None`` where there is none."""
        ...  # pragma: no cover

    async def save_reading(self, reading: Reading) -> None:
        """Store ``reading``, and settle the open calls of its key."""
        ...  # pragma: no cover

    async def settle_failure(self, key: str) -> None:
        """Note that no reading of ``key`` could be made."""
        ...  # pragma: no cover


class PartRequest(NamedTuple):
    """A part, and what is asked for it."""

    part: Part
    request: ReadingRequest


class SplitEngine:
    """Reads what is longer than ``part_chars`` in parts; anything else as its engine does."""

    def __init__(
        self, engine: Engine, store: ReadingStore, places: asyncio.Semaphore, *, part_chars: int
    ) -> None:
        """Read parts with ``engine``; ``places`` are all there are, of which the caller holds one.

        ``part_chars`` is the longest text that is read at once, in code points.
        """
        self._engine = engine
        self._store = store
        self._places = places
        self._part_chars = part_chars
        self._flights: Flights[Reading] = Flights()

    @property
    def stands_in(self) -> bool:
        """Say what the engine itself says."""
        return self._engine.stands_in

    def build_request(self, article: Article) -> ReadingRequest:
        """Return what is asked for ``article``; of a long one the key names all its parts."""
        asked = self.list_requests(article)
        if len(asked) == 1:
            return asked[0].request
        key = derive_key([(part, request.key) for part, request in asked])
        return self._engine.build_request(article).model_copy(update={"key": key})

    def list_requests(self, article: Article) -> list[PartRequest]:
        """Return what is asked for each part of ``article``, in order; one for a short one.

        Whoever stores a reading for each has it read: what is asked next is not sent.
        """
        parts = split_article(article, self._part_chars)
        return [PartRequest(part, self._engine.build_request(part.article)) for part in parts]

    async def read(self, request: ReadingRequest, article: Article, notify: Notify) -> Made:
        """Return the reading, put together from those of its parts, which are stored.

        A part that cannot be read for its own fault is missing in it, where another could be
        read: see ``Reading.is_partial``. Raises what the engine raises where none could be read;
        and where the fault is not the part's, so that the others are not asked for in vain.
        """
        if len(article.text) <= self._part_chars:
            return await self._engine.read(request, article, notify)
        asked = await asyncio.to_thread(self.list_requests, article)
        document = _Document(asked, partial(self._read_part, notify=notify))
        outcomes = await document.read(self._store, self._places)
        return await asyncio.to_thread(self._join, request.key, outcomes, article)

    async def _read_part(self, asked: PartRequest, notify: Notify) -> Reading:
        """Return the part's reading, stored; documents that share a part share the call.

        The store is asked within the flight, as ``service.pipeline`` does for whole articles: since
        it was looked for, the part may have been read for another document.
        """

        async def read(notify: Notify) -> Reading:
            known = await self._store.find_reading(asked.request.key)
            if known is not None:
                return known
            try:
                made = await self._engine.read(asked.request, asked.part.article, notify)
            except ReaderError:
                await self._store.settle_failure(asked.request.key)
                raise
            await self._store.save_reading(made.reading)
            return made.reading

        return (await self._flights.join(asked.request.key, read, notify)).result

    def _join(self, key: str, outcomes: Sequence[PartOutcome], article: Article) -> Made:
        reading = join_readings(key, outcomes)
        joined = examine_parts(reading.parts, article)
        reading = merge_draft(reading, joined.examination)
        return Made(reading, partial(self._derive, reading, joined))

    async def _derive(self, reading: Reading, joined: Joined, article: Article) -> Summary:
        context = joined.context._replace(article=article)
        notices = list_notices(stands_in=self.stands_in)
        return await asyncio.to_thread(
            derive_summary, reading, context, joined.examination, notices
        )


class _Document:
    """A long article that is being read."""

    def __init__(
        self, asked: Sequence[PartRequest], read_part: Callable[[PartRequest], Awaitable[Reading]]
    ) -> None:
        self._asked = asked
        self._read_part = read_part
        self._results: dict[int, Reading | ReaderError] = {}
        self._jobs: deque[Job] = deque()
        self._halt: ReadoutError | None = None

    async def read(self, store: ReadingStore, places: asyncio.Semaphore) -> list[PartOutcome]:
        """Return what came of each part: what is stored as it is, the others read now."""
        for at, one in enumerate(self._asked):
            known = await store.find_reading(one.request.key)
            if known is None:
                self._jobs.append(partial(self._read, at))
            else:
                self._results[at] = known
        await work_off(self._jobs, places)
        self._check()
        return [
            PartOutcome(part, request.key, self._results[at])
            for at, (part, request) in enumerate(self._asked)
        ]

    async def _read(self, at: int) -> None:
        try:
            self._results[at] = await self._read_part(self._asked[at])
        except _HALTING as error:
            self._halt = self._halt or error
            self._jobs.clear()
        except ReaderError as error:
            self._results[at] = error

    def _check(self) -> None:
        """Raise what keeps the parts that were read from being served."""
        failures = [one for one in self._results.values() if isinstance(one, ReaderError)]
        count = len(self._results) - len(failures)
        if self._halt is not None:
            kept = f"{count} of the article's {len(self._asked)} parts are read and kept"
            raise _extend(self._halt, f"{kept}; send it again to read the others") from self._halt
        if not count:
            none = f"so it went with each of the article's {len(self._asked)} parts"
            raise _extend(failures[0], none) from failures[0]


def _extend(error: ReadoutError, told: str) -> ReadoutError:
    """Return an error of the same kind and facts, which tells more."""
    message = f"{error}; {told}"
    if isinstance(error, ReaderError):
        return type(error)(message, attempts=error.attempts, retry_after_s=error.retry_after_s)
    return type(error)(message)
