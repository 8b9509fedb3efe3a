"""The board: every dispute with its positions, who holds them, and on what evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from string import ascii_uppercase

import msgspec

from counterclaim.model import (
    ActorKind,
    Affiliation,
    Attestation,
    Dispute,
    DisputeStatus,
    Position,
    StatusNote,
    Voice,
)
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.decisions import Decision, decisions_on
from counterclaim.views.names import Named, named
from counterclaim.views.quotes import Check, Quote, check_of, moment_of, quotes_of
from counterclaim.views.reasons import Reason, reason_of


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """An actor who holds a position. ``role`` is the role and the party as a reader knows them."""

    id: str
    name: str
    kind: ActorKind
    anonymous: bool
    role: str | None


class HeldBy(msgspec.Struct, frozen=True, kw_only=True):
    """The first of so many holders whom no words tell apart."""

    holder: Holder
    number: int


def holders_by_name(holders: Iterable[Holder]) -> list[HeldBy]:
    """Return holders in their order, those whom no words tell apart once, with their number."""
    alike: dict[tuple[str, str | None], list[Holder]] = {}
    for holder in holders:
        alike.setdefault((holder.name, holder.role), []).append(holder)
    return [HeldBy(holder=each[0], number=len(each)) for each in alike.values()]


class Folded(msgspec.Struct, frozen=True, kw_only=True):
    """One origin or party that is counted, why its statements are one, and which they are."""

    id: str
    name: str
    because: tuple[str, ...]
    statements: tuple[str, ...]


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The two numbers, never one, and who stands behind each.

    ``attested`` counts the independent origins that report it, ``corroborated`` the independent
    parties who assert it; ``conceded_by`` are the parties who admit it though it harms them.
    ``told_by`` and ``asserted_by`` say how each count came about.
    """

    attested: int
    origins: tuple[Named, ...]
    corroborated: int
    parties: tuple[Named, ...]
    conceded_by: tuple[Named, ...]
    told_by: tuple[Folded, ...] = ()
    asserted_by: tuple[Folded, ...] = ()


