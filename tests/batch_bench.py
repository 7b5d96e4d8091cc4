"""Tools for jobs that do what a test wants of each article, and note what was done.

Owns what the tests of engines share. Knows no queue.
"""

import asyncio
from collections.abc import Callable

from schemas.article import Article
from schemas.batch import Source
from schemas.reading import Usage
from service.batch.performing import Estimate, Tools
from service.errors import EmptyArticleError
from service.pipeline import Served
from service.store import StoredSummary
from tests.builders import build_article, build_provenance, build_summary


class Bench:
    """Tools that do what a test wants of each article, and note what was done."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.errors: dict[str, list[Exception]] = {}
        self.known: set[str] = set()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.on_begin: Callable[[], None] = lambda: None

    def make_tools(self) -> Tools:
        """Return the tools."""
        estimate = Estimate(Usage(), 1.0)
        return Tools(
            open_source=self._open,
            summarize=self._summarize,
            is_known=self._is_known,
            estimate=lambda _article: estimate,
            compute_cost=lambda _model, usage: usage.output_tokens / 100,
        )

    def _open(self, source: Source) -> Article:
        if source.name.startswith("empty"):
            raise EmptyArticleError("the article is empty")
        if source.name.startswith("gone"):
            raise FileNotFoundError(2, "No such file or directory", source.path)
        return build_article().model_copy(update={"title": source.name})

    async def _is_known(self, article: Article) -> bool:
        return article.title in self.known

    async def _summarize(self, article: Article) -> Served:
        name = article.title or ""
        self.begun.append(name)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        self.on_begin()
        try:
            await self.may_end.wait()
            await asyncio.sleep(0)
            if self.errors.get(name):
                raise self.errors[name].pop(0)
        finally:
            self.at_once -= 1
        summary = build_summary(article=article, provenance=build_provenance(cost_usd=1.0))
        stored = StoredSummary.make(summary.id, summary.model_dump_json().encode())
        return Served(stored, "stored" if name in self.known else "read")
