"""From articles to files of requests.

Owns what is asked and what is left out: nothing that is read, nothing that is under way.
"""

import asyncio
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from schemas.article import Article
from schemas.openai_batch import BatchFault, BatchLine, ExportReport, NamedArticle
from schemas.reading import ReadingRequest
from service.errors import ReaderError, ReadoutError
from service.openai_batch.articles import Listed
from service.openai_batch.conversations import Due
from service.openai_batch.desk import BatchDesk
from service.openai_batch.request_files import RequestFiles

_AT_ONCE = 64
"""Articles that are in memory, and lines that are committed, at once."""


class _Asked(NamedTuple):
    """An article, what it is asked, and the call that it lacks; ``None``: it has a summary."""

    line: BatchLine
    due: Due | None


class Export:
    """One export: articles in, lines out."""

    def __init__(self, desk: BatchDesk, files: RequestFiles, *, again: bool = False) -> None:
        """Write to ``files``; ``again``: also what waits for the answer of a batch."""
        self._desk = desk
        self._files = files
        self._again = again
        self._id = uuid.uuid4().hex
        self._counts: Counter[str] = Counter()
        self._faults: list[BatchFault] = []

    async def run(self, listed: Iterable[Listed]) -> ExportReport:
        """Write a line for each reading that is to be paid; return what was done.

        Raises ``StoreError``, and ``OSError`` where the files cannot be written.
        """
        articles = iter(listed)
        while some := await asyncio.to_thread(lambda: list(islice(articles, _AT_ONCE))):
            self._counts["articles"] += len(some)
            await self._export(self._sort_out(some))
        return ExportReport(
            files=self._files.written,
            faults=self._faults,
            **{
                name: self._counts[name]
                for name in ("articles", "requests", "reasks", "already_read", "waiting")
            },
        )

    def _sort_out(self, listed: Sequence[Listed]) -> list[NamedArticle]:
        readable = []
        for name, article in listed:
            if isinstance(article, ReadoutError):
                self._faults.append(BatchFault(name=name, message=str(article)))
            else:
                readable.append(NamedArticle(name=name, article=article))
        return readable

    async def _export(self, articles: Sequence[NamedArticle]) -> None:
        lines = await asyncio.to_thread(self._build_lines, articles)
        keys = [line.request.key for line in lines]
        waiting = set() if self._again else await self._desk.store.openai_batches.find_waiting(keys)
        asked = await asyncio.gather(*(self._ask(line) for line in lines))
        due = [one for one in asked if one.due is not None]
        self._counts["already_read"] += len(asked) - len(due)
        held = [one for one in due if one.line.request.key in waiting]
        self._counts["waiting"] += len(held)
        await self._desk.store.openai_batches.put_lines([one.line for one in held], self._id)
        await self._write([one for one in due if one.line.request.key not in waiting])

    def _build_lines(self, articles: Sequence[NamedArticle]) -> list[BatchLine]:
        return [
            BatchLine(request=self._desk.build_request(one.article), articles=[one])
            for one in articles
        ]

    async def _ask(self, line: BatchLine) -> _Asked:
        step = await find_due(self._desk, line.request, line.articles[0].article)
        return _Asked(line, step)

    async def _write(self, asked: Sequence[_Asked]) -> None:
        """Write what this export has not written yet; the store knows first, then the file."""
        batches = self._desk.store.openai_batches
        news = await batches.put_lines([one.line for one in asked], self._id)
        for (line, due), is_new in zip(asked, news, strict=True):
            if is_new and due is not None:
                self._files.write(line.request.key, due.body)
                self._counts["requests"] += 1
                self._counts["reasks"] += due.is_reask


async def find_due(desk: BatchDesk, request: ReadingRequest, article: Article) -> Due | None:
    """Return the call that the reading lacks; ``None`` where the article has a summary now.

    Where replies of an earlier process are no good, they are settled, and the first call is due.
    """
    try:
        step = await desk.conversations.advance(request, article)
    except ReaderError:
        step = await desk.conversations.advance(request, article)
    return step if isinstance(step, Due) else None
