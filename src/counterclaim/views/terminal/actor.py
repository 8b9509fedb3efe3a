"""One actor for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.views.actor import ActorView
from counterclaim.views.terminal.pieces import clean, facts, names_text, quote_lines


def actor_table(view: ActorView) -> RenderableType:
    """Return one actor with the positions held and everything said."""
    sides = "\n".join(f"{clean(side.question)} {clean(side.label)}" for side in view.sides)
    rows: list[tuple[str, RenderableType | None]] = [
        ("actor", view.id),
        ("kind", f"{view.kind}, unnamed" if view.anonymous and view.kind != "anonymous" else str(view.kind)),
        ("also called", ", ".join(view.aliases)),
        ("roles", "; ".join(view.roles)),
        ("speaks for", names_text(view.parties)),
        ("positions", Text(sides) if sides else None),
    ]
    parts: list[RenderableType] = [Text(clean(view.name), style="bold"), facts(rows)]
    for quote in view.quotes:
        parts += [Text(), quote_lines(quote)]
    return Group(*parts)
