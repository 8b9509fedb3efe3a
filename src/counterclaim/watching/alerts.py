"""What is worth a message: disputes that opened or turned between two moments of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from counterclaim.model import ClaimStatus, StatusNote
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.diff import DiffView, DisputeFate, DisputeNews, PositionNews, diff_view


class TurnKind(StrEnum):
    """In what way a dispute turned."""

    OPENED = "opened"
    STATUS = "status"
    POSITION = "position"
    CONCEDED = "conceded"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    CORROBORATED = "corroborated"
    CLOSED = "closed"


_OF_STATUS = {
    ClaimStatus.CONCEDED: TurnKind.CONCEDED,
    ClaimStatus.CORRECTED: TurnKind.CORRECTED,
    ClaimStatus.RETRACTED: TurnKind.RETRACTED,
    ClaimStatus.WITHDRAWN: TurnKind.WITHDRAWN,
}


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which a dispute turned, and the words of reports that bear it out.

    ``about`` is the position, claim or status in question, in words of reports.
    """

    kind: TurnKind
    about: str
    words: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """A new statement: who says it, in which report, at which code points of its text, end exclusive."""

    position: str
    speaker: str | None
    source: str
    content: str
    outlet: str
    document: str
    offsets: tuple[tuple[int, int], ...]


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute that opened or turned. ``before`` are the ids that it had, none where it is new.

    ``positions`` are the labels of all its positions, in their order; none where it is closed.
    """

    dispute: str
    question: str
    before: tuple[str, ...]
    turns: tuple[Turn, ...]
    positions: tuple[str, ...]
    statements: tuple[Words, ...]


def find_alerts(before: Catalogue, after: Catalogue) -> list[Alert]:
    """Return the disputes that opened or turned, in the order of their questions.

    It says what reports and people say; it weighs none of it. More statements for a position that is held
    already are no turn.
    """
    news = diff_view(before, after)
    turned = _turned_claims(news)
    changed = {each.id: each for each in news.disputes}
    alerts = []
    for name in sorted(after.disputes, key=lambda name: (after.disputes[name].question, name)):
        turns = tuple(_turns(before, after, name, changed.get(name), turned))
        if turns:
            alerts.append(_alert(after, name, changed.get(name), turns))
    for each in news.disputes:
        if each.fate is DisputeFate.GONE:
            closed = Turn(kind=TurnKind.CLOSED, about=each.question)
            alerts.append(
                Alert(
                    dispute=each.id,
                    question=each.question,
                    before=each.before,
                    turns=(closed,),
                    positions=(),
                    statements=(),
                )
            )
    return alerts


def _turned_claims(news: DiffView) -> Mapping[str, tuple[StatusNote, ...]]:
    found: defaultdict[str, tuple[StatusNote, ...]] = defaultdict(tuple)
    found.update((each.id, each.became) for each in news.claims)
    return found


def _turns(
    before: Catalogue,
    after: Catalogue,
    name: str,
    news: DisputeNews | None,
    turned: Mapping[str, tuple[StatusNote, ...]],
) -> Iterator[Turn]:
    dispute = after.disputes[name]
    earlier = news.before[0] if news and news.before else name
    known = before.disputes.get(earlier)
    if news is not None and news.fate is DisputeFate.NEW:
        yield Turn(kind=TurnKind.OPENED, about=dispute.question)
    elif known is not None and known.status is not dispute.status:
        yield Turn(kind=TurnKind.STATUS, about=dispute.status.value)
    if known is not None and news is not None:
        for position in news.positions:
            yield from _position_turns(position)
    for claim in (each for position in dispute.positions for each in position.claims):
        for note in turned.get(claim, ()):
            if note.status in _OF_STATUS:
                text = after.claims[claim].text
                yield Turn(kind=_OF_STATUS[note.status], about=text, words=note.words)


def _position_turns(position: PositionNews) -> Iterator[Turn]:
    if position.new:
        yield Turn(kind=TurnKind.POSITION, about=position.label)
    elif position.corroborated.after > position.corroborated.before:
        yield Turn(kind=TurnKind.CORROBORATED, about=position.label)


def _alert(after: Catalogue, name: str, news: DisputeNews | None, turns: tuple[Turn, ...]) -> Alert:
    dispute = after.disputes[name]
    statements = tuple(
        Words(
            position=position.label,
            speaker=quote.speaker,
            source=quote.source,
            content=quote.content,
            outlet=quote.place.outlet,
            document=quote.place.document,
            offsets=quote.place.offsets,
        )
        for position in (news.positions if news else ())
        for quote in position.quotes
    )
    return Alert(
        dispute=name,
        question=dispute.question,
        before=news.before if news else (name,),
        turns=turns,
        positions=tuple(position.label for position in dispute.positions),
        statements=statements,
    )
