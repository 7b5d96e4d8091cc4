"""The embedded reader: rules that read an article on this machine.

Owns the way from a request to a reading, and that a fault of the rules is the article's failure
and not the service's. What the rules find is ``reading``'s.
"""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Attempt, Complaint, Reading, ReadingRequest, Usage
from service.errors import EmbeddedReaderError
from service.readers.embedded.reading import read_article
from service.readers.protocol import Notify, Reviewer, ignore_progress
from service.showing import show_fault

ENGINE = "embedded"
"""The reader's name in provenance."""


class EmbeddedReader:
    """Reads by rules: the same draft for the same article, always; nothing is sent or paid."""

    async def read(
        self,
        request: ReadingRequest,
        reviewer: Reviewer,
        _notify: Notify = ignore_progress,
    ) -> Reading:
        """Return the reading of the article that ``request`` holds; there is nothing to re-ask.

        It is made in a thread. Raises ``EmbeddedReaderError``.
        """
        return await asyncio.to_thread(read_by_rules, request, reviewer)


def read_by_rules(request: ReadingRequest, reviewer: Reviewer) -> Reading:
    """Return the reading of the article that ``request`` holds, and what ``reviewer`` says of it.

    Takes CPU in proportion to the article's length. Raises ``EmbeddedReaderError``.
    """
    started = time.monotonic()
    draft = read_safely(Article.model_validate_json(request.messages[0].content))
    complaints = reviewer.review(draft)
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


def read_safely(article: Article) -> Draft:
    """Return what the rules find; raise ``EmbeddedReaderError`` where they fail, however."""
    try:
        return read_article(article)
    except Exception as error:  # a fault of the rules is this article's failure, no more
        raise EmbeddedReaderError(
            f"the embedded reader failed at this article ({show_fault(error)}); please report it, "
            "or configure an LLM endpoint"
        ) from error


def _note(model: str, complaints: Sequence[Complaint], latency_ms: int) -> Attempt:
    return Attempt(
        outcome="complaints" if complaints else "accepted",
        reply=None,
        complaints=list(complaints),
        model=model,
        usage=Usage(),
        latency_ms=latency_ms,
    )
