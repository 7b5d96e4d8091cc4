"""Which engine is asked, whose answer is served, and what is remembered of one that stood in."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from schemas.reading import Progress
from schemas.summary import Summary
from service.engines import Engine, ReaderEngine
from service.errors import (
    UNREACHABLE,
    AuthenticationError,
    EmbeddedReaderError,
    EndpointRequestError,
    EndpointUnavailableError,
    InvalidReplyError,
    NoEndpointError,
    ReaderError,
    ReadoutError,
    RefusalError,
    TruncationError,
)
from service.pipeline import Limits, Pipeline, Served
from service.prompting import ReaderSpec, build_article_request, build_request
from service.readers.missing import MissingReader
from service.store import Store, open_store
from tests.builders import build_article, build_empty_draft
from tests.fakes import FakeAccount, FakeReader
from tests.unit.data_store import name_summaries, name_url, query

SPEC = ReaderSpec(engine="llm/1", model="test-model", mode="json_schema")
BY_LLM = partial(build_request, spec=SPEC)
BY_RULES = partial(build_article_request, version="embedded/1")
LIMITS = Limits(reading=4, waiting=9)
OUTAGES = [kind for kind in UNREACHABLE if issubclass(kind, ReaderError)]


class Bench:
    """Two readers over one store: an LLM that pays, and rules that do not."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.llm = FakeReader(store.open_account)
        self.rules = FakeReader(FakeAccount().open, build_empty_draft(), engine="embedded")

    def open(self, *engines: Engine) -> Pipeline:
        """Return a pipeline, as after a start with other settings."""
        return Pipeline(engines, self.store, LIMITS)

    def open_llm(self) -> Pipeline:
        """Return one with an endpoint, and nothing that stands in."""
        return self.open(ReaderEngine(self.llm, BY_LLM))

    def open_with_fallback(self) -> Pipeline:
        """Return one with an endpoint, and rules that stand in."""
        rules = ReaderEngine(self.rules, BY_RULES, stands_in=True)
        return self.open(ReaderEngine(self.llm, BY_LLM), rules)

    def open_without_endpoint(self) -> Pipeline:
        """Return one that reads by rules because there is no endpoint."""
        return self.open(ReaderEngine(MissingReader(), BY_LLM), ReaderEngine(self.rules, BY_RULES))


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """Open a new store, with two readers."""
    async with open_store(name_url(tmp_path / "readout.db")) as store:
        yield Bench(store)


def parse(served: Served) -> Summary:
    """Return what is served."""
    return Summary.model_validate_json(served.stored.body)


def list_codes(served: Served) -> list[str]:
    """Return the codes of the warnings of what is served."""
    return [warning.code for warning in parse(served).warnings]


@pytest.mark.parametrize("kind", OUTAGES)
async def test_while_the_endpoint_is_down_rules_stand_in_and_say_so(
    kind: type[ReaderError], bench: Bench
) -> None:
    """A marked summary now is better than none."""
    bench.llm.error = kind("down")

    served = await bench.open_with_fallback().summarize(build_article())
    assert parse(served).provenance.engine == "embedded"
    assert list_codes(served) == ["fallback_reader"]
    assert (served.origin, served.stood_in) == ("read", True)


@pytest.mark.parametrize("kind", OUTAGES)
async def test_nothing_stands_in_unless_it_is_wanted(kind: type[ReaderError], bench: Bench) -> None:
    """Whoever counts on an LLM must not be given something else."""
    bench.llm.error = kind("down")

    with pytest.raises(kind):
        await bench.open_llm().summarize(build_article())


@pytest.mark.parametrize(
    "kind",
    [AuthenticationError, EndpointRequestError, RefusalError, TruncationError, InvalidReplyError],
)
async def test_what_is_no_outage_is_not_papered_over(kind: type[ReaderError], bench: Bench) -> None:
    """A wrong key would never be noticed, nor an article that the model refuses."""
    bench.llm.error = kind("no")

    with pytest.raises(kind):
        await bench.open_with_fallback().summarize(build_article())
    assert bench.rules.begun == 0


