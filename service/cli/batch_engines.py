"""Which engine does a batch: this process, or workers elsewhere where PostgreSQL is the database.

Owns the choice, how a budget is kept in either case, and what is said of workers.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple

from schemas.article import Article
from service.addresses import is_postgres
from service.batch.budget import Budget, check_price
from service.batch.engine import BatchEngine
from service.batch.local import LocalEngine
from service.batch.performing import Open, Performer, Tools
from service.bootstrap import Workbench, count_batch_places
from service.scaling import open_scale_engine
from service.settings import Settings

OWN_CONCURRENCY = (
    "each `readout worker` has a --concurrency of its own; that of `readout batch` is for a "
    "database in a file, and not used here"
)
NO_WORKER = (
    "no worker has taken an article of this batch for 30 s: start `readout worker` with the same "
    "settings as here, on as many machines as you like; if some run, they are busy with another "
    "batch, or stopped with an error"
)

_PRICED = Article(text="What would it cost to read this?")


class Hooks(NamedTuple):
    """What an engine tells a run of the command, and asks of it."""

    say: Callable[[str], None]
    on_settled: Callable[[], None]
    count_spent_usd: Callable[[], float]
    """US dollars of what was read in this run, as far as it was handed out."""


class Chosen(NamedTuple):
    """An engine, and what the command must know of it."""

    engine: BatchEngine
    is_exhausted: Callable[[], bool]
    """Whether articles are left for the sake of the budget."""
    open_source: Open | None = None
    """How articles are opened when they are submitted; ``None`` where they are later."""


@asynccontextmanager
async def open_engine(
    settings: Settings,
    workbench: Workbench,
    tools: Tools,
    budget_usd: float | None,
    hooks: Hooks,
) -> AsyncIterator[Chosen]:
    """Yield the engine that goes with the database; on leaving, its connections are closed.

    Raises ``SettingsError`` for a budget where no price is known.
    """
    if budget_usd is not None:
        check_price(tools.estimate(_PRICED).cost_usd)
    if is_postgres(settings.database_url):
        async with _open_scale(settings, workbench, tools, budget_usd, hooks) as chosen:
            yield chosen
        return
    performer = Performer(tools, Budget(budget_usd))
    engine = LocalEngine(
        workbench.store.queue,
        performer,
        count_places=partial(count_batch_places, settings),
        on_settled=hooks.on_settled,
    )
    yield Chosen(engine, lambda: performer.is_exhausted)


@asynccontextmanager
async def _open_scale(
    settings: Settings,
    workbench: Workbench,
    tools: Tools,
    budget_usd: float | None,
    hooks: Hooks,
) -> AsyncIterator[Chosen]:
    def is_exhausted() -> bool:
        return budget_usd is not None and hooks.count_spent_usd() >= budget_usd

    async with open_scale_engine(
        settings,
        workbench,
        # While articles are listed, nobody counts what is spent.
        begins_early=budget_usd is None,
        is_exhausted=is_exhausted,
        on_idle=lambda: hooks.say(NO_WORKER),
        on_away=lambda error: hooks.say(f"{error}; waiting for it"),
    ) as engine:
        yield Chosen(engine, is_exhausted, tools.open_source)
