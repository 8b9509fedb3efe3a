"""What became known between two moments, for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.views.diff import (
    ClaimNews,
    Counted,
    DecisionNews,
    DiffView,
    DisputeFate,
    DisputeNews,
    ReportNews,
)
from counterclaim.views.terminal.pieces import clean, day, indented

_FATES = {
    DisputeFate.NEW: "new",
    DisputeFate.CHANGED: "goes on",
    DisputeFate.JOINED: "joined by others",
    DisputeFate.GONE: "no longer a dispute",
}
SHOWN = 3
"""New statements of a position that are quoted."""


def diff_table(view: DiffView) -> RenderableType:
    """Return what became known, sort by sort."""
    parts: list[RenderableType] = []
    for title, several in (
        (f"New reports ({len(view.reports)})", [_report(each) for each in view.reports]),
        (f"Disputes ({len(view.disputes)})", [_dispute(each) for each in view.disputes]),
        (f"Claims that stand otherwise ({len(view.claims)})", [_claim(each) for each in view.claims]),
        (f"Decisions by people ({len(view.decisions)})", [_decision(each) for each in view.decisions]),
    ):
        if several:
            parts += [Text(title, style="bold underline"), *map(indented, several), Text()]
    return Group(*parts) if parts else Text("Nothing became known between these moments.")


def _report(news: ReportNews) -> Text:
    revised = f" · later version of {news.revises}" if news.revises else ""
    number = len(news.statements)
    said = f"{number} statement{'' if number == 1 else 's'}"
    rest = f"  {clean(news.outlet)} · {day(news.published)} · {said} · {news.key}{revised}"
    return Text.assemble((clean(news.document), "bold"), rest)


def _dispute(news: DisputeNews) -> RenderableType:
    earlier = [each for each in news.before if each != news.id]
    was = f" · before: {', '.join(earlier)}" if earlier else ""
    split = f" · split from {', '.join(news.split_from)}" if news.split_from else ""
    head = Text.assemble(
        (_FATES[news.fate], "bold"), f": {clean(news.question)} ", (f"{news.id}{was}{split}", "dim")
    )
    lines: list[RenderableType] = [head]
    for side in news.positions:
        counts = f"attested {_counted(side.attested)}, corroborated {_counted(side.corroborated)}"
        new = " (new)" if side.new and news.fate is not DisputeFate.NEW else ""
        label = Text.assemble((f"{side.letter}  ", "bold cyan"), f"{clean(side.label)}{new}: {counts}")
        lines.append(indented(label))
        for quote in side.quotes[:SHOWN]:
            who = clean(quote.speaker) if quote.speaker else "the report itself"
            where = f" {clean(quote.place.where)} · {quote.statement}"
            lines.append(indented(Text.assemble(f"+ {who}: {clean(quote.content)}", (where, "dim")), 2))
        if len(side.quotes) > SHOWN:
            lines.append(indented(Text(f"+ {len(side.quotes) - SHOWN} more", style="dim"), 2))
    return Group(*lines)


def _claim(news: ClaimNews) -> RenderableType:
    counts = f"attested {_counted(news.attested)}, corroborated {_counted(news.corroborated)}"
    head = Text.assemble((clean(news.text), "bold"), f": {counts} ", (news.id, "dim"))
    became = [
        Text.assemble(("became ", "green"), str(note.status), _words(note.words)) for note in news.became
    ]
    lost = [Text.assemble(("no longer ", "red"), str(each)) for each in news.no_longer]
    return Group(head, *map(indented, (*became, *lost)))


def _words(words: tuple[str, ...]) -> str:
    return f": {clean('; '.join(words))}" if words else ""


def _decision(news: DecisionNews) -> Text:
    what = f"took back {news.undoes}" if news.undoes else f"{news.kind} {news.left} {news.right}".rstrip()
    reason = f": {clean(news.reason)}" if news.reason else ""
    return Text.assemble((clean(news.author), "bold"), f" {what}{reason} ", (news.id, "dim"))


def _counted(number: Counted) -> str:
    return str(number.after) if number.before == number.after else f"{number.before} → {number.after}"
