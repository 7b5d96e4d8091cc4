"""From an upload to the jobs of a batch, each of which holds its article.

Owns the forms that an upload has. Knows no request.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from schemas.article import Article
from schemas.batch import Source
from service.batch.performing import describe_fault
from service.errors import MalformedRequestError, ReadoutError, RequestError
from service.json_parsing import JsonError, parse_json
from service.sources import SourceFault, list_sources, open_source
from service.store.batches import BatchHandle
from service.store.outcomes import NewJob
from service.store.queue import Queue

JSON_TYPE = "application/json"
UPLOAD_SUFFIXES: Mapping[str, str] = {
    JSON_TYPE: ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
"""The media types of an upload, and how a file of each ends."""
CHUNK = 500
"""Jobs of one transaction."""


async def add_upload(queue: Queue, handle: BatchHandle, path: Path, *, max_chars: int) -> None:
    """Keep a job for each article of the upload at ``path``, whose suffix tells its form.

    ``.json`` is a list of articles, ``.jsonl`` has one a line, ``.zip`` one a file. One that
    cannot be read is a job that has failed. Raises ``MalformedRequestError`` for what is no JSON,
    ``RequestError`` for JSON that is no list, and ``SourceError`` where there is no article.
    """
    if path.suffix == UPLOAD_SUFFIXES[JSON_TYPE]:
        path = await asyncio.to_thread(_spread_list, path)
    jobs = await asyncio.to_thread(_list_jobs, path, max_chars)
    while chunk := await asyncio.to_thread(_take, jobs):
        await queue.add(handle, chunk)


def _take(jobs: Iterator[NewJob]) -> list[NewJob]:
    return list(islice(jobs, CHUNK))


def _spread_list(path: Path) -> Path:
    """Write the entries of a JSON list as lines, beside it: from there on both go one way."""
    try:
        entries = parse_json(path.read_bytes())
    except JsonError as error:
        raise MalformedRequestError(f"the body {error}") from None
    if not isinstance(entries, list):
        raise RequestError("the body is no JSON list; send one of articles, each with its text")
    if not entries:
        raise RequestError("the list has no article; send one of articles, each with its text")
    lines = path.with_suffix(UPLOAD_SUFFIXES["application/jsonl"])
    with lines.open("w", encoding="utf-8", errors="surrogatepass") as file:
        for entry in entries:
            file.write(f"{json.dumps(entry)}\n")
    return lines


def _list_jobs(path: Path, max_chars: int) -> Iterator[NewJob]:
    listed = list_sources([str(path)], max_chars=max_chars)
    return _make_jobs(listed, path, max_chars)


def _make_jobs(
    listed: Iterable[Source | SourceFault], path: Path, max_chars: int
) -> Iterator[NewJob]:
    """Yield the jobs, called without the name that the upload has here."""
    taken: set[str] = set()
    for entry in listed:
        name = entry.name
        for prefix in (f"{path}:", f"{path}/"):
            name = name.removeprefix(prefix)
        yield _make_job(entry, _claim(name, taken), max_chars)


def _claim(name: str, taken: set[str]) -> str:
    """Return ``name``, or what makes it differ from those that are taken."""
    number, claimed = 1, name
    while claimed in taken:
        number += 1
        claimed = f"{name} ({number})"
    taken.add(claimed)
    return claimed


def _make_job(entry: Source | SourceFault, name: str, max_chars: int) -> NewJob:
    try:
        article = _open(entry, max_chars)
    except ReadoutError as error:
        return NewJob(_place(name, ""), None, describe_fault(name, error))
    return NewJob(_place(name, "1"), article)


def _place(name: str, stamp: str) -> Source:
    return Source(name=name, kind="inline", path="", stamp=stamp)


def _open(entry: Source | SourceFault, max_chars: int) -> Article:
    if isinstance(entry, SourceFault):
        raise entry.error
    return open_source(entry, max_chars=max_chars)
