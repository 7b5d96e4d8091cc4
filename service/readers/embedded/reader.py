"""The embedded reader: rules that read an article on this machine, beside the event loop.

Owns the way from a request to a reading, and that a fault of the rules is the article's failure
and not the service's. What the rules find is ``reading``'s.
"""

import asyncio
import time
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from typing import NoReturn

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Attempt, Complaint, Reading, ReadingRequest, Usage
from service.errors import EmbeddedReaderError
from service.readers.embedded.reading import read_article
from service.readers.protocol import Notify, Review, ignore_progress
from service.threads import RunAside

ENGINE = "embedded"
"""The reader's name in provenance."""


def read_safely(article: Article) -> Draft:
    """Return what the rules find; raise ``EmbeddedReaderError`` where they fail, whatever it is.

    The message names the line of code and nothing of the article.
    """
    try:
        return read_article(article)
    except Exception as error:  # noqa: BLE001  # a fault of the rules is this article's failure
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {PurePath(frame.filename).name}:{frame.lineno}"
    raise EmbeddedReaderError(
        f"the embedded reader failed at this article ({place}); please report it, "
        "or configure an LLM endpoint"
    ) from error


class EmbeddedReader:
    """Reads by rules: the same draft for the same article, always; nothing is sent or paid."""

    def __init__(self, run_aside: RunAside = asyncio.to_thread) -> None:
        """Read beside the event loop; ``run_aside`` is given rules and review."""
        self._run_aside = run_aside

    async def read(
        self,
        request: ReadingRequest,
        review: Review,
        notify: Notify = ignore_progress,  # noqa: ARG002  # there is no second stage to tell of
    ) -> Reading:
        """Return the reading of the article that ``request`` holds; there is nothing to re-ask.

        Raises ``EmbeddedReaderError``.
        """
        started = time.monotonic()
        draft, complaints = await self._run_aside(_read_and_review, request, review)
        latency_ms = round((time.monotonic() - started) * 1_000)
        return Reading(
            key=request.key,
            engine=ENGINE,
            model=request.model,
            prompt_version=request.prompt_version,
            draft=draft,
            discarded=[],
            attempts=[_note(request.model, complaints, latency_ms)],
            cost_usd=0.0,
            created_at=datetime.now(UTC),
            latency_ms=latency_ms,
        )


def _read_and_review(request: ReadingRequest, review: Review) -> tuple[Draft, list[Complaint]]:
    draft = read_safely(Article.model_validate_json(request.messages[0].content))
    return draft, list(review(draft))


def _note(model: str, complaints: list[Complaint], latency_ms: int) -> Attempt:
    return Attempt(
        outcome="complaints" if complaints else "accepted",
        reply=None,
        complaints=complaints,
        model=model,
        usage=Usage(),
        latency_ms=latency_ms,
    )
