"""A long article is read in parts: each is paid for once, and what can be served is."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from schemas.article import Article
from schemas.reading import Reading
from schemas.summary import Summary
from service.engines import ReaderEngine
from service.errors import (
    UNREACHABLE,
    AuthenticationError,
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
from service.prompting import ReaderSpec, build_request
from service.readers.missing import MissingReader
from service.readers.protocol import Reader
from service.split_engine import SplitEngine
from service.store import Store, open_store
from tests.builders import build_article, build_attempt, build_paid_reply
from tests.fakes import FakeReviewer
from tests.lots import LotReader, build_document, list_lots, write_document, write_lot
from tests.unit.data_store import name_summaries, name_url

PART_CHARS = 3_600
SPEC = ReaderSpec(engine="llm/1", model="test-model", mode="json_schema")
BUILD = partial(build_request, spec=SPEC)
PAGES = 4
DOCUMENT = build_document(PAGES)
LOTS = list_lots(DOCUMENT.text)
HALTING = [*UNREACHABLE, AuthenticationError]


class Bench:
    """A store, a reader of lots, and pipelines that read by it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reader = LotReader()

    def make_engine(
        self, places: int = 4, reader: Reader | None = None
    ) -> tuple[SplitEngine, asyncio.Semaphore]:
        """Return an engine over the store, and its places."""
        semaphore = asyncio.Semaphore(places)
        engine = ReaderEngine(reader or self.reader, BUILD)
        return SplitEngine(engine, self.store, semaphore, part_chars=PART_CHARS), semaphore

    def open(self, places: int = 4, reader: Reader | None = None) -> Pipeline:
        """Return a pipeline, as after a start."""
        engine, semaphore = self.make_engine(places, reader)
        return Pipeline([engine], self.store, Limits(reading=places, waiting=9), semaphore)

    async def read(self, article: Article = DOCUMENT) -> Summary:
        """Return the summary of ``article``, by a new pipeline."""
        return parse(await self.open().summarize(article))

    def list_requests(self, article: Article = DOCUMENT) -> list[str]:
        """Return the keys of the parts of ``article``."""
        engine, _places = self.make_engine()
        return [one.request.key for one in engine.list_requests(article)]


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """Open a new store, with a reader."""
    async with open_store(name_url(tmp_path / "readout.db")) as store:
        yield Bench(store)


def parse(served: Served) -> Summary:
    """Return what is served."""
    return Summary.model_validate_json(served.stored.body)


def list_numbers(summary: Summary) -> list[float]:
    """Return the numbers of the lots that ``summary`` has, in its order."""
    return [one.quantity.value for one in summary.commitments if one.quantity]


def list_codes(summary: Summary) -> list[str]:
    """Return the codes of the warnings of ``summary``."""
    return [warning.code for warning in summary.warnings]


async def test_every_fact_of_a_long_article_is_found_once_and_in_its_place(bench: Bench) -> None:
    """Also those that stand in two parts."""
    summary = await bench.read()

    assert len(bench.reader.asked) >= PAGES
    assert sum(len(list_lots(text)) for text in bench.reader.asked) > len(LOTS)
    assert list_numbers(summary) == LOTS
    for lot, item in zip(LOTS, summary.commitments, strict=True):
        (quote,) = item.evidence
        assert quote.start == DOCUMENT.text.index(write_lot(lot))


async def test_a_fact_across_a_border_is_found_whole(bench: Bench) -> None:
    """By the part that has both its halves, in their overlap."""
    before = DOCUMENT.text[: PART_CHARS - 100].rpartition("\n\n")[0].ljust(PART_CHARS - 100, "x")
    after = f"It is due by 2031. {DOCUMENT.text[-PART_CHARS:]}"
    article = build_article(f"{before}\n\n{write_lot(777)}\n\n{after}")
    engine, _places = bench.make_engine()
    parts = [one.part.article.text for one in engine.list_requests(article)]
    assert parts[0].endswith(write_lot(777))

    (lot,) = [one for one in (await bench.read(article)).commitments if one.due]
    assert (lot.due, [quote.quote for quote in lot.evidence]) == (
        "2031", ["China will buy 777 tons of soybeans", "due by 2031"],
    )  # fmt: skip


async def test_provenance_says_how_many_parts_and_what_all_came_to(bench: Bench) -> None:
    """Whoever pays sees what a long article costs."""
    summary = await bench.read()

    made, count = summary.provenance, len(bench.list_requests())
    attempt = build_attempt()
    assert (made.parts, made.attempts) == (count, count)
    assert made.usage.input_tokens == count * attempt.usage.input_tokens
    assert made.cost_usd == pytest.approx(count * 0.002)
    # Parts are read side by side: the one that takes longest is waited for.
    assert made.latency_ms == attempt.latency_ms
    assert list_codes(summary) == ["split"]
    assert f"{count} parts" in summary.warnings[0].message


