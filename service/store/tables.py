"""The tables: what is kept, in which columns.

Owns the schema and its column types, portable to PostgreSQL. Knows no query; how the tables come
about stands in ``migrations``, which a test holds against this.
"""

from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

CallState = Literal["begun", "answered", "used", "unused", "unanswered"]
"""``begun`` and ``answered`` are open: no reading was made yet, and none has failed."""

metadata = MetaData()
Number = BigInteger().with_variant(Integer(), "sqlite")
"""A number of a row or block: SQLite gives numbers by itself only to an ``INTEGER``, which has
64 bits there, and PostgreSQL's has 32."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC: SQLite forgets zones, and compares as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> datetime | None:
        """Return ``value`` in UTC; ``ValueError`` for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a zone could be any of 24")
        return value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> datetime | None:
        """Return ``value`` as an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


readings = Table(
    "readings",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("engine", String, nullable=False),
    Column("model", String, nullable=False),
    Column("prompt_version", String, nullable=False),
    Column("created_at", Instant, nullable=False, index=True),
    Column("cost_usd", Double),
    Column("body", LargeBinary, nullable=False),
)
"""What was answered; ``body`` is the Reading's JSON, compressed by zlib (RFC 1950)."""

calls = Table(
    "calls",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String(64), nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("received_at", Instant),
    Column("model", String),
    Column("input_tokens", Integer),
    Column("cached_input_tokens", Integer),
    Column("output_tokens", Integer),
    Column("cost_usd", Double),
    Column("latency_ms", Integer),
    Column("response", LargeBinary),
    sqlite_autoincrement=True,
)
"""The books. All that follows ``begun_at`` is null until the reply is there; ``response``, the
completion's JSON compressed by zlib, is null again once it was pruned."""

summaries = Table(
    "summaries",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("article_id", String(64), nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("row", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False, index=True),
    sqlite_autoincrement=True,
)
"""``body`` is the JSON as served, ``row`` that of the SummaryRow; ``article_id`` is the SHA-256 of
text and metadata, of whose summaries the newest is current. ``created_at`` is that of the reading.
A ``seq`` is never used again."""
Index("ix_summaries_article", summaries.c.article_id, summaries.c.seq)

items = Table(
    "items",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("summary_seq", Number, ForeignKey("summaries.seq", ondelete="CASCADE"), nullable=False),
    Column("row", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
"""``row`` is the JSON of the ItemRow. The items of a summary stand in reverse, so that the newest
first are those of the newest summary in their own order."""
Index("ix_items_summary", items.c.summary_seq, items.c.seq)

postings = Table(
    "postings",
    metadata,
    Column("shelf", String(10), primary_key=True),
    Column("facet", String, primary_key=True),
    Column("block", Number, primary_key=True, autoincrement=False),
    Column("bits", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Which rows of a shelf (``items``, ``summaries``) have a facet, as bits: see ``postings``."""

batches = Table(
    "batches",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("title", String, nullable=False),
    Column("outputs", LargeBinary, nullable=False),
    Column("state", String(10), nullable=False),
    Column("round", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("holder", String(64)),
    Column("held_until", Instant),
)
"""``title`` says in words what it is of; ``outputs`` is a JSON list of the places that its results
went to. ``round`` counts how often its jobs were listed: those of an earlier round only are no
longer part of it. Whoever collects its results is the ``holder``."""

jobs = Table(
    "jobs",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("batch_id", String(32), ForeignKey("batches.id", ondelete="CASCADE"), nullable=False),
    Column("name", String, nullable=False),
    Column("round", Integer, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("stamp", String, nullable=False),
    Column("article", LargeBinary),
    Column("state", String(10), nullable=False),
    Column("is_delivered", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("ready_at", Instant, nullable=False),
    Column("worker", String(64)),
    Column("leased_until", Instant),
    Column("settled_at", Instant),
    Column("summary_id", String(64)),
    Column("origin", String(10)),
    Column("problem", LargeBinary),
    Column("input_tokens", Integer, nullable=False),
    Column("cached_input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cost_usd", Double, nullable=False),
    Column("is_unpriced", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""One article of a batch. ``source`` is the JSON of its Source, ``article`` that of an Article that
the job itself holds, compressed by zlib; ``problem`` is the JSON of why it failed. ``attempts``
counts how often it was begun; a worker that lives extends ``leased_until``. Tokens and
money are those of all attempts that ended."""
Index("ix_jobs_name", jobs.c.batch_id, jobs.c.name, unique=True)
Index("ix_jobs_batch", jobs.c.batch_id, jobs.c.seq)
Index("ix_jobs_state", jobs.c.batch_id, jobs.c.state, jobs.c.ready_at, jobs.c.seq)
Index("ix_jobs_delivery", jobs.c.batch_id, jobs.c.is_delivered, jobs.c.settled_at, jobs.c.seq)

pace = Table(
    "pace",
    metadata,
    Column("name", String, primary_key=True),
    Column("told_s", Double, nullable=False),
    Column("turn_s", Double, nullable=False),
    Column("request_s", Double, nullable=False),
    Column("token_s", Double, nullable=False),
    Column("cooled_s", Double, nullable=False),
)
"""One row an endpoint and model: instants, in seconds since 1970 by the database's clock. These are
when it was written, the last turn, the theoretical arrival of the next request and token, and the
cooldown's end; how they move stands in ``turns``."""
