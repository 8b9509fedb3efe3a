"""Parts that several terminal views are made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from counterclaim.model import StatusNote, VerificationStatus
from counterclaim.views.board import Evidence, Folded, HeldBy
from counterclaim.views.names import Named
from counterclaim.views.quotes import Check, Place, Quote, outlet_of_reprint

INDENT = 3
SHOWN = 3
"""Statements of an origin or a party that are named."""
_CHECK_STYLES = {
    VerificationStatus.UNVERIFIED: "yellow",
    VerificationStatus.VERIFIED: "green",
    VerificationStatus.REFUTED: "red",
}


def clean(text: str) -> str:
    """Return text that cannot command the terminal: control and format characters become U+FFFD.

    White space of any kind becomes one space; joiners inside words stay.
    """
    return "".join(
        "\ufffd" if unicodedata.category(each) in {"Cc", "Cs"} or each in "\u202a\u202b\u202d\u202e" else each
        for each in " ".join(text.split())
    )


def indented(rendering: RenderableType, steps: int = 1) -> Padding:
    """Return the rendering, moved to the right."""
    return Padding(rendering, (0, 0, 0, INDENT * steps))


def facts(rows: Iterable[tuple[str, RenderableType | None]]) -> Table:
    """Return names and values in two columns; rows without a value are left out."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value is not None and value != "":
            table.add_row(name, Text(clean(value)) if isinstance(value, str) else value)
    return table


def evidence_rows(evidence: Evidence) -> list[tuple[str, RenderableType | None]]:
    """Return the two numbers, each with its names; and who concedes."""
    rows: list[tuple[str, RenderableType | None]] = [
        ("attested", _counted(evidence.attested, "origin", "origins", evidence.origins)),
        ("corroborated", _counted(evidence.corroborated, "party", "parties", evidence.parties)),
    ]
    if evidence.conceded_by:
        names = ", ".join(clean(party.name) for party in evidence.conceded_by)
        rows.append(("conceded by", Text.assemble((names, "bold"), " (admitted though it harms them)")))
    return rows


def folded_rows(evidence: Evidence) -> list[tuple[str, RenderableType | None]]:
    """Return how each count came about: one line an origin, one a party."""
    return [("origins", _folded(evidence.told_by)), ("parties", _folded(evidence.asserted_by))]


def _folded(voices: Iterable[Folded]) -> Text | None:
    lines = []
    for each in voices:
        number = len(each.statements)
        because = f": {clean('; '.join(each.because))}" if each.because else ""
        shown = ", ".join(each.statements[:SHOWN]) + (", …" if number > SHOWN else "")
        words = f" {number} statement{'' if number == 1 else 's'}{because} "
        lines.append(Text.assemble((clean(each.name), "bold"), words, (f"({shown})", "dim")))
    return Text("\n").join(lines) if lines else None


def statuses_text(notes: Iterable[StatusNote]) -> Text | None:
    """Return how a claim stands, one status a line, each with the words that bear it out."""
    lines = []
    for note in notes:
        words = f": {clean('; '.join(note.words))}" if note.words else ""
        lines.append(Text.assemble((str(note.status), "bold"), words))
    return Text("\n").join(lines) if lines else None


def holders_text(holders: Iterable[HeldBy], own_voice: Iterable[str] = (), more: int = 0) -> Text | None:
    """Return who holds a position, each with the role the reports give; None where nobody does."""
    names = [
        Text.assemble(
            (clean(each.holder.name), "bold"),
            f" ({clean(each.holder.role)})" if each.holder.role else "",
            f" (in {each.number} reports)" if each.number > 1 else "",
        )
        for each in holders
    ]
    names += [Text(f"{clean(outlet)} in its own voice", style="italic") for outlet in own_voice]
    names += [Text(f"{more:,} more")] if more else []
    return Text(", ").join(names) if names else None


def checks_text(checks: Iterable[Check], more: int = 0) -> Text | None:
    """Return what the reports say about a check, each wording once; None where they say nothing."""
    wordings = sorted({(check.status, clean(check.words)) for check in checks})
    lines = [Text.assemble((status, _CHECK_STYLES[status]), f": {words}") for status, words in wordings]
    lines += [Text(f"and {more:,} wordings more", style="dim")] if more else []
    return Text("\n").join(lines) if lines else None


def quote_lines(quote: Quote, *, reprints: bool = True, more: int = 0) -> Group:
    """Return a quote with who says it, how, and where it stands; ``more`` outlets than named reprint it."""
    lines: list[RenderableType] = [
        Text.assemble(
            (clean(quote.speaker) if quote.speaker else "The report itself", "bold"),
            " ",
            (clean(quote.cue), "italic") if quote.cue else "",
            f" [{quote_marks(quote)}]",
        ),
        indented(Text(clean(quote.content))),
        indented(place_text(quote.place)),
    ]
    if reprints and quote.reprints:
        outlets = reprints_words(quote) + (f", {more:,} more" if more else "")
        lines.append(indented(Text(f"also, not independently, in {outlets}", style="dim")))
    return Group(*lines)


def quote_marks(quote: Quote) -> str:
    """Return act, kind, check and hedge as a few words."""
    words = [str(quote.act), str(quote.kind)]
    if not quote.polarity and quote.act != "deny":
        words.append("negated")
    if quote.check:
        words.append(str(quote.check.status))
    if quote.hedged:
        words.append("hedged")
    if quote.channel:
        words.append(clean(quote.channel))
    return ", ".join(words)


def place_text(place: Place) -> Text:
    """Return outlet, origin where it is another, date, document, characters and the statement's id."""
    outlet = clean(place.outlet)
    if place.origin != place.outlet:
        outlet += f", from {clean(place.origin)}"
    return Text(f"{outlet} · {day(place.published)} · {clean(place.where)} · {place.statement}", style="dim")


def reprints_words(quote: Quote) -> str:
    """Return the outlets of the reprints; the document's id for one of the same outlet."""
    outlets = {outlet_of_reprint(quote, each) for each in quote.reprints}
    return ", ".join(clean(outlet) for outlet in sorted(outlets))


def day(published: str | None) -> str:
    """Return the day of a moment, or words for a report without a date."""
    return published[:10] if published else "no date"


def names_text(named: Iterable[Named]) -> str:
    """Return names, separated by commas."""
    return ", ".join(clean(each.name) for each in named)


def _counted(number: int, one: str, several: str, names: tuple[Named, ...]) -> Text:
    label = one if number == 1 else several
    more = f", {number - len(names):,} more" if number > len(names) else ""
    listed = f": {names_text(names)}{more}" if names else ""
    return Text.assemble((f"{number} {label}", "bold"), listed)