@pytest.mark.parametrize("chars", [100, PART_CHARS])
async def test_a_short_article_passes_through_as_it_is(chars: int, bench: Bench) -> None:
    """Its key, its request and its summary are those of an engine that does not split."""
    article = build_article(DOCUMENT.text[:chars].strip())
    plain = ReaderEngine(bench.reader, BUILD)
    engine, _places = bench.make_engine()

    summary = await bench.read(article)
    assert engine.build_request(article) == plain.build_request(article)
    assert (summary.provenance.parts, list_codes(summary)) == (1, [])
    assert len(bench.reader.asked) == 1


async def test_what_was_read_is_served_and_derived_without_a_call(bench: Bench) -> None:
    """After a restart, and for another outlet's copy; a fact that is told twice has two places."""
    text = f"{DOCUMENT.text}\n\n{write_lot(LOTS[0])}"
    article, outlets = build_article(text), build_article(text, url="https://b.example/")
    first = await bench.open().summarize(article)
    pipeline = bench.open(reader=MissingReader())

    stored, copy = [await pipeline.summarize(one) for one in (article, outlets)]
    assert len(parse(first).commitments[0].evidence) == 2
    assert (stored.stored, stored.origin, copy.origin) == (first.stored, "stored", "derived")
    one, other = parse(first), parse(copy)
    assert (one.commitments, one.warnings) == (other.commitments, other.warnings)
    assert (one.article.url, other.article.url) == (None, "https://b.example/")


async def test_a_stored_reading_is_that_of_all_its_parts(bench: Bench) -> None:
    """Its draft is theirs, merged; each part is a reading of its own beside it."""
    await bench.read()

    engine, _places = bench.make_engine()
    reading = await bench.store.find_reading(engine.build_request(DOCUMENT).key)
    assert reading is not None
    assert [one.quantity and one.quantity.value for one in reading.draft.commitments] == LOTS
    keys = bench.list_requests()
    assert [part.key for part in reading.parts] == keys
    assert None not in [await bench.store.find_reading(key) for key in keys]


@pytest.mark.parametrize("kind", HALTING)
async def test_an_outage_loses_no_part_that_was_read(
    kind: type[ReadoutError], bench: Bench
) -> None:
    """It is told as it is; when it is over, only the rest is paid for."""
    bench.reader.failing[LOTS[-1]] = kind("down")
    with pytest.raises(kind, match="parts are read and kept; send it again"):
        await bench.open(places=1).summarize(DOCUMENT)
    before = len(bench.reader.asked)
    bench.reader.failing.clear()

    assert list_numbers(await bench.read()) == LOTS
    assert len(bench.reader.asked) == before + 1


async def test_an_endpoint_that_is_down_is_not_asked_for_every_part(bench: Bench) -> None:
    """Each would wait for all its retries."""
    bench.reader.failing = dict.fromkeys(LOTS, EndpointUnavailableError("down", retry_after_s=7))

    with pytest.raises(EndpointUnavailableError, match="0 of the article's") as caught:
        await bench.open(places=2).summarize(DOCUMENT)
    assert len(bench.reader.asked) == 2
    assert caught.value.retry_after_s == 7


@pytest.mark.parametrize(
    "kind", [RefusalError, TruncationError, InvalidReplyError, EndpointRequestError]
)
async def test_a_part_that_fails_is_missing_and_named(
    kind: type[ReaderError], bench: Bench
) -> None:
    """The others are paid for; what there is, is served."""
    bench.reader.failing[LOTS[-1]] = kind("not this", attempts=[build_attempt(outcome="refusal")])

    served = await bench.open().summarize(DOCUMENT)
    summary = parse(served)
    assert served.is_partial
    assert served.may_improve
    assert 0 < len(summary.commitments) < len(LOTS)
    assert list_codes(summary) == ["split", "partial_reading"]
    count = len(bench.list_requests())
    told = summary.warnings[-1].message
    assert f"part {count} of {count} (characters " in told
    assert f"to {len(DOCUMENT.text):,}) could not be read (not this)" in told.replace("):", ")")
    assert summary.provenance.attempts == count


async def test_what_is_missing_is_read_when_the_article_comes_again(bench: Bench) -> None:
    """Only that is paid for; the whole takes the place of what was served before."""
    bench.reader.failing[LOTS[0]] = RefusalError("not this")
    pipeline = bench.open()
    partial_one = await pipeline.summarize(DOCUMENT)
    before = len(bench.reader.asked)
    bench.reader.failing.clear()

    whole = await pipeline.summarize(DOCUMENT)
    assert len(bench.reader.asked) == before + 1
    assert (list_numbers(parse(whole)), whole.is_partial) == (LOTS, False)
    assert await name_summaries(bench.store) == [whole.stored.id]
    assert await bench.store.find_summary(partial_one.stored.id) == partial_one.stored


