"""Summaries are kept, found, superseded and deleted."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from schemas.summary import Summary
from service.store import Store, StoredSummary, open_store
from tests.builders import CREATED_AT, build_provenance, build_reading
from tests.unit.data_store import (
    list_items,
    make_id,
    make_small,
    make_summary,
    name_items,
    name_summaries,
)
from tests.unit.databases import AnyDatabase


@pytest_asyncio.fixture
async def store(database: AnyDatabase) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(database.url) as opened:
        yield opened


async def test_a_saved_summary_is_found(store: Store) -> None:
    """What was paid for is served from now on."""
    saved = await store.save_summary(make_summary())

    assert await store.find_summary(make_id("one")) == saved
    assert Summary.model_validate_json(saved.body) == make_summary()


async def test_a_summary_is_served_with_the_bytes_that_were_saved(database: AnyDatabase) -> None:
    """Entity tags are compared after a restart, too."""
    url = database.url
    async with open_store(url) as first:
        saved = await first.save_summary(make_summary())

    async with open_store(url) as second:
        found = await second.find_summary(saved.id)

    assert found == saved == StoredSummary.make(saved.id, saved.body)


async def test_what_is_not_there_is_not_found(store: Store) -> None:
    """Ids come from addresses that anyone can type."""
    names = [make_id("none"), "", "x" * 64, "a" * 31, "\ud800" * 40, "0" * 10_000, "'; --"]

    assert [await store.find_summary(name) for name in names] == [None] * len(names)


async def test_saving_puts_into_memory(store: Store) -> None:
    """The next request for the same article costs microseconds."""
    saved = await store.save_summary(make_summary())

    store.remember(b"print", saved.id)

    assert store.recall(b"print") is saved


async def test_what_is_saved_or_found_after_a_deletion_is_put_into_memory(store: Store) -> None:
    """Only what was under way while something was deleted is not believed."""
    for name in ("one", "two"):
        await store.save_summary(make_summary(name))
        await store.delete_summary(make_id(name))

    saved = await store.save_summary(make_summary())
    store.remember(b"print", saved.id)

    assert store.recall(b"print") is saved


async def test_finding_puts_into_memory(database: AnyDatabase) -> None:
    """After a restart, the first request pays for the others."""
    url = database.url
    async with open_store(url) as first:
        await first.save_summary(make_summary())

    async with open_store(url) as second:
        second.remember(b"print", make_id("one"))
        before = second.recall(b"print")
        found = await second.find_summary(make_id("one"))

        assert (before, second.recall(b"print")) == (None, found)


async def test_a_summary_larger_than_the_memory_is_served(database: AnyDatabase) -> None:
    """Long articles are rare, and must work."""
    async with open_store(database.url, max_memory_bytes=100) as store:
        saved = await store.save_summary(make_summary())
        store.remember(b"print", saved.id)

        assert store.recall(b"print") is None
        assert await store.find_summary(saved.id) == saved


async def test_saving_an_id_again_changes_nothing(store: Store) -> None:
    """Two processes may read the same article at once: both serve what was stored first."""
    first = make_summary()
    second = first.model_copy(update={"provenance": build_provenance(attempts=3)})

    saved = await store.save_summary(first)

    assert await store.save_summary(second) == saved
    assert len(await name_summaries(store)) == 1
    assert len(await name_items(store)) == 6


async def test_a_deleted_summary_is_gone(store: Store) -> None:
    """From the memory, the lists and the database."""
    saved = await store.save_summary(make_summary())
    store.remember(b"print", saved.id)

    assert await store.delete_summary(saved.id)

    assert store.recall(b"print") is None
    assert await store.find_summary(saved.id) is None
    assert (await name_summaries(store), await name_items(store)) == ([], [])


async def test_deleting_leaves_no_trace_in_any_table(store: Store, database: AnyDatabase) -> None:
    """An embargoed article must not lie about in an index."""
    saved = await store.save_summary(make_summary())

    await store.delete_summary(saved.id)

    tables = ("summaries", "items", "postings")
    counts = [database.query(f"SELECT count(*) FROM {name}") for name in tables]
    assert counts == [[(0,)]] * 3


async def test_deleting_one_leaves_the_others(store: Store) -> None:
    """They share the blocks of the index."""
    for name in ("one", "two", "three"):
        await store.save_summary(make_small(name))

    await store.delete_summary(make_id("two"))

    assert await name_summaries(store) == [make_id("three"), make_id("one")]
    assert [item.summary_id for item in await list_items(store, country="CN")] == [
        make_id("three"),
        make_id("one"),
    ]


async def test_deleting_what_is_not_there_says_so(store: Store) -> None:
    """The service answers 404, the second time too."""
    await store.save_summary(make_summary())

    deleted = [await store.delete_summary(make_id(name)) for name in ("none", "one", "one")]

    assert deleted == [False, True, False]


async def test_deleting_a_summary_leaves_its_reading(store: Store) -> None:
    """The reading was paid for: the summary can be derived again."""
    reading = build_reading()
    await store.save_reading(reading)
    await store.save_summary(make_summary())

    await store.delete_summary(make_id("one"))

    assert await store.find_reading(reading.key) == reading


async def test_a_deleted_summary_can_be_saved_again(store: Store) -> None:
    """It is then the newest."""
    for name in ("one", "two"):
        await store.save_summary(make_small(name))
    await store.delete_summary(make_id("one"))

    await store.save_summary(make_small("one"))

    assert await name_summaries(store) == [make_id("one"), make_id("two")]


async def test_a_seq_is_never_used_again(store: Store, database: AnyDatabase) -> None:
    """A cursor to a deleted row must not point to a new one."""
    used: set[tuple[object, ...]] = set()
    for name in ("one", "two", "three"):
        await store.save_summary(make_summary(name))
        used.update(database.query("SELECT 's', seq FROM summaries"))
        used.update(database.query("SELECT 'i', seq FROM items"))
        await store.delete_summary(make_id(name))

    assert len(used) == 3 + 3 * 6


async def test_a_newer_summary_of_an_article_takes_the_place_of_the_older(store: Store) -> None:
    """Better rules or another model: facts must not be listed twice."""
    await store.save_summary(make_small("old", article="A", statement="buy soybeans"))
    await store.save_summary(make_small("new", article="A", statement="buy beans"))

    assert await name_summaries(store) == [make_id("new")]
    assert [item.summary_id for item in await list_items(store)] == [make_id("new")]
    assert [item.summary_id for item in await list_items(store, status="agreed")] == [
        make_id("new")
    ]


async def test_a_superseded_summary_is_found_by_its_id(store: Store) -> None:
    """Links to it must not break."""
    old = await store.save_summary(make_small("old", article="A"))
    await store.save_summary(make_small("new", article="A"))

    assert await store.find_summary(make_id("old")) == old


async def test_saving_a_superseded_summary_again_leaves_it_so(store: Store) -> None:
    """A client that repeats an old request does not turn back the lists."""
    for name in ("old", "new", "old"):
        await store.save_summary(make_small(name, article="A"))

    assert await name_summaries(store) == [make_id("new")]


async def test_with_the_current_summary_go_those_that_it_superseded(store: Store) -> None:
    """Who deletes an article does not want an older reading of it in its place."""
    for name in ("first", "second", "third"):
        await store.save_summary(make_small(name, article="A"))
    await store.save_summary(make_small("other"))

    assert await store.delete_summary(make_id("third"))

    assert await name_summaries(store) == [make_id("other")]
    assert [item.summary_id for item in await list_items(store)] == [make_id("other")]
    assert [await store.find_summary(make_id(name)) for name in ("first", "second")] == [None] * 2


async def test_deleting_a_superseded_summary_leaves_the_current_one(store: Store) -> None:
    """Nothing in the lists changes."""
    for name in ("old", "new"):
        await store.save_summary(make_small(name, article="A"))

    await store.delete_summary(make_id("old"))

    assert await name_summaries(store) == [make_id("new")]
    assert await store.find_summary(make_id("old")) is None


async def test_summaries_of_other_articles_are_left_alone(store: Store) -> None:
    """Superseding goes by the article, text and metadata, not by what is said of it."""
    for name in ("one", "two"):
        await store.save_summary(make_small(name))

    assert len(await name_summaries(store)) == 2


def make_by_rules(name: str, *, article: str) -> Summary:
    """Build a small summary that the embedded reader gave."""
    provenance = build_provenance(engine="embedded")
    return make_small(name, article=article).model_copy(update={"provenance": provenance})


async def test_what_rules_found_takes_no_llms_place_in_the_lists(store: Store) -> None:
    """It is worse, and the other was paid for; it is there for who has its address."""
    await store.save_summary(make_small("llm", article="A"))

    saved = await store.save_summary(make_by_rules("rules", article="A"))

    assert await name_summaries(store) == [make_id("llm")]
    assert [item.summary_id for item in await list_items(store)] == [make_id("llm")]
    assert [item.summary_id for item in await list_items(store, country="CN")] == [make_id("llm")]
    assert await store.find_summary(make_id("rules")) == saved


async def test_an_llms_summary_takes_the_place_of_what_rules_found(store: Store) -> None:
    """The endpoint is there again: the article is listed with what that said."""
    await store.save_summary(make_by_rules("rules", article="A"))
    await store.save_summary(make_by_rules("newer rules", article="A"))
    assert await name_summaries(store) == [make_id("newer rules")]

    await store.save_summary(make_small("llm", article="A"))

    assert await name_summaries(store) == [make_id("llm")]
    assert [item.summary_id for item in await list_items(store)] == [make_id("llm")]


async def test_what_was_never_listed_is_listed_once_it_is_all_that_is_left(
    store: Store, database: AnyDatabase
) -> None:
    """Pruning removes by age; the article is not to vanish with the older summary."""
    llm = make_small("llm", article="A")
    made = llm.provenance.model_copy(update={"created_at": CREATED_AT - timedelta(days=1)})
    await store.save_summary(llm.model_copy(update={"provenance": made}))
    await store.save_summary(make_by_rules("rules", article="A"))

    await store.prune(CREATED_AT)

    assert await name_summaries(store) == [make_id("rules")]
    assert [item.summary_id for item in await list_items(store, country="CN")] == [make_id("rules")]
