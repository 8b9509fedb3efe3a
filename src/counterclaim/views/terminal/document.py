"""One report for a terminal: its text with statements marked by number, and the notes below."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from counterclaim.views.decisions import short_words
from counterclaim.views.document import DocumentView, Note
from counterclaim.views.segments import Paragraph, Role
from counterclaim.views.terminal.context import context_tables
from counterclaim.views.terminal.decisions import decisions_lines
from counterclaim.views.terminal.pieces import clean, facts
from counterclaim.views.terminal.versions import history_table

_ROLE_STYLES = {Role.SOURCE: "bold", Role.CUE: "italic", Role.CHECK: "yellow"}
_RELATED = {
    "copy": "same text as",
    "excerpt": "shares passages with",
    "rewrite": "says in other words the same as",
    "alert": "early take, or taken up, of",
    "update": "earlier or later version of",
    "composite": "passages spliced with those of",
}
_TONES = ("white", "cyan", "magenta", "green", "blue", "yellow", "bright_red")


def document_table(view: DocumentView) -> RenderableType:
    """Return one report; the content of statement 3 stands as ``[3 ...]`` even where there is no colour."""
    origin = f"{view.origin} ({view.origin_basis})" if view.origin_basis else view.origin
    related = ", ".join(
        f"{_RELATED[each.label]} {each.document.name} ({each.share:.0%})" for each in view.related
    )
    head = facts(
        [
            ("document", Text.assemble((clean(view.id), "bold"), f"  {view.key}")),
            ("publisher", view.publisher or "not named"),
            ("origin", origin),
            ("published", view.published or "no date"),
            ("changed", view.modified),
            ("byline", view.byline),
            ("language", view.language),
            ("address", view.url),
            ("capture", f"sha256 {view.capture}"),
            ("not independent", related),
        ]
    )
    parts: list[RenderableType] = [head, Text(), *history_table(view.history)]
    if not view.analysed:
        parts += [Text(f"Not analysed: {view.unanalysed_because}", style="yellow"), Text()]
    tones = {note.number: note.tone for note in view.notes}
    last = _last_segments(view)
    for paragraph in view.paragraphs:
        parts += [_paragraph(paragraph, tones, last), Text()]
    if view.notes:
        parts += [_notes(view), Text(), _checks(view), _disputes(view)]
    if view.decisions:
        parts += [decisions_lines(view.decisions, view.key), Text()]
    parts += context_tables(view.context)
    return Group(*parts)


def _last_segments(view: DocumentView) -> dict[int, int]:
    """Return where the last segment of each statement's content begins, by the statement's number."""
    return {
        mark.number: segment.start
        for paragraph in view.paragraphs
        for segment in paragraph.segments
        for mark in segment.marks
        if mark.role is Role.CONTENT
    }


def _paragraph(paragraph: Paragraph, tones: dict[int, int], last: dict[int, int]) -> Text:
    text = Text()
    for segment in paragraph.segments:
        for number in segment.opens:
            text.append(f"[{number} ", style=f"bold {_tone(tones[number])}")
        inner = [mark for mark in segment.marks if mark.role is Role.CONTENT]
        roles = sorted({_ROLE_STYLES[mark.role] for mark in segment.marks if mark.role in _ROLE_STYLES})
        styles = [_tone(tones[inner[-1].number])] if inner else []
        text.append(_kept(segment.text), style=" ".join(styles + roles) or None)
        for mark in reversed(inner):
            if last[mark.number] == segment.start:
                text.append("]", style=f"bold {_tone(tones[mark.number])}")
    return text


def _notes(view: DocumentView) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", justify="right", no_wrap=True, style="bold")
    table.add_column("speaker", ratio=3, overflow="fold")
    table.add_column("act", no_wrap=True)
    table.add_column("note", ratio=5, overflow="fold")
    table.add_column("statement", no_wrap=True, style="dim")
    for note in view.notes:
        speaker = Text(clean(note.speaker) if note.speaker else "the report", style=_tone(note.tone))
        table.add_row(str(note.number), speaker, Text(note.act), _remarks(note), Text(note.statement))
    return table


def _checks(view: DocumentView) -> RenderableType:
    """Return what the report says about checks, each wording once, with the statements it is about."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for note in view.notes:
        if note.check:
            numbers.setdefault((note.check.status, note.check.words), []).append(str(note.number))
    return facts(
        (status, f"{', '.join(several)}: {words}") for (status, words), several in sorted(numbers.items())
    )


def _disputes(view: DocumentView) -> RenderableType:
    """Return the questions on which statements of the report take a side, and the sides."""
    questions = {side.dispute: clean(side.question) for note in view.notes for side in note.sides}
    labels = {(side.dispute, side.letter): clean(side.label) for note in view.notes for side in note.sides}
    rows = []
    for dispute, question in sorted(questions.items()):
        answers = [f"{side}: {label}" for (of, side), label in sorted(labels.items()) if of == dispute]
        rows.append((dispute, Text("\n".join([question, *answers]))))
    return facts(rows)


def _remarks(note: Note) -> Text:
    lines: list[Text] = [Text(str(note.kind))]
    if note.inside:
        lines.append(Text(f"inside {note.inside}"))
    if note.hedged:
        lines.append(Text(f"hedged: {clean(', '.join(note.hedges)) or 'yes'}"))
    if note.channel:
        lines.append(Text(clean(note.channel)))
    if note.check:
        lines.append(Text(note.check.status, style="yellow"))
    if note.said:
        lines.append(Text(f"said {clean(note.said)}"))
    if note.happened:
        lines.append(Text(f"happened {clean(note.happened)}"))
    if note.event:
        lines.append(Text(clean(note.event)))
    lines += [Text(clean(each), style="dim") for each in short_words(note.decisions, note.statement)]
    lines += [Text(f"side {side.letter} of {side.dispute}", style="dim") for side in note.sides]
    return Text("\n").join(lines)


def _tone(tone: int) -> str:
    return _TONES[0] if tone == 0 else _TONES[1 + (tone - 1) % (len(_TONES) - 1)]


def _kept(text: str) -> str:
    """Return a stretch of a line made safe, with the spaces at its ends kept."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and text.strip() else ""
    return f"{before}{clean(text)}{after}"
