"""Batches and their jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "batches",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("outputs", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT),
        sa.Column("holder", sa.String(64)),
        sa.Column("held_until", _INSTANT),
    )
    _make_jobs()


def downgrade() -> None:
    """Drop the two tables."""
    for name in ("jobs", "batches"):
        op.drop_table(name)


def _make_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("seq", _NUMBER, primary_key=True),
        sa.Column(
            "batch_id",
            sa.String(32),
            sa.ForeignKey("batches.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("source", sa.LargeBinary, nullable=False),
        sa.Column("stamp", sa.String, nullable=False),
        sa.Column("article", sa.LargeBinary),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("is_delivered", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ready_at", _INSTANT, nullable=False),
        sa.Column("worker", sa.String(64)),
        sa.Column("leased_until", _INSTANT),
        sa.Column("settled_at", _INSTANT),
        sa.Column("summary_id", sa.String(64)),
        sa.Column("origin", sa.String(10)),
        sa.Column("problem", sa.LargeBinary),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("cached_input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("cost_usd", sa.Double, nullable=False),
        sa.Column("is_unpriced", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_name", "jobs", ["batch_id", "name"], unique=True)
    op.create_index("ix_jobs_batch", "jobs", ["batch_id", "seq"])
    op.create_index("ix_jobs_state", "jobs", ["batch_id", "state", "ready_at", "seq"])
    op.create_index("ix_jobs_delivery", "jobs", ["batch_id", "is_delivered", "settled_at", "seq"])
