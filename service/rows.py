"""A summary and its items as flat rows, of the shapes that lists and tables show.

Owns which of a summary's values a row has. Pure; knows neither tables nor files.
"""

from collections.abc import Iterator

from pydantic import TypeAdapter

from schemas.api import ItemRow, ListCounts, Origin, SummaryRow
from schemas.base import LIST_NAMES, ListName
from schemas.summary import Item, Summary

_ITEM_ROW: TypeAdapter[ItemRow] = TypeAdapter(ItemRow)


def make_summary_row(summary: Summary) -> SummaryRow:
    """Return the summary's row."""
    article, provenance = summary.article, summary.provenance
    return SummaryRow(
        id=summary.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        language=article.language,
        headline=summary.headline,
        gist=summary.gist,
        counts=ListCounts(**{name: len(getattr(summary, name)) for name in LIST_NAMES}),
        warnings=len(summary.warnings),
        engine=provenance.engine,
        model=provenance.model,
        created_at=provenance.created_at,
        cost_usd=provenance.cost_usd,
    )


def make_origin(summary: Summary) -> Origin:
    """Return what every item of ``summary`` says of where it comes from."""
    article = summary.article
    return Origin(
        summary_id=summary.id,
        article_title=article.title,
        article_source=article.source,
        article_url=article.url,
        article_published=article.published,
    )


def make_item_rows(summary: Summary) -> Iterator[tuple[ListName, Item, ItemRow]]:
    """Yield each item of ``summary`` with its list and its row, in the summary's order."""
    origin = dict(make_origin(summary))
    for name in LIST_NAMES:
        for item in getattr(summary, name):
            row = _ITEM_ROW.validate_python({**dict(item), **origin, "list": name})
            yield name, item, row
