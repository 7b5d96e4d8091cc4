"""Long articles: what is sent for them, and what putting their parts together takes, by length.

The documents tell a fact in each paragraph, some fifteen on a page, each time another one, and a
reader that costs nothing reads them. What is sent is what is paid for, but for the replies, which
hold a fact once for each part that does.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count

from schemas.article import Article
from schemas.reading import Reading
from schemas.summary import Summary
from service.engines import ReaderEngine
from service.prompting import ReaderSpec, build_request
from service.readers.protocol import ignore_progress
from service.settings import Settings
from service.split_engine import SplitEngine
from tests.bench.measuring import Line, print_lines, print_verdict, race
from tests.builders import build_article
from tests.lots import LotReader, list_lots, write_document

PAGES = (25, 50, 100)
LINEAR_BOUND = 1.5
"""Most by which a character may take more CPU in a long document than in a short one."""
SENT_BOUND = 1.15
"""Most by which a character may cost more to send than it does in the shortest."""
_SPEC = ReaderSpec(engine="llm/1", model="m", mode="json_schema")


class _Forgetful:
    """A store in which nothing is found."""

    async def find_reading(self, _key: str) -> Reading | None:
        return None

    async def save_reading(self, _reading: Reading) -> None:
        """Keep nothing."""

    async def settle_failure(self, _key: str) -> None:
        """Note nothing."""


def _make_engine() -> SplitEngine:
    engine = ReaderEngine(LotReader(), partial(build_request, spec=_SPEC))
    part_chars: int = Settings.model_fields["part_chars"].default
    return SplitEngine(engine, _Forgetful(), asyncio.Semaphore(4), part_chars=part_chars)


def _make_run(pages: int) -> Callable[[], Awaitable[object]]:
    numbers = count(10_000, 10_000)
    engine = _make_engine()

    async def run() -> Summary:
        article = build_article(write_document(pages, first=next(numbers)))
        request = engine.build_request(article)
        made = await engine.read(request, article, ignore_progress)
        summary = await made.derive(article)
        assert len(summary.commitments) == len(list_lots(article.text))
        return summary

    return run


def count_sent(article: Article) -> tuple[int, int]:
    """Return the number of calls that a reading of ``article`` takes, and of characters sent."""
    requests = [asked.request for asked in _make_engine().list_requests(article)]
    return len(requests), sum(len(one.content) for asked in requests for one in asked.messages)


def _print_sent() -> None:
    print("\nCharacters sent for a document, instructions included, by its own")  # noqa: T201  # a command
    base: float | None = None
    for pages in PAGES:
        article = build_article(write_document(pages))
        calls, sent = count_sent(article)
        share = sent / len(article.text)
        base = base or share
        print_verdict(
            f"{pages:>4} pages, {calls:>2} calls: {share:.2f}, {share / base:.2f} × that of "
            f"{PAGES[0]} pages; bound {SENT_BOUND:g}",
            good=share / base <= SENT_BOUND,
        )


async def measure(*, rounds: int = 3) -> None:
    """Measure and print both."""
    _print_sent()
    runs = {f"{pages} pages": _make_run(pages) for pages in PAGES}
    results = await race(runs, rounds=rounds, calls=1)
    costs = [cpu_ms / pages for cpu_ms, pages in zip(results.values(), PAGES, strict=True)]
    lines = [
        Line(name, cpu_ms, cost / costs[0], LINEAR_BOUND)
        for (name, cpu_ms), cost in zip(results.items(), costs, strict=True)
    ]
    print_lines(
        f"CPU of a document but for its reader (ratio of a page's to one of {PAGES[0]})", lines
    )


if __name__ == "__main__":
    asyncio.run(measure())
