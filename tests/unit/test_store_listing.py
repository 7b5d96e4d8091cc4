"""Pages of items and summaries hold what was asked for, each row once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from service.errors import QueryError
from service.store import Store, open_store
from service.store.bitmaps import BLOCK
from tests.builders import (
    build_draft_talk,
    build_empty_draft,
)
from tests.unit.data_store import (
    make_id,
    make_published,
    make_read_at,
    make_small,
    make_summary,
    name_items,
    name_summaries,
    read_items,
    read_summaries,
    walk_items,
    walk_summaries,
)
from tests.unit.databases import AnyDatabase


@pytest_asyncio.fixture
async def store(database: AnyDatabase) -> AsyncIterator[Store]:
    """Open a new store."""
    async with open_store(database.url) as opened:
        yield opened


async def test_lists_of_an_empty_store_are_empty(store: Store) -> None:
    """A fresh service has pages, too."""
    assert (await read_items(store)).model_dump() == {"items": [], "next": None}
    assert (await read_summaries(store)).model_dump() == {"items": [], "next": None}


async def test_items_stand_in_the_order_of_their_summary_the_newest_first(store: Store) -> None:
    """The list reads like the summaries, one after the other."""
    for name in ("old", "new"):
        await store.save_summary(make_summary(name))
    inside = [item.id for item in make_summary().iterate_items()]

    found = [(item.summary_id, item.id) for item in (await read_items(store)).items]

    assert found == [(make_id(name), item) for name in ("new", "old") for item in inside]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"country": "US"}, ["talk-1", "tariff-1"]),
        ({"country": "CN"}, ["talk-1", "commitment-1", "non-tariff-measure-1"]),
        ({"country": "TW"}, []),
        ({"list": "doubts"}, ["doubt-1"]),
        ({"topic": "agriculture"}, ["commitment-1"]),
        ({"product": "mI308"}, ["chip-policy-1"]),
        ({"product": "MI30"}, []),
        ({"status": "in_force"}, ["tariff-1", "chip-policy-1"]),
        ({"since": "2025-12-06"}, ["commitment-1", "tariff-1", "chip-policy-1", "doubt-1"]),
        (
            {"since": "2025-12"},
            ["talk-1", "commitment-1", "tariff-1", "chip-policy-1", "doubt-1"],
        ),
        ({"since": "2026"}, []),
        ({"country": "CN", "list": "talks"}, ["talk-1"]),
        ({"country": "CN", "list": "tariffs"}, []),
        ({"country": "CN", "topic": "agriculture", "status": "agreed"}, ["commitment-1"]),
        ({"status": "in_force", "product": "MI308", "list": "chip_policies"}, ["chip-policy-1"]),
        ({"country": "CN", "since": "2025-12-06"}, ["commitment-1"]),
    ],
)
async def test_items_pass_all_filters(
    store: Store, query: dict[str, str], expected: list[str]
) -> None:
    """Each filter narrows the list, and so do several together."""
    await store.save_summary(make_summary())

    assert await name_items(store, **query) == expected


async def test_a_filter_matches_no_name_that_begins_like_it(store: Store) -> None:
    """Whoever asks for a product with a colon in it gets that product."""
    await store.save_summary(make_summary())

    assert await name_items(store, product="mi308:") == []
    assert await name_items(store, product="%") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"country": "US"}, ["default"]),
        ({"country": "CN"}, ["default", "small"]),
        ({"country": "US", "list": "commitments"}, []),
        ({"country": "CN", "list": "commitments"}, ["default", "small"]),
        ({"status": "held", "topic": "agriculture"}, []),
    ],
)
async def test_filters_of_summaries_hold_for_one_item_together(
    store: Store, query: dict[str, str], expected: list[str]
) -> None:
    """A Chinese promise and an American duty do not make an American promise."""
    await store.save_summary(make_small("small"))
    await store.save_summary(make_summary("default"))

    assert await name_summaries(store, **query) == [make_id(name) for name in expected]


async def test_since_of_summaries_goes_by_the_article(store: Store) -> None:
    """When it was published counts, to its last day; an item's own date does not."""
    await store.save_summary(make_published("year", "2025"))
    await store.save_summary(make_published("month", "2025-11"))
    await store.save_summary(make_published("day", "2025-11-29"))
    await store.save_summary(make_read_at("undated", datetime(2025, 11, 30, tzinfo=UTC)))

    for query in ({}, {"country": "CN"}, {"list": "doubts"}):
        found = await name_summaries(store, since="2025-11-30", **query)
        assert found == [make_id(name) for name in ("undated", "month", "year")]


async def test_since_of_items_and_of_summaries_differ(store: Store) -> None:
    """An article of today may tell of an old duty."""
    await store.save_summary(make_small("one", announced="2019"))

    assert await name_items(store, since="2025") == []
    assert await name_summaries(store, since="2025", country="CN") == [make_id("one")]


async def test_a_page_has_as_many_rows_as_were_asked_for(store: Store) -> None:
    """And says where the next one begins, but for the last."""
    await store.save_summary(make_summary())

    pages = [await read_items(store, limit=limit) for limit in (5, 6, 7)]

    assert [len(page.items) for page in pages] == [5, 6, 6]
    assert [page.next is None for page in pages] == [False, True, True]


