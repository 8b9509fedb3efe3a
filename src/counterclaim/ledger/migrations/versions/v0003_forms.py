"""Forms: each report as the linker compares it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.ledger.columns import Name

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DERIVED = ("forms",)
"""Tables that going back drops, and that are made again."""


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("document", Name(32), sa.ForeignKey("documents.key"), primary_key=True),
        sa.Column("version", Name(80), primary_key=True),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    op.create_index("forms_version", "forms", ["version"])


def downgrade() -> None:
    op.drop_table("forms")
