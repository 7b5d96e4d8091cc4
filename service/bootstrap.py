"""The composition root: the one place that builds the parts from the settings.

Owns which reader there is, how long it waits and how many wait for it. Slow imports happen in
the functions that need them, so that a command which reads nothing starts at once.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pydantic import JsonValue

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Usage
from service.batch.attendant import Attendant, open_attendant
from service.batch.performing import Estimate, Tools
from service.canonical import digest
from service.checking.context import build_context
from service.checking.examination import examine_draft
from service.engines import Engine, ReaderEngine
from service.errors import NoEndpointError
from service.intake import Metadata
from service.parts.splitting import split_article
from service.pipeline import Limits, Pipeline
from service.prompting import (
    ReaderSpec,
    build_article_request,
    build_request,
    load_examples,
    render_reask,
)
from service.readers.llm import READER_VERSION
from service.readers.missing import NO_ENDPOINT, MissingReader
from service.readers.protocol import OpenAccount, Pace, Reader
from service.settings import Settings
from service.sources import open_source
from service.split_engine import SplitEngine
from service.store import PaceLimits, Store, open_store

if TYPE_CHECKING:
    from service.openai_batch.desk import BatchDesk
    from service.openai_batch.submitting import BatchOffice
    from service.readers.llm.transport import Endpoint
    from service.worker_engine import Workers

_DEADLINE_FACTOR = 3
"""All tries of one call together may take this many times as long as one."""
_CHARS_PER_TOKEN = 4.5
"""Characters of a request to a token: the five recorded requests have 4.45 to 4.55."""
_REPLY_TOKENS_PER_CHAR = 0.45
"""Tokens of a reply to a character of its article, beyond the least; the five recorded replies have
1,049 to 2,667 tokens for 3,466 to 7,355 characters: 51 to 100 % of what is reckoned."""
_LEAST_REPLY_TOKENS = 500
"""Tokens of a reply to an article that says little."""
_MOST_WORKERS = 8
"""Processes in which rules read and drafts are reviewed; each takes some 100 MB."""
MAX_WAITING = 1_000
"""Readings that may wait for their turn; one more is turned away."""


def make_spec(settings: Settings) -> ReaderSpec:
    """Return what of the settings decides a reader's answer."""
    return ReaderSpec(engine=READER_VERSION, model=settings.model, mode=settings.mode)


def make_body(article: Article, settings: Settings) -> dict[str, JsonValue]:
    """Return the JSON body that a reading of ``article`` as a whole would send.

    No endpoint is needed.
    """
    from service.readers.llm.wire import build_body

    return build_body(build_request(article, make_spec(settings)))


def make_bodies(article: Article, settings: Settings) -> list[dict[str, JsonValue]]:
    """Return the JSON bodies that reading ``article`` would send: one for each of its parts."""
    parts = split_article(article, settings.part_chars)
    return [make_body(part.article, settings) for part in parts]


class Workbench(NamedTuple):
    """The parts of a running Readout."""

    pipeline: Pipeline
    store: Store


def warm_up(settings: Settings) -> None:
    """Do once, before the first request, what is slow the first time.

    Prompt and schema are rendered, tables and patterns built, the vendor's SDK imported where an
    LLM is asked: up to two seconds of CPU that no caller should wait for. The embedded reader
    gets ready in a process of its own.
    """
    example = load_examples()[0]
    article = Article(text=example.text, published=example.published)
    if settings.chosen_reader == "llm":
        make_body(article, settings)
    elif settings.reader != "embedded":
        # What an LLM has read is looked up by what it would be asked.
        build_request(article, make_spec(settings))
    examine_draft(Draft.model_validate(example.draft), build_context(article))


def make_tools(workbench: Workbench, settings: Settings, metadata: Metadata | None = None) -> Tools:
    """Return what jobs are done with; ``metadata`` fills what their articles leave open."""
    return Tools(
        open_source=partial(
            open_source, metadata=metadata or Metadata(), max_chars=settings.max_chars
        ),
        summarize=workbench.pipeline.summarize,
        is_known=workbench.pipeline.is_known,
        estimate=partial(_estimate, settings=settings),
        compute_cost=partial(_compute_cost, settings=settings),
    )


def identify_reading(settings: Settings, workbench: Workbench) -> str:
    """Return what decides a summary beside its article: 32 hex digits.

    It differs whenever reader, model, prompt or a rule of checking does; also between the rules
    that read for want of an endpoint, and the LLM that would.
    """
    probe = Article(text="What decides a summary beside its article?")
    return digest([settings.chosen_reader, workbench.pipeline.identify(probe)])[:32]


