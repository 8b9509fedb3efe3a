"""The timeline: when it happened as told, when it was said, when it was reported; lanes side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from counterclaim.model import StatedTime, Statement
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.happening import Happening
from counterclaim.views.map import said_about
from counterclaim.views.quotes import Quote, moment_of, quotes_of

ITEMS = 60
"""Items that a timeline shows at most: the latest reported."""
LANES = 12
"""Lanes that it shows at most: those with most statements."""
_FOLDED = 300
"""Statements of one lane that are looked through for reprints; the work grows with their square."""


class Lanes(StrEnum):
    """What a lane stands for."""

    POSITION = "position"
    ACTOR = "actor"


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time as the ledger has it: ``edtf``, and its ends (ISO 8601, inclusive, None if open).

    ``precision`` is the granularity of the words ("day", "month", "vague"). ``words`` are those that say
    so; None where no words do and ``basis`` was taken instead.
    """

    edtf: str
    start: str | None
    end: str | None
    precision: str
    approximate: bool
    uncertain: bool
    basis: str
    words: str | None


class TimelineItem(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, copies folded into it, with its three times; each None where it is not known.

    ``happened`` is event time (of the event, else of the content), ``said`` when the speaker said it,
    ``published`` when the report appeared (ISO 8601, as given). Their differences tell what the ledger's
    other times cannot: how long after the event a thing was said and reported.
    """

    quote: Quote
    happened: Stretch | None
    said: Stretch | None
    published: str | None


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """One position or actor. ``number`` is its index: of a position, that in its dispute.

    ``items`` are those shown, in order of time; ``undated`` have no time at all and are listed;
    ``left_out`` counts statements beyond the bound.
    """

    id: str
    label: str
    number: int
    items: tuple[TimelineItem, ...]
    undated: tuple[TimelineItem, ...]
    left_out: int


class TimelineView(msgspec.Struct, frozen=True, kw_only=True):
    """Lanes, with what is beyond the bounds counted.

    ``left_out_lanes`` counts lanes, ``left_out`` statements: those of these lanes and those beyond the
    bound of the others. ``no_event_time`` and ``no_report_time`` count the items shown that lack one.
    """

    lanes_of: Lanes
    lanes: tuple[Lane, ...]
    left_out_lanes: int
    left_out: int
    no_event_time: int
    no_report_time: int


def timeline_view(
    catalogue: Catalogue,
    *,
    dispute: str | None = None,
    actor: str | None = None,
    happening: Happening | None = None,
    lanes_of: Lanes | None = None,
    limit: int = ITEMS,
) -> TimelineView:
    """Return what is said in one dispute, by one actor (ids), or in the whole catalogue, in time.

    Lanes are the positions of a dispute where one is given, else the actors; ``lanes_of`` asks for the
    other. Positions of more than one dispute are lanes of their own. At most ``limit`` items are shown.
    """
    kind = lanes_of or (Lanes.POSITION if dispute else Lanes.ACTOR)
    chosen = said_about(catalogue, dispute=dispute, actor=actor, happening=happening)
    gathered = (
        _by_position(catalogue, chosen, dispute) if kind is Lanes.POSITION else _by_actor(catalogue, chosen)
    )
    if kind is Lanes.ACTOR or dispute is None:
        gathered.sort(key=lambda lane: (-len(lane[3]), lane[1], lane[0]))
    shown, beyond = gathered[:LANES], gathered[LANES:]
    shares = _shares([len(said) for *_rest, said in shown], limit)
    lanes = tuple(
        _lane(catalogue, key, label, number if number is not None else at, said, shares[at])
        for at, (key, label, number, said) in enumerate(shown)
    )
    items = [item for lane in lanes for item in (*lane.items, *lane.undated)]
    return TimelineView(
        lanes_of=kind,
        lanes=lanes,
        left_out_lanes=len(beyond),
        left_out=sum(lane.left_out for lane in lanes) + sum(len(said) for *_rest, said in beyond),
        no_event_time=sum(item.happened is None for item in items),
        no_report_time=sum(item.published is None for item in items),
    )


_Gathered = list[tuple[str, str, int | None, list[Statement]]]


def _by_position(catalogue: Catalogue, chosen: Iterable[Statement], dispute: str | None) -> _Gathered:
    """Return the statements of each position, by dispute and in the order of its positions."""
    held: defaultdict[tuple[str, int], list[Statement]] = defaultdict(list)
    labels = {}
    for statement in chosen:
        for side in catalogue.sides(statement.id):
            if dispute is None or side.dispute.id == dispute:
                number = [each.id for each in side.dispute.positions].index(side.position.id)
                held[side.dispute.id, number].append(statement)
                labels[side.dispute.id, number] = side.position.id, side.position.label
    return [(*labels[key], key[1], held[key]) for key in sorted(held)]


def _by_actor(catalogue: Catalogue, chosen: Iterable[Statement]) -> _Gathered:
    """Return the statements of each actor; those of a report itself under the report's outlet."""
    held: defaultdict[str, list[Statement]] = defaultdict(list)
    names: dict[str, str] = {}
    for statement in chosen:
        actor = catalogue.actor_id_of(statement)
        document = catalogue.document_of(statement)
        key = actor or f"report {document.origin_key}"
        name = catalogue.speaker_name(statement) if actor else catalogue.origin_name(document.origin_key)
        names.setdefault(key, name or key)
        held[key].append(statement)
    return [(key, names[key], None, held[key]) for key in sorted(held)]


def _shares(sizes: list[int], limit: int) -> list[int]:
    """Share so many rows among lanes of these sizes: as equally as can be, one each at least."""
    shares = [0] * len(sizes)
    rest, waiting = limit, len(sizes)
    for at in sorted(range(len(sizes)), key=sizes.__getitem__):
        shares[at] = max(1, min(sizes[at], rest // waiting))
        rest, waiting = rest - shares[at], waiting - 1
    return shares


def _lane(catalogue: Catalogue, key: str, label: str, number: int, said: list[Statement], limit: int) -> Lane:
    ids = {statement.id for statement in said}
    wholes = [statement for statement in said if statement.part_of not in ids]
    wholes.sort(key=lambda statement: (_reported(catalogue, statement), statement.id), reverse=True)
    looked = wholes[:_FOLDED]
    quotes = quotes_of(catalogue, (statement.id for statement in looked))
    latest = sorted(quotes, key=lambda quote: (_known(quote), quote.statement), reverse=True)[:limit]
    items = [_item(catalogue, quote) for quote in latest]
    dated = [each for each in items if each.happened or each.said or each.published]
    shown = {statement for quote in latest for statement in _of(quote)}
    return Lane(
        id=key,
        label=label,
        number=number,
        items=tuple(sorted(dated, key=_order)),
        undated=tuple(each for each in items if not (each.happened or each.said or each.published)),
        left_out=len([each for each in wholes if each.id not in shown]),
    )


def _item(catalogue: Catalogue, quote: Quote) -> TimelineItem:
    statement = catalogue.statements[quote.statement]
    happened = (statement.event.when if statement.event else None) or statement.happened
    return TimelineItem(
        quote=quote,
        happened=_stretch(happened),
        said=_stretch(statement.said),
        published=quote.place.published,
    )


def _stretch(stated: StatedTime | None) -> Stretch | None:
    if stated is None or (stated.interval.start is None and stated.interval.end is None):
        return None
    interval = stated.interval
    return Stretch(
        edtf=interval.edtf,
        start=interval.start,
        end=interval.end,
        precision=str(interval.granularity),
        approximate=interval.approximate,
        uncertain=interval.uncertain,
        basis=str(stated.basis),
        words=stated.span.quote if stated.span else None,
    )


def _of(quote: Quote) -> tuple[str, ...]:
    return (quote.statement, *(each.statement for each in quote.reprints))


def _reported(catalogue: Catalogue, statement: Statement) -> str:
    published = catalogue.document_of(statement).published
    return moment_of(published) if published else ""


def _known(quote: Quote) -> str:
    return moment_of(quote.place.published) if quote.place.published else ""


def _order(item: TimelineItem) -> tuple[str, str]:
    """Return what sorts items by the first time known of each: event, said, reported."""
    for stretch in (item.happened, item.said):
        if stretch is not None:
            return (stretch.start or stretch.end or ""), item.quote.statement
    return item.published or "", item.quote.statement
