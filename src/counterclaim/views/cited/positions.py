"""Positions and the two counts, with the names behind them and the words of checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from counterclaim.model import ActorKind, ClaimStatus, StatusNote
from counterclaim.views.board import Evidence, HeldBy, letter
from counterclaim.views.brief import NAMES, PositionBrief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.cited.citation import CheckCited, check_cited

CHECKS = 6
"""Wordings on checks that are given of each position at most."""
POSITIONS = 12
"""Positions of one dispute that are given at most; nearly all have two or three."""
STATUSES = 12
"""Statuses of claims that are given at most."""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A number and the names behind it; ``more`` of them are not listed."""

    number: int
    names: tuple[str, ...]
    more: int = 0


class HolderNamed(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a position. ``number`` is above 1 for so many whom no words tell apart."""

    actor: str
    name: str
    role: str | None
    kind: ActorKind
    anonymous: bool
    number: int


class PositionCited(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to the question, and who gives it.

    ``attested`` counts independent origins that report it, ``corroborated`` independent parties who assert
    it. They are two numbers and never one. ``conceded_by`` admit it though it harms them.
    """

    letter: str
    id: str
    label: Annotated[str, Meta(description="The position in words of a report.")]
    held_by: tuple[HolderNamed, ...]
    in_own_voice: Annotated[tuple[str, ...], Meta(description="Outlets that say so themselves.")]
    more_holders: int
    attested: Annotated[Count, Meta(description="Independent origins that report it.")]
    corroborated: Annotated[Count, Meta(description="Independent parties who assert it.")]
    conceded_by: tuple[str, ...]
    checks: Annotated[tuple[CheckCited, ...], Meta(description="What reports say on whether it was checked.")]
    more_checks: int
    statuses: tuple[ClaimStatus, ...]
    quoted: Annotated[int, Meta(description="How many quotations there are in all, reprints folded.")]


def position_cited(part: Catalogue, number: int, brief: PositionBrief) -> PositionCited:
    """Return a position, the one at index ``number``; ``part`` has the statements that its checks are of."""
    return PositionCited(
        letter=letter(number),
        id=brief.id,
        label=brief.label,
        held_by=tuple(map(holder_named, brief.holders)),
        in_own_voice=brief.own_voice,
        more_holders=brief.more_holders,
        attested=attested(brief.evidence),
        corroborated=corroborated(brief.evidence),
        conceded_by=tuple(each.name for each in brief.evidence.conceded_by)[:NAMES],
        checks=tuple(check_cited(part, each) for each in brief.checks[:CHECKS]),
        more_checks=brief.more_checks + max(0, len(brief.checks) - CHECKS),
        statuses=statuses(brief.statuses),
        quoted=brief.quoted,
    )


def holder_named(held: HeldBy) -> HolderNamed:
    """Return who holds a position."""
    who = held.holder
    return HolderNamed(
        actor=who.id,
        name=who.name,
        role=who.role,
        kind=who.kind,
        anonymous=who.anonymous,
        number=held.number,
    )


def attested(evidence: Evidence) -> Count:
    """Return how many independent origins report it, and which."""
    return _count(evidence.attested, [each.name for each in evidence.origins])


def corroborated(evidence: Evidence) -> Count:
    """Return how many independent parties assert it, and which."""
    return _count(evidence.corroborated, [each.name for each in evidence.parties])


def _count(number: int, names: Sequence[str]) -> Count:
    listed = tuple(names[:NAMES])
    return Count(number=number, names=listed, more=max(0, number - len(listed)))


def statuses(notes: Iterable[StatusNote]) -> tuple[ClaimStatus, ...]:
    """Return statuses, each once, at most STATUSES."""
    return tuple(dict.fromkeys(note.status for note in notes))[:STATUSES]
