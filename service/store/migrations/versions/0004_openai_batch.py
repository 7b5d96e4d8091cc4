"""The tables of OpenAI's Batch files: prompts, lines, answers, batches."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_lines()
    _make_answers()
    op.create_table(
        "openai_batches",
        sa.Column("seq", _NUMBER, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("file", sa.String, nullable=False),
        sa.Column("upload", sa.String, nullable=False),
        sa.Column("id", sa.String, unique=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("submitted_at", _INSTANT, nullable=False),
    )
    op.create_index("ix_openai_batches_digest", "openai_batches", ["digest"])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("batches", "batch_answers", "batch_lines", "batch_prompts"):
        op.drop_table(f"openai_{name}")


def _make_lines() -> None:
    op.create_table(
        "openai_batch_prompts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "openai_batch_lines",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column(
            "prompt_id", sa.String(64), sa.ForeignKey("openai_batch_prompts.id"), nullable=False
        ),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("export_id", sa.String(32), nullable=False),
        sa.Column("batch_id", sa.String),
    )
    op.create_index("ix_openai_batch_lines_batch_id", "openai_batch_lines", ["batch_id"])


def _make_answers() -> None:
    op.create_table(
        "openai_batch_answers",
        sa.Column("seq", _NUMBER, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("error", sa.LargeBinary),
        sa.Column("received_at", _INSTANT, nullable=False),
    )
    op.create_index("ix_openai_batch_answers_key", "openai_batch_answers", ["key"])
