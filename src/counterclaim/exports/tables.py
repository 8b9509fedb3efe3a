"""The tables of an export: their columns, and their rows as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from counterclaim.exports.columns import Column, Value, listed, number, text, whole, yes
from counterclaim.exports.source import Source, Table
from counterclaim.exports.told import Told, tell_sides
from counterclaim.model import Claim, Dispute, Position, Report
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.quotes import outlet_words


class Layout(NamedTuple):
    """One table: its columns, and what gives its rows."""

    columns: tuple[Column[Any], ...]
    rows: Callable[[Source], Iterator[Any]]

    def values(self, source: Source) -> Iterator[tuple[Value, ...]]:
        """Give the rows as values in order of the columns."""
        for row in self.rows(source):
            yield tuple(column.value(row) for column in self.columns)


class Held(NamedTuple):
    """A position in its dispute."""

    catalogue: Catalogue
    dispute: Dispute
    position: Position


class Made(NamedTuple):
    """A claim on its board."""

    catalogue: Catalogue
    claim: Claim


STATEMENTS: tuple[Column[Told], ...] = (
    text(
        "dispute",
        "id of the dispute in which the statement takes a side",
        lambda t: t.side.dispute.id if t.side else None,
    ),
    text("question", "what is disputed", lambda t: t.side.dispute.question if t.side else None),
    text("position", "id of the position that it takes", lambda t: t.side.position.id if t.side else None),
    text("position_label", "the position in words", lambda t: t.side.position.label if t.side else None),
    whole(
        "side",
        "counts the rows of one statement: 1, and 2, ... where it takes several sides",
        lambda t: t.number,
    ),
    text("claim", "id of the claim that it makes", lambda t: t.claim.id if t.claim else None),
    text(
        "claim_text",
        "the claim in the words of its fullest statement",
        lambda t: t.claim.text if t.claim else None,
    ),
    whole(
        "attested",
        "independent origins that report the position, or the claim where nobody disputes it",
        lambda t: t.attestation.attested if t.attestation else None,
    ),
    whole(
        "corroborated",
        "independent parties that assert the position, or the claim where nobody disputes it",
        lambda t: t.attestation.corroborated if t.attestation else None,
    ),
    text("speaker", "name of the speaker; missing where the report itself speaks", lambda t: t.speaker),
    text("speaker_id", "id of the speaker", lambda t: t.actor),
    text("role", "role of the speaker, as written", lambda t: t.role),
    text("party", "for whom the speaker speaks", lambda t: t.party),
    text(
        "act",
        "what the speaker does: assert, deny, accuse, admit, appeal, promise, predict, question",
        lambda t: t.statement.act,
    ),
    text("kind", "direct, indirect or mixed speech", lambda t: t.statement.kind),
    yes(
        "polarity",
        "no where the statement says that its content does not hold",
        lambda t: t.statement.polarity,
    ),
    yes("hedged", "whether the words are hedged", lambda t: t.statement.hedged),
    text("source", "the words that name the speaker here", lambda t: t.statement.source_text or None),
    text("cue", "the words of saying", lambda t: t.statement.cue_text or None),
    text("content", "the words of what is said", lambda t: t.statement.content_text),
    text("report", "id of the report", lambda t: t.document.id),
    text("outlet", "who published the report", lambda t: t.outlet),
    text("origin", "whose reporting it is, as written", lambda t: t.origin),
    text("published", "when the report was published (ISO 8601)", lambda t: t.document.published),
    text(
        "said",
        "when it was said (EDTF)",
        lambda t: t.statement.said.interval.edtf if t.statement.said else None,
    ),
    text(
        "happened",
        "when it is said to have happened (EDTF)",
        lambda t: t.statement.happened.interval.edtf if t.statement.happened else None,
    ),
    text(
        "place",
        "the first place named in the content that has a point on the map",
        lambda t: t.place.name if t.place else None,
    ),
    number("latitude", "of that place (degrees, WGS 84)", lambda t: t.place.latitude if t.place else None),
    number("longitude", "of that place (degrees, WGS 84)", lambda t: t.place.longitude if t.place else None),
    text(
        "place_precision", "exact, near, region or country: what the point stands for", lambda t: t.precision
    ),
    text(
        "verification",
        "what the report says about a check: unverified, verified or refuted",
        lambda t: t.statement.verification.status if t.statement.verification else None,
    ),
    text(
        "event",
        "sub-event type (ACLED) that the words tell",
        lambda t: t.statement.event.type if t.statement.event else None,
    ),
    text(
        "offsets",
        "start:end of the content in characters of the report's text, end exclusive",
        lambda t: t.offsets,
    ),
    number("confidence", "that the statement was read rightly, 0 to 1", lambda t: t.statement.confidence),
    text("model", "what found the statement", lambda t: t.statement.model),
    text("statement", "id of the statement", lambda t: t.statement.id),
    text("part_of", "id of the statement of which this is a clause", lambda t: t.statement.part_of),
    text(
        "reported_by", "id of the statement inside which this one stands", lambda t: t.statement.reported_by
    ),
    text("document", "key of the version of the report", lambda t: t.document.key),
)

DOCUMENTS: tuple[Column[Report], ...] = (
    text("report", "id of the report", lambda r: r.document.id),
    text("document", "key of this version", lambda r: r.document.key),
    text("title", "its headline", lambda r: r.document.title),
    text("outlet", "who published it", lambda r: outlet_words(r.document)),
    text("origin", "whose reporting it is", lambda r: r.document.origin.name if r.document.origin else None),
    text("byline", "who wrote it", lambda r: r.document.byline),
    text("published", "when it was published (ISO 8601)", lambda r: r.document.published),
    text("url", "where it stands", lambda r: r.document.url),
    text("language", "its language", lambda r: r.document.language),
    yes("analysed", "whether it was read for statements", lambda r: r.document.analysed),
    whole("statements", "number of its statements", lambda r: len(r.statements)),
    whole("characters", "length of its text", lambda r: len(r.document.text)),
    text("capture", "SHA-256 of the bytes it was made from", lambda r: r.document.capture),
)

DISPUTES: tuple[Column[Dispute], ...] = (
    text("dispute", "id of the dispute", lambda d: d.id),
    text("question", "what is disputed", lambda d: d.question),
    text("status", "contested, or conceded by a party whom it harms", lambda d: d.status),
    whole("positions", "number of positions", lambda d: len(d.positions)),
    whole("reports", "number of reports", lambda d: len(d.documents)),
    text("first_published", "of the reports (ISO 8601)", lambda d: d.first_published),
    text("last_published", "of the reports (ISO 8601)", lambda d: d.last_published),
    text("judgements", "ids of the edges on which the dispute stands", lambda d: listed(d.judgements)),
    text("documents", "keys of the reports' versions", lambda d: listed(d.documents)),
)

POSITIONS: tuple[Column[Held], ...] = (
    text("dispute", "id of the dispute", lambda h: h.dispute.id),
    text("question", "what is disputed", lambda h: h.dispute.question),
    text("position", "id of the position", lambda h: h.position.id),
    text("position_label", "the position in words", lambda h: h.position.label),
    whole("attested", "independent origins that report it", lambda h: h.position.attestation.attested),
    whole(
        "corroborated", "independent parties that assert it", lambda h: h.position.attestation.corroborated
    ),
    text(
        "origins",
        "these origins",
        lambda h: listed(map(h.catalogue.origin_name, h.position.attestation.origins)),
    ),
    text(
        "parties",
        "these parties",
        lambda h: listed(map(h.catalogue.actor_name, h.position.attestation.parties)),
    ),
    text(
        "conceded_by",
        "parties that admit it though it harms them",
        lambda h: listed(map(h.catalogue.actor_name, h.position.attestation.conceded_by)),
    ),
    text(
        "held_by", "the actors who hold it", lambda h: listed(map(h.catalogue.actor_name, h.position.actors))
    ),
    whole(
        "unverified",
        "statements of which the report says that they could not be verified",
        lambda h: len(h.position.unverified),
    ),
    text("claims", "ids of its claims", lambda h: listed(h.position.claims)),
    text("statements", "ids of its statements", lambda h: listed(h.position.statements)),
)

CLAIMS: tuple[Column[Made], ...] = (
    text("claim", "id of the claim", lambda m: m.claim.id),
    text("claim_text", "the claim in the words of its fullest statement", lambda m: m.claim.text),
    whole("attested", "independent origins that report it", lambda m: m.claim.attestation.attested),
    whole("corroborated", "independent parties that assert it", lambda m: m.claim.attestation.corroborated),
    text("made_by", "the actors who make it", lambda m: listed(map(m.catalogue.actor_name, m.claim.actors))),
    whole(
        "unverified",
        "statements of which the report says that they could not be verified",
        lambda m: len(m.claim.unverified),
    ),
    text("statements", "ids of its statements", lambda m: listed(m.claim.statements)),
)


def _positions(source: Source) -> Iterator[Held]:
    catalogue = source.catalogue
    for dispute in catalogue.board.disputes:
        for position in dispute.positions:
            yield Held(catalogue, dispute, position)


LAYOUTS = {
    Table.STATEMENTS: Layout(STATEMENTS, tell_sides),
    Table.DOCUMENTS: Layout(DOCUMENTS, lambda source: source.reports()),
    Table.DISPUTES: Layout(DISPUTES, lambda source: iter(source.catalogue.board.disputes)),
    Table.POSITIONS: Layout(POSITIONS, _positions),
    Table.CLAIMS: Layout(
        CLAIMS, lambda source: (Made(source.catalogue, each) for each in source.catalogue.board.claims)
    ),
}
"""Every table by its name."""


def layout_of(source: Source) -> Layout:
    """Return the table that the user wants."""
    return LAYOUTS[source.choices.table]
