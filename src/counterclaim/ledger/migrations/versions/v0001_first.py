"""The first schema: entries, captures, documents, statements, judgements, keys and full text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.ledger.columns import Name, sequence_type
from counterclaim.ledger.dialect import append_only_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = {
    "entries": ("sequence",),
    "captures": ("sha256", "sequence"),
    "documents": ("key", "sequence"),
    "statements": ("id", "sequence"),
    "judgements": ("id", "sequence"),
}


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("sequence", sequence_type(), primary_key=True, autoincrement=False),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("kind", Name(16), nullable=False),
        sa.Column("key", Name(80), nullable=False),
        sa.Column("digest", Name(64), nullable=False),
        sa.Column("chain", Name(64), nullable=False),
    )
    op.create_table(
        "captures",
        sa.Column("sha256", Name(64), primary_key=True),
        _sequence(),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("key", Name(32), primary_key=True),
        _sequence(),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("id", Name(), nullable=False),
        sa.Column("capture", Name(64), sa.ForeignKey("captures.sha256"), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "statements",
        sa.Column("id", Name(32), primary_key=True),
        _sequence(),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("document", Name(32), sa.ForeignKey("documents.key"), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "judgements",
        sa.Column("id", Name(32), primary_key=True),
        _sequence(),
        sa.Column("recorded", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "report_keys",
        sa.Column("key", Name(80), primary_key=True),
        sa.Column("document", Name(32), sa.ForeignKey("documents.key"), primary_key=True),
    )
    op.create_index("ix_documents_id", "documents", ["id"])
    op.create_index("ix_documents_capture", "documents", ["capture"])
    op.create_index("ix_statements_document", "statements", ["document"])
    for table in ("documents", "statements", "judgements"):
        op.create_index(f"{table}_recorded", table, ["recorded"])
    make_full_text()
    for table, unique in APPEND_ONLY.items():
        for trigger in append_only_triggers(table, unique):
            op.execute(trigger)


def downgrade() -> None:
    op.execute("DROP TABLE full_text")
    for table in ("report_keys", "judgements", "statements", "documents", "captures", "entries"):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ledger_is_append_only()")


def make_full_text() -> None:
    """Make the full-text table as it was until 0004; there is no search before that on PostgreSQL."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE full_text USING fts5("
            "kind UNINDEXED, key UNINDEXED, document UNINDEXED, recorded UNINDEXED, body, "
            "tokenize = 'unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE TABLE full_text (kind text, key text, document text, recorded bigint, body text)")


def _sequence() -> sa.Column[int]:
    return sa.Column(
        "sequence", sequence_type(), sa.ForeignKey("entries.sequence"), nullable=False, unique=True
    )
