"""Sessions of people who log in on the page, and when they were last in each project."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.ledger.columns import Name

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LOSES = ()
DERIVED = ("sessions", "visits")


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", Name(64), primary_key=True),
        sa.Column("user", Name(64), sa.ForeignKey("users.name"), nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("used", sa.BigInteger, nullable=False),
    )
    op.create_index("sessions_user", "sessions", ["user"])
    op.create_table(
        "visits",
        sa.Column("user", Name(64), sa.ForeignKey("users.name"), primary_key=True),
        sa.Column("project", Name(64), sa.ForeignKey("projects.name"), primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("before", sa.BigInteger),
    )


def downgrade() -> None:
    op.drop_table("visits")
    op.drop_index("sessions_user", "sessions")
    op.drop_table("sessions")
