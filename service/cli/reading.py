"""One article of several, read by the configured reader.

Owns how many are read at once, and that a failure of one becomes a value.
"""

import asyncio

from schemas.article import Article
from service.errors import DefectError, ReadoutError
from service.pipeline import Pipeline
from service.store import StoredSummary

MAX_AT_ONCE = 8
"""Most articles that are read at the same time."""

Result = StoredSummary | ReadoutError
"""What came of an article."""


async def read_article(
    pipeline: Pipeline, article: Article | ReadoutError, gate: asyncio.Semaphore
) -> Result:
    """Return the summary, or why there is none: here a failure becomes a value.

    A fault of our own becomes one too: it must not end the readings of other articles, which
    are being paid for.
    """
    if isinstance(article, ReadoutError):
        return article
    async with gate:
        try:
            return (await pipeline.summarize(article)).stored
        except ReadoutError as error:
            return error
        except Exception as error:  # noqa: BLE001  # one article of several, see above
            return DefectError(
                f"Readout failed at this article ({type(error).__name__}); please report it"
            )
