"""The composition root: the one place that builds the parts from the settings.

Owns which reader there is, how long it waits and how many wait for it. Slow imports happen in
the functions that need them, so that a command which reads nothing starts at once.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import NamedTuple

from pydantic import JsonValue

from schemas.article import Article
from schemas.draft import Draft
from service.checking.context import build_context
from service.checking.examination import examine_draft
from service.pipeline import Engine, Limits, Pipeline
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
from service.store import Store, open_store
from service.threads import CpuThread, RunAside

_DEADLINE_FACTOR = 3
"""All tries of one call together may take this many times as long as one."""
MAX_WAITING = 1_000
"""Readings that may wait for their turn; one more is turned away."""


def make_spec(settings: Settings) -> ReaderSpec:
    """Return what of the settings decides a reader's answer."""
    return ReaderSpec(engine=READER_VERSION, model=settings.model, mode=settings.mode)


def make_body(article: Article, settings: Settings) -> dict[str, JsonValue]:
    """Return the JSON body that a reading of ``article`` would send; no endpoint is needed."""
    from service.readers.llm.wire import build_body

    return build_body(build_request(article, make_spec(settings)))


class Workbench(NamedTuple):
    """The parts of a running Readout."""

    pipeline: Pipeline
    store: Store


def warm_up(settings: Settings) -> None:
    """Do once, before the first request, what is slow the first time.

    Prompt and schema are rendered, tables and patterns built, the vendor's SDK imported where an
    LLM is asked and the rules where they read: up to two seconds of CPU that no caller should
    wait for.
    """
    example = load_examples()[0]
    article = Article(text=example.text, published=example.published)
    if settings.chosen_reader == "llm":
        make_body(article, settings)
    if settings.chosen_reader == "embedded" or settings.fallback:
        from service.readers.embedded.reader import read_safely

        read_safely(article)
    examine_draft(Draft.model_validate(example.draft), build_context(article))


@asynccontextmanager
async def open_workbench(settings: Settings) -> AsyncIterator[Workbench]:
    """Yield the parts with database and client open; readings in flight are finished first.

    Where an LLM is to read and no endpoint is configured, what is stored is still served, and
    any other article raises ``NoEndpointError``. Raises ``StoreError`` where the database cannot
    be used.
    """
    with CpuThread() as thread:
        async with (
            open_store(settings.database_url) as store,
            _open_llm(settings, store, thread.run) as llm,
        ):
            engines = _list_engines(settings, llm, thread.run)
            limits = Limits(reading=settings.concurrency, waiting=MAX_WAITING)
            pipeline = Pipeline(engines, store, limits, thread.run)
            try:
                yield Workbench(pipeline, store)
            except Exception:
                # Whatever went wrong outside, what is being read is being paid for. Only who is
                # cancelled, by a Ctrl-C, does not wait.
                await pipeline.drain()
                raise
            await pipeline.drain()


def _list_engines(settings: Settings, llm: Reader, run_aside: RunAside) -> list[Engine]:
    """Return the readers in the order in which they are asked.

    Where the embedded reader reads for want of an endpoint, what an LLM has read before is still
    served: it was paid for, and is better.
    """
    by_llm = Engine(llm, partial(build_request, spec=make_spec(settings)))
    if settings.reader == "embedded":
        return [_make_embedded(run_aside)]
    if settings.chosen_reader == "embedded":
        return [by_llm, _make_embedded(run_aside)]
    if settings.has_endpoint and settings.fallback:
        return [by_llm, _make_embedded(run_aside)._replace(stands_in=True)]
    return [by_llm]


def _make_embedded(run_aside: RunAside) -> Engine:
    from service.readers.embedded.reader import EmbeddedReader
    from service.readers.embedded.reading import EMBEDDED_VERSION

    build = partial(build_article_request, version=EMBEDDED_VERSION)
    return Engine(EmbeddedReader(run_aside), build)


@asynccontextmanager
async def _open_llm(settings: Settings, store: Store, run_aside: RunAside) -> AsyncIterator[Reader]:
    if settings.chosen_reader != "llm" or not settings.has_endpoint:
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
            run_aside=run_aside,
        )
