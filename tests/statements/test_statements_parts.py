"""The clauses of a long statement as claims of their own."""

from __future__ import annotations

from counterclaim import pipeline
from counterclaim.model import Document, Report
from counterclaim.views.lines import extract_line

TEXT = (
    "The army shelled the covered market on Monday morning, killing nine shoppers, and its spokesman has "
    "lied about it ever since, Lena Frost told reporters. Three people were hurt, police said."
)


def read() -> Report:
    document = Document(id="r", key=Document.key_of("r", TEXT), capture="0" * 64, text=TEXT)
    return pipeline.analyse(document)


def test_a_long_content_is_parted_and_a_short_one_is_not() -> None:
    report = read()
    wholes = {s.id: s for s in report.statements if s.part_of is None}
    parts = [s for s in report.statements if s.part_of is not None]
    assert len(parts) >= 2
    assert [part.content_text for part in parts] == [
        "The army shelled the covered market on Monday morning, killing nine shoppers",
        "its spokesman has lied about it ever",
    ]
    for part in parts:
        whole = wholes[part.whole]
        assert part.speaker == whole.speaker
        assert part.cue == whole.cue
        assert part.id != whole.id
        for span in part.content:
            assert TEXT[span.start : span.end] == span.quote
            assert any(outer.start <= span.start and span.end <= outer.end for outer in whole.content)
    assert not any("hurt" in part.content_text for part in parts)


def test_readers_are_shown_wholes() -> None:
    report = read()
    line = extract_line(report)
    shown = [str(each["content"]) for name in ("attributions", "nested", "own_voice") for each in line[name]]
    assert len(shown) == sum(s.part_of is None for s in report.statements)
