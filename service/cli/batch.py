"""The command ``batch``: a folder of articles, of any size, read to its end.

Owns the order of its steps: what is named, and where results go, is checked before anything is paid
for.
"""

import asyncio
import shlex
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from schemas.batch import BatchReport
from schemas.problem import Problem
from service.addresses import is_postgres
from service.batch.collecting import Collector
from service.batch.run import open_batch, run_batch
from service.batch.submitting import Listed, forecast, submit_sources
from service.batch.tally import Tally
from service.bootstrap import (
    Workbench,
    identify_reading,
    make_tools,
    open_batch_workbench,
    open_workbench,
)
from service.canonical import digest
from service.cli.batch_engines import OWN_CONCURRENCY, Chosen, Hooks, open_engine
from service.cli.forecasting import print_forecast
from service.cli.interrupts import Interrupts, catch_interrupts
from service.cli.output import say
from service.cli.reader_notice import find_notice
from service.errors import EXIT_GOOD, EXIT_INTERRUPTED, EXIT_SOME_FAILED, ReadoutError
from service.intake import Metadata
from service.intake.metadata import check_metadata
from service.outputs.opening import OutputFormat, open_output
from service.outputs.sink import Sink
from service.report.batch_progress import BatchProgress
from service.report.batch_terminal import print_batch
from service.report.labels import count
from service.settings import Settings
from service.sources import Skipped, list_sources
from service.store.batches import BatchHandle, NewBatch
from service.store.outcomes import Delivery


class Request(NamedTuple):
    """What was asked for on the command line."""

    arguments: list[str]
    """Folders, files, patterns, or ``-``."""
    metadata: Metadata
    """What fills the fields that articles leave open."""
    output_format: OutputFormat
    out: Path | None
    """Where results go; ``None`` is standard output."""
    overwrites: bool
    retries: bool
    """Whether what failed before is tried again."""
    dry_run: bool
    budget_usd: float | None
    max_articles: int | None
    changes: Mapping[str, int | None]
    """Settings of this run; ``None`` leaves one as it is."""
    as_json: bool
    """Whether the forecast of a dry run is JSON."""


def run(request: Request) -> int:
    """Read the articles and hand out their summaries; return the exit code.

    Raises ``MetadataError``, ``SourceError`` and ``OutputError`` before anything is paid for,
    ``BatchHeldError`` where another process does the same, and what every article would meet.
    Whatever is raised, what was paid for is kept, and the same command goes on.
    """
    settings = _find_settings(request)
    check_metadata(request.metadata)
    skipped = Skipped()
    listed = list_sources(
        request.arguments, max_chars=settings.max_chars, stdin=sys.stdin.buffer, skipped=skipped
    )
    entries = islice(listed, request.max_articles)
    console = Console(stderr=True, highlight=False)
    if notice := find_notice(settings):
        say(console, notice)
    if request.changes["concurrency"] is not None and is_postgres(settings.database_url):
        say(console, OWN_CONCURRENCY)
    if request.dry_run:
        return asyncio.run(_forecast(request, settings, entries))
    return asyncio.run(_read(request, settings, entries, console, skipped))


def _open(settings: Settings) -> AbstractAsyncContextManager[Workbench]:
    """Return the workbench of a batch; on PostgreSQL its work is done by others."""
    if is_postgres(settings.database_url):
        return open_workbench(settings)
    return open_batch_workbench(settings)


def _find_settings(request: Request) -> Settings:
    settings = Settings.load()
    given = {name: value for name, value in request.changes.items() if value is not None}
    return settings.model_copy(update=given)


async def _forecast(request: Request, settings: Settings, entries: Listed) -> int:
    async with open_workbench(settings) as workbench:
        tools = make_tools(workbench, settings, request.metadata)
        total = await forecast(entries, tools, workbench.pipeline.identify)
    print_forecast(total, as_json=request.as_json)
    return EXIT_GOOD


async def _read(
    request: Request, settings: Settings, entries: Listed, console: Console, skipped: Skipped
) -> int:
    with catch_interrupts(lambda sentence: say(console, sentence)) as interrupts:
        try:
            async with _open(settings) as workbench:
                batch_id = _identify(request, identify_reading(settings, workbench))
                session = _Session(request, batch_id, workbench, console, interrupts)
                tools = make_tools(workbench, settings, request.metadata)
                async with open_engine(
                    settings, workbench, tools, request.budget_usd, session.hooks
                ) as chosen:
                    return await session.run(chosen, entries, skipped)
        except asyncio.CancelledError:
            say(console, "stopped; what was answered is kept, and the same command goes on")
            return EXIT_INTERRUPTED


