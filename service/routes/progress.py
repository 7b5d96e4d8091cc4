"""A reading told as it goes: server-sent events.

Owns the events and their order. Source: HTML Living Standard, 9.2 (server-sent events).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from schemas.article import Article
from schemas.reading import Progress
from service.errors import DefectError, ReadoutError, describe_problem
from service.pipeline import Pipeline, Served
from service.readers.protocol import Notify
from service.routes.answers import DEFECT, EVENT_TYPE, log_defect
from service.store import StoredSummary

KEEPALIVE_S = 15.0
"""Seconds without an event after which a comment shows that the connection lives."""
EVENT_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
"""A proxy shall pass each event on at once, and keep none."""

Read = Callable[[Notify], Awaitable[StoredSummary]]
"""Reads an article and tells how far it is."""


def wants_events(accept: str) -> bool:
    """Say whether a request's ``Accept`` header asks for events."""
    return EVENT_TYPE in accept.lower()


def stream_stored(stored: StoredSummary) -> EventSourceResponse:
    """Return the events of a summary that is there already: just ``done``."""

    async def tell() -> AsyncIterator[bytes]:
        yield _tell_done(stored)

    return EventSourceResponse(tell(), headers=EVENT_HEADERS)


def stream_reading(
    pipeline: Pipeline, article: Article, remember: Callable[[Served], None]
) -> EventSourceResponse:
    """Return the events of a reading, each as it happens.

    ``queued``, ``reading``, and ``reasking`` with its number of complaints as often as a reply
    is sent back; at last ``done`` with the summary or ``problem`` with the problem document.
    ``remember`` is told what is served.
    """

    async def read(notify: Notify) -> StoredSummary:
        served = await pipeline.summarize(article, notify)
        remember(served)
        return served.stored

    return EventSourceResponse(_tell(read), headers=EVENT_HEADERS)


async def _tell(start: Read) -> AsyncIterator[bytes]:
    news: asyncio.Queue[Progress | bytes] = asyncio.Queue()

    async def read() -> None:
        news.put_nowait(await _read_to_the_end(start, news.put_nowait))

    reading = asyncio.create_task(read())
    try:
        while not isinstance(one := await _wait(news), bytes):
            yield KEEPALIVE_COMMENT if one is None else _tell_progress(one)
        yield one
    finally:
        # Where the listener has left, the reading itself goes on: it belongs to nobody.
        reading.cancel()


async def _wait(news: asyncio.Queue[Progress | bytes]) -> Progress | bytes | None:
    try:
        async with asyncio.timeout(KEEPALIVE_S):
            return await news.get()
    except TimeoutError:
        return None


async def _read_to_the_end(start: Read, notify: Notify) -> bytes:
    """Return the last event; the status line has been sent, so that a failure becomes one too."""
    try:
        return _tell_done(await start(notify))
    except ReadoutError as error:
        return _tell_problem(error)
    except Exception as error:  # noqa: BLE001  # see above
        log_defect(error)
        return _tell_problem(DefectError(DEFECT))


def _tell_progress(progress: Progress) -> bytes:
    told = progress.model_dump_json(exclude={"stage"}, exclude_defaults=True)
    return format_sse_event(event=progress.stage, data_str=told)


def _tell_problem(error: ReadoutError) -> bytes:
    problem = describe_problem(error).model_dump_json(exclude_none=True)
    return format_sse_event(event="problem", data_str=problem)


def _tell_done(stored: StoredSummary) -> bytes:
    return format_sse_event(event="done", id=stored.id, data_str=stored.body.decode())