async def test_a_summary_with_many_fitting_items_is_listed_once(store: Store) -> None:
    """Also where its items fill a whole page of the search."""
    talks = [build_draft_talk() for _ in range(30)]
    for name in ("one", "two", "three"):
        await store.save_summary(make_summary(name, draft=build_empty_draft(talks=talks)))

    pages = [await read_summaries(store, list="talks", limit=limit) for limit in (2, 3)]

    names = [make_id(name) for name in ("three", "two", "one")]
    assert [[row.id for row in page.items] for page in pages] == [names[:2], names]
    assert [page.next is None for page in pages] == [False, True]
    assert await walk_summaries(store, list="talks", limit=1) == names


async def test_pages_of_items_stay_while_rows_arrive_and_go(store: Store) -> None:
    """No row is shown twice or left out, whatever happens between two pages."""
    for number in range(10):
        await store.save_summary(make_small(str(number)))
    page = await read_items(store, limit=4)

    await _disturb(store)
    rest = await read_items(store, cursor=page.next)

    assert [item.summary_id for item in rest.items] == [make_id(name) for name in "3210"]


@pytest.mark.parametrize("query", [{}, {"country": "CN"}, {"since": "2025"}])
async def test_pages_of_summaries_stay_while_rows_arrive_and_go(
    store: Store, query: dict[str, str]
) -> None:
    """The same, however they are searched."""
    for number in range(10):
        await store.save_summary(make_small(str(number)))
    page = await read_summaries(store, limit=4, **query)

    await _disturb(store)
    rest = await read_summaries(store, cursor=page.next, **query)

    assert [row.id for row in rest.items] == [make_id(name) for name in "3210"]


async def _disturb(store: Store) -> None:
    """Delete a row that was shown, the last of the page, and the next two; add a new one."""
    for name in "8654":
        await store.delete_summary(make_id(name))
    await store.save_summary(make_small("newer"))


async def test_a_row_that_a_cursor_names_may_be_gone(store: Store) -> None:
    """The page goes on below it, to the end if need be."""
    for name in ("one", "two"):
        await store.save_summary(make_small(name))
    items = await read_items(store, limit=1)
    summaries = await read_summaries(store, limit=1, country="CN")

    for name in ("one", "two"):
        await store.delete_summary(make_id(name))

    assert (await read_items(store, cursor=items.next)).items == []
    assert (await read_summaries(store, cursor=summaries.next, country="CN")).items == []


@pytest.mark.parametrize("cursor", ["", "garbage", "aXRlbXM6LTU", "ünïcode"])
async def test_a_cursor_that_is_none_is_told(store: Store, cursor: str) -> None:
    """Clients get a problem, not the first page again."""
    with pytest.raises(QueryError):
        await read_items(store, cursor=cursor)
    with pytest.raises(QueryError):
        await read_summaries(store, cursor=cursor)


async def test_a_cursor_of_the_other_list_is_told(store: Store) -> None:
    """The same number means another row there."""
    for name in ("one", "two"):
        await store.save_summary(make_summary(name))
    items, summaries = await read_items(store, limit=1), await read_summaries(store, limit=1)

    with pytest.raises(QueryError, match="list of summaries"):
        await read_items(store, cursor=summaries.next)
    with pytest.raises(QueryError, match="list of items"):
        await read_summaries(store, cursor=items.next)


async def test_a_search_goes_through_all_blocks(store: Store, database: AnyDatabase) -> None:
    """Lists grow beyond one block, and have holes where old rows were removed."""
    for number in range(40):
        database.skip_seqs("items", (1 + 3 * number) * BLOCK - 3)
        database.skip_seqs("summaries", (1 + 2 * number) * BLOCK - 1)
        await store.save_summary(make_summary(str(number)))
    names = [make_id(str(number)) for number in reversed(range(40))]

    assert await walk_summaries(store, limit=7) == names
    assert await walk_summaries(store, limit=7, country="US", since="2025") == names
    assert await walk_items(store, limit=500, list="tariffs") == [
        (name, "tariff-1") for name in names
    ]
    assert await walk_summaries(store, limit=50) == names
    assert len((await read_items(store, limit=200)).items) == 200
    for limit in (11, 500):
        assert len(await walk_items(store, limit=limit)) == 240
    assert await name_items(store, product="none") == []


async def test_items_of_one_summary_may_lie_in_two_blocks(
    store: Store, database: AnyDatabase
) -> None:
    """What the older rows of the first block have stays as it is."""
    await store.save_summary(make_summary("old"))
    database.skip_seqs("items", BLOCK - 4)

    await store.save_summary(make_summary("new"))

    for query in ({}, {"country": "CN"}, {"list": "talks"}, {"list": "doubts"}, {"since": "2025"}):
        found = [item.summary_id for item in (await read_items(store, **query)).items]
        count = len(found) // 2
        assert found == [make_id("new")] * count + [make_id("old")] * count != []


async def test_a_block_whose_rows_are_all_gone_leaves_no_trace(
    store: Store, database: AnyDatabase
) -> None:
    """Else a service that prunes would search through its whole past."""
    await store.save_summary(make_summary("old"))
    database.skip_seqs("items", 5 * BLOCK)
    database.skip_seqs("summaries", 5 * BLOCK)
    await store.save_summary(make_summary("new"))

    await store.delete_summary(make_id("old"))

    assert await name_summaries(store, country="CN") == [make_id("new")]
    assert len(await name_items(store)) == 6
