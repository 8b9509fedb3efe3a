"""The second slider: what is said to have happened within a stretch of event time.

Nothing is computed of a part. The board is read off everything that is known, and then those disputes and
claims are taken from it that hold a statement whose event time meets the stretch, so that every count is
the same as without. Event time is what a report's words say (``happened``, or the time of the event), to
the day, as the report counts days; when it was said, published or recorded makes no difference.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from counterclaim.ledger import SearchHit
from counterclaim.model import Board, Dispute, Judgement, QuestionError, Snapshot, Statement
from counterclaim.model.errors import Messages
from counterclaim.views.actor import ActorView
from counterclaim.views.answer import Answer
from counterclaim.views.board import DisputeView
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.claim import ClaimView
from counterclaim.views.quotes import Quote

_PART = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_AT_ONCE = 200


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of event time, from day to day (ISO 8601, both inclusive), None for an open end.

    With ``unknown`` what gives no event time is taken too.
    """

    start: str | None = None
    end: str | None = None
    unknown: bool = False

    @property
    def words(self) -> str:
        """The stretch in words: "from 2021-09-01 to 2021-09-15", "until 2021-09-15", "at any known time"."""
        if self.start is None and self.end is None:
            return "at any known time"
        if self.start is None:
            return f"until {self.end}"
        return f"from {self.start}" + (f" to {self.end}" if self.end else "")

    def meets(self, statement: Statement) -> bool | None:
        """Tell whether the event time of a statement meets the stretch; None where it gives none."""
        stated = statement.happened or (statement.event.when if statement.event else None)
        if stated is None or (stated.interval.start is None and stated.interval.end is None):
            return None
        first, last = stated.interval.start, stated.interval.end
        begins_before = first is None or self.end is None or first[:10] <= self.end
        ends_after = last is None or self.start is None or last[:10] >= self.start
        return begins_before and ends_after

    def takes(self, statement: Statement) -> bool:
        """Tell whether a statement by itself is taken."""
        met = self.meets(statement)
        return self.unknown if met is None else met


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """How many were left out: because they happened at other times, and because no time is known."""

    elsewhen: int
    unknown: int


def parse_happening(text: str, *, unknown: bool = False) -> Happening:
    """Read ``FROM..TO``, either of which may be left out, or one day, month or year.

    Raises LedgerError, with what to write instead, for anything else.
    """
    written = text.strip()
    first, dots, last = written.partition("..")
    if not written.strip("."):
        raise QuestionError(Messages.period_invalid(text))
    start = _days(text, first)[0] if first else None
    end = _days(text, last if dots else first)[1] if last or not dots else None
    if start is not None and end is not None and start > end:
        raise QuestionError(Messages.period_reversed(text))
    return Happening(start=start, end=end, unknown=unknown)


def _days(text: str, part: str) -> tuple[str, str]:
    """Return the first and the last day of a day, a month or a year."""
    match = _PART.fullmatch(part.strip())
    if match is None:
        raise QuestionError(Messages.period_invalid(text))
    year, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise QuestionError(Messages.period_invalid(text)) from None
    return first.isoformat(), last.isoformat()


def narrowed(catalogue: Catalogue, happening: Happening) -> tuple[Catalogue, LeftOut]:
    """Return the catalogue with those disputes and claims alone that are taken, and the disputes left out.

    Taken is what holds a statement that meets the stretch; with ``unknown`` also that of which no
    statement gives an event time. Claims of a dispute that is taken stay. Counts and statuses are those of
    the whole.
    """
    disputes = [each for each in catalogue.board.disputes if _taken(catalogue, happening, _said_in(each))]
    answers = {claim for each in disputes for position in each.positions for claim in position.claims}
    claims = [
        each
        for each in catalogue.board.claims
        if each.id in answers or _taken(catalogue, happening, each.statements)
    ]
    others = {each.id for each in catalogue.board.disputes} - {each.id for each in disputes}
    undated = sum(_undated(catalogue, happening, _said_in(catalogue.disputes[each])) for each in others)
    board = Board(actors=catalogue.board.actors, claims=tuple(claims), disputes=tuple(disputes))
    narrow = Catalogue(catalogue.snapshot, board, catalogue.index)
    narrow.statuses = catalogue.statuses
    return narrow, LeftOut(elsewhen=len(others) - undated, unknown=undated)