def count_batch_places(settings: Settings) -> int:
    """Return how many articles a batch has in hand: twice as many as there may be calls.

    While one is opened, or its reply checked and stored, the endpoint is asked for another, also
    where all replies come at once. Rules have no calls, and who set 1 gets one after the other.
    """
    calls = settings.concurrency
    return calls if calls == 1 or settings.chosen_reader == "embedded" else 2 * calls


def open_batch_workbench(settings: Settings) -> AbstractAsyncContextManager[Workbench]:
    """Return ``open_workbench`` for a batch that has the machine to itself.

    What takes CPU is done in as many processes as there are CPUs, up to a limit.
    """
    workers = min(os.cpu_count() or 1, _MOST_WORKERS)
    return open_workbench(settings, workers=workers, places=count_batch_places(settings))


@asynccontextmanager
async def attend_batches(settings: Settings, workbench: Workbench) -> AsyncIterator[Attendant]:
    """Yield who has the batches of a service done; on leaving, what is in flight is finished."""
    # The embedded reader takes one article at a time: others must not wait behind a batch.
    places = 1 if settings.chosen_reader == "embedded" else max(1, settings.concurrency // 2)
    tools = make_tools(workbench, settings)
    async with open_attendant(workbench.store.queue, tools, places=places) as attendant:
        yield attendant


def _estimate(article: Article, settings: Settings) -> Estimate:
    """Return what a reading of ``article`` would come to; nothing where rules read."""
    if settings.chosen_reader == "embedded":
        return Estimate(Usage(), 0.0)
    bodies = make_bodies(article, settings)
    sent = sum(len(json.dumps(body, ensure_ascii=False)) for body in bodies)
    least = len(bodies) * _LEAST_REPLY_TOKENS
    usage = Usage(
        input_tokens=round(sent / _CHARS_PER_TOKEN),
        output_tokens=round(len(article.text) * _REPLY_TOKENS_PER_CHAR) + least,
    )
    return Estimate(usage, _compute_cost(settings.model, usage, settings))


def _compute_cost(model: str, usage: Usage, settings: Settings) -> float | None:
    from service.readers.llm.prices import compute_cost_usd

    return compute_cost_usd(model, usage, settings.openai_base_url)


@asynccontextmanager
async def open_workbench(
    settings: Settings, *, workers: int = 0, places: int | None = None
) -> AsyncIterator[Workbench]:
    """Yield the parts with database and client open; readings in flight are finished first.

    With ``workers`` rules read, and drafts are reviewed, in up to so many processes of their own:
    for a service that shall answer others meanwhile. There are ``places`` readings at the same
    time, as many as calls unless said otherwise. Where an LLM is to read and no endpoint is
    configured, what is stored is still served, and any other article raises ``NoEndpointError``.
    Raises ``StoreError`` where the database cannot be used.
    """
    limits = Limits(reading=places or settings.concurrency, waiting=MAX_WAITING)
    turns = asyncio.Semaphore(limits.reading)
    async with (
        open_store(settings.database_url) as store,
        _open_engines(settings, store, turns, workers=workers) as engines,
    ):
        pipeline = Pipeline(engines, store, limits, turns)
        try:
            yield Workbench(pipeline, store)
        except Exception:
            # Whatever went wrong outside, what is being read is being paid for. Only who is
            # cancelled, by a Ctrl-C, does not wait.
            await pipeline.drain()
            raise
        await pipeline.drain()


@asynccontextmanager
async def _open_engines(
    settings: Settings, store: Store, places: asyncio.Semaphore, *, workers: int
) -> AsyncIterator[list[Engine]]:
    """Yield the engines in the order in which they are asked.

    Where the embedded reader reads for want of an endpoint, what an LLM has read before is still
    served: it was paid for, and is better. Only an LLM reads in parts: rules take the same time
    for a character of any article, and their attention does not wane.
    """
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(_open_workers(settings, workers))
        engines: list[Engine] = []
        if settings.reader != "embedded":
            llm = await stack.enter_async_context(_open_llm(settings, store))
            engine = _make_llm_engine(llm, settings, opened)
            split = SplitEngine(engine, store, places, part_chars=settings.part_chars)
            engines.append(split)
        if settings.uses_embedded:
            engines.append(_make_embedded_engine(settings, opened))
        yield engines


@asynccontextmanager
async def _open_workers(settings: Settings, count: int) -> AsyncIterator["Workers | None"]:
    """Yield ``count`` workers; none where none are wanted, or nobody can read."""
    if not count or not settings.can_read:
        yield None
        return
    from service.worker_engine import open_workers

    async with open_workers(count, reads=settings.chosen_reader == "embedded") as opened:
        yield opened


def _make_llm_engine(reader: Reader, settings: Settings, workers: "Workers | None") -> Engine:
    build = partial(build_request, spec=make_spec(settings))
    if workers is None:
        return ReaderEngine(reader, build)
    from service.worker_engine import WorkerExaminer

    return ReaderEngine(reader, build, open_examiner=partial(WorkerExaminer, workers=workers))


def _make_embedded_engine(settings: Settings, workers: "Workers | None") -> Engine:
    from service.readers.embedded.reader import EmbeddedReader
    from service.readers.embedded.reading import EMBEDDED_VERSION

    build = partial(build_article_request, version=EMBEDDED_VERSION)
    stands_in = settings.chosen_reader == "llm"
    if workers is None:
        return ReaderEngine(EmbeddedReader(), build, stands_in=stands_in)
    from service.worker_engine import WorkerEngine

    return WorkerEngine(workers, build, stands_in=stands_in)


@asynccontextmanager
async def _open_llm(settings: Settings, store: Store) -> AsyncIterator[Reader]:
    if not settings.has_endpoint:
        yield MissingReader()
        return
    from service.readers.llm.reader import LlmReader
    from service.readers.llm.transport import RetryPolicy, Transport, build_client

    policy = RetryPolicy(try_s=settings.timeout_s, deadline_s=settings.timeout_s * _DEADLINE_FACTOR)
    concurrency = settings.concurrency
    async with (
        _open_pace(settings, store) as pace,
        build_client(_name_endpoint(settings), max_connections=concurrency) as client,
    ):
        yield LlmReader(
            Transport(client, policy, pace=pace, concurrency=concurrency),
            render_reask=render_reask,
            open_account=store.open_account,
            max_reasks=settings.max_reasks,
            base_url=settings.openai_base_url,
        )


def _name_endpoint(settings: Settings) -> "Endpoint":
    from service.readers.llm.transport import Endpoint

    key = settings.openai_api_key
    return Endpoint(
        api_key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        timeout_s=settings.timeout_s,
    )


@asynccontextmanager
async def open_batch_desk(
    settings: Settings, *, reads_online: bool = False
) -> AsyncIterator["BatchDesk"]:
    """Yield what an export and an import of OpenAI's Batch files work with; no endpoint is needed.

    With ``reads_online`` what has to be asked again is asked at once; ``NoEndpointError`` where
    none is configured. Raises ``StoreError`` where the database cannot be used.
    """
    from service.openai_batch.conversations import Conversations, RecallingBooks
    from service.openai_batch.desk import BatchDesk
    from service.readers.llm.prices import compute_batch_cost_usd

    if reads_online:
        _check_endpoint(settings)
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(settings.database_url))
        books = RecallingBooks(store.open_account)
        reader = _make_deferring_reader(settings, books.open)
        online = None
        if reads_online:
            online = await stack.enter_async_context(_open_llm(settings, store))
        yield BatchDesk(
            store=store,
            build_request=partial(build_request, spec=make_spec(settings)),
            conversations=Conversations(reader, books, store),
            compute_cost=partial(compute_batch_cost_usd, base_url=settings.openai_base_url),
            online=online,
        )


