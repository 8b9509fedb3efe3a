"""The actors, times and places of one report for a terminal, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.views.context import ActorNote, Context, PlaceNote, TimeNote, Words
from counterclaim.views.terminal.pieces import clean

_ACTOR_HEADS = ("name", "kind", "role", "mentions")
_TIME_HEADS = ("words", "value", "interval (EDTF)", "counted from", "at")
_PLACE_HEADS = ("words", "place", "kind", "latitude, longitude", "precision", "at")


def context_tables(context: Context) -> list[RenderableType]:
    """Return a table each of actors, times and places; none for what a report does not name."""
    tables: list[RenderableType] = []
    if context.actors:
        tables += [Text(), _table("Actors", _ACTOR_HEADS, map(_actor, context.actors))]
    if context.times:
        tables += [Text(), _table("Times", _TIME_HEADS, map(_time, context.times))]
    if context.places:
        tables += [Text(), _table("Places", _PLACE_HEADS, map(_place, context.places))]
    return tables


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    return table


def _actor(actor: ActorNote) -> tuple[str, ...]:
    name = ", ".join([actor.name, *actor.aliases])
    kind = "unnamed" if actor.anonymous else actor.kind
    return name, kind, "; ".join(actor.roles), " ".join(map(_at, actor.mentions))


def _time(time: TimeNote) -> tuple[str, ...]:
    return time.at.words, time.value, time.interval or "", str(time.basis), _at(time.at)


def _place(place: PlaceNote) -> tuple[str, ...]:
    words = f"{place.relation}: {place.at.words}" if place.relation else place.at.words
    if place.name is None or place.latitude is None or place.longitude is None:
        return words, "(not known)", place.reading, "", place.precision, _at(place.at)
    name = ", ".join(filter(None, (place.name, place.country)))
    name += f", or {'; '.join(place.others)}" if place.others else ""
    kind = place.kind or ""
    kind += f", {place.reading}" if place.reading != "location" else ""
    return words, name, kind, f"{place.latitude:.2f}, {place.longitude:.2f}", place.precision, _at(place.at)


def _at(words: Words) -> str:
    return f"{words.start}:{words.end}"
