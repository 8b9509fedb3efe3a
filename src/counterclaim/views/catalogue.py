"""Everything of a snapshot and its board, found by id: what all views are made from."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from counterclaim.model import (
    Actor,
    Board,
    Claim,
    Dispute,
    Document,
    Judgement,
    Position,
    Snapshot,
    Statement,
)


class Side(NamedTuple):
    """That a statement takes a position in a dispute."""

    dispute: Dispute
    position: Position


class Catalogue:
    """A snapshot and the board read off it, with the ways from each noun to the others."""

    def __init__(self, snapshot: Snapshot, board: Board) -> None:
        self.snapshot = snapshot
        self.board = board
        self.documents: dict[str, Document] = {document.key: document for document in snapshot.documents}
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
                for each in position.statements:
                    self._sides[each].append(Side(dispute, position))
        self._of_document: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in snapshot.statements:
            self._of_document[statement.document].append(statement)
        for several in self._of_document.values():
            several.sort(key=place)

    def document(self, key: str) -> Document:
        """Return the document with this key."""
        return self.documents[key]

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
        actor = self._actor_of.get(statement.id)
        if actor:
            return actor.id
        return statement.speaker.actor if statement.speaker else None

    def actor_of(self, statement: Statement) -> Actor | None:
        """Return the actor who made the statement, None where it is not on the board."""
        return self._actor_of.get(statement.id)

    def claim_of(self, statement_id: str) -> Claim | None:
        """Return the claim that the statement makes, None where it makes none."""
        return self._claim_of.get(statement_id)

    def sides(self, statement_id: str) -> list[Side]:
        """List the positions that the statement takes, by dispute."""
        return self._sides.get(statement_id, [])


def place(statement: Statement) -> tuple[int, int, str]:
    """Return the key that sorts the statements of one document in order of its text."""
    return (
        min(span.start for span in statement.content),
        -max(span.end for span in statement.content),
        statement.id,
    )
