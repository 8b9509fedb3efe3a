"""As much of a catalogue as a few answers need, read by ids from a stored board and the ledger's tables.

Whatever is asked of an excerpt about the statements and documents that it was made for is answered as the
whole catalogue would answer it; a test compares the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from counterclaim.actors import ActorIndex
from counterclaim.disputes import Correction, Pair
from counterclaim.ledger.lookup import named, reports
from counterclaim.ledger.stored_boards import StoredBoard
from counterclaim.model import (
    Actor,
    Attestation,
    Board,
    Claim,
    Dispute,
    Judgement,
    Position,
    Snapshot,
    Statement,
    StatusNote,
)
from counterclaim.model.judgement import JudgementKind, by_program
from counterclaim.model.standing import Standing
from counterclaim.views.catalogue import Catalogue, Side

Head = TypeVar("Head", Actor, Claim, Dispute)


class StoredDecisions(msgspec.Struct, frozen=True, kw_only=True):
    """All that people decided, with the judgements that they decided on, and their recorded order."""

    judgements: tuple[Judgement, ...] = ()
    order: tuple[str, ...] = ()

    @classmethod
    def of(cls, catalogue: Catalogue) -> StoredDecisions:
        """Gather them from a whole catalogue."""
        made = [
            j for j in catalogue.snapshot.judgements if j.kind is JudgementKind.UNDONE or not by_program(j)
        ]
        wanted = {key for j in made for key in (j.id, j.left, j.right, j.follows)}
        known = (j for j in catalogue.snapshot.judgements if j.id in wanted)
        return cls(judgements=tuple(known), order=catalogue.snapshot.decisions)

    def standing(self) -> Standing:
        """Return what stands of them."""
        return Standing(self.judgements, self.order)

    def ends(self, about: set[str]) -> set[str]:
        """Return what else the decisions are about that have to do with any of these."""
        standing = self.standing()
        stances = [stance for each in standing.order if (stance := standing.stance(each))]
        return {end for each in stances if {each.left, each.right} & about for end in (each.left, each.right)}


class Excerpt(Catalogue):
    """A catalogue of some statements and documents, with everything that the board says of them."""

    def __init__(
        self, stored: StoredBoard, snapshot: Snapshot, board: Board, decisions: StoredDecisions
    ) -> None:
        super().__init__(snapshot, board, ActorIndex({}, {}))
        self._standing = decisions.standing()
        self._stored = stored
        self._kin = {key: set(keys) for key, keys in stored.links(self.documents, "kin").items()}

        self._taken = stored.links(self.statements, "side")

    def sides(self, statement_id: str) -> list[Side]:
        """List the positions that the statement takes, by dispute."""
        taken = set(self._taken.get(statement_id, ()))
        return [
            Side(dispute, position)
            for dispute in self.board.disputes
            for position in dispute.positions
            if side_key(dispute, position) in taken
        ]

    @property
    def standing(self) -> Standing:
        """Which judgements stand, and where people contradict each other, in the whole ledger."""
        return self._standing

    @property
    def corrections(self) -> tuple[tuple[Correction, tuple[str, ...]], ...]:
        """Return none: what corrects what is stored with the history of a report."""
        return ()

    @cached_property
    def statuses(self) -> dict[str, tuple[StatusNote, ...]]:
        """How each claim of the excerpt stands, by its id."""
        return {
            key: msgspec.json.decode(payload, type=tuple[StatusNote, ...])
            for key, payload in self._stored.rows("statuses", self.claims).items()
        }

    def dependent(self, one: str, other: str) -> bool:
        """Tell whether two documents have one origin, or one stands as a copy of the other."""
        if self.documents[one].origin_key == self.documents[other].origin_key:
            return True
        return other in self._kin.get(one, ())

    def kin(self, document_key: str) -> list[Pair]:
        """List the pairs that a document makes with those that are not independent of it."""
        payload = self._stored.rows("kin", [document_key]).get(document_key)
        return msgspec.json.decode(payload, type=list[Pair]) if payload else []

    def actor_name(self, actor_id: str) -> str:
        """Return the name of an actor or a party, or its id where no report names it."""
        return self._name("name", actor_id)

    def origin_name(self, origin_key: str) -> str:
        """Return an origin as it is written, by the key under which origins are compared."""
        return self._name("origin", origin_key)

    def _name(self, kind: str, key: str) -> str:
        payload = self._stored.rows(kind, [key]).get(key)
        return payload.decode() if payload else key


def head(noun: Head) -> Head:
    """Return a noun without what it has of each of its statements: these may be thousands."""
    if isinstance(noun, Actor):
        return replace(noun, statements=())
    if isinstance(noun, Claim):
        return replace(noun, statements=(), actors=(), attestation=Attestation(), unverified=())
    positions = tuple(
        replace(each, claims=(), statements=(), actors=(), attestation=Attestation(), unverified=())
        for each in noun.positions
    )
    return replace(noun, positions=positions, documents=(), judgements=())


def side_key(dispute: Dispute, position: Position) -> str:
    """Return the name under which it is stored that something takes this position."""
    return f"{dispute.id}/{position.id}"


def excerpt(
    stored: StoredBoard,
    *,
    documents: Iterable[str] = (),
    statements: Iterable[str] = (),
    judged: Iterable[str] = (),
) -> Excerpt:
    """Read documents (by key) with all their statements, single statements, and what both have to do with.

    For what is in ``judged`` (ids of statements) the judgements on it come along, with what they are about.
    """
    connection = stored.connection
    documents, statements = list(documents), list(statements)
    on = stored.links(judged, "judgement")
    judgements = named(connection, Judgement, {each for ids in on.values() for each in ids})
    ends = {end for each in judgements.values() for end in (each.left, each.right)}
    whole = reports(connection, documents)
    found = {s.id: s for report in whole for s in report.statements}
    decisions = stored_decisions(stored)
    ends |= decisions.ends({*found, *documents, *statements})
    found |= named(connection, Statement, {*statements, *ends})
    held = {report.document.key: report for report in whole}
    kin = {other for keys in stored.links(documents, "kin").values() for other in keys}
    missing = ({s.document for s in found.values()} | kin | ends) - set(held)
    held.update((each.document.key, each) for each in reports(connection, missing, statements=False))
    snapshot = Snapshot(
        documents=tuple(held[key].document for key in sorted(held)),
        annotations=tuple(notes for key in sorted(held) if (notes := held[key].annotations) is not None),
        statements=tuple(found[key] for key in sorted(found)),
        judgements=tuple(judgements[key] for key in sorted(judgements)),
    )
    board = _board(stored, {*found, *(s.whole for s in found.values())})
    return Excerpt(stored, snapshot, board, decisions)


def stored_decisions(stored: StoredBoard) -> StoredDecisions:
    """Return what people had decided when the board was stored."""
    payload = stored.rows("decisions", [""]).get("")
    return msgspec.json.decode(payload, type=StoredDecisions) if payload else StoredDecisions()


def _board(stored: StoredBoard, ids: set[str]) -> Board:
    """Return the part of the board that has to do with these statements: heads, and which are whose."""

    def part(kind: str, noun: type[Head]) -> list[tuple[Head, tuple[str, ...]]]:
        of: defaultdict[str, list[str]] = defaultdict(list)
        for one, others in sorted(stored.links(ids, kind).items()):
            for other in others:
                of[other].append(one)
        rows = stored.rows(f"{kind}-head", of)
        return [(msgspec.json.decode(rows[key], type=noun), tuple(of[key])) for key in sorted(rows)]

    return Board(
        actors=tuple(replace(each, statements=said) for each, said in part("actor", Actor)),
        claims=tuple(replace(each, statements=making) for each, making in part("claim", Claim)),
        disputes=tuple(each for each, _statements in part("dispute", Dispute)),
    )
