"""One statement for a terminal, with the way back to the bytes."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.views.context import EventNote
from counterclaim.views.reasons import Reason
from counterclaim.views.statement import StatementView, WayBack
from counterclaim.views.terminal.decisions import decisions_lines
from counterclaim.views.terminal.pieces import clean, facts, indented, quote_lines


def statement_table(view: StatementView) -> RenderableType:
    """Return one statement: the quote, what it is part of, and where each of its words stands."""
    sides = "\n".join(f"{side.question} {side.label}" for side in view.sides)
    claim = f"{view.claim.name} ({view.claim.id})" if view.claim else None
    rows: list[tuple[str, RenderableType | None]] = [
        ("statement", view.id),
        ("claim", claim),
        ("takes the side", Text(sides) if sides else None),
        ("said", view.said),
        ("happened", view.happened),
        ("event", _event(view.event) if view.event else None),
        ("reported by", view.reported_by),
        ("refers to", ", ".join(view.refers_to)),
        ("found by", f"{view.model}, confidence {view.confidence:.2f}" if view.model else None),
        *(
            (each.kind, _reason(each))
            for each in view.judgements
            if each.id not in {decision.id for decision in view.decisions}
        ),
    ]
    source = facts(
        [
            ("capture", clean(view.capture_name)),
            ("sha256", view.capture),
            ("form", f"{view.media_type}, {view.encoding}"),
        ]
    )
    return Group(
        quote_lines(view.quote),
        Text(),
        facts(rows),
        *([Text(), decisions_lines(view.decisions, view.id)] if view.decisions else []),
        Text(),
        Text("The way back", style="bold"),
        indented(source),
        indented(_ways(view.spans)),
    )


def _reason(reason: Reason) -> str:
    words = f"{reason.basis}: {reason.reason}" if reason.reason else reason.basis
    return f"{words} (overruled by {', '.join(reason.overruled_by)})" if reason.overruled_by else words


def _event(event: EventNote) -> str:
    """Return what is said to have happened, one part a line."""
    parts = [
        ("", event.type or "no type of ACLED's"),
        ("PLOVER ", event.plover or ""),
        ("by ", ", ".join(each.words for each in event.agents)),
        ("to ", ", ".join(each.words for each in event.patients)),
        ("at ", ", ".join(each.words for each in event.places)),
        ("", ", ".join(event.figures)),
    ]
    return "\n".join(clean(f"{label}{words}") for label, words in parts if words)


def _ways(spans: tuple[WayBack, ...]) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("part", style="dim", no_wrap=True)
    table.add_column("words, with what stands around them", overflow="fold")
    table.add_column("characters", justify="right", no_wrap=True)
    table.add_column("bytes", justify="right", no_wrap=True)
    for span in spans:
        words = Text.assemble(
            (_edge(span.prefix), "dim"), (clean(span.quote), "bold"), (_edge(span.suffix), "dim")
        )
        table.add_row(span.role, words, f"{span.start}:{span.end}", _bytes(span))
    return table


def _edge(text: str) -> str:
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{clean(text)}{after}"


def _bytes(span: WayBack) -> str:
    if span.byte_start is None:
        return span.source_place or ""
    return f"{span.byte_start}:{span.byte_end}"
