"""From files of requests to batches, and from batches to files of answers.

Owns that a file is paid for once: what was uploaded is in the store before a batch is made of it,
and a batch that was made unnoticed is found again. What is sent how is the endpoint's matter.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

from schemas.openai_batch import ENDED_STATES, BatchProgress, SubmittedBatch
from service.errors import BatchFileError
from service.json_parsing import JsonError, parse_json
from service.openai_batch.request_files import ENDPOINT, PartLimits
from service.readers.llm.batch_files import BatchFiles
from service.showing import show_path
from service.store import Store


class Inspected(NamedTuple):
    """A file of requests that may be submitted."""

    path: Path
    digest: str
    keys: list[str]


class BatchOffice:
    """Submits, watches and fetches the batches of one endpoint, with one store's memory."""

    def __init__(self, endpoint: BatchFiles, store: Store) -> None:
        """Ask ``endpoint``; remember in ``store``."""
        self._endpoint = endpoint
        self._batches = store.openai_batches

    async def submit(self, path: Path, *, again: bool = False) -> BatchProgress:
        """Have the file at ``path`` read as a batch.

        Raises ``BatchFileError`` for a file that is no file of requests, that this store did not
        export, or that was submitted already, except ``again``; ``OSError`` where it cannot be
        read; ``ReaderError`` where the endpoint does not take it; ``StoreError``.
        """
        file = await asyncio.to_thread(inspect_file, path)
        await self._check_known(file)
        earlier = await self._batches.find_submitted(file.digest)
        if earlier is not None and earlier.id is None:
            upload, made = earlier.upload, await self._endpoint.find_batch(earlier.upload)
        else:
            _check_new(file, earlier, again=again)
            upload, made = await self._upload(file), None
        batch = made or await self._endpoint.create(upload)
        await self._batches.note_batch(upload=upload, batch_id=batch.id, state=batch.state)
        await self._batches.note_lines(batch.id, file.keys)
        return batch

    async def _upload(self, file: Inspected) -> str:
        upload = await self._endpoint.upload(file.path)
        name = show_path(file.path)
        await self._batches.note_upload(digest=file.digest, file=name, upload=upload)
        return upload

    async def _check_known(self, file: Inspected) -> None:
        known = await self._batches.find_known(file.keys)
        if len(known) < len(file.keys):
            raise BatchFileError(
                f"{show_path(file.path)}: {len(file.keys) - len(known):,} of its "
                f"{len(file.keys):,} requests were not exported with this database; set "
                "READOUT_DATABASE_URL to the one they were exported with, or export them again"
            )

    async def list_ids(self, *, only_open: bool = False) -> list[str]:
        """Return the ids of what was submitted, the oldest first; without those that failed."""
        known = await self._batches.list_batches(only_open=only_open)
        return [batch.id for batch in known if batch.id and batch.state != "failed"]

    async def check(self, batch_id: str) -> BatchProgress:
        """Return how far the batch is, and remember it; ``ReaderError``, ``StoreError``."""
        batch = await self._endpoint.find_progress(batch_id)
        await self._batches.note_state(batch.id, batch.state)
        return batch

    async def fetch(self, batch: BatchProgress, folder: Path) -> list[Path]:
        """Write the answers of ``batch`` into ``folder``; return the files, those there before too.

        Each is there whole or not at all; of a batch that has not ended, there is none. Raises
        ``OSError`` and ``ReaderError``.
        """
        if batch.state not in ENDED_STATES:
            return []
        files = (("output", batch.output_file), ("errors", batch.error_file))
        wanted = [(folder / f"{batch.id}.{kind}.jsonl", id_) for kind, id_ in files if id_]
        for path, file_id in wanted:
            if not path.exists():
                await _write_whole(path, self._endpoint.download(file_id))
        return [path for path, _file_id in wanted]


def _check_new(file: Inspected, earlier: SubmittedBatch | None, *, again: bool) -> None:
    if earlier is not None and earlier.state != "failed" and not again:
        raise BatchFileError(
            f"{show_path(file.path)} was submitted already, as {earlier.id}; fetch and import its "
            "answers, or say --again to pay for it again"
        )


async def _write_whole(path: Path, pieces: AsyncIterator[bytes]) -> None:
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("wb") as file:
            async for piece in pieces:
                file.write(piece)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def inspect_file(path: Path, limits: PartLimits | None = None) -> Inspected:
    """Return what the file at ``path`` asks; raise ``BatchFileError`` where it is none.

    Each line must be a request of Readout's form with an id of its own, within ``limits``.
    """
    limits = limits or PartLimits()
    keys: dict[str, None] = {}
    hashed = hashlib.sha256()
    size_bytes = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            hashed.update(line)
            size_bytes += len(line)
            if number > limits.lines or size_bytes > limits.size_bytes:
                raise BatchFileError(f"{show_path(path)} {_describe_limits(limits)}")
            keys[_read_key(line, f"{show_path(path)}, line {number:,}", keys)] = None
    if not keys:
        raise BatchFileError(f"{show_path(path)} is empty; name a file that export wrote")
    return Inspected(path, hashed.hexdigest(), list(keys))


def _describe_limits(limits: PartLimits) -> str:
    return (
        f"is larger than a batch may be, {limits.lines:,} lines and {limits.size_bytes:,} bytes; "
        "export writes several files then"
    )


def _read_key(line: bytes, place: str, known: dict[str, None]) -> str:
    try:
        request = parse_json(line)
    except JsonError as error:
        raise BatchFileError(f"{place} {error}; export it again") from None
    key = request.get("custom_id") if isinstance(request, dict) else None
    if not isinstance(key, str) or request.get("url") != ENDPOINT:
        raise BatchFileError(f"{place} is no request to {ENDPOINT}; name a file that export wrote")
    if key in known:
        raise BatchFileError(f"{place} has the custom_id of an earlier line; export it again")
    return key