def _make_deferring_reader(settings: Settings, open_account: OpenAccount) -> Reader:
    """Return the LLM reader as it always is, but for the calls."""
    from service.readers.llm.deferring import DeferringTransport
    from service.readers.llm.reader import LlmReader
    from service.readers.llm.transport import silence_vendors

    silence_vendors()
    return LlmReader(
        DeferringTransport(),
        render_reask=render_reask,
        open_account=open_account,
        max_reasks=settings.max_reasks,
        base_url=settings.openai_base_url,
    )


@asynccontextmanager
async def open_batch_office(settings: Settings) -> AsyncIterator["BatchOffice"]:
    """Yield what submits, watches and fetches batches; ``NoEndpointError``, ``StoreError``."""
    from service.openai_batch.submitting import BatchOffice
    from service.readers.llm.batch_files import BatchFiles
    from service.readers.llm.transport import build_client

    _check_endpoint(settings)
    client = build_client(_name_endpoint(settings))
    async with client, open_store(settings.database_url) as store:
        yield BatchOffice(BatchFiles(client), store)


def _check_endpoint(settings: Settings) -> None:
    if not settings.has_endpoint:
        raise NoEndpointError(NO_ENDPOINT)


@asynccontextmanager
async def _open_pace(settings: Settings, store: Store) -> AsyncIterator[Pace]:
    """Yield the pace of the endpoint and model that are set; what is owed is settled at the end."""
    from service.readers.llm.pacing import name_pace
    from service.readers.llm.transport import OPENAI_URL

    name = name_pace(settings.openai_base_url or OPENAI_URL, settings.model)
    pace = store.open_pace(name, PaceLimits(requests=settings.rpm, tokens=settings.tpm))
    try:
        yield pace
    finally:
        await pace.close()
