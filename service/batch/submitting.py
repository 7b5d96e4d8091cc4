"""From sources to jobs, and what the jobs would come to.

Owns how many jobs are kept at once, and the sums of a dry run. Knows no folder and no output.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from schemas.article import Article
from schemas.batch import Forecast, Source
from service.batch.engine import BatchEngine
from service.batch.performing import Tools, describe_fault
from service.errors import ReadoutError
from service.sources import SourceFault
from service.store.batches import BatchHandle
from service.store.jobs import NewJob

CHUNK = 500
"""Jobs of one transaction."""

Listed = Iterable[Source | SourceFault]
"""What was listed of a batch: articles, and entries that are none with the reason."""


async def submit_sources(
    engine: BatchEngine,
    handle: BatchHandle,
    listed: Listed,
    *,
    on_listed: Callable[[int], None] = lambda _count: None,
) -> int:
    """Keep a job for each entry of ``listed``; return how many they are.

    ``on_listed`` is told after each few hundred. However many they are, few are held at once.
    """
    count = 0
    entries = iter(listed)
    # To list a folder reads directories: others are served meanwhile.
    while chunk := await asyncio.to_thread(_take_chunk, entries):
        await engine.submit(handle, chunk)
        count += len(chunk)
        on_listed(count)
    return count


def _take_chunk(entries: Iterator[Source | SourceFault]) -> list[NewJob]:
    return [_make_job(entry) for entry in islice(entries, CHUNK)]


def _make_job(entry: Source | SourceFault) -> NewJob:
    if isinstance(entry, Source):
        return NewJob(entry)
    # What could not be listed has no place and no stamp: it is looked for again the next time.
    nowhere = Source(name=entry.name, kind="file", path="", stamp="")
    return NewJob(nowhere, None, describe_fault(entry.name, entry.error))


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
