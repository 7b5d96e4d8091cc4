"""The pace at which endpoints are asked, shared by all processes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; its rows are made when they are first needed."""
    op.create_table(
        "pace",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("told_s", sa.Double, nullable=False),
        sa.Column("turn_s", sa.Double, nullable=False),
        sa.Column("request_s", sa.Double, nullable=False),
        sa.Column("token_s", sa.Double, nullable=False),
        sa.Column("cooled_s", sa.Double, nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("pace")
