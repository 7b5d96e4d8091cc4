"""The tables of OpenAI's Batch files: what was asked in them, and what came back.

Owns their schema. Knows no query; how the tables come about stands in ``migrations``.
"""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from service.store.tables import Instant, Number, metadata

prompts = Table(
    "openai_batch_prompts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
"""What the requests of many lines share, all but the last message: some 20 kB, kept once. ``body``
is its JSON, compressed by zlib; ``id`` the SHA-256 over it."""

lines = Table(
    "openai_batch_lines",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("prompt_id", String(64), ForeignKey("openai_batch_prompts.id"), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("export_id", String(32), nullable=False),
    Column("batch_id", String, index=True),
)
"""A request that was written to a file, by its key. ``body`` is the JSON of its last message and of
its articles, compressed by zlib; ``export_id`` names the export that wrote it last; ``batch_id``
is the batch whose answer it waits for, null where it waits for none."""

answers = Table(
    "openai_batch_answers",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("key", String(64), nullable=False, index=True),
    Column("error", LargeBinary),
    Column("received_at", Instant, nullable=False),
)
"""Every answer that was imported, once. ``error`` is its JSON, compressed by zlib; null for a
reply, which stands in ``calls``."""

batches = Table(
    "openai_batches",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("digest", String(64), nullable=False, index=True),
    Column("file", String, nullable=False),
    Column("upload", String, nullable=False),
    Column("id", String, unique=True),
    Column("state", String, nullable=False),
    Column("submitted_at", Instant, nullable=False),
)
"""Every file that was uploaded: ``schemas.openai_batch.SubmittedBatch``."""
