"""The embedded reader gives readings like any other, and fails like one."""

import asyncio
import threading
from typing import NoReturn

import pytest

from schemas.article import Article
from schemas.draft import Draft
from schemas.reading import Complaint, ReadingRequest, Usage
from service.errors import EmbeddedReaderError
from service.prompting import build_article_request
from service.readers.embedded import reader
from service.readers.embedded.reader import EmbeddedReader
from service.readers.embedded.reading import EMBEDDED_VERSION, read_article
from tests.builders import ARTICLE_TEXT, build_article
from tests.fakes import FakeReviewer

SECRET = "what the article says"


def make_request(article: Article | None = None) -> ReadingRequest:
    """Return the request for ``article``, or for the default one."""
    return build_article_request(article or build_article(), EMBEDDED_VERSION)


async def test_it_reads_the_article_that_the_request_holds() -> None:
    """With its title and date, as any other reader would be told them."""
    article = build_article(title="A title", published="2025-12-06")

    reading = await EmbeddedReader().read(make_request(article), FakeReviewer())
    assert reading.draft == read_article(article)
    assert (reading.key, reading.engine) == (make_request(article).key, "embedded")


async def test_it_says_that_no_model_was_asked_and_nothing_paid() -> None:
    """The books, the lists and the page show it."""
    reading = await EmbeddedReader().read(make_request(), FakeReviewer())

    assert (reading.model, reading.prompt_version) == ("rules", "none")
    assert (reading.cost_usd, reading.usage, reading.discarded) == (0.0, Usage(), [])
    (attempt,) = reading.attempts
    assert (attempt.outcome, attempt.reply, attempt.model) == ("accepted", None, "rules")
    assert reading.created_at.utcoffset() is not None


async def test_complaints_are_noted_and_the_draft_is_taken_all_the_same() -> None:
    """There is nobody to send it back to; what does not hold is dropped or cleared later."""
    complaint = Complaint(path="tariffs[0].rate", message="no quote says 85%.")

    reading = await EmbeddedReader().read(make_request(), FakeReviewer(lambda _draft: [complaint]))
    (attempt,) = reading.attempts
    assert (attempt.outcome, attempt.complaints) == ("complaints", [complaint])


async def test_the_review_is_asked_once_about_the_draft_that_is_taken() -> None:
    """Its examination is the summary's; it must not be of a copy."""
    reviewed: list[Draft] = []

    def review(draft: Draft) -> list[Complaint]:
        reviewed.append(draft)
        return []

    reading = await EmbeddedReader().read(make_request(), FakeReviewer(review))
    assert len(reviewed) == 1
    assert reviewed[0] is reading.draft


async def test_the_event_loop_goes_on_while_it_reads() -> None:
    """It takes tens of milliseconds; the loop stands still in none of them."""
    goes_on = threading.Event()

    def review(_draft: Draft) -> list[Complaint]:
        assert goes_on.wait(timeout=10)
        return []

    reading = asyncio.create_task(EmbeddedReader().read(make_request(), FakeReviewer(review)))
    await asyncio.sleep(0)
    goes_on.set()
    assert (await reading).engine == "embedded"


@pytest.mark.parametrize("error", [KeyError(SECRET), RecursionError(), MemoryError()])
async def test_a_fault_of_the_rules_is_an_error_of_the_reader_that_tells_no_article(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it is, it concerns one article, and names the line to be mended."""

    def fail(_article: Article) -> NoReturn:
        raise error

    monkeypatch.setattr(reader, "read_article", fail)

    with pytest.raises(EmbeddedReaderError) as caught:
        await EmbeddedReader().read(make_request(), FakeReviewer())
    message = str(caught.value)
    assert f"{type(error).__name__} at test_embedded_reader.py:" in message
    assert SECRET not in message
    assert caught.value.__cause__ is error


async def test_a_fault_of_the_review_is_not_taken_for_one_of_the_rules() -> None:
    """It would be looked for in the wrong place."""

    def fail(_draft: Draft) -> NoReturn:
        raise KeyError(SECRET)

    with pytest.raises(KeyError):
        await EmbeddedReader().read(make_request(), FakeReviewer(fail))


async def test_the_same_article_gives_the_same_draft() -> None:
    """A rule that depended on the order of a set would change from run to run."""
    first, second = [
        await EmbeddedReader().read(make_request(build_article(ARTICLE_TEXT)), FakeReviewer())
        for _ in range(2)
    ]

    assert first.draft == second.draft
