"""From sources to jobs, and what the jobs would come to.

Owns how many jobs are kept at once, and the sums of a dry run. Knows no folder and no output.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from schemas.article import Article
from schemas.batch import Forecast, Source
from service.batch.engine import BatchEngine
from service.batch.performing import Open, Tools, describe_fault, open_article
from service.errors import ReadoutError
from service.sources import SourceFault
from service.store.batches import BatchHandle
from service.store.outcomes import NewJob

CHUNK = 500
"""Jobs of one transaction."""
HELD_CHUNK = 50
"""Jobs of one transaction that hold their articles."""

Listed = Iterable[Source | SourceFault]
"""What was listed of a batch: articles, and entries that are none with the reason."""


async def submit_sources(
    engine: BatchEngine,
    handle: BatchHandle,
    listed: Listed,
    *,
    open_source: Open | None = None,
    on_listed: Callable[[int], None] = lambda _count: None,
) -> int:
    """Keep a job for each entry of ``listed``; return how many they are.

    With ``open_source`` a job holds the article itself, opened now: for workers that cannot see
    the files. ``on_listed`` is told after each few hundred, or few dozen that hold theirs. However
    many they are, few are held at once.
    """
    count = 0
    entries = iter(listed)
    # To list a folder reads directories: others are served meanwhile.
    while chunk := await asyncio.to_thread(_take_chunk, entries, open_source):
        await engine.submit(handle, chunk)
        count += len(chunk)
        on_listed(count)
    return count


def _take_chunk(entries: Iterator[Source | SourceFault], open_source: Open | None) -> list[NewJob]:
    if open_source is None:
        return [_make_job(entry) for entry in islice(entries, CHUNK)]
    return [_make_holding_job(entry, open_source) for entry in islice(entries, HELD_CHUNK)]


def _make_job(entry: Source | SourceFault) -> NewJob:
    if isinstance(entry, Source):
        return NewJob(entry)
    return _make_failed_job(entry.name, entry.error)


def _make_holding_job(entry: Source | SourceFault, open_source: Open) -> NewJob:
    """Return a job that holds its article; one that cannot be opened has failed."""
    if isinstance(entry, SourceFault):
        return _make_failed_job(entry.name, entry.error)
    try:
        article = open_article(entry, open_source)
    except ReadoutError as error:
        return _make_failed_job(entry.name, error)
    return NewJob(Source(name=entry.name, kind="inline", path="", stamp=entry.stamp), article)


def _make_failed_job(name: str, error: ReadoutError) -> NewJob:
    # It has no place and no stamp: it is looked for again the next time.
    nowhere = Source(name=name, kind="file", path="", stamp="")
    return NewJob(nowhere, None, describe_fault(name, error))


async def forecast(listed: Listed, tools: Tools, identify: Callable[[Article], str]) -> Forecast:
    """Return what a batch of ``listed`` would come to; nothing is read and nothing is kept.

    ``identify`` names the reading that an article needs: two with one name need one.
    """
    total = Forecast()
    seen: set[str] = set()
    entries = iter(listed)
    while (entry := await asyncio.to_thread(next, entries, None)) is not None:
        total = await _add(total, entry, tools, identify, seen)
    return total


async def _add(
    total: Forecast,
    entry: Source | SourceFault,
    tools: Tools,
    identify: Callable[[Article], str],
    seen: set[str],
) -> Forecast:
    grown = total.model_copy(update={"articles": total.articles + 1})
    article = await asyncio.to_thread(_open, entry, tools)
    if article is None:
        return grown.model_copy(update={"faults": total.faults + 1})
    name = await asyncio.to_thread(identify, article)
    if name in seen or await tools.is_known(article):
        return grown.model_copy(update={"hits": total.hits + 1})
    seen.add(name)
    usage, cost_usd = await asyncio.to_thread(tools.estimate, article)
    return grown.model_copy(
        update={
            "usage": total.usage + usage,
            "cost_usd": total.cost_usd + (cost_usd or 0.0),
            "unpriced": total.unpriced + (cost_usd is None),
        }
    )


def _open(entry: Source | SourceFault, tools: Tools) -> Article | None:
    """Return the article, ``None`` where it cannot be read: that is counted, not told."""
    if isinstance(entry, SourceFault):
        return None
    try:
        return tools.open_source(entry)
    except (ReadoutError, OSError):
        return None
