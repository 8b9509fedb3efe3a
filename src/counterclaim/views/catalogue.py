"""Everything of a snapshot and its board, found by id: what all views are made from."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from counterclaim.actors import ActorIndex, resolve_actors
from counterclaim.disputes import (
    Correction,
    Lineage,
    Pair,
    Versions,
    claim_statuses,
    pairs_of,
    read_corrections,
    read_lineage,
    read_versions,
)
from counterclaim.model import (
    Actor,
    Annotations,
    Board,
    Claim,
    Dispute,
    Document,
    Judgement,
    Position,
    Snapshot,
    Statement,
    StatusNote,
)
from counterclaim.model.standing import Standing


class Side(NamedTuple):
    """That a statement takes a position in a dispute."""

    dispute: Dispute
    position: Position


class Catalogue:
    """A snapshot and the board read off it, with the ways from each noun to the others."""

    def __init__(self, snapshot: Snapshot, board: Board, actors: ActorIndex | None = None) -> None:
        self.index = resolve_actors(snapshot) if actors is None else actors
        self.snapshot = snapshot
        self.board = board
        self.documents: dict[str, Document] = {document.key: document for document in snapshot.documents}
        self.annotations: dict[str, Annotations] = {each.document: each for each in snapshot.annotations}
        self.statements: dict[str, Statement] = {each.id: each for each in snapshot.statements}
        self.judgements: dict[str, Judgement] = {each.id: each for each in snapshot.judgements}
        self.actors: dict[str, Actor] = {actor.id: actor for actor in board.actors}
        self.claims: dict[str, Claim] = {claim.id: claim for claim in board.claims}
        self.disputes: dict[str, Dispute] = {dispute.id: dispute for dispute in board.disputes}
        self._actor_of = {each: actor for actor in board.actors for each in actor.statements}
        self._claim_of = {each: claim for claim in board.claims for each in claim.statements}
        self._sides: defaultdict[str, list[Side]] = defaultdict(list)
        for dispute in board.disputes:
            for position in dispute.positions:
                held = {
                    self.statements[each].whole for each in position.statements if each in self.statements
                }
                for each in sorted({*position.statements, *held}):
                    self._sides[each].append(Side(dispute, position))
        self._of_document: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in snapshot.statements:
            self._of_document[statement.document].append(statement)
        for several in self._of_document.values():
            several.sort(key=place)
        self._about: defaultdict[str, list[Judgement]] = defaultdict(list)
        for judgement in snapshot.judgements:
            for each in {judgement.left, judgement.right} - {""}:
                self._about[each].append(judgement)
        self._names = self._gather_names()
        self._origins = self._gather_origins()

    def document_of(self, statement: Statement) -> Document:
        """Return the document in which the statement stands."""
        return self.documents[statement.document]

    def documents_by_id(self) -> list[Document]:
        """List the documents by the id that users know."""
        return sorted(self.documents.values(), key=lambda document: (document.id, document.key))

    def statements_of(self, document_key: str) -> list[Statement]:
        """List the statements of one document in order of its text."""
        return self._of_document.get(document_key, [])

    def statements_by_report(self) -> list[Statement]:
        """List all statements, by the id of their document and in order of its text."""
        return [each for document in self.documents_by_id() for each in self.statements_of(document.key)]

    def actor_id_of(self, statement: Statement) -> str | None:
        """Return the id of the actor who made the statement, across documents; None for the report itself."""
        actor = self._actor_of.get(statement.whole)
        if actor:
            return actor.id
        return statement.speaker.actor if statement.speaker else None

    def speaker_name(self, statement: Statement) -> str | None:
        """Return the name under which the speaker is known across documents; None for the report itself."""
        actor = self._actor_of.get(statement.whole)
        if actor:
            return actor.name
        return statement.speaker.label if statement.speaker else None

    def claim_of(self, statement_id: str) -> Claim | None:
        """Return the claim that the statement makes, None where it makes none."""
        return self._claim_of.get(statement_id)

    def sides(self, statement_id: str) -> list[Side]:
        """List the positions that the statement takes, by dispute."""
        return self._sides.get(statement_id, [])

    def judgements_on(self, identifier: str) -> list[Judgement]:
        """List the judgements about a statement, a document or an actor."""
        return self._about.get(identifier, [])

    @cached_property
    def lineage(self) -> Lineage:
        """Which documents hang together: the judgements on copies that stand, background left out."""
        standing = self.standing
        return read_lineage(self.snapshot.documents, standing.judgements, standing.independent)

    @cached_property
    def standing(self) -> Standing:
        """Which judgements stand, and where people contradict each other."""
        return Standing.of(self.snapshot)

    @cached_property
    def versions(self) -> Versions:
        """Which documents are versions of one report, and in which order."""
        return read_versions(self.snapshot.documents, self.standing.judgements)

    @cached_property
    def corrections(self) -> tuple[tuple[Correction, tuple[str, ...]], ...]:
        """What reports say of earlier ones that was wrong or is withdrawn, and the keys of those reports."""
        found = read_corrections(self.snapshot.documents, self.versions, self.lineage)
        return tuple((each, self._corrected(each)) for each in found)

    def _corrected(self, correction: Correction) -> tuple[str, ...]:
        meant = (key for key in correction.possible if any(map(correction.means, self.statements_of(key))))
        return tuple(sorted({*correction.certain, *meant}))

    @cached_property
    def statuses(self) -> dict[str, tuple[StatusNote, ...]]:
        """How each claim stands, by its id, as of the moment of the snapshot."""
        return claim_statuses(self.snapshot, self.board, self.lineage)

    @cached_property
    def decided(self) -> dict[str, list[str]]:
        """The ids of people's decisions by what they are about, in recorded order."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.standing.order:
            stance = self.standing.stance(each)
            for about in dict.fromkeys((stance.left, stance.right) if stance else ()):
                found[about].append(each)
        return found

    def dependent(self, one: str, other: str) -> bool:
        """Tell whether two documents have one origin, or one stands as a copy of the other."""
        if self.documents[one].origin_key == self.documents[other].origin_key:
            return True
        return self.lineage.related(one, other)

    def kin(self, document_key: str) -> list[Pair]:
        """List the pairs that a document makes with those that are not independent of it."""
        keys = {document_key, *self.lineage.neighbours(document_key)}
        return [
            pair
            for pair in pairs_of([self.documents[key] for key in sorted(keys)], self.lineage)
            if document_key in (pair.one, pair.other)
        ]

    def actor_name(self, actor_id: str) -> str:
        """Return the name of an actor or a party, or its id where no report names it."""
        return self.index.name(actor_id) or self._names.get(actor_id, actor_id)

    def origin_name(self, origin_key: str) -> str:
        """Return an origin as it is written, by the key under which origins are compared."""
        return self._origins.get(origin_key, origin_key)

    @property
    def names(self) -> dict[str, str]:
        """The name of every actor and party that has one, by id."""
        known = {key: identity.name for key, identity in self.index.identities.items()}
        return self._names | known

    @property
    def origins(self) -> dict[str, str]:
        """Every origin as it is written, by the key under which origins are compared."""
        return dict(self._origins)

    def _gather_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for statement in self.snapshot.statements:
            affiliation = statement.speaker.affiliation if statement.speaker else None
            if affiliation and affiliation.party and affiliation.party_name:
                names.setdefault(affiliation.party, affiliation.party_name)
        for actor in self.board.actors:
            for affiliation in actor.affiliations:
                if affiliation.party and affiliation.party_name:
                    names.setdefault(affiliation.party, affiliation.party_name)
        names.update((actor.id, actor.name) for actor in self.board.actors)
        return names

    def _gather_origins(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for document in self.snapshot.documents:
            names.setdefault(document.origin_key, origin_words(document))
        return names


def origin_words(document: Document) -> str:
    """Return whose reporting it is, as written: the origin, the publisher, or the document's id."""
    if document.origin:
        return document.origin.name
    return document.publisher or document.id


def place(statement: Statement) -> tuple[int, int, str]:
    """Return the key that sorts the statements of one document in order of its text."""
    start = min(span.start for span in statement.content)
    end = max(span.end for span in statement.content)
    return start, -end, statement.id
