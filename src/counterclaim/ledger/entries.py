"""Adding to the log: every noun gets its place in the order, its time and its link in the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection, Table, select

from counterclaim.ledger import schema
from counterclaim.ledger.dialect import dialect_of
from counterclaim.ledger.tombstones import any_erased, refuse_erased
from counterclaim.model import (
    Annotations,
    Capture,
    Document,
    Erasure,
    Judgement,
    JudgementKind,
    Statement,
    dump,
)
from counterclaim.model.standing import protecting

GENESIS = "0" * 64
"""What the first entry is chained to."""

TABLES = {
    "capture": (schema.captures, "sha256"),
    "document": (schema.documents, "key"),
    "annotations": (schema.notes, "document"),
    "statement": (schema.statements, "id"),
    "judgement": (schema.judgements, "id"),
}
"""For each kind of noun the table that holds it, and the column that names it."""

_PROTECTING = (JudgementKind.PROTECTED, JudgementKind.UNDONE)

LOGGED = TABLES | {"erasure": (schema.erasures, "id")}
"""The same for each kind of entry."""


NO_COLUMNS: Mapping[str, str] = {}

Places: TypeAlias = dict[tuple[str, str], int]
"""For kind and key of what was added its place in the log."""


def chain_of(previous: str, recorded: int, kind: str, key: str, digest: str) -> str:
    """Return the SHA-256 that chains an entry to the one before it."""
    return hashlib.sha256("\n".join((previous, str(recorded), kind, key, digest)).encode()).hexdigest()


def digest_of(payload: bytes, content: bytes | None = None) -> str:
    """Return the SHA-256 of a payload, and of a capture's bytes with it."""
    digest = hashlib.sha256(payload)
    if content is not None:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


class Appender:
    """Adds entries within one transaction, all with one recorded time.

    The time is the clock's, but always later than that of the last entry, so that the order of
    times is the order of the log even where the clock goes back.
    """

    def __init__(self, connection: Connection, now: int) -> None:
        self._connection = connection
        last = connection.execute(
            select(schema.entries.c.sequence, schema.entries.c.recorded, schema.entries.c.chain)
            .order_by(schema.entries.c.sequence.desc())
            .limit(1)
        ).first()
        self._sequence = last.sequence if last else 0
        self._chain = last.chain if last else GENESIS
        self.recorded = max(now, last.recorded + 1) if last else now
        self.places: Places = {}
        self._judged: list[Judgement] = []
        self._entries: list[dict[str, Any]] = []
        self._rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in LOGGED}

    @property
    def last(self) -> int:
        """The place in the log of what was added last."""
        return self._sequence

    def next_report(self, now: int) -> None:
        """Record what follows at a time of its own, later than what came before."""
        self.recorded = max(now, self.recorded + 1) if self._entries else self.recorded

    def capture(self, capture: Capture) -> None:
        """Add a capture, its bytes beside its description."""
        payload = dump(msgspec.structs.replace(capture, content=b""))
        self.dumped("capture", capture.sha256, payload, {}, capture.content)

    def document(self, document: Document) -> None:
        """Add a document."""
        columns = {"id": document.id, "capture": document.capture}
        self.dumped("document", document.key, dump(document), columns)

    def annotations(self, annotations: Annotations) -> None:
        """Add the annotations of a document."""
        self.dumped("annotations", annotations.document, dump(annotations))

    def statement(self, statement: Statement) -> None:
        """Add a statement."""
        self.dumped("statement", statement.id, dump(statement), {"document": statement.document})

    def judgement(self, judgement: Judgement) -> None:
        """Add a judgement."""
        self._judged.append(judgement)
        self.dumped("judgement", judgement.id, dump(judgement))

    def erasure(self, erasure: Erasure) -> None:
        """Add what was erased, by whom and why."""
        self.dumped("erasure", erasure.id, dump(erasure))

    def dumped(
        self,
        kind: str,
        key: str,
        payload: bytes,
        columns: Mapping[str, str] = NO_COLUMNS,
        content: bytes | None = None,
    ) -> None:
        """Add a noun that is dumped already; ``columns`` are what its table holds beside name and payload.

        A capture comes with its bytes.
        """
        digest = digest_of(payload, content)
        row: dict[str, Any] = {LOGGED[kind][1]: key, **columns}
        if content is None:
            row["recorded"] = self.recorded
        else:
            row["content"] = content
        self._sequence += 1
        self.places[kind, key] = self._sequence
        self._chain = chain_of(self._chain, self.recorded, kind, key, digest)
        self._entries.append(
            {
                "sequence": self._sequence,
                "recorded": self.recorded,
                "kind": kind,
                "key": key,
                "digest": digest,
                "chain": self._chain,
            }
        )
        self._rows[kind].append(row | {"sequence": self._sequence, "payload": payload.decode("utf-8")})

    def write(self) -> None:
        """Send what was added to the database, in the order in which rows refer to one another.

        Raises ErasedError where something of it was erased before, and adds nothing then.
        """
        for kind, (_table, name) in TABLES.items() if any_erased(self._connection) else ():
            refuse_erased(self._connection, kind, [row[name] for row in self._rows[kind]])
        _insert(self._connection, schema.entries, self._entries)
        for kind, rows in self._rows.items():
            _insert(self._connection, LOGGED[kind][0], rows)
        if any(each.kind in _PROTECTING for each in self._judged):
            table = schema.protections
            held = self._connection.execute(select(table.c.judgement)).scalars().all()
            found = protecting(self._judged, held)
            places = self.places
            _insert(
                self._connection,
                table,
                [{"judgement": each.id, "sequence": places["judgement", each.id]} for each in found],
            )


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    dialect_of(connection).insert(connection, table, rows)