class _Session:
    """One run of the command, with everything open that it needs."""

    def __init__(
        self,
        request: Request,
        batch_id: str,
        workbench: Workbench,
        console: Console,
        interrupts: Interrupts,
    ) -> None:
        self._request = request
        self._store = workbench.store
        self._console = console
        self._interrupts = interrupts
        self._failures: list[tuple[str, Problem]] = []
        self._batch_id = batch_id
        self._collector: Collector | None = None
        self._tally: Tally | None = None
        self.hooks = Hooks(partial(say, console), self._look, self._count_spent_usd)

    async def run(self, chosen: Chosen, entries: Listed, skipped: Skipped) -> int:
        started_s = time.monotonic()
        new = NewBatch("local", " ".join(self._request.arguments))
        stop = self._interrupts.stop
        try:
            async with open_batch(self._store.queue, self._batch_id, new, stop) as handle:
                await self._run_into_output(chosen, handle, entries, skipped)
        except ReadoutError:
            if self._tally is not None:
                self._say_what_is_left()
            raise
        assert self._tally is not None
        elapsed_s = time.monotonic() - started_s
        return self._conclude(self._tally.report(), elapsed_s, is_exhausted=chosen.is_exhausted())

    async def _run_into_output(
        self, chosen: Chosen, handle: BatchHandle, entries: Listed, skipped: Skipped
    ) -> None:
        request = self._request
        target = f"{request.output_format} {request.out.absolute() if request.out else '-'}"
        begins_again = request.out is not None and target in handle.outputs
        with open_output(
            request.output_format,
            request.out,
            replaces=request.overwrites,
            begins_again=begins_again,
        ) as sink:
            await self._store.queue.note_output(handle.id, target)
            await self._run_round(chosen, handle, entries, sink, skipped)

    def _say_what_is_left(self) -> None:
        assert self._tally is not None
        counts = self._tally.report().counts
        left = count(counts.queued, "article")
        say(
            self._console,
            f"{counts.done:,} of {counts.total:,} done, {left} left; the same "
            "command goes on once what is named below is mended",
        )

    async def _run_round(
        self,
        chosen: Chosen,
        handle: BatchHandle,
        entries: Listed,
        sink: Sink,
        skipped: Skipped,
    ) -> None:
        """List the jobs, hand out what is done already, then do the rest."""
        shares_terminal = self._request.out is None and sys.stdout.isatty()
        is_live = self._console.is_terminal and not shares_terminal
        started_at = datetime.now(UTC)
        with BatchProgress(self._console, time.monotonic, live=is_live) as progress:
            total = await self._list(chosen, handle, entries)
            if skipped.total:
                say(self._console, f"passed over, as no articles: {skipped}")
            tally = self._tally = Tally(handle, total, started_at)
            collector = self._collector = Collector(self._store, handle, sink)
            notify = partial(self._tell, progress, tally.count)
            await collector.deliver(notify)
            sink.settle()
            progress.show(tally.report())
            await run_batch(
                chosen.engine, collector, handle, stop=self._interrupts.stop, notify=notify
            )

    def _tell(
        self, progress: BatchProgress, count: Callable[[Delivery], None], delivery: Delivery
    ) -> None:
        count(delivery)
        if delivery.problem is not None:
            self._failures.append((delivery.name, delivery.problem))
        if self._tally is not None:
            progress.show(self._tally.report())

    async def _list(self, chosen: Chosen, handle: BatchHandle, entries: Listed) -> int:
        engine = chosen.engine
        total = await submit_sources(engine, handle, entries, open_source=chosen.open_source)
        if self._request.retries:
            await engine.requeue(handle, ["failed", "dead"])
        await self._store.queue.seal(handle)
        return total

    def _look(self) -> None:
        if self._collector is not None:
            self._collector.look()

    def _count_spent_usd(self) -> float:
        return 0.0 if self._tally is None else self._tally.spent_usd

    def _conclude(self, report: BatchReport, elapsed_s: float, *, is_exhausted: bool) -> int:
        left = report.counts.queued + report.counts.running
        if is_exhausted and left:
            spent = f"the budget of {self._request.budget_usd:,.2f} USD would not cover another"
            say(self._console, f"{spent} article: {count(left, 'article')} left")
        print_batch(
            report,
            self._failures,
            self._console,
            elapsed_s=elapsed_s,
            retry_command=_write_retry_command(sys.argv[1:]),
        )
        if self._interrupts.count:
            return EXIT_INTERRUPTED
        return EXIT_SOME_FAILED if self._failures or left else EXIT_GOOD


def _identify(request: Request, reading: str) -> str:
    """Return the batch's id: the same command means the same batch, as long as it would read alike.

    Where another reader, model, prompt or rule of checking reads, it is another batch.
    """
    # A name from elsewhere, or a list on standard input, means something else in each folder.
    named = [str(Path(name).absolute()) for name in request.arguments]
    decisive = {
        "arguments": named,
        "metadata": request.metadata.model_dump(),
        "max_articles": request.max_articles,
        "reading": reading,
    }
    return digest(decisive)[:32]


def _write_retry_command(arguments: Iterable[str]) -> str:
    given = [one for one in arguments if one != "--retry-failed"]
    return shlex.join(["readout", *given, "--retry-failed"])
