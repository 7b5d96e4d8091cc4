"""The composition root: the one place that builds the parts from the settings.

Owns which reader there is, how long it waits and how many wait for it. Slow imports happen in
the functions that need them, so that a command which reads nothing starts at once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import NamedTuple

from pydantic import JsonValue

from schemas.article import Article
from schemas.draft import Draft
from service.checking.context import build_context
from service.checking.examination import examine_draft
from service.engines import Engine, ReaderEngine
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
from service.readers.missing import MissingReader
from service.readers.protocol import Reader
from service.settings import Settings
from service.split_engine import SplitEngine
from service.store import Store, open_store

_DEADLINE_FACTOR = 3
"""All tries of one call together may take this many times as long as one."""
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


@asynccontextmanager
async def open_workbench(
    settings: Settings, *, has_worker: bool = False
) -> AsyncIterator[Workbench]:
    """Yield the parts with database and client open; readings in flight are finished first.

    With ``has_worker`` the embedded reader, where there is one, reads in a process of its own:
    for a service that shall answer others meanwhile. Where an LLM is to read and no endpoint is
    configured, what is stored is still served, and any other article raises ``NoEndpointError``.
    Raises ``StoreError`` where the database cannot be used.
    """
    places = asyncio.Semaphore(settings.concurrency)
    async with (
        open_store(settings.database_url) as store,
        _open_engines(settings, store, places, has_worker=has_worker) as engines,
    ):
        limits = Limits(reading=settings.concurrency, waiting=MAX_WAITING)
        pipeline = Pipeline(engines, store, limits, places)
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
    settings: Settings, store: Store, places: asyncio.Semaphore, *, has_worker: bool
) -> AsyncIterator[list[Engine]]:
    """Yield the engines in the order in which they are asked.

    Where the embedded reader reads for want of an endpoint, what an LLM has read before is still
    served: it was paid for, and is better. Only an LLM reads in parts: rules take the same time
    for a character of any article, and their attention does not wane.
    """
    async with AsyncExitStack() as stack:
        engines: list[Engine] = []
        if settings.reader != "embedded":
            llm = await stack.enter_async_context(_open_llm(settings, store))
            engine = ReaderEngine(llm, partial(build_request, spec=make_spec(settings)))
            split = SplitEngine(engine, store, places, part_chars=settings.part_chars)
            engines.append(split)
        if settings.uses_embedded:
            opening = _open_embedded(stands_in=settings.chosen_reader == "llm", aside=has_worker)
            engines.append(await stack.enter_async_context(opening))
        yield engines


@asynccontextmanager
async def _open_embedded(*, stands_in: bool, aside: bool) -> AsyncIterator[Engine]:
    from service.readers.embedded.reader import EmbeddedReader
    from service.readers.embedded.reading import EMBEDDED_VERSION
    from service.worker_engine import WorkerEngine, open_worker

    build = partial(build_article_request, version=EMBEDDED_VERSION)
    if not aside:
        yield ReaderEngine(EmbeddedReader(), build, stands_in=stands_in)
        return
    async with open_worker() as worker:
        yield WorkerEngine(worker, build, stands_in=stands_in)


@asynccontextmanager
async def _open_llm(settings: Settings, store: Store) -> AsyncIterator[Reader]:
    if not settings.has_endpoint:
        yield MissingReader()
        return
    from service.readers.llm.reader import LlmReader
    from service.readers.llm.transport import Endpoint, RetryPolicy, Transport, build_client

    key = settings.openai_api_key
    endpoint = Endpoint(
        api_key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        timeout_s=settings.timeout_s,
    )
    policy = RetryPolicy(try_s=settings.timeout_s, deadline_s=settings.timeout_s * _DEADLINE_FACTOR)
    async with build_client(endpoint, max_connections=settings.concurrency) as client:
        yield LlmReader(
            Transport(client, policy),
            render_reask=render_reask,
            open_account=store.open_account,
            max_reasks=settings.max_reasks,
            base_url=settings.openai_base_url,
        )
