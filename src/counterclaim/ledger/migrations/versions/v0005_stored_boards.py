"""Stored boards: what was read off the ledger last, kept to be shown; digests of what is derived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.ledger.columns import Name, sequence_type

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DERIVED = ("stored_boards", "stored_rows", "stored_links", "stored_labels")


def upgrade() -> None:
    op.create_table(
        "stored_boards",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sequence", sequence_type(), nullable=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("version", Name(80), nullable=False),
        sa.Column("begun", sa.BigInteger, nullable=False),
        sa.Column("digest", Name(64)),
        sa.Column("summary", sa.LargeBinary),
    )
    op.create_table(
        "stored_rows",
        sa.Column("board", sa.Integer, primary_key=True),
        sa.Column("kind", Name(16), primary_key=True),
        sa.Column("id", Name(), primary_key=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "stored_links",
        sa.Column("board", sa.Integer, primary_key=True),
        sa.Column("one", Name(), primary_key=True),
        sa.Column("kind", Name(16), primary_key=True),
        sa.Column("other", Name(), primary_key=True),
    )
    op.create_table(
        "stored_labels",
        sa.Column("board", sa.Integer, primary_key=True),
        sa.Column("label", Name(), primary_key=True),
        sa.Column("kind", Name(16), primary_key=True),
        sa.Column("id", Name(), primary_key=True),
    )
    op.create_index("stored_rows_rank", "stored_rows", ["board", "kind", "rank"])
    op.add_column("forms", sa.Column("digest", Name(64)))
    # Forms without a digest are made again, with it, when the next report comes in.
    op.execute("DELETE FROM forms")
    op.execute("DELETE FROM report_keys")


def downgrade() -> None:
    op.drop_column("forms", "digest")
    for table in ("stored_labels", "stored_links", "stored_rows", "stored_boards"):
        op.drop_table(table)
