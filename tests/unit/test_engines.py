"""An engine makes of a reader's answer what the summary is derived from."""

import pytest

from schemas.article import Article
from schemas.reading import ReadingRequest
from service.engines import Examiner, ReaderEngine, derive_anew
from service.errors import NoEndpointError
from service.readers.missing import MissingReader
from service.readers.protocol import ignore_progress
from tests.builders import (
    build_article,
    build_draft,
    build_lie,
    build_reading,
    build_reading_request,
)
from tests.fakes import FakeAccount, FakeReader

LIE = build_lie()


def make_request(_article: Article) -> ReadingRequest:
    """Return the default request."""
    return build_reading_request()


def make_engine(*, stands_in: bool = False) -> ReaderEngine:
    """Return an engine whose reader reads well."""
    reader = FakeReader(FakeAccount().open, build_draft())
    return ReaderEngine(reader, make_request, stands_in=stands_in)


def test_what_was_reviewed_is_not_examined_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes longer than all the rest of the derivation."""
    examiner = Examiner(build_article())
    reading = build_reading(draft=LIE)
    complaints = examiner.review(reading.draft)
    monkeypatch.setattr("service.engines.examine_draft", None)
    monkeypatch.setattr("service.derivation.examine_draft", None)

    summary = examiner.derive(reading, build_article())
    assert len(complaints) == 1
    assert [tariff.rate for tariff in summary.tariffs] == [None]


def test_a_draft_that_nobody_reviewed_is_examined() -> None:
    """A reading from the store comes with no examination."""
    summary = Examiner(build_article()).derive(build_reading(draft=LIE), build_article())

    assert [tariff.rate for tariff in summary.tariffs] == [None]


async def test_a_summary_of_another_outlets_copy_bears_its_metadata() -> None:
    """One reading, two addresses."""
    engine = make_engine()
    made = await engine.read(build_reading_request(), build_article(), ignore_progress)

    own, other = [await made.derive(build_article(url=url)) for url in (None, "https://b.example/")]
    assert (own.article.url, other.article.url) == (None, "https://b.example/")
    assert own.id != other.id
    assert own.talks == other.talks


async def test_whoever_stands_in_says_so_and_its_summary_has_an_id_of_its_own() -> None:
    """Two summaries that differ by a warning are two."""
    summaries = []
    for stands_in in (False, True):
        engine = make_engine(stands_in=stands_in)
        made = await engine.read(build_reading_request(), build_article(), ignore_progress)
        summaries.append(await made.derive(build_article()))

    plain, marked = summaries
    assert plain.warnings == []
    assert [warning.code for warning in marked.warnings] == ["fallback_reader"]
    assert plain.id != marked.id


async def test_what_is_derived_anew_is_what_was_derived() -> None:
    """A restart changes nothing."""
    engine = make_engine()
    made = await engine.read(build_reading_request(), build_article(), ignore_progress)

    derived = await made.derive(build_article())
    assert await derive_anew(made.reading, build_article()) == derived


async def test_without_a_reader_the_article_is_not_even_indexed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each article that another engine then reads would cost that much more."""
    monkeypatch.setattr("service.engines.build_context", None)
    engine = ReaderEngine(MissingReader(), make_request)

    with pytest.raises(NoEndpointError):
        await engine.read(build_reading_request(), build_article(), ignore_progress)
