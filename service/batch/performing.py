"""One job: its article opened, summarized, and what came of it.

Owns what a failure means for the batch: of this article, of now, or of everything. Knows no queue;
what it needs of intake, pipeline and prices is given to it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import quote

from pydantic import BaseModel

from schemas.article import Article
from schemas.batch import Origin, Source
from schemas.problem import Problem
from schemas.reading import Usage
from schemas.summary import Provenance
from service.batch.budget import Budget
from service.errors import (
    AuthenticationError,
    BrokenArticleError,
    BusyError,
    DefectError,
    EndpointUnavailableError,
    QuotaError,
    RateLimitError,
    ReaderError,
    ReaderTimeoutError,
    ReadoutError,
    SettingsError,
    StoreBusyError,
    StoreError,
    describe_problem,
)
from service.pipeline import Served
from service.showing import show_reason
from service.store.outcomes import Job, Outcome, PutBack, Released, Settlement, Spent

PASSING: tuple[type[ReadoutError], ...] = (
    RateLimitError,
    EndpointUnavailableError,
    ReaderTimeoutError,
    StoreBusyError,
    BusyError,
)
"""What may go better later: the job is put back."""
HALTING: tuple[type[ReadoutError], ...] = (
    SettingsError,
    AuthenticationError,
    QuotaError,
    StoreError,
)
"""What every other article would meet as well: the batch stops, and the job stays to be done."""
BASE_DELAY_S = 5.0
"""Seconds before a job that was put back is taken again; doubled with each attempt."""

MAX_DELAY_S = 120.0
"""Longest such delay in seconds, whatever the endpoint asks for: a run must come to an end."""
MAX_TRIES = 3
"""How often a job is tried that meets what may pass."""

Summarize = Callable[[Article], Awaitable[Served]]
Open = Callable[[Source], Article]
"""Reads an article from where it stands; raises ``IntakeError`` and ``OSError``."""


class Estimate(NamedTuple):
    """What the reading of an article will come to, about."""

    usage: Usage
    cost_usd: float | None
    """US dollars; ``None`` where the model's price is not known."""


class Tools(NamedTuple):
    """What a performer works with."""

    open_source: Open
    summarize: Summarize
    is_known: Callable[[Article], Awaitable[bool]]
    """Whether an article can be summarized without a call."""
    estimate: Callable[[Article], Estimate]
    compute_cost: Callable[[str, Usage], float | None]
    """Returns the US dollars of a model's tokens; ``None`` for not known."""


class Performer:
    """Does jobs, within a budget; safe to share between the tasks of one event loop."""

    def __init__(self, tools: Tools, budget: Budget | None = None) -> None:
        """Work with ``tools``; without ``budget`` any sum may be spent."""
        self._tools = tools
        self.budget = budget or Budget(None)
        self.is_exhausted = False
        """Whether an article was left because the budget would not have covered it."""

    async def perform(self, job: Job) -> Outcome:
        """Return what came of ``job``; here a failure becomes a value.

        Raises one of ``HALTING`` where no other article would fare better.
        """
        try:
            return await self._perform(job)
        except ReadoutError as error:
            if isinstance(error, HALTING) and not isinstance(error, PASSING):
                raise
            return self._fail(job, error)
        except Exception as error:  # noqa: BLE001  # one article of many must not end the others
            sentence = f"Readout failed at this article ({type(error).__name__}); please report it"
            return self._fail(job, DefectError(sentence))

    async def _perform(self, job: Job) -> Outcome:
        article = job.article or await self._open(job.source)
        estimate_usd = await self._estimate(article)
        if not await self.budget.reserve(estimate_usd):
            self.is_exhausted = True
            return Released(job.seq)
        spent = Spent()
        try:
            settlement = _settle(job, await self._tools.summarize(article))
            spent = settlement.spent
        except ReaderError as error:
            spent = self._count(error)
            raise
        finally:
            await self.budget.settle(estimate_usd, spent.cost_usd)
        return settlement

    async def _open(self, source: Source) -> Article:
        return await asyncio.to_thread(open_article, source, self._tools.open_source)

    async def _estimate(self, article: Article) -> float | None:
        """Return the US dollars to reckon with; nothing is estimated where there is no limit."""
        if self.budget.limit_usd is None or await self._tools.is_known(article):
            return 0.0
        return (await asyncio.to_thread(self._tools.estimate, article)).cost_usd

    def _fail(self, job: Job, error: ReadoutError) -> Outcome:
        """Return what a failure comes to: what passes is tried again, as often as a job is."""
        spent = self._count(error)
        if isinstance(error, PASSING) and job.attempts < MAX_TRIES:
            asked = error.retry_after_s if isinstance(error, ReaderError) else None
            delay_s = asked or BASE_DELAY_S * 2 ** (job.attempts - 1)
            return PutBack(job.seq, min(delay_s, MAX_DELAY_S), spent)
        problem = describe_fault(job.source.name, error)
        return Settlement(job.seq, "failed", problem=problem, spent=spent)

    def _count(self, error: ReadoutError) -> Spent:
        """Return what the replies have cost of which no reading could be made."""
        if not isinstance(error, ReaderError) or not error.attempts:
            return Spent()
        costs = [self._tools.compute_cost(one.model, one.usage) for one in error.attempts]
        known = [cost for cost in costs if cost is not None]
        return Spent(error.usage, sum(known) if len(known) == len(costs) else None)


def open_article(source: Source, open_source: Open) -> Article:
    """Return the article at ``source``; whatever is wrong with it is a ``ReadoutError``."""
    try:
        return open_source(source)
    except OSError as error:
        sentence = f"the file cannot be opened: {show_reason(error)}"
        raise BrokenArticleError(sentence) from error


def describe_fault(name: str, error: ReadoutError) -> Problem:
    """Return the problem of the article ``name``; its ``instance`` is that, percent-encoded."""
    return describe_problem(error).model_copy(update={"instance": quote(name)})


class _Billed(BaseModel):
    """What a batch reads of a summary."""

    provenance: Provenance


def _settle(job: Job, served: Served) -> Settlement:
    """Return the settlement of a job that has its summary; only its own reading is its cost."""
    stored = served.stored
    if served.origin != "read" or served.joined:
        origin: Origin = "derived" if served.origin == "read" else served.origin
        return Settlement(job.seq, "done", stored.id, origin)
    billed = _Billed.model_validate_json(stored.body).provenance
    return Settlement(
        job.seq, "done", stored.id, "read", None, Spent(billed.usage, billed.cost_usd)
    )
