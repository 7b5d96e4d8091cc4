"""What the store holds is counted, and what is old leaves it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import pytest_asyncio

from schemas.books import PruneReport
from schemas.reading import Usage
from schemas.summary import Summary
from service.store import Store, open_store, summaries
from tests.builders import (
    KEY,
    build_article,
    build_draft_talk,
    build_empty_draft,
    build_paid_reply,
    build_reading,
)
from tests.unit.data_store import (
    HEAD,
    list_items,
    make_id,
    make_read_at,
    make_small,
    make_summary,
    name_summaries,
    name_url,
    query,
)

OLD, NOW, NEW = (datetime(2025, month, 6, 12, tzinfo=UTC) for month in (1, 6, 12))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the test's database is."""
    return tmp_path / "readout.db"


@pytest_asyncio.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(name_url(path)) as opened:
        yield opened


def _make_of_one_article(name: str, read_at: datetime) -> Summary:
    """Build the default summary of one and the same article."""
    made = make_read_at(name, read_at)
    return made.model_copy(update={"article": build_article()})


async def _keep(store: Store, key: str = KEY, **reply: object) -> None:
    account = await store.open_account(key)
    await account.enter()
    await account.keep(build_paid_reply(None, key=key, **reply))


async def test_an_empty_store_reports_nothing(store: Store, path: Path) -> None:
    """Zero is not unknown."""
    report = await store.measure()

    counts = report.model_dump(exclude={"database", "size_bytes", "revision"})
    assert {str(value) for value in counts.values()} == {"0", "None", "[]"}
    assert (report.database, report.revision) == (str(path), HEAD)
    assert report.size_bytes > 0


async def test_a_report_counts_what_is_there(store: Store) -> None:
    """Superseded summaries count, their items do not: they are in no list."""
    await store.save_summary(make_small("old", article="A"))
    await store.save_summary(make_summary("new", article="A"))
    await store.save_summary(make_small("other"))
    await store.save_reading(build_reading(created_at=NEW))
    await store.save_reading(build_reading(key="k", created_at=OLD))

    report = await store.measure()

    assert (report.readings, report.summaries, report.superseded, report.items) == (2, 3, 1, 7)
    assert (report.oldest, report.newest) == (OLD, NEW)


async def test_a_report_tells_what_became_of_each_call(store: Store) -> None:
    """Who pays wants to know for what."""
    await _keep(store, "used")
    await store.save_reading(build_reading(key="used"))
    await _keep(store, "failed")
    await (await store.open_account("failed")).enter()
    await store.settle_failure("failed")
    await _keep(store, "pending")
    await (await store.open_account("cut off")).enter()

    report = await store.measure()

    assert report.calls == 5
    assert (report.unanswered, report.unused, report.pending) == (2, 1, 1)


async def test_a_reply_whose_reading_is_there_is_not_pending(store: Store) -> None:
    """It came after the reading that another process made; nothing will take it up."""
    await store.save_reading(build_reading())
    await _keep(store)

    assert (await store.measure()).pending == 0


async def test_costs_are_summed_by_model_the_dearest_first(store: Store) -> None:
    """Replies of unknown price are counted, not taken for free."""
    usage = Usage(input_tokens=10, cached_input_tokens=4, output_tokens=1)
    for model, cost_usd in (("a", 0.1), ("a", None), ("b", 2.0), ("c", None), ("a", 0.2)):
        await _keep(store, model=model, cost_usd=cost_usd, usage=usage)
    await (await store.open_account(KEY)).enter()

    costs = (await store.measure()).costs

    assert [(one.model, one.calls, one.unpriced) for one in costs] == [
        ("b", 1, 0),
        ("a", 3, 1),
        ("c", 1, 1),
    ]
    assert [one.cost_usd for one in costs] == pytest.approx([2.0, 0.3, 0.0])
    assert costs[1].usage == usage + usage + usage


async def test_pruning_removes_what_was_read_before(store: Store) -> None:
    """Readings, summaries and items; the bound itself stays."""
    await store.save_reading(build_reading(key="old", created_at=OLD))
    await store.save_reading(build_reading(key="now", created_at=NOW))
    await store.save_summary(make_read_at("old", OLD))
    await store.save_summary(make_read_at("now", NOW))

    report = await store.prune(NOW)

    assert (report.before, report.readings, report.summaries, report.items) == (NOW, 1, 1, 6)
    assert await name_summaries(store) == [make_id("now")]
    assert {item.summary_id for item in await list_items(store)} == {make_id("now")}
    assert await store.find_reading("old") is None
    assert await store.find_reading("now") is not None


async def test_pruning_removes_superseded_summaries_too(store: Store) -> None:
    """They are of old readings, as a rule."""
    for name, read_at in (("old", OLD), ("new", NEW)):
        await store.save_summary(_make_of_one_article(name, read_at))

    report = await store.prune(NOW)

    assert (report.summaries, report.items) == (1, 6)
    assert await store.find_summary(make_id("old")) is None
    assert await name_summaries(store) == [make_id("new")]


