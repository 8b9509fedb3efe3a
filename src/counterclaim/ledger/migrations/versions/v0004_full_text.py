"""Full text by place in the log, of words without case and accents, the same in every database."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.matches import body_of
from counterclaim.ledger.migrations.versions.v0001_first import make_full_text
from counterclaim.ledger.words import folded_words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

AT_ONCE = 2000
BY_KIND = (("document", "documents", "key"), ("statement", "statements", "id"))


def upgrade() -> None:
    connection = op.get_bind()
    dialect = dialect_of(connection)
    op.execute("ALTER TABLE full_text RENAME TO full_text_before")
    for statement in dialect.full_text():
        op.execute(statement)
    for kind, table, column in BY_KIND:
        held = connection.execute(
            text(
                "SELECT noun.sequence, earlier.kind, earlier.key, earlier.document, earlier.body "  # noqa: S608
                f"FROM full_text_before AS earlier JOIN {table} AS noun ON noun.{column} = earlier.key "
                "WHERE earlier.kind = :kind ORDER BY noun.sequence"
            ),
            {"kind": kind},
            execution_options={"yield_per": AT_ONCE},
        )
        for part in held.partitions():
            rows = []
            for row in part:
                words = folded_words(row.body)
                rows.append(row._asdict() | {"words": len(words), "body": body_of(words)})
            dialect.index_text(connection, rows)
    op.execute("DROP TABLE full_text_before")


def downgrade() -> None:
    """Go back to the earlier table; words that have lost case and accents are found there as before."""
    sequence = "rowid" if op.get_context().dialect.name == "sqlite" else "sequence"
    op.execute("ALTER TABLE full_text RENAME TO full_text_after")
    make_full_text()
    op.execute(
        "INSERT INTO full_text (kind, key, document, recorded, body) "  # noqa: S608
        "SELECT noun.kind, noun.key, noun.document, entries.recorded, noun.body "
        f"FROM full_text_after AS noun JOIN entries ON entries.sequence = noun.{sequence} "
        "ORDER BY entries.sequence"
    )
    op.execute("DROP TABLE full_text_after")
