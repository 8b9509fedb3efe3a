"""One actor for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.views.actor import ActorRow, ActorView
from counterclaim.views.terminal.decisions import decisions_lines
from counterclaim.views.terminal.pieces import clean, facts, names_text, quote_lines


def actor_table(view: ActorView) -> RenderableType:
    """Return one actor with the positions held and everything said."""
    sides = "\n".join(f"{clean(side.question)} {clean(side.label)}" for side in view.sides)
    rows: list[tuple[str, RenderableType | None]] = [
        ("actor", view.id),
        ("kind", f"{view.kind}, unnamed" if view.anonymous and view.kind != "anonymous" else str(view.kind)),
        ("also called", ", ".join(view.aliases)),
        ("roles", "; ".join(view.roles)),
        ("speaks for", names_text([view.party]) if view.party else names_text(view.parties)),
        ("positions", Text(sides) if sides else None),
    ]
    parts: list[RenderableType] = [Text(clean(view.name), style="bold"), facts(rows)]
    if view.decisions:
        parts += [Text(), decisions_lines(view.decisions)]
    for quote in view.quotes:
        parts += [Text(), quote_lines(quote)]
    return Group(*parts)


def mentions_table(view: ActorView) -> RenderableType:
    """Return why the names are one actor, and every place where reports mention it."""
    parts: list[RenderableType] = []
    if view.links:
        parts += [Text(), Text("one actor, because", style="bold")]
        parts += [Text(f"{link.rule}: {clean(link.reason)}") for link in view.links]
    parts += [Text(), Text("mentions", style="bold")]
    parts += [
        Text(f"{each.document} {each.start}-{each.end} “{clean(each.quote)}”") for each in view.mentions
    ]
    return Group(*parts)


def actors_table(rows: Sequence[ActorRow]) -> RenderableType:
    """Return the actors as a table, one a line."""
    table = Table(box=None, pad_edge=False)
    for title in ("name", "kind", "also called", "speaks for"):
        table.add_column(title, overflow="fold")
    for title in ("reports", "statements"):
        table.add_column(title, justify="right")
    for row in rows:
        table.add_row(
            Text(clean(row.name)),
            Text("unnamed" if row.anonymous else str(row.kind)),
            Text(clean(", ".join(row.aliases))),
            Text(clean(row.party.name) if row.party else ""),
            str(row.reports),
            str(row.statements),
        )
    return table