def extracted(catalogue: Catalogue, happening: Happening) -> tuple[Catalogue, LeftOut]:
    """Return a catalogue of the reports alone that hold what is taken, each whole; for exports.

    It holds the disputes and claims that are taken, the reports of all their statements and those of every
    other statement that meets the stretch, with all versions of each; judgements on these alone.
    """
    narrow, left_out = narrowed(catalogue, happening)
    said = {each for claim in narrow.board.claims for each in claim.statements}
    said |= {s.id for s in catalogue.snapshot.statements if happening.takes(s)}
    keys = {catalogue.statements[each].document for each in said}
    keys |= {other for key in keys for other in catalogue.versions.chain(key)}
    whole = catalogue.snapshot
    statements = tuple(s for s in whole.statements if s.document in keys)
    held = {s.id for s in statements}
    judgements = _among(catalogue, held, keys)
    kept = {j.id for j in judgements}
    snapshot = Snapshot(
        documents=tuple(each for each in whole.documents if each.key in keys),
        annotations=tuple(each for each in whole.annotations if each.document in keys),
        statements=statements,
        judgements=judgements,
        decisions=tuple(each for each in whole.decisions if each in kept),
    )
    actors = (
        replace(each, statements=tuple(s for s in each.statements if s in held))
        for each in catalogue.board.actors
    )
    board = replace(narrow.board, actors=tuple(each for each in actors if each.statements))
    found = Catalogue(snapshot, board, catalogue.index)
    found.statuses = catalogue.statuses
    return found, left_out


def limited(catalogue: Catalogue, view: Answer, happening: Happening) -> tuple[Answer, LeftOut]:
    """Return the view of a dispute, a claim or an actor with those quotes alone that are taken.

    Raises LedgerError for a report or a statement, which are shown as they are.
    """
    if isinstance(view, DisputeView):
        fates = [_quotes(catalogue, each.quotes, happening) for each in view.positions]
        positions = tuple(
            replace(each, quotes=fate[0]) for each, fate in zip(view.positions, fates, strict=True)
        )
        return replace(view, positions=positions), _sum(fate[1] for fate in fates)
    if isinstance(view, ClaimView | ActorView):
        quotes, left_out = _quotes(catalogue, view.quotes, happening)
        return replace(view, quotes=quotes), left_out
    raise QuestionError(Messages.happening_of_a_report())


def search_happening(
    search: Callable[[int], Sequence[SearchHit]], limit: int, happening: Happening
) -> tuple[list[SearchHit], LeftOut]:
    """Return the first matches that are taken, at most ``limit``; how many before the last were not.

    ``search`` gives so many matches at most, best first. A report of which no statement holds the words
    gives no event time.
    """
    asked = max(_AT_ONCE, 2 * limit)
    while True:
        found = search(asked)
        taken, elsewhen, unknown = [], 0, 0
        for hit in found:
            met = happening.meets(hit.statement) if hit.statement else None
            if met or (met is None and happening.unknown):
                taken.append(hit)
            else:
                elsewhen, unknown = elsewhen + (met is False), unknown + (met is None)
            if len(taken) == limit:
                break
        if len(taken) == limit or len(found) < asked:
            return taken, LeftOut(elsewhen=elsewhen, unknown=unknown)
        asked *= 4


def _quotes(
    catalogue: Catalogue, quotes: Iterable[Quote], happening: Happening
) -> tuple[tuple[Quote, ...], LeftOut]:
    kept, elsewhen, unknown = [], 0, 0
    for quote in quotes:
        said = [quote.statement, *(each.statement for each in quote.reprints)]
        if _taken(catalogue, happening, said):
            kept.append(quote)
        elif _undated(catalogue, happening, said):
            unknown += 1
        else:
            elsewhen += 1
    return tuple(kept), LeftOut(elsewhen=elsewhen, unknown=unknown)


def _sum(several: Iterable[LeftOut]) -> LeftOut:
    known = list(several)
    return LeftOut(elsewhen=sum(e.elsewhen for e in known), unknown=sum(e.unknown for e in known))


def _said_in(dispute: Dispute) -> list[str]:
    return [each for position in dispute.positions for each in position.statements]


def _taken(catalogue: Catalogue, happening: Happening, said: Iterable[str]) -> bool:
    met = [happening.meets(catalogue.statements[each]) for each in said]
    return any(met) or (happening.unknown and all(each is None for each in met))


def _undated(catalogue: Catalogue, happening: Happening, said: Iterable[str]) -> bool:
    return all(happening.meets(catalogue.statements[each]) is None for each in said)


def _among(catalogue: Catalogue, statements: set[str], keys: set[str]) -> tuple[Judgement, ...]:
    """Return the judgements that name no statement, document or judgement that is left out."""
    kept: dict[str, bool] = {}

    def stays(name: str, inside: frozenset[str]) -> bool:
        if name in catalogue.statements:
            return name in statements
        if name in catalogue.judgements:
            return name in inside or of(name, inside)
        document = name.partition("/")[0]
        return document not in catalogue.documents or document in keys

    def of(name: str, inside: frozenset[str]) -> bool:
        if name not in kept:
            judgement = catalogue.judgements[name]
            ends = (judgement.left, judgement.right)
            kept[name] = all(stays(end, inside | {name}) for end in ends)
        return kept[name]

    return tuple(j for j in catalogue.snapshot.judgements if of(j.id, frozenset()))
