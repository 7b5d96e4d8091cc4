"""Summaries to put into a store, and plain ways to look at what comes out.

Owns what the tests of the store share. Knows the store by its interface, and SQLite directly.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from schemas.api import ItemPage, ItemRow, PageQuery, SummaryPage
from schemas.draft import Draft
from schemas.summary import Summary
from service.store import Store
from service.store.migrating import MIGRATIONS, list_revisions
from tests.builders import (
    build_article,
    build_draft,
    build_draft_chip_policy,
    build_draft_commitment,
    build_draft_talk,
    build_draft_tariff,
    build_empty_draft,
    build_party,
    build_provenance,
    build_summary,
)

ROOT = Path(__file__).parents[2]
"""Where subprocesses find the packages."""
HEAD = list_revisions(MIGRATIONS)[-1]
"""The newest revision of the schema."""


def name_url(path: Path) -> str:
    """Return the URL of the database at ``path``."""
    return f"sqlite:///{path}"


def make_id(name: str) -> str:
    """Return a summary's id, 64 hex digits, that stands for ``name``."""
    return hashlib.sha256(name.encode()).hexdigest()


def make_summary(
    name: str = "one",
    *,
    article: str | None = None,
    draft: Draft | None = None,
    metadata: Mapping[str, object] | None = None,
) -> Summary:
    """Build the summary ``name`` of an article of its own, or of the one called ``article``."""
    url = f"https://news.example/{article or name}"
    found = build_article().model_copy(update={"url": url, **(metadata or {})})
    return build_summary(draft=draft, article=found, id=make_id(name))


def make_small(name: str = "one", *, article: str | None = None, **fields: object) -> Summary:
    """Build the summary ``name`` with a single item, a commitment with those ``fields``."""
    draft = build_empty_draft(commitments=[build_draft_commitment(**fields)])
    return make_summary(name, article=article, draft=draft)


def make_published(name: str, published: str | None) -> Summary:
    """Build the default summary, of an article of that date."""
    return make_summary(name, metadata={"published": published})


def make_read_at(name: str, created_at: datetime, *, published: str | None = None) -> Summary:
    """Build the default summary, of a reading finished at that instant."""
    provenance = build_provenance(created_at=created_at)
    return make_published(name, published).model_copy(update={"provenance": provenance})


async def list_items(store: Store, **query: object) -> list[ItemRow]:
    """Return the items of the first page of ``query``."""
    return (await read_items(store, **query)).items


async def read_items(store: Store, **query: object) -> ItemPage:
    """Return a page of items, validated."""
    return ItemPage.model_validate_json(await store.list_items(PageQuery.model_validate(query)))


async def read_summaries(store: Store, **query: object) -> SummaryPage:
    """Return a page of summaries, validated."""
    page = await store.list_summaries(PageQuery.model_validate(query))
    return SummaryPage.model_validate_json(page)


async def name_items(store: Store, **query: object) -> list[str]:
    """Return the ids of the items of the first page of ``query``, those within their summaries."""
    return [item.id for item in await list_items(store, **query)]


async def name_summaries(store: Store, **query: object) -> list[str]:
    """Return the ids of the summaries of the first page of ``query``."""
    return [row.id for row in (await read_summaries(store, **query)).items]


async def walk_items(store: Store, **query: object) -> list[tuple[str, str]]:
    """Return summary and item ids of all pages of ``query``, one page after the other."""
    found: list[tuple[str, str]] = []
    page = await read_items(store, **query)
    while True:
        found += [(item.summary_id, item.id) for item in page.items]
        if page.next is None:
            return found
        page = await read_items(store, **{**query, "cursor": page.next})


async def walk_summaries(store: Store, **query: object) -> list[str]:
    """Return the ids of all pages of ``query``, one page after the other."""
    found: list[str] = []
    page = await read_summaries(store, **query)
    while True:
        found += [row.id for row in page.items]
        if page.next is None:
            return found
        page = await read_summaries(store, **{**query, "cursor": page.next})


@contextmanager
def connect(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the database at ``path`` as another program would, in autocommit mode."""
    with closing(
        sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    ) as connection:
        yield connection


def query(path: Path, statement: str, *parameters: object) -> Sequence[tuple[object, ...]]:
    """Return the rows of ``statement``, run by another connection."""
    with connect(path) as connection:
        return connection.execute(statement, parameters).fetchall()


def run_python(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``script`` in a process of its own, with ``arguments`` after its name."""
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def skip_seqs(path: Path, table: str, seq: int) -> None:
    """Let the next row of ``table`` have a seq above ``seq``, as if as many had been deleted."""
    with connect(path) as connection:
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, seq))


def make_varied_drafts() -> list[Draft]:
    """Return drafts whose items differ in everything that a filter looks at."""
    china, america, europe = (
        build_party("China"),
        build_party("United States", "US"),
        build_party("European Union", "EU"),
    )
    return [
        build_draft(),
        build_empty_draft(),
        build_empty_draft(
            commitments=[
                build_draft_commitment(actors=[china, america], announced="2025", status="stalled"),
                build_draft_commitment(actors=[europe], topic="chips", announced="2025-12-07"),
            ],
            chip_policies=[
                build_draft_chip_policy(products=["H20", "MI308"], actors=[america]),
                build_draft_chip_policy(products=["h20"], announced=None, effective="2024-02"),
            ],
        ),
        build_empty_draft(
            talks=[
                build_draft_talk(participants=[china, europe], topics=["chips", "trade"]),
                build_draft_talk(participants=[], topics=[], date=None, status="planned"),
                build_draft_talk(participants=[europe], topics=["trade"], date="2026-01"),
            ],
            tariffs=[
                build_draft_tariff(actors=[europe], announced="2023-12-31", effective="2026"),
                build_draft_tariff(actors=[], announced=None, effective=None, status="ended"),
            ],
        ),
        build_empty_draft(
            tariffs=[
                build_draft_tariff(actors=[america], effective="2025-12-06"),
                build_draft_tariff(actors=[china], announced="2025-12-05", status="threatened"),
            ]
        ),
    ]
