"""Adding to the log: every noun gets its place in the order, its time and its link in the chain."""

from __future__ import annotations

import hashlib
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Connection, Table, insert, select

from counterclaim.ledger import schema
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

    def capture(self, capture: Capture) -> None:
        """Add a capture, its bytes beside its description."""
        payload = dump(msgspec.structs.replace(capture, content=b""))
        digest = digest_of(payload, capture.content)
        row = {"sha256": capture.sha256, "content": capture.content}
        self._add("capture", capture.sha256, payload, digest, row)

    def document(self, document: Document) -> None:
        """Add a document."""
        payload = dump(document)
        row = {"key": document.key, "id": document.id, "capture": document.capture, "recorded": self.recorded}
        self._add("document", document.key, payload, digest_of(payload), row)

    def annotations(self, annotations: Annotations) -> None:
        """Add the annotations of a document."""
        payload = dump(annotations)
        row = {"document": annotations.document, "recorded": self.recorded}
        self._add("annotations", annotations.document, payload, digest_of(payload), row)

    def statement(self, statement: Statement) -> None:
        """Add a statement."""
        payload = dump(statement)
        row = {"id": statement.id, "document": statement.document, "recorded": self.recorded}
        self._add("statement", statement.id, payload, digest_of(payload), row)

    def judgement(self, judgement: Judgement) -> None:
        """Add a judgement."""
        self._judged.append(judgement)
        payload = dump(judgement)
        row = {"id": judgement.id, "recorded": self.recorded}
        self._add("judgement", judgement.id, payload, digest_of(payload), row)

    def erasure(self, erasure: Erasure) -> None:
        """Add what was erased, by whom and why."""
        payload = dump(erasure)
        row = {"id": erasure.id, "recorded": self.recorded}
        self._add("erasure", erasure.id, payload, digest_of(payload), row)

    def _add(self, kind: str, key: str, payload: bytes, digest: str, row: dict[str, Any]) -> None:
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
    if rows:
        connection.execute(insert(table), rows)