async def test_once_the_endpoint_is_back_the_same_article_is_read_by_the_llm(bench: Bench) -> None:
    """What stood in is never taken for the answer; its own address still leads to it."""
    pipeline = bench.open_with_fallback()
    bench.llm.error = EndpointUnavailableError("down")
    stood_in = [await pipeline.summarize(build_article()) for _ in range(2)]
    bench.llm.error = None

    served = await pipeline.summarize(build_article())
    again = await pipeline.summarize(build_article())
    assert bench.llm.begun == 3
    assert (parse(served).provenance.engine, list_codes(served)) == ("llm", [])
    assert (served.origin, served.stood_in, again.origin) == ("read", False, "stored")
    assert [one.stored for one in stood_in] == [stood_in[0].stored] * 2
    assert await bench.store.find_summary(stood_in[0].stored.id) == stood_in[0].stored
    assert await name_summaries(bench.store) == [served.stored.id]


async def test_what_an_llm_has_read_is_served_while_its_endpoint_is_down(bench: Bench) -> None:
    """It was paid for, and needs no call; nor does another outlet's copy."""
    pipeline = bench.open_with_fallback()
    first = await pipeline.summarize(build_article())
    bench.llm.error = EndpointUnavailableError("down")

    stored = await pipeline.summarize(build_article())
    derived = await pipeline.summarize(build_article(url="https://b.example/"))
    assert (stored.stored, stored.origin) == (first.stored, "stored")
    assert (derived.origin, parse(derived).provenance.engine) == ("derived", "llm")


async def test_another_models_summary_stays_listed_while_rules_stand_in(bench: Bench) -> None:
    """The model was changed and its endpoint is down: what was paid for is not hidden."""
    first = await bench.open_llm().summarize(build_article())
    other = partial(build_request, spec=SPEC.model_copy(update={"model": "other"}))
    bench.llm.error = EndpointUnavailableError("down")
    rules = ReaderEngine(bench.rules, BY_RULES, stands_in=True)

    served = await bench.open(ReaderEngine(bench.llm, other), rules).summarize(build_article())
    assert served.stood_in
    assert await name_summaries(bench.store) == [first.stored.id]


async def test_the_books_are_those_of_the_endpoint_alone(bench: Bench, tmp_path: Path) -> None:
    """What was paid in vain is in them; that rules read then is no call."""
    bench.llm.error = EndpointUnavailableError("down, after a reply that was no good")
    await bench.open_with_fallback().summarize(build_article())

    states = query(tmp_path / "readout.db", "SELECT state FROM calls")
    assert states == [("unused",)]


async def test_a_stand_ins_summary_is_not_that_of_rules_that_read_by_right(bench: Bench) -> None:
    """Their bytes differ, and so their ids; one reading serves both."""
    by_right = await bench.open_without_endpoint().summarize(build_article())
    bench.llm.error = EndpointUnavailableError("down")

    stood_in = await bench.open_with_fallback().summarize(build_article())
    again = await bench.open_without_endpoint().summarize(build_article())
    assert by_right.stored.id != stood_in.stored.id
    assert (list_codes(by_right), list_codes(stood_in)) == ([], ["fallback_reader"])
    assert (again.stored, again.stood_in) == (by_right.stored, False)


