"""A Batch API: files up, batches made, files down.

Owns the SDK's calls for it, and what of a batch is told. Nothing is tried twice here: an upload or
a batch that was made all the same would be paid for again, and all else can simply be asked again.
Source: OpenAI API reference, "Files" and "Batch".
"""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import openai
from openai.types import Batch

from schemas.openai_batch import BatchProgress
from service.errors import InvalidReplyError
from service.readers.llm.faults import translate_fault
from service.showing import show

_ENDPOINT: Literal["/v1/chat/completions"] = "/v1/chat/completions"
_WINDOW: Literal["24h"] = "24h"
"""The only one that there is."""
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
"""What an id may be that is kept, shown, and put into an address or a file's name."""
_MAX_LISTED = 200
"""Batches, the newest first, among which one is looked for that was made unnoticed."""
_MAX_ERRORS_SHOWN = 3


class BatchFiles:
    """The Batch API of one endpoint; every method may raise a ``ReaderError``."""

    def __init__(self, client: openai.AsyncOpenAI) -> None:
        """Ask through ``client``."""
        self._client = client

    async def upload(self, path: Path) -> str:
        """Upload a file of requests; return its id. ``OSError`` where it cannot be read."""
        with path.open("rb") as file, _translate():
            uploaded = await self._client.files.create(file=(path.name, file), purpose="batch")
        return _check_id(uploaded.id)

    async def create(self, upload: str) -> BatchProgress:
        """Have the uploaded file read; from now on it costs money."""
        with _translate():
            batch = await self._client.batches.create(
                input_file_id=upload, endpoint=_ENDPOINT, completion_window=_WINDOW
            )
        return _tell(batch)

    async def find_batch(self, upload: str) -> BatchProgress | None:
        """Return the batch that was made of an upload; ``None`` where there is none."""
        seen = 0
        with _translate():
            async for batch in self._client.batches.list(limit=100):
                if batch.input_file_id == upload:
                    return _tell(batch)
                seen += 1
                if seen >= _MAX_LISTED:
                    break
        return None

    async def find_progress(self, batch_id: str) -> BatchProgress:
        """Return how far a batch is."""
        with _translate():
            batch = await self._client.batches.retrieve(_check_id(batch_id))
        return _tell(batch)

    async def download(self, file_id: str) -> AsyncIterator[bytes]:
        """Yield the content of a file, piece by piece."""
        with _translate():
            async with self._client.files.with_streaming_response.content(file_id) as response:
                async for piece in response.iter_bytes(1 << 16):
                    yield piece


@contextmanager
def _translate() -> Iterator[None]:
    try:
        yield
    except (openai.OpenAIError, TimeoutError) as error:
        raise translate_fault(error) from error


def _tell(batch: Batch) -> BatchProgress:
    """Return what is to be known of ``batch``, of which the SDK validates nothing."""
    counts = batch.request_counts
    return BatchProgress(
        id=_check_id(batch.id),
        state=show(str(batch.status or "unknown")),
        total=_count(counts, "total"),
        completed=_count(counts, "completed"),
        failed=_count(counts, "failed"),
        output_file=batch.output_file_id and _check_id(batch.output_file_id),
        error_file=batch.error_file_id and _check_id(batch.error_file_id),
        message=_describe_errors(batch),
    )


def _count(counts: object, name: str) -> int:
    count = getattr(counts, name, None)
    return count if isinstance(count, int) else 0


def _describe_errors(batch: Batch) -> str | None:
    """Return the codes and lines of what is wrong with the file; the messages may repeat it."""
    errors = (batch.errors and batch.errors.data) or []
    told = []
    for error in errors[:_MAX_ERRORS_SHOWN]:
        place = f" in line {error.line}" if isinstance(error.line, int) else ""
        told.append(f"{show(str(error.code))}{place}")
    more = f", and {len(errors) - len(told):,} more" if len(errors) > len(told) else ""
    return ", ".join(told) + more if told else None


def _check_id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value) or value.startswith("."):
        raise InvalidReplyError(
            f"the id {show(str(value))} is none of a batch or file; see readout openai-batch status"
        )
    return value
