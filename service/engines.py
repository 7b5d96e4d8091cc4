"""The engines: how an article becomes a reading and its summary, whoever reads it.

Owns what every engine is, seen from the pipeline, and the engine around a reader that waits for
its answer. What a reader gets of the checks, and what a summary is derived from, meet here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, Protocol

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Complaint, Reading, ReadingRequest
from schemas.summary import Summary, SummaryWarning
from service.checking.context import ArticleContext, build_context
from service.checking.examination import examine_draft
from service.derivation import (
    FALLBACK_WARNING,
    Content,
    complete_summary,
    derive_content,
    derive_summary,
)
from service.parts.joining import examine_parts
from service.readers.protocol import Notify, Reader

BuildRequest = Callable[[Article], ReadingRequest]
"""Builds what an engine is asked for an article; takes a millisecond of CPU."""
Derive = Callable[[Article], Awaitable[Summary]]
"""Derives a summary of the article that was read, or of one with other ``source`` and ``url``."""


class Made(NamedTuple):
    """A reading, and how a summary is derived from it."""

    reading: Reading
    derive: Derive


class Engine(Protocol):
    """A way from an article to a reading and its summary."""

    @property
    def stands_in(self) -> bool:
        """Say whether it only reads while the engine before it cannot be reached.

        Its summaries say so, and are never served in place of the other's once that can be
        asked again.
        """
        ...  # pragma: no cover

    def build_request(self, article: Article, /) -> ReadingRequest:
        """Return what is asked for ``article``; its key names the reading."""
        ...  # pragma: no cover

    async def read(self, request: ReadingRequest, article: Article, notify: Notify) -> Made:
        """Return the reading for ``request``, which was built for ``article``; not yet stored.

        Raises ``ReaderError`` where no draft was to be had, and ``NoEndpointError``.
        """
        ...  # pragma: no cover


class Examined(NamedTuple):
    """What was found of a draft, and what of a summary follows."""

    complaints: list[Complaint]
    content: Content


class Examiner:
    """Reviews the drafts of one article, and derives its summary from what it found on the way.

    It is what ``service.readers.protocol`` calls a reviewer.
    """

    def __init__(self, article: Article) -> None:
        """Begin with nothing found; the article is indexed with the first draft."""
        self._article = article
        self._context: ArticleContext | None = None
        self._examined: list[tuple[Draft, Examined]] = []

    def review(self, draft: Draft) -> list[Complaint]:
        """Return what in ``draft`` does not hold."""
        return self.examine(draft).complaints

    async def look_ahead(self, draft: Draft) -> None:
        """Examine ``draft`` in a thread, so that its review is there."""
        await asyncio.to_thread(self.examine, draft)

    def derive(
        self, reading: Reading, article: Article, notices: Sequence[SummaryWarning] = ()
    ) -> Summary:
        """Return the summary that ``reading`` gives for ``article``.

        That may differ from the examiner's own article in ``source`` and ``url``. A draft that
        was reviewed is not examined again, unless it is one of several parts'.
        """
        if reading.parts:
            joined = examine_parts(reading.parts, article)
            return derive_summary(reading, joined.context, joined.examination, notices)
        content = self.examine(reading.draft).content
        return complete_summary(content, reading, article, notices)

    def examine(self, draft: Draft) -> Examined:
        """Return what is found of ``draft``; that very object is examined once."""
        examined = next((found for known, found in self._examined if known is draft), None)
        if examined is None:
            context = self._find_context()
            examination = examine_draft(draft, context)
            content = derive_content(draft, context, examination)
            examined = Examined(examination.list_complaints(), content)
            self.note(draft, examined)
        return examined

    def note(self, draft: Draft, examined: Examined) -> None:
        """Take ``examined`` for what is found of ``draft``."""
        self._examined.append((draft, examined))

    def _find_context(self) -> ArticleContext:
        if self._context is None:
            self._context = build_context(self._article)
        return self._context


OpenExaminer = Callable[[Article], Examiner]
"""Returns who examines the drafts of an article."""


def list_notices(*, stands_in: bool) -> tuple[SummaryWarning, ...]:
    """Return what every summary of an engine is warned of."""
    return (FALLBACK_WARNING,) if stands_in else ()


async def derive_anew(
    reading: Reading, article: Article, notices: Sequence[SummaryWarning] = ()
) -> Summary:
    """Return the summary that ``reading`` gives for ``article``, of which nothing is at hand."""
    return await asyncio.to_thread(Examiner(article).derive, reading, article, notices)


class ReaderEngine:
    """The engine around a reader; what takes CPU is done in threads, or where its examiner does."""

    def __init__(
        self,
        reader: Reader,
        build_request: BuildRequest,
        *,
        open_examiner: OpenExaminer = Examiner,
        stands_in: bool = False,
    ) -> None:
        """Ask ``reader`` what ``build_request`` builds."""
        self._reader = reader
        self.build_request = build_request
        self._open_examiner = open_examiner
        self.stands_in = stands_in

    async def read(self, request: ReadingRequest, article: Article, notify: Notify) -> Made:
        """Return the reader's reading; raise what it raises."""
        examiner = self._open_examiner(article)
        reading = await self._reader.read(request, examiner, notify)

        async def derive(article: Article) -> Summary:
            notices = list_notices(stands_in=self.stands_in)
            return await asyncio.to_thread(examiner.derive, reading, article, notices)

        return Made(reading, derive)
