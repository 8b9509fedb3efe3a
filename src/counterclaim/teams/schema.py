"""The tables of a team directory, as this version of the program uses them.

All but ``audit`` say how things stand now; ``audit`` keeps what was done, and the database refuses to
change it. Moments are microseconds since 1970, UTC. No table holds a secret: of a token there is
its SHA-256, of a password its scrypt hash with a salt.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, MetaData, Table, Text

from counterclaim.ledger.columns import Name, sequence_type

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("name", Name(64), primary_key=True),
    Column("admin", Boolean, nullable=False),
    Column("password", Text, comment="scrypt$n$r$p$salt$hash; null where the user cannot log in"),
    Column("made", BigInteger, nullable=False),
    Column("disabled", BigInteger),
)

projects = Table(
    "projects",
    metadata,
    Column("name", Name(64), primary_key=True),
    Column("place", Name(), nullable=False, unique=True, comment="of its ledger; without a password"),
    Column("made", BigInteger, nullable=False),
)

roles = Table(
    "roles",
    metadata,
    Column("user", Name(64), ForeignKey("users.name"), primary_key=True),
    Column("project", Name(64), ForeignKey("projects.name"), primary_key=True),
    Column("role", Name(16), nullable=False),
    Column("given", BigInteger, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Name(16), primary_key=True),
    Column("digest", Name(64), nullable=False, comment="SHA-256 of the secret"),
    Column("user", Name(64), ForeignKey("users.name"), nullable=False),
    Column("project", Name(64), ForeignKey("projects.name"), nullable=False),
    Column("role", Name(16), nullable=False, comment="the most that it may be used for"),
    Column("name", Name(80), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("expires", BigInteger),
    Column("revoked", BigInteger),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Name(32), primary_key=True),
    Column("key", Name(80), nullable=False, comment="whom it counts against, see logins"),
    Column("moment", BigInteger, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Name(64), primary_key=True, comment="SHA-256 of the secret"),
    Column("user", Name(64), ForeignKey("users.name"), nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("used", BigInteger, nullable=False, comment="when it was last in use, to the minute"),
)

visits = Table(
    "visits",
    metadata,
    Column("user", Name(64), ForeignKey("users.name"), primary_key=True),
    Column("project", Name(64), ForeignKey("projects.name"), primary_key=True),
    Column("last", BigInteger, nullable=False, comment="when the user last asked for something there"),
    Column("before", BigInteger, comment="when the visit before this one ended"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", sequence_type(), primary_key=True, autoincrement=False),
    Column("moment", BigInteger, nullable=False),
    Column("by", Name(80), nullable=False),
    Column("what", Name(32), nullable=False),
    Column("user", Name(64), nullable=False),
    Column("project", Name(64), nullable=False),
    Column("detail", Text, nullable=False),
)

Index("sessions_user", sessions.c.user)
Index("attempts_key", attempts.c.key, attempts.c.moment)

FIRST = ("users", "projects", "roles", "tokens", "attempts", "audit")
"""The tables that every team directory has had from the first version on."""
