"""The first schema of the team directory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.ledger.columns import Name, sequence_type
from counterclaim.ledger.dialect import append_only_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LOSES = ("users", "projects", "roles", "tokens", "audit")
DERIVED = ("attempts",)


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("name", Name(64), primary_key=True),
        sa.Column("admin", sa.Boolean, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("disabled", sa.BigInteger),
    )
    op.create_table(
        "projects",
        sa.Column("name", Name(64), primary_key=True),
        sa.Column("place", Name(), nullable=False, unique=True),
        sa.Column("made", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "roles",
        sa.Column("user", Name(64), sa.ForeignKey("users.name"), primary_key=True),
        sa.Column("project", Name(64), sa.ForeignKey("projects.name"), primary_key=True),
        sa.Column("role", Name(16), nullable=False),
        sa.Column("given", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("id", Name(16), primary_key=True),
        sa.Column("digest", Name(64), nullable=False),
        sa.Column("user", Name(64), sa.ForeignKey("users.name"), nullable=False),
        sa.Column("project", Name(64), sa.ForeignKey("projects.name"), nullable=False),
        sa.Column("role", Name(16), nullable=False),
        sa.Column("name", Name(80), nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger),
        sa.Column("revoked", sa.BigInteger),
    )
    op.create_table(
        "attempts",
        sa.Column("id", Name(32), primary_key=True),
        sa.Column("key", Name(80), nullable=False),
        sa.Column("moment", sa.BigInteger, nullable=False),
    )
    op.create_index("attempts_key", "attempts", ["key", "moment"])
    op.create_table(
        "audit",
        sa.Column("number", sequence_type(), primary_key=True, autoincrement=False),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.Column("by", Name(80), nullable=False),
        sa.Column("what", Name(32), nullable=False),
        sa.Column("user", Name(64), nullable=False),
        sa.Column("project", Name(64), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    for trigger in append_only_triggers("audit", ("number",)):
        op.execute(trigger)


def downgrade() -> None:
    for table in ("audit", "attempts", "tokens", "roles", "projects", "users"):
        op.drop_table(table)
