"""Recording what people judge, with the files that they attach, and finding what they judged before."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, select

from counterclaim.ledger import schema
from counterclaim.ledger.entries import Appender
from counterclaim.ledger.lookup import AT_ONCE, decisions, holds_capture, new_judgements
from counterclaim.ledger.redaction import read_noun
from counterclaim.ledger.tombstones import refuse_erased, refuse_name
from counterclaim.model import (
    AmbiguousNameError,
    Capture,
    Judgement,
    RefusedError,
    Snapshot,
    UnknownNameError,
)
from counterclaim.model.digest import sha256
from counterclaim.model.errors import Messages
from counterclaim.model.masking import is_pseudonym

_LAST = "\U0010ffff"


def record(
    connection: Connection, judgements: Sequence[Judgement], attachments: Sequence[Capture], now: int
) -> int:
    """Add judgements that the ledger does not hold yet, with the files that they name as evidence.

    Returns how many were added; a file is stored once. ``now`` is the time in microseconds.
    Raises LedgerError where a file's bytes are not those that its name promises, where no judgement names
    a file that is attached, and where evidence names a file that is neither attached nor held.
    """
    named = {e.capture for judgement in judgements for e in judgement.evidence if e.capture is not None}
    given = {capture.sha256: capture for capture in attachments}
    for capture in attachments:
        if sha256(capture.content) != capture.sha256:
            raise RefusedError(Messages.capture_misnamed(capture.name))
        if capture.sha256 not in named:
            raise RefusedError(Messages.attachment_unused(capture.name))
    refuse_erased(connection, "capture", named)
    held = {each for each in named if holds_capture(connection, each)}
    for missing in sorted(named - held - given.keys()):
        raise RefusedError(Messages.attachment_missing(missing))
    for judgement in judgements:
        if is_pseudonym(judgement.left) or is_pseudonym(judgement.right):
            raise RefusedError(Messages.judged_unseen(judgement.left, judgement.right))
    new = new_judgements(connection, judgements)
    if not new:
        return 0
    appender = Appender(connection, now)
    wanted = {e.capture for judgement in new for e in judgement.evidence}
    for key in sorted(given):
        if key not in held and key in wanted:
            appender.capture(given[key])
    order = {judgement.id: number for number, judgement in enumerate(judgements)}
    for judgement in sorted(new, key=lambda each: order[each.id]):
        appender.judgement(judgement)
    appender.write()
    return len(new)


def decided(connection: Connection, until: int | None) -> tuple[Snapshot, dict[str, int]]:
    """Return what people decided until then, and when each decision was recorded (microseconds).

    The snapshot holds their judgements and, however far back, the judgements that these answer; no
    documents and no statements.
    """
    ids = decisions(connection, until)
    table = schema.judgements
    found: dict[str, Judgement] = {}
    times: dict[str, int] = {}
    wanted = set(ids)
    while wanted:
        ordered = sorted(wanted)
        wanted = set()
        for start in range(0, len(ordered), AT_ONCE):
            query = select(table.c.id, table.c.recorded, table.c.payload)
            query = query.where(table.c.id.in_(ordered[start : start + AT_ONCE]))
            if until is not None:
                query = query.where(table.c.recorded <= until)
            for row in connection.execute(query):
                found[row.id] = read_noun(connection, row.payload, Judgement)
                times[row.id] = row.recorded
                if found[row.id].left.startswith("j-"):
                    wanted.add(found[row.id].left)
        wanted -= found.keys()
    judgements = tuple(found[each] for each in sorted(found))
    return Snapshot(judgements=judgements, decisions=ids), times


def find_judgement(connection: Connection, name: str, until: int | None) -> Judgement:
    """Return the judgement whose id is ``name``, or the only one whose id begins so.

    Raises LedgerError where none fits, or several.
    """
    table = schema.judgements
    query = select(table.c.id, table.c.payload).where(and_(table.c.id >= name, table.c.id < name + _LAST))
    if until is not None:
        query = query.where(table.c.recorded <= until)
    writable = bool(name) and name.isprintable()
    rows = connection.execute(query.order_by(table.c.id)).all() if writable else []
    if not rows:
        refuse_name(connection, name)
        raise UnknownNameError(Messages.name_unknown(name))
    if len(rows) > 1 and rows[0].id != name:
        raise AmbiguousNameError(Messages.name_ambiguous(name, [row.id for row in rows]))
    return read_noun(connection, rows[0].payload, Judgement)