@pytest.mark.parametrize("copies", ["same", "other outlets"])
async def test_who_asks_at_the_same_time_shares_the_stand_ins_reading(
    copies: str, bench: Bench
) -> None:
    """Fifty readers of one story ask a dead endpoint once."""
    bench.llm.error = EndpointUnavailableError("down")
    bench.llm.may_end.clear()
    pipeline = bench.open_with_fallback()
    urls = [f"https://{number if copies != 'same' else 0}.example/" for number in range(3)]
    heard = [asyncio.Event() for _ in urls]

    async def ask(url: str, on: asyncio.Event) -> Served:
        return await pipeline.summarize(build_article(url=url), lambda _progress: on.set())

    asked = [asyncio.create_task(ask(*one)) for one in zip(urls, heard, strict=True)]
    await asyncio.gather(*(on.wait() for on in heard))
    bench.llm.may_end.set()

    served = await asyncio.gather(*asked)
    assert (bench.llm.begun, bench.rules.begun) == (1, 1)
    assert all(one.stood_in for one in served)
    assert sorted(one.joined for one in served) == [False, True, True]
    assert [parse(one).article.url for one in served] == urls


async def test_where_the_stand_in_fails_the_outage_is_told(bench: Bench) -> None:
    """To come back later helps; that rules fail at this article then does not matter."""
    bench.llm.error = EndpointUnavailableError("down")
    bench.rules.error = EmbeddedReaderError("failed")

    with pytest.raises(EndpointUnavailableError):
        await bench.open_with_fallback().summarize(build_article())


@pytest.mark.parametrize("error", [None, EmbeddedReaderError("failed")])
async def test_a_place_is_given_back_after_all_engines(
    error: ReadoutError | None, bench: Bench
) -> None:
    """A service whose places leak stands still for ever."""
    bench.llm.error = EndpointUnavailableError("down")
    bench.rules.error = error
    pipeline = bench.open_with_fallback()
    for number in range(LIMITS.reading + 1):
        await asyncio.gather(
            pipeline.summarize(build_article(f"Text {number}.")), return_exceptions=True
        )

    assert bench.rules.begun == LIMITS.reading + 1


async def test_progress_is_told_once_whoever_reads(bench: Bench) -> None:
    """A listener waits for one reading, not for two."""
    heard: list[Progress] = []
    bench.llm.error = EndpointUnavailableError("down")

    await bench.open_with_fallback().summarize(build_article(), heard.append)
    assert [progress.stage for progress in heard] == ["queued", "reading"]


async def test_without_an_endpoint_rules_read_and_their_summary_is_kept(bench: Bench) -> None:
    """As any other: stored, and derived for another outlet's copy."""
    pipeline = bench.open_without_endpoint()

    served = [
        await pipeline.summarize(build_article(url=url))
        for url in (None, None, "https://b.example/")
    ]
    assert [one.origin for one in served] == ["read", "stored", "derived"]
    assert not any(one.stood_in for one in served)
    assert (bench.rules.begun, list_codes(served[0])) == (1, [])


async def test_without_an_endpoint_what_an_llm_has_read_is_served(bench: Bench) -> None:
    """A machine that lost its key keeps its past, and does not read worse what it has."""
    first = await bench.open_llm().summarize(build_article())
    pipeline = bench.open_without_endpoint()

    stored = await pipeline.summarize(build_article())
    derived = await pipeline.summarize(build_article(url="https://b.example/"))
    assert (stored.stored, stored.origin) == (first.stored, "stored")
    assert (derived.origin, parse(derived).provenance.engine) == ("derived", "llm")
    assert bench.rules.begun == 0


async def test_with_an_endpoint_what_rules_have_read_is_read_again(bench: Bench) -> None:
    """That is what one sets a key for."""
    await bench.open_without_endpoint().summarize(build_article())

    served = await bench.open_llm().summarize(build_article())
    assert (served.origin, parse(served).provenance.engine) == ("read", "llm")
    assert await name_summaries(bench.store) == [served.stored.id]


async def test_without_any_engine_but_a_missing_one_the_setting_is_told(bench: Bench) -> None:
    """Whoever wants an LLM and has none hears what to set."""
    with pytest.raises(NoEndpointError):
        await bench.open(ReaderEngine(MissingReader(), BY_LLM)).summarize(build_article())
