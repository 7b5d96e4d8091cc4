"""The composition root: the one place that builds the parts from the settings.

Owns which reader there is and how long it waits. Slow imports happen in the functions that
need them, so that a command which reads nothing starts at once.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pydantic import JsonValue

from schemas.article import Article
from service.errors import NoEndpointError
from service.pipeline import Pipeline
from service.prompting import ReaderSpec, build_request, render_reask
from service.settings import Settings
from service.store import ReplyLog

_DEADLINE_FACTOR = 3
"""All tries of one call together may take this many times as long as one."""


def make_spec(settings: Settings) -> ReaderSpec:
    """Return what of the settings decides a reader's answer."""
    from service.readers.llm.reader import READER_VERSION

    return ReaderSpec(engine=READER_VERSION, model=settings.model, mode=settings.mode)


def make_body(article: Article, settings: Settings) -> dict[str, JsonValue]:
    """Return the JSON body that a reading of ``article`` would send; no endpoint is needed."""
    from service.readers.llm.wire import build_body

    return build_body(build_request(article, make_spec(settings)))


@asynccontextmanager
async def open_pipeline(settings: Settings) -> AsyncIterator[Pipeline]:
    """Yield a pipeline with its client open; ``NoEndpointError`` where none is configured."""
    if not settings.has_endpoint:
        raise NoEndpointError(
            "no LLM endpoint is configured; set OPENAI_API_KEY for OpenAI, or OPENAI_BASE_URL "
            "for any compatible endpoint, and READOUT_MODEL to its model"
        )
    from service.readers.llm.reader import LlmReader
    from service.readers.llm.transport import Endpoint, RetryPolicy, Transport, build_client

    key = settings.openai_api_key
    endpoint = Endpoint(
        api_key=key.get_secret_value() if key else None,
        base_url=settings.openai_base_url,
        timeout_s=settings.timeout_s,
    )
    policy = RetryPolicy(try_s=settings.timeout_s, deadline_s=settings.timeout_s * _DEADLINE_FACTOR)
    log = ReplyLog(settings.data_dir)
    log.prepare()
    async with build_client(endpoint) as client:
        reader = LlmReader(
            Transport(client, policy),
            render_reask=render_reask,
            keep_reply=log.keep,
            max_reasks=settings.max_reasks,
            base_url=settings.openai_base_url,
        )
        yield Pipeline(reader, make_spec(settings))
