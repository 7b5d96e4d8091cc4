"""The first tables: readings, calls, summaries, items, postings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    _make_books()
    _make_summaries()
    op.create_table(
        "postings",
        sa.Column("shelf", sa.String(10), primary_key=True),
        sa.Column("facet", sa.String, primary_key=True),
        sa.Column("block", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("bits", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop all tables."""
    for name in ("postings", "items", "summaries", "calls", "readings"):
        op.drop_table(name)


def _make_books() -> None:
    op.create_table(
        "readings",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("engine", sa.String, nullable=False),
        sa.Column("model", sa.String, nullable=False),
        sa.Column("prompt_version", sa.String, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("cost_usd", sa.Double),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_readings_created_at", "readings", ["created_at"])
    op.create_table(
        "calls",
        sa.Column("id", _NUMBER, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("begun_at", _INSTANT, nullable=False),
        sa.Column("received_at", _INSTANT),
        sa.Column("model", sa.String),
        sa.Column("input_tokens", sa.Integer),
        sa.Column("cached_input_tokens", sa.Integer),
        sa.Column("output_tokens", sa.Integer),
        sa.Column("cost_usd", sa.Double),
        sa.Column("latency_ms", sa.Integer),
        sa.Column("response", sa.LargeBinary),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_calls_key", "calls", ["key"])


def _make_summaries() -> None:
    op.create_table(
        "summaries",
        sa.Column("seq", _NUMBER, primary_key=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("article_id", sa.String(64), nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("row", sa.LargeBinary, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_summaries_created_at", "summaries", ["created_at"])
    op.create_index("ix_summaries_article", "summaries", ["article_id", "seq"])
    op.create_table(
        "items",
        sa.Column("seq", _NUMBER, primary_key=True),
        sa.Column(
            "summary_seq",
            _NUMBER,
            sa.ForeignKey("summaries.seq", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("row", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_items_summary", "items", ["summary_seq", "seq"])
