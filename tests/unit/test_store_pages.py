"""Pages hold what walking over everything would find, whatever is asked for."""

import asyncio
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.api import ItemFilter
from schemas.base import LIST_NAMES, ListName
from schemas.summary import Item, Summary
from service.store import open_store
from tests.unit.data_store import (
    make_id,
    make_summary,
    make_varied_drafts,
    name_url,
    walk_items,
    walk_summaries,
)
from tests.unit.databases import KINDS


class Library(NamedTuple):
    """A store with varied summaries, and these in the order of the lists."""

    url: str
    summaries: list[Summary]


@pytest.fixture(scope="module", params=KINDS)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Fill a store with summaries, some of them superseded, some deleted."""
    if request.param == "sqlite":
        url = name_url(tmp_path_factory.mktemp("library") / "readout.db")
    else:
        url = request.getfixturevalue("module_postgres_url")
    made = [
        make_summary(f"{number}-{published}", draft=draft, metadata={"published": published})
        for published in ("2025-12-06", "2025", None, "2024-02")
        for number, draft in enumerate(make_varied_drafts())
    ]
    newer = {
        number: summary.model_copy(update={"id": make_id(f"newer-{number}")})
        for number, summary in enumerate(made)
        if number % 3 == 1
    }
    deleted = {number for number in range(len(made)) if number % 7 == 3}
    asyncio.run(
        _fill(url, [*made, *newer.values()], [made[one].id for one in deleted - set(newer)])
    )
    kept = [one for number, one in enumerate(made) if number not in deleted | set(newer)]
    return Library(url, [*kept, *newer.values()][::-1])


async def _fill(url: str, made: list[Summary], deleted: list[str]) -> None:
    async with open_store(url) as store:
        for summary in made:
            await store.save_summary(summary)
        for summary_id in deleted:
            await store.delete_summary(summary_id)


COUNTRIES = st.sampled_from(["CN", "US", "EU", "TW"])
TOPICS = st.sampled_from(["chips", "trade", "agriculture", "education"])
STATUSES = st.sampled_from(["held", "planned", "agreed", "stalled", "in_force", "threatened"])
DATES = st.sampled_from(["2023", "2024-02-29", "2024-03", "2025-12-06", "2025-12-07", "2026"])
filters = st.fixed_dictionaries(
    {},
    optional={
        "country": COUNTRIES,
        "list": st.sampled_from(LIST_NAMES),
        "topic": TOPICS,
        "product": st.sampled_from(["H20", "h20", "MI308", "B200"]),
        "status": STATUSES,
        "since": DATES,
    },
)
limits = st.sampled_from([1, 2, 3, 7, 50, 500])


def _passes(item: Item, name: ListName, query: ItemFilter) -> bool:
    """Say whether ``item`` of the list ``name`` has what ``query`` asks for, ``since`` apart."""
    parties = getattr(item, "participants", getattr(item, "actors", []))
    topics = getattr(item, "topics", [getattr(item, "topic", None)])
    products = [product.casefold() for product in getattr(item, "products", [])]
    return (
        query.country in {None, *(party.country for party in parties)}
        and query.list in {None, name}
        and query.topic in {None, *topics}
        and (query.product is None or query.product.casefold() in products)
        and query.status in {None, getattr(item, "status", None)}
    )


def _pad(when: str) -> str:
    """Return a text that sorts like the last day of ``when``."""
    return f"{when}-99-99"[:10] if len(when) < 10 else when


def _is_since(when: str, query: ItemFilter) -> bool:
    return query.since is None or _pad(when) >= f"{query.since}-01-01"[:10]


def _date(item: Item, summary: Summary) -> str:
    own = [getattr(item, name, None) for name in ("announced", "date", "effective")]
    return next((when for when in own if when), _date_summary(summary))


def _date_summary(summary: Summary) -> str:
    return summary.article.published or "2025-12-06"


def _list_named(summary: Summary) -> list[tuple[ListName, Item]]:
    return [(name, item) for name in LIST_NAMES for item in getattr(summary, name)]


@given(filters, limits)
async def test_pages_of_items_are_what_a_plain_filter_gives(
    library: Library, query: dict[str, str], limit: int
) -> None:
    """Whatever is asked for, page by page, is what walking over everything would find."""
    wanted = ItemFilter.model_validate(query)

    async with open_store(library.url) as store:
        found = await walk_items(store, limit=limit, **query)

    assert found == [
        (summary.id, item.id)
        for summary in library.summaries
        for name, item in _list_named(summary)
        if _passes(item, name, wanted) and _is_since(_date(item, summary), wanted)
    ]


@given(filters, limits)
async def test_pages_of_summaries_are_what_a_plain_filter_gives(
    library: Library, query: dict[str, str], limit: int
) -> None:
    """Filters of items hold for one item; ``since`` for the summary."""
    wanted = ItemFilter.model_validate(query)
    is_plain = not set(query) - {"since"}

    async with open_store(library.url) as store:
        found = await walk_summaries(store, limit=limit, **query)

    assert found == [
        summary.id
        for summary in library.summaries
        if _is_since(_date_summary(summary), wanted)
        and (is_plain or any(_passes(item, name, wanted) for name, item in _list_named(summary)))
    ]
