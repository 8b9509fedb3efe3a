"""What was erased, who had it erased and why; and which judgements protect words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.ledger import schema
from counterclaim.ledger.columns import Name, sequence_type
from counterclaim.ledger.dialect import append_only_triggers
from counterclaim.model import Judgement, load
from counterclaim.model.standing import protecting

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LOSES = ("erasures", "tombstones")
DERIVED = ("protections",)


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", Name(32), primary_key=True),
        sa.Column(
            "sequence", sequence_type(), sa.ForeignKey("entries.sequence"), nullable=False, unique=True
        ),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "tombstones",
        sa.Column("entry", sequence_type(), sa.ForeignKey("entries.sequence"), primary_key=True),
        sa.Column("kind", Name(16), nullable=False),
        sa.Column("key", Name(80), nullable=False),
        sa.Column("erasure", Name(32), sa.ForeignKey("erasures.id"), nullable=False),
    )
    op.create_index("ix_tombstones_key", "tombstones", ["key"])
    op.create_table(
        "protections",
        sa.Column("judgement", Name(32), primary_key=True),
        sa.Column("sequence", sequence_type(), nullable=False),
    )
    for table, unique in (("erasures", ("id", "sequence")), ("tombstones", ("entry",))):
        for trigger in append_only_triggers(table, unique):
            op.execute(trigger)
    find_protections(op.get_bind())


def find_protections(connection: sa.Connection) -> None:
    """Note the judgements that protect words, which a ledger can have that was at this schema before."""
    table = schema.judgements
    kinds = ('"kind":"protected"', '"kind":"undone"')
    query = sa.select(table.c.payload, table.c.sequence)
    query = query.where(
        sa.or_(*(sa.func.replace(table.c.payload, kind, "") != table.c.payload for kind in kinds))
    )
    found = {}
    for row in connection.execute(query):
        noun = load(row.payload)
        if isinstance(noun, Judgement):
            found[noun.id] = (noun, row.sequence)
    rows = [
        {"judgement": each.id, "sequence": found[each.id][1]}
        for each in protecting(judgement for judgement, _sequence in found.values())
    ]
    if rows:
        connection.execute(sa.insert(schema.protections), rows)


def downgrade() -> None:
    for table in ("protections", "tombstones", "erasures"):
        op.drop_table(table)
