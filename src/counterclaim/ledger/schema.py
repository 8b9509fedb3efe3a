"""The tables of a ledger, as this version of the program uses them.

``entries`` is the log: one row for everything that was ever added, in order, each chained to the
one before. The tables of nouns hold one row each, with the noun's versioned JSON in ``payload``
and a few columns to look it up by. An erased noun has no row in its table any more;
``tombstones`` names its entry and ``erasures`` says who had it erased, when and why. ``report_keys``,
``forms``, ``protections``, the full-text table and the tables of stored boards are derived from these
and could be made again.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from counterclaim.ledger.columns import Name, sequence_type

metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    Column("sequence", sequence_type(), primary_key=True, autoincrement=False),
    Column(
        "recorded",
        BigInteger,
        nullable=False,
        comment="microseconds since 1970, UTC; strictly rising by report",
    ),
    Column("kind", Name(16), nullable=False),
    Column("key", Name(80), nullable=False),
    Column(
        "digest", Name(64), nullable=False, comment="SHA-256 of the payload (of the bytes, for a capture)"
    ),
    Column("chain", Name(64), nullable=False, comment="SHA-256 over the chain before, kind, key and digest"),
)

captures = Table(
    "captures",
    metadata,
    Column("sha256", Name(64), primary_key=True),
    Column("sequence", sequence_type(), ForeignKey("entries.sequence"), nullable=False, unique=True),
    Column("payload", Text, nullable=False, comment="the capture as JSON, without its bytes"),
    Column("content", LargeBinary, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("key", Name(32), primary_key=True),
    Column("sequence", sequence_type(), ForeignKey("entries.sequence"), nullable=False, unique=True),
    Column("recorded", BigInteger, nullable=False),
    Column("id", Name(), nullable=False, index=True),
    Column("capture", Name(64), ForeignKey("captures.sha256"), nullable=False, index=True),
    Column("payload", Text, nullable=False),
)

notes = Table(
    "annotations",
    metadata,
    Column("document", Name(32), ForeignKey("documents.key"), primary_key=True),
    Column("sequence", sequence_type(), ForeignKey("entries.sequence"), nullable=False, unique=True),
    Column("recorded", BigInteger, nullable=False),
    Column("payload", Text, nullable=False, comment="actors, times and places of the document as JSON"),
)

statements = Table(
    "statements",
    metadata,
    Column("id", Name(32), primary_key=True),
    Column("sequence", sequence_type(), ForeignKey("entries.sequence"), nullable=False, unique=True),
    Column("recorded", BigInteger, nullable=False),
    Column("document", Name(32), ForeignKey("documents.key"), nullable=False, index=True),
    Column("payload", Text, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Name(32), primary_key=True),
    Column("sequence", sequence_type(), ForeignKey("entries.sequence"), nullable=False, unique=True),
    Column("recorded", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", Name(32), primary_key=True),
    Column("sequence", sequence_type(), ForeignKey("entries.sequence"), nullable=False, unique=True),
    Column("recorded", BigInteger, nullable=False),
    Column("payload", Text, nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column(
        "entry", sequence_type(), ForeignKey("entries.sequence"), primary_key=True, comment="what was erased"
    ),
    Column("kind", Name(16), nullable=False),
    Column("key", Name(80), nullable=False, index=True),
    Column("erasure", Name(32), ForeignKey("erasures.id"), nullable=False),
)

protections = Table(
    "protections",
    metadata,
    Column(
        "judgement",
        Name(32),
        primary_key=True,
        comment="a judgement that protects words, or takes such a one back",
    ),
    Column("sequence", sequence_type(), nullable=False, comment="of its entry"),
)

report_keys = Table(
    "report_keys",
    metadata,
    Column("key", Name(80), primary_key=True),
    Column("document", Name(32), ForeignKey("documents.key"), primary_key=True),
)

forms = Table(
    "forms",
    metadata,
    Column("document", Name(32), ForeignKey("documents.key"), primary_key=True),
    Column("version", Name(80), primary_key=True, comment="of the linker that made it"),
    Column("payload", LargeBinary, nullable=False, comment="the report as that linker compares it"),
    Column("digest", Name(64), comment="of the form and the report's keys, see derived_check"),
)

stored_boards = Table(
    "stored_boards",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sequence", sequence_type(), nullable=False, comment="of the last entry that the board knows"),
    Column("recorded", BigInteger, nullable=False, comment="the moment of that entry"),
    Column("version", Name(80), nullable=False, comment="of the program that read the board"),
    Column("begun", BigInteger, nullable=False, comment="microseconds since 1970, UTC"),
    Column("digest", Name(64), comment="of all that is stored of the board, see derived_check"),
    Column("summary", LargeBinary, comment="what heads the board, as JSON; null while it is being made"),
)

stored_rows = Table(
    "stored_rows",
    metadata,
    Column("board", Integer, primary_key=True),
    Column("kind", Name(16), primary_key=True),
    Column("id", Name(), primary_key=True),
    Column(
        "rank", Integer, nullable=False, comment="from 0; the order in which the board shows its disputes"
    ),
    Column("payload", LargeBinary, nullable=False),
)

stored_links = Table(
    "stored_links",
    metadata,
    Column("board", Integer, primary_key=True),
    Column("one", Name(), primary_key=True, comment="a statement, document or actor"),
    Column("kind", Name(16), primary_key=True, comment="of the other end, as in stored_rows; or judgement"),
    Column("other", Name(), primary_key=True),
)

stored_labels = Table(
    "stored_labels",
    metadata,
    Column("board", Integer, primary_key=True),
    Column(
        "label", Name(), primary_key=True, comment="casefolded: an id, a name, or with a leading space a word"
    ),
    Column("kind", Name(16), primary_key=True),
    Column("id", Name(), primary_key=True),
)

BY_PEOPLE = text("""judgements.payload = replace(judgements.payload, '"author":"program\\:', '')""")
"""Of a judgement: no program made it. (LIKE would take any case.)"""
_BY_PEOPLE = text(BY_PEOPLE.text.replace("judgements.", ""))

Index("stored_rows_rank", stored_rows.c.board, stored_rows.c.kind, stored_rows.c.rank)
Index("forms_version", forms.c.version)
Index("documents_recorded", documents.c.recorded)
Index("annotations_recorded", notes.c.recorded)
Index("statements_recorded", statements.c.recorded)
Index("judgements_recorded", judgements.c.recorded)
Index("judgements_by_people", judgements.c.sequence, sqlite_where=_BY_PEOPLE, postgresql_where=_BY_PEOPLE)

FIRST = ("entries", "captures", "documents", "statements", "judgements")
"""The tables that every ledger has had from the first version on."""

APPEND_ONLY = (*FIRST, "annotations", "erasures", "tombstones")
"""Tables whose rows are never changed or deleted; triggers of the database see to it."""
