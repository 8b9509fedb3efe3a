"""Annotations: the actors, times and places of each document."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.ledger.columns import Name, sequence_type
from counterclaim.ledger.dialect import append_only_triggers

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LOSES = ("annotations",)
"""Tables of what cannot be made again, which going back drops."""


def upgrade() -> None:
    op.create_table(
        "annotations",
        sa.Column("document", Name(32), sa.ForeignKey("documents.key"), primary_key=True),
        sa.Column(
            "sequence", sequence_type(), sa.ForeignKey("entries.sequence"), nullable=False, unique=True
        ),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("annotations_recorded", "annotations", ["recorded"])
    for trigger in append_only_triggers("annotations", ("document", "sequence")):
        op.execute(trigger)


def downgrade() -> None:
    op.drop_table("annotations")
