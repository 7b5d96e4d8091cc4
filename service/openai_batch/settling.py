"""One reading of a batch, as far as it goes now.

Owns what an error in place of a reply means for the reading: whether it ends it, as it would have
online, or whether the same is asked again.
"""

from typing import NamedTuple

from schemas.openai_batch import BatchFault, BatchLine
from service.errors import (
    ContentFilterError,
    DefectError,
    EndpointRequestError,
    ReaderError,
    ReadoutError,
    StoreError,
)
from service.openai_batch.conversations import Due, summarize_as
from service.openai_batch.desk import BatchDesk
from service.pipeline import Served
from service.readers.llm.batch_answers import explain_error

_FINAL = (EndpointRequestError, ContentFilterError)
"""Errors that the same request would meet again. Online, a re-ask that ends so leaves the best
draft that there is; all others (limits, quota, key, overload, expiry) are not its fault."""
_SENT_BACK = "the reply does not hold in all; it is to be sent back"


class Outcome(NamedTuple):
    """What became of one reading."""

    model: str
    """The model that was asked."""
    summaries: int = 0
    """Its articles that have a summary."""
    was_read: bool = False
    """Whether the reading was made now."""
    due: Due | None = None
    """The call that it lacks, to be made in another batch."""
    is_waiting: bool = False
    """Whether that call is in another batch already."""
    faults: tuple[BatchFault, ...] = ()


class Settling:
    """Takes the readings of a store's lines as far as they go."""

    def __init__(self, desk: BatchDesk) -> None:
        """Work with ``desk``."""
        self._desk = desk

    async def settle(self, key: str) -> Outcome:
        """Return what became of the line ``key``; raise ``StoreError`` only."""
        line = await self._desk.store.openai_batches.find_line(key)
        assert line is not None, "only lines of the store are settled"
        try:
            return await self._settle(line)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # one of many, and all others are paid for too
            defect = DefectError(
                f"Readout failed at this article ({type(error).__name__}); please report it"
            )
            return _fail(line, defect)

    async def _settle(self, line: BatchLine) -> Outcome:
        error = await self._explain(line.request.key)
        failure = error if isinstance(error, _FINAL) else None
        try:
            step = await self._advance(line, failure)
        except ReaderError as failed:
            return await self._go_on(line, failed)
        if isinstance(step, Outcome):
            return step
        return await self._go_on(line, error)

    async def _explain(self, key: str) -> ReaderError | None:
        written = await self._desk.store.openai_batches.find_error(key)
        return None if written is None else explain_error(written)

    async def _advance(self, line: BatchLine, failure: ReaderError | None) -> Outcome | Due:
        was_read = False
        for one in line.articles:
            step = await self._desk.conversations.advance(line.request, one.article, failure)
            if isinstance(step, Due):
                return step
            was_read |= _was_read(step)
        return Outcome(line.request.model, len(line.articles), was_read=was_read)

    async def _go_on(self, line: BatchLine, error: ReaderError | None) -> Outcome:
        """Ask at once, or say what is to be asked in another batch; ``error``: what went wrong."""
        key = line.request.key
        if await self._desk.store.openai_batches.find_waiting([key]):
            return Outcome(line.request.model, is_waiting=True)
        if self._desk.online is not None:
            return await self._read_online(line)
        if isinstance(error, EndpointRequestError):
            return _fail(line, error)
        due = await self._advance(line, None)
        if isinstance(due, Outcome):
            return due
        message = str(error) if error else _SENT_BACK
        return _fail(line, message)._replace(due=due)

    async def _read_online(self, line: BatchLine) -> Outcome:
        assert self._desk.online is not None
        try:
            served = [
                await summarize_as(line.request, one.article, self._desk.online, self._desk.store)
                for one in line.articles
            ]
        except StoreError:
            raise
        except ReadoutError as error:
            return _fail(line, error)
        was_read = any(map(_was_read, served))
        return Outcome(line.request.model, len(served), was_read=was_read)


def _was_read(served: Served) -> bool:
    return served.origin == "read"


def _fail(line: BatchLine, error: ReadoutError | str) -> Outcome:
    faults = tuple(BatchFault(name=one.name, message=str(error)) for one in line.articles)
    return Outcome(line.request.model, faults=faults)
