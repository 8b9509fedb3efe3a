"""What a search found, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.views.search import Hit
from counterclaim.views.terminal.pieces import clean, day, indented


def hits_table(found: Sequence[Hit]) -> RenderableType:
    """Return the matches, or words that say that there is none."""
    if not found:
        return Text("Nothing in the ledger holds these words.")
    return Group(*(_hit(each) for each in found))


def _hit(hit: Hit) -> RenderableType:
    places = " ".join(f"{start}:{end}" for start, end in hit.offsets)
    source = f"{clean(hit.outlet)} · {day(hit.published)} · {clean(hit.document)}"
    if hit.statement is None:
        head = Text.assemble((clean(hit.title or hit.document), "bold"), " [report]")
        return Group(head, indented(Text(source, style="dim")), Text())
    speaker = clean(hit.speaker) if hit.speaker else "The report itself"
    return Group(
        Text.assemble((speaker, "bold"), f" [{hit.act}]"),
        indented(Text(clean(hit.content or ""))),
        indented(Text(f"{source} {places} · {hit.statement}", style="dim")),
        Text(),
    )