class PositionView(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to the question, with everything that bears it out."""

    id: str
    label: str
    holders: tuple[Holder, ...]
    own_voice: tuple[str, ...]
    evidence: Evidence
    checks: tuple[Check, ...]
    quotes: tuple[Quote, ...]
    statuses: tuple[StatusNote, ...] = ()


class DisputeView(msgspec.Struct, frozen=True, kw_only=True):
    """A question and the positions taken on it."""

    id: str
    question: str
    status: DisputeStatus
    positions: tuple[PositionView, ...]
    documents: tuple[Named, ...]
    first_published: str | None
    last_published: str | None
    reasons: tuple[Reason, ...]
    decisions: tuple[Decision, ...] = ()


class BoardCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How much was read to find the disputes; ``found`` is the number of them all."""

    documents: int
    unanalysed: int
    origins: int
    statements: int
    actors: int
    found: int


class BoardView(BoardCounts, frozen=True, kw_only=True):
    """All disputes, or some, each whole."""

    disputes: tuple[DisputeView, ...]


def board_view(catalogue: Catalogue) -> BoardView:
    """Return the whole board, the disputes with most independent origins first."""
    disputes = [dispute_view(catalogue, dispute) for dispute in catalogue.board.disputes]
    disputes.sort(key=lambda view: (-_weight(view), moment_of(view.first_published), view.question, view.id))
    documents = catalogue.documents.values()
    return BoardView(
        disputes=tuple(disputes),
        documents=len(documents),
        unanalysed=sum(not document.analysed for document in documents),
        origins=len({document.origin_key for document in documents}),
        statements=sum(statement.part_of is None for statement in catalogue.statements.values()),
        actors=len(catalogue.actors),
        found=len(disputes),
    )


def dispute_view(catalogue: Catalogue, dispute: Dispute) -> DisputeView:
    """Return one dispute with its positions and its reasons."""
    documents = sorted(
        (Named(id=key, name=catalogue.documents[key].id) for key in dispute.documents),
        key=lambda named: (named.name, named.id),
    )
    reasons = [catalogue.judgements[each] for each in dispute.judgements if each in catalogue.judgements]
    return DisputeView(
        id=dispute.id,
        question=dispute.question,
        status=dispute.status,
        positions=tuple(_position_view(catalogue, position) for position in dispute.positions),
        documents=tuple(documents),
        first_published=dispute.first_published,
        last_published=dispute.last_published,
        reasons=tuple(reason_of(catalogue, each) for each in reasons),
        decisions=decisions_on(catalogue, (s for p in dispute.positions for s in p.statements)),
    )


def letter(index: int) -> str:
    """Return the letter of the position at this index: A to Z, then AA, AB and so on."""
    rest, last = divmod(index, len(ascii_uppercase))
    return (letter(rest - 1) if rest else "") + ascii_uppercase[last]


def evidence_of(catalogue: Catalogue, attestation: Attestation) -> Evidence:
    """Return an attestation with the names of the origins and parties."""
    return Evidence(
        attested=attestation.attested,
        origins=named((each, catalogue.origin_name(each)) for each in attestation.origins),
        corroborated=attestation.corroborated,
        parties=named((each, catalogue.actor_name(each)) for each in attestation.parties),
        conceded_by=named((each, catalogue.actor_name(each)) for each in attestation.conceded_by),
        told_by=_folded(attestation.told_by, catalogue.origin_name),
        asserted_by=_folded(attestation.asserted_by, catalogue.actor_name),
    )


def _folded(voices: Iterable[Voice], name: Callable[[str], str]) -> tuple[Folded, ...]:
    return tuple(
        Folded(id=each.key, name=name(each.key), because=each.because, statements=each.statements)
        for each in voices
    )


def holder_of(catalogue: Catalogue, actor_id: str) -> Holder:
    """Return an actor as the holder of a position."""
    actor = catalogue.actors.get(actor_id)
    if actor is None:
        return Holder(
            id=actor_id,
            name=catalogue.actor_name(actor_id),
            kind=ActorKind.UNKNOWN,
            anonymous=False,
            role=None,
        )
    roles = [
        role
        for affiliation in actor.affiliations
        if (role := role_words(catalogue, affiliation)) and role != actor.name
    ]
    return Holder(
        id=actor.id,
        name=actor.name,
        kind=actor.kind,
        anonymous=actor.anonymous,
        role=max(roles, key=len, default=None),
    )


def role_words(catalogue: Catalogue, affiliation: Affiliation) -> str | None:
    """Return a role and its party as one phrase: ``spokesman, Defence Ministry``."""
    party = affiliation.party_name
    if party is None and affiliation.party:
        party = catalogue.actor_name(affiliation.party)
    return ", ".join(each for each in (affiliation.role, party) if each) or None


def _position_view(catalogue: Catalogue, position: Position) -> PositionView:
    statements = [catalogue.statements[each] for each in position.statements]
    checks = [check for statement in statements if (check := check_of(statement))]
    outlets = {
        catalogue.origin_name(catalogue.document_of(statement).origin_key)
        for statement in statements
        if statement.own_voice
    }
    return PositionView(
        id=position.id,
        label=position.label,
        holders=tuple(
            sorted(
                (holder_of(catalogue, each) for each in position.actors),
                key=lambda holder: (holder.anonymous, holder.name, holder.id),
            )
        ),
        own_voice=tuple(sorted(outlets)),
        evidence=evidence_of(catalogue, position.attestation),
        checks=tuple(sorted(checks, key=lambda check: (check.words, check.statement))),
        quotes=quotes_of(catalogue, position.statements),
        statuses=tuple(note for each in position.claims for note in catalogue.statuses.get(each, ())),
    )


def _weight(view: DisputeView) -> int:
    return len({origin.id for position in view.positions for origin in position.evidence.origins})
