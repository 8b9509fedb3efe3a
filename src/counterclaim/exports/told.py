"""A statement with all that a table says of it: its report, its claim, and the side it takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from counterclaim.exports.source import Source
from counterclaim.model import (
    Annotations,
    Attestation,
    Claim,
    Document,
    PlaceCandidate,
    PlaceMention,
    Precision,
    Statement,
)
from counterclaim.views.catalogue import Catalogue, Side
from counterclaim.views.places import places_of, precision_of
from counterclaim.views.quotes import outlet_words


class Told:
    """One statement in its report, and one of the sides that it takes in disputes.

    ``number`` counts the sides of the statement from 1; it is 1, and ``side`` None, where it takes none.
    ``board`` is None where nothing is to be read off the board.
    """

    def __init__(
        self,
        document: Document,
        annotations: Annotations | None,
        statement: Statement,
        board: Catalogue | None,
        side: Side | None = None,
        number: int = 1,
    ) -> None:
        self.document = document
        self.annotations = annotations
        self.statement = statement
        self.board = board
        self.side = side
        self.number = number

    @property
    def claim(self) -> Claim | None:
        """The claim that the statement makes."""
        return self.board.claim_of(self.statement.id) if self.board else None

    @property
    def attestation(self) -> Attestation | None:
        """How well the position is borne out, or the claim where it is disputed by nobody."""
        if self.side:
            return self.side.position.attestation
        return self.claim.attestation if self.claim else None

    @property
    def speaker(self) -> str | None:
        """The name of the speaker across reports, or here where there is no board; None for the report."""
        if self.board:
            return self.board.speaker_name(self.statement)
        return self.statement.speaker.label if self.statement.speaker else None

    @property
    def actor(self) -> str | None:
        """The id of the speaker."""
        if self.board:
            return self.board.actor_id_of(self.statement)
        return self.statement.speaker.actor if self.statement.speaker else None

    @property
    def party(self) -> str | None:
        """The name of the party for which the speaker speaks, as written; None where that is nobody else."""
        affiliation = self.statement.speaker.affiliation if self.statement.speaker else None
        if affiliation is None or affiliation.party is None:
            return None
        if self.board:
            return self.board.actor_name(affiliation.party)
        return affiliation.party_name or affiliation.party

    @property
    def role(self) -> str | None:
        """The role of the speaker, as the report gives it."""
        affiliation = self.statement.speaker.affiliation if self.statement.speaker else None
        return affiliation.role if affiliation else None

    @property
    def outlet(self) -> str:
        """Who published the report."""
        return outlet_words(self.document)

    @property
    def origin(self) -> str | None:
        """Whose reporting it is, as written; None where the report names nobody but its publisher."""
        return self.document.origin.name if self.document.origin else None

    @property
    def offsets(self) -> str:
        """The characters of the content in the report's text: ``120:180 200:210``, end exclusive."""
        return " ".join(f"{span.start}:{span.end}" for span in self.statement.content)

    @cached_property
    def places(self) -> tuple[PlaceMention, ...]:
        """The places in the content that have a point on the map, in order of the text.

        Names that stand for a government or for people are left out: nothing happened there.
        """
        return places_of(self.annotations, self.statement)

    @property
    def place(self) -> PlaceCandidate | None:
        """The first of these places."""
        return self.places[0].place if self.places else None

    @property
    def precision(self) -> Precision | None:
        """How closely the first place is known."""
        return precision_of(self.places[0]) if self.places else None


def tell(source: Source) -> Iterator[Told]:
    """Give every statement, in order of the documents' keys and of the text, once without its sides."""
    board = source.board
    for report in source.reports():
        for statement in report.statements:
            sides = board.sides(statement.id) if board else []
            yield Told(report.document, report.annotations, statement, board, sides[0] if sides else None)


def tell_sides(source: Source) -> Iterator[Told]:
    """Give every statement once for each side that it takes, and once where it takes none."""
    for told in tell(source):
        yield told
        sides = told.board.sides(told.statement.id) if told.board else []
        for number, side in enumerate(sides[1:], start=2):
            yield Told(told.document, told.annotations, told.statement, told.board, side, number)