async def test_pruning_a_current_summary_brings_back_one_that_stays(store: Store) -> None:
    """An old reading may have been imported after a newer one."""
    for name, read_at in (("new", NEW), ("old", OLD)):
        await store.save_summary(_make_of_one_article(name, read_at))

    await store.prune(NOW)

    assert await name_summaries(store) == [make_id("new")]
    assert len(await list_items(store)) == 6


async def test_pruning_brings_back_for_each_of_many_articles(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are more of them than one statement can name."""
    monkeypatch.setattr(summaries, "_BATCH", 2)
    for number in range(5):
        for name, read_at in (("new", NEW), ("old", OLD)):
            made = make_small(f"{name}-{number}", article=str(number))
            provenance = made.provenance.model_copy(update={"created_at": read_at})
            await store.save_summary(made.model_copy(update={"provenance": provenance}))

    await store.prune(NOW)

    assert await name_summaries(store) == [make_id(f"new-{number}") for number in (4, 3, 2, 1, 0)]
    assert len(await list_items(store)) == 5


async def test_pruning_removes_the_text_of_settled_replies(store: Store, path: Path) -> None:
    """What they cost stays in the books."""
    await _keep(store, received_at=OLD)
    await store.save_reading(build_reading(created_at=NEW))
    await _keep(store, "failed", received_at=OLD)
    await store.settle_failure("failed")
    before = (await store.measure()).costs

    report = await store.prune(NOW)

    assert report.replies == 2
    assert query(path, "SELECT state, response FROM calls") == [("used", None), ("unused", None)]
    assert (await store.measure()).costs == before != []


async def test_pruning_leaves_newer_replies(store: Store, path: Path) -> None:
    """The bound is the same as that of readings."""
    await _keep(store, received_at=NOW)
    await store.save_reading(build_reading(created_at=NEW))

    assert (await store.prune(NOW)).replies == 0


async def test_pruning_leaves_replies_that_are_still_open(store: Store) -> None:
    """They were paid for, and save a call when the article is asked for again."""
    await _keep(store, received_at=OLD)

    report = await store.prune(NOW)

    assert report.replies == 0
    assert len((await store.open_account(KEY)).recalled) == 1


async def test_pruning_settles_the_open_replies_of_readings_that_go(
    store: Store, path: Path
) -> None:
    """A reply without its text must not be taken up."""
    await store.save_reading(build_reading(created_at=OLD))
    await _keep(store, received_at=OLD)

    report = await store.prune(NOW)

    assert report.replies == 1
    assert query(path, "SELECT state, response FROM calls") == [("unused", None)]
    assert (await store.open_account(KEY)).recalled == ()


async def test_pruning_empties_the_memory(store: Store) -> None:
    """What was pruned is not served for another minute."""
    saved = await store.save_summary(make_read_at("old", OLD))
    store.remember(b"print", saved.id)

    await store.prune(NOW)

    assert store.recall(b"print") is None
    assert await store.find_summary(saved.id) is None


async def test_pruning_gives_space_back(store: Store, path: Path) -> None:
    """That is what it is for, as a rule; and embargoed text is gone from the disk."""
    talks = [build_draft_talk(outcome="embargoed " * 100) for _ in range(30)]
    for number in range(20):
        made = make_summary(str(number), draft=build_empty_draft(talks=talks))
        await store.save_summary(made)
    before = (await store.measure()).size_bytes

    report = await store.prune(NEW + timedelta(days=1))

    assert report.size_bytes == (await store.measure()).size_bytes < before / 4
    assert b"embargoed" not in b"".join(one.read_bytes() for one in _list_files(path))


def _list_files(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{path.name}*"))


async def test_a_dry_run_counts_and_removes_nothing(store: Store) -> None:
    """Before a deletion that nothing brings back, one wants to see it."""
    await _keep(store, received_at=OLD)
    await store.save_reading(build_reading(created_at=OLD))
    await store.save_summary(make_read_at("old", OLD))
    before = await store.measure()

    would = await store.prune(NOW, dry_run=True)
    after = await store.measure()
    did = await store.prune(NOW)

    assert after == before
    assert _count(would) == _count(did) == (1, 1, 6, 1)


def _count(report: PruneReport) -> tuple[int, int, int, int]:
    return report.readings, report.summaries, report.items, report.replies


async def test_pruning_twice_finds_nothing_the_second_time(store: Store) -> None:
    """It may run every night."""
    await _keep(store, received_at=OLD)
    await store.save_reading(build_reading(created_at=OLD))
    await store.save_summary(make_read_at("old", OLD))
    await store.prune(NOW)

    assert _count(await store.prune(NOW)) == (0, 0, 0, 0)


@pytest.mark.parametrize("dry_run", [True, False])
async def test_an_instant_without_a_zone_is_refused(store: Store, dry_run: bool) -> None:
    """A deletion must not depend on where the service runs."""
    with pytest.raises(ValueError, match="without a zone"):
        await store.prune(datetime(2025, 1, 1), dry_run=dry_run)  # noqa: DTZ001  # the point


async def test_an_instant_of_another_zone_is_the_same_bound(store: Store) -> None:
    """The shell gives local time."""
    await store.save_reading(build_reading(created_at=NOW))

    report = await store.prune(NOW.astimezone(timezone(timedelta(hours=9))), dry_run=True)

    assert report.readings == 0
