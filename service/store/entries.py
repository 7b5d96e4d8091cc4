"""What the lists show of a summary, and by what it is found.

Owns facets and days: what a summary says turned into what is stored and searched. All of it is
pure; knows no table.
"""

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from schemas.api import ItemFilter
from schemas.article import Article
from schemas.base import ListName, PartialDate, Party
from schemas.summary import Item, Summary
from service.canonical import digest
from service.rows import make_item_rows, make_summary_row

_DAYS = ("announced", "date", "effective")
"""The fields that date an item; the first that is set does."""


class ItemEntry(NamedTuple):
    """An item as it is stored and found."""

    row: bytes
    """JSON of its ItemRow."""
    facets: frozenset[str]
    day: date
    """The last day that it may be of."""


class SummaryEntry(NamedTuple):
    """A summary as it is stored and found."""

    id: str
    article_id: str
    engine: str
    """The reader that it comes from: ``llm`` or ``embedded``."""
    created_at: datetime
    """When its reading was finished: the instant that both bear."""
    body: bytes
    """The summary's JSON, as served."""
    row: bytes
    """JSON of its SummaryRow."""
    day: date
    """The last day on which it may have been published, else that on which it was read."""
    items: list[ItemEntry]
    """In the summary's order."""


def enter_summary(summary: Summary) -> SummaryEntry:
    """Return ``summary`` ready to be stored; it is serialised here, and nowhere else."""
    return SummaryEntry(
        id=summary.id,
        article_id=identify_article(summary.article),
        engine=summary.provenance.engine,
        created_at=summary.provenance.created_at,
        body=summary.model_dump_json().encode(),
        row=make_summary_row(summary).model_dump_json().encode(),
        day=date_summary(summary),
        items=enter_items(summary),
    )


def find_first_day(when: PartialDate) -> date:
    """Return the first day of a year, a month or a day."""
    year, month, day = (*map(int, when.split("-")), 1, 1)[:3]
    return date(year, month, day)


def find_last_day(when: PartialDate) -> date:
    """Return the last day of a year, a month or a day."""
    match [int(part) for part in when.split("-")]:
        case [year]:
            return date(year, 12, 31)
        case [year, month]:
            return date(year, month, calendar.monthrange(year, month)[1])
        case _:
            return date.fromisoformat(when)


def date_summary(summary: Summary) -> date:
    """Return the last day on which the article may have been published, else that of reading."""
    published = summary.article.published
    if published is not None:
        return find_last_day(published)
    return summary.provenance.created_at.astimezone(UTC).date()


def identify_article(article: Article) -> str:
    """Return the SHA-256 over text and metadata, 64 hex digits."""
    return digest(article.model_dump(mode="json"))


def enter_items(summary: Summary) -> list[ItemEntry]:
    """Return the items of all lists in the summary's order, ready to be stored."""
    fallback = date_summary(summary)
    return [
        ItemEntry(
            row=row.model_dump_json().encode(),
            facets=frozenset(_find_facets(name, item)),
            day=_date_item(item) or fallback,
        )
        for name, item, row in make_item_rows(summary)
    ]


def name_filters(query: ItemFilter) -> tuple[str, ...]:
    """Return the facets that an item must have to pass ``query``; ``since`` is none of them."""
    given = {
        "country": query.country,
        "list": query.list,
        "topic": query.topic,
        "product": query.product,
        "status": query.status,
    }
    return tuple(_name(kind, value) for kind, value in given.items() if value is not None)


def _name(kind: str, value: str) -> str:
    return f"{kind}:{value.casefold() if kind == 'product' else value}"


def _find_facets(name: ListName, item: Item) -> Iterator[str]:
    yield _name("list", name)
    parties: list[Party] = getattr(item, "participants", None) or getattr(item, "actors", [])
    yield from (_name("country", one.country) for one in parties if one.country is not None)
    topics = getattr(item, "topics", None) or [getattr(item, "topic", None)]
    yield from (_name("topic", topic) for topic in topics if topic is not None)
    yield from (_name("product", product) for product in getattr(item, "products", []))
    if (status := getattr(item, "status", None)) is not None:
        yield _name("status", status)


def _date_item(item: Item) -> date | None:
    """Return the last day of the first date that is set; ``None`` where none is."""
    given = (getattr(item, field, None) for field in _DAYS)
    return next((find_last_day(when) for when in given if when is not None), None)
