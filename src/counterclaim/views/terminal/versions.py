"""The versions of a report for a terminal."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from counterclaim.views.terminal.pieces import clean, facts, indented
from counterclaim.views.versions import CorrectionNote, History, ReplacedWords, Revision, StatementChange


def history_table(view: History) -> list[RenderableType]:
    """Return the versions, what the shown one changed, and the corrections; nothing where there are none."""
    parts: list[RenderableType] = []
    if view.versions:
        rows: list[tuple[str, RenderableType | None]] = []
        for each in view.versions:
            changed = f", changed {each.modified}" if each.modified else ""
            marks = [mark for mark, holds in (("latest", each.latest), ("shown", each.shown)) if holds]
            line = f"{each.key}  {clean(each.document)}  {each.published or 'no date'}{changed}"
            rows.append((str(each.number), Text.assemble(line, (f"  {', '.join(marks)}", "bold"))))
        parts += [Text("Versions", style="bold"), facts(rows), Text()]
    if view.revision:
        parts += [*_revision(view.revision), Text()]
    lines = [_note("corrects" if not each.retracts else "retracts", each) for each in view.corrects]
    lines += [
        _note("corrected by" if not each.retracts else "retracted by", each) for each in view.corrected_by
    ]
    if lines:
        parts += [facts(lines), Text()]
    return parts


def _revision(view: Revision) -> list[RenderableType]:
    parts: list[RenderableType] = [
        Text(f"Against the version before ({view.older}): {view.kept} statements kept", style="bold")
    ]
    if view.title:
        was, now = (clean(each or "none") for each in view.title)
        parts.append(indented(Text(f"title: {was} → {now}")))
    parts += [indented(_change(each)) for each in (*view.changed, *view.dropped, *view.added)]
    return parts


def _change(change: StatementChange) -> Text:
    speaker = clean(change.speaker) if change.speaker else "the report"
    if change.was is not None and change.now is not None:
        words = "; ".join(map(_replaced, change.words))
        return Text.assemble(
            ("changed  ", "yellow"), (speaker, "bold"), f": {clean(change.now)} ", (f"({words})", "dim")
        )
    name, style = ("dropped  ", "red") if change.now is None else ("added  ", "green")
    return Text.assemble((name, style), (speaker, "bold"), f": {clean(change.was or change.now or '')}")


def _replaced(words: ReplacedWords) -> str:
    old = f"“{clean(words.old.words)}” {words.old.start}:{words.old.end}" if words.old else "nothing"
    new = f"“{clean(words.new.words)}” {words.new.start}:{words.new.end}" if words.new else "nothing"
    return f"{old} → {new}"


def _note(name: str, note: CorrectionNote) -> tuple[str, Text]:
    others = ", ".join(clean(each.name) for each in note.about)
    where = f"{clean(note.document.name)} {note.words.start}:{note.words.end}"
    subject = others if name in {"corrects", "retracts"} else where
    return name, Text.assemble((subject, "bold"), f": “{clean(note.words.words)}”")