async def test_a_reply_that_was_no_good_is_not_made_use_of_again(bench: Bench) -> None:
    """As for a short article: the next try is a call, not the same reply once more."""
    key = bench.list_requests()[-1]
    account = await bench.store.open_account(key)
    await account.enter()
    await account.keep(build_paid_reply(key=key))
    bench.reader.failing[LOTS[-1]] = RefusalError("no")

    await bench.read()
    assert (await bench.store.open_account(key)).recalled == ()


async def test_where_another_part_fails_the_next_time_it_is_another_summary(bench: Bench) -> None:
    """What is served says what is missing in it now."""
    told = []
    middle = LOTS[len(LOTS) // 2]
    for lots in ((LOTS[0], middle), (LOTS[-1], middle)):
        bench.reader.failing = dict.fromkeys(lots, RefusalError("no"))
        told.append(await bench.read())

    assert told[0].id != told[1].id
    assert [list_codes(one).count("partial_reading") for one in told] == [2, 1]


async def test_where_no_part_can_be_read_that_is_told(bench: Bench) -> None:
    """A summary of nothing would be a lie."""
    bench.reader.failing = dict.fromkeys(LOTS, RefusalError("no"))

    with pytest.raises(RefusalError, match="so it went with each of the article's"):
        await bench.open().summarize(DOCUMENT)


async def test_without_an_endpoint_the_setting_is_told(bench: Bench) -> None:
    """As for a short article."""
    with pytest.raises(NoEndpointError):
        await bench.open(reader=MissingReader()).summarize(DOCUMENT)


@pytest.mark.parametrize("places", [1, 3])
async def test_parts_take_the_places_of_readings(places: int, bench: Bench) -> None:
    """An endpoint is asked for no more at once, however many long articles there are."""
    articles = [DOCUMENT, build_document(PAGES, title="Another"), build_article("Short.")]
    pipeline = bench.open(places)
    bench.reader.full_at = places
    bench.reader.may_end.clear()
    asked = [asyncio.create_task(pipeline.summarize(one)) for one in articles]

    async with asyncio.timeout(30):
        await bench.reader.full.wait()
        bench.reader.may_end.set()
        served = await asyncio.gather(*asked)
    assert [list_numbers(parse(one)) for one in served] == [LOTS, LOTS, []]
    assert bench.reader.most_at_once == places


async def test_versions_of_a_document_share_the_parts_that_did_not_change(bench: Bench) -> None:
    """A correction on the last page is paid for as one page."""
    await bench.read()
    before = len(bench.reader.asked)
    changed = build_article(f"{DOCUMENT.text}\n\nCorrection: {write_lot(5)}")

    assert list_numbers(await bench.read(changed)) == [*LOTS, 5]
    assert len(bench.reader.asked) == before + 1


async def test_versions_that_come_at_the_same_time_share_their_calls(bench: Bench) -> None:
    """Two outlets send it, one with a line at its end."""
    pipeline = bench.open(places=8)
    changed = build_article(f"{DOCUMENT.text}\n\nCorrection: {write_lot(5)}")

    await asyncio.gather(*(pipeline.summarize(one) for one in (DOCUMENT, changed)))
    assert len(bench.reader.asked) == len({*bench.reader.asked})


async def test_a_part_that_was_read_since_it_was_looked_for_is_not_paid_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another document has had it read while this one was about to ask."""
    pipeline = bench.open()
    changed = build_article(f"{DOCUMENT.text}\n\nCorrection: {write_lot(5)}")
    last_key = bench.list_requests(changed)[-1]
    look_up = bench.store.find_reading

    async def find_late(key: str) -> Reading | None:
        found = await look_up(key)
        if key == last_key:
            await pipeline.summarize(DOCUMENT)
        return found

    monkeypatch.setattr(bench.store, "find_reading", find_late)
    served = await pipeline.summarize(changed)
    assert list_numbers(parse(served)) == [*LOTS, 5]
    assert len(bench.reader.asked) == len(bench.list_requests()) + 1


async def test_what_was_stored_before_is_read_as_a_whole() -> None:
    """A reading from before there were parts has none."""
    reading = Reading.model_validate_json(
        (await LotReader().read(BUILD(DOCUMENT), FakeReviewer())).model_dump_json(exclude={"parts"})
    )

    assert (reading.parts, reading.is_partial) == ([], False)


def test_a_document_of_another_budget_has_another_key(bench: Bench) -> None:
    """Its parts are others, and so may be its answer."""
    one, _places = bench.make_engine()
    other = SplitEngine(
        ReaderEngine(bench.reader, BUILD), bench.store, asyncio.Semaphore(1), part_chars=3_000
    )

    assert one.build_request(DOCUMENT).key != other.build_request(DOCUMENT).key
    assert len({*bench.list_requests()}) == len(bench.list_requests())
    assert write_document(PAGES) == DOCUMENT.text
