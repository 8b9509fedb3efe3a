"""What a report asserts in its own voice: clauses outside everything that it attributes.

A clause is own voice where the attributions of its paragraph cover less than half of it. Which of
those are worth keeping, a logistic regression decides by their words and place: who acts, what is
counted, tense, whether it speaks of what the headline and the attributed statements speak of. Its
weights stand in ``lexicons/own_voice_weights.toml``; docs/own-voice.md says how they were found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from counterclaim.model import Act, Document, Kind, Statement
from counterclaim.statements.acts import hedges_of, polarity_of
from counterclaim.statements.candidate import Candidate, Range, shared, total, trim
from counterclaim.statements.own_clauses import clauses, word_count
from counterclaim.statements.own_worth import Surroundings, is_furniture, worth
from counterclaim.statements.paragraph import Paragraph

MODEL = "own-voice/1"
THRESHOLD = 0.4
"""Confidence from which a clause is kept; see docs/own-voice.md for what other values give."""
SURE = 0.6
"""Confidence from which an attribution takes its whole sentence part (source, cue and content) out of
the report's own voice; one less sure takes out its content alone."""
PLAIN = 0.8
"""Confidence from which an attribution whose cue stands in a clause makes it a clause that attributes."""
FRAMED = 0.3
"""Share of a clause that attributes from which it is somebody else's: "..., he said at a meeting in ..."."""
FEWEST = 3
"""Words in a clause at least."""
COVERED = 0.5
"""Share of a clause from which it is somebody else's."""

_DATE = re.compile(
    r"(?:(?:date of publication|published|posted on|last updated?(?: at)?|updated)\s*:?\s*)?"
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
    r"(?:\d{1,2}[\s.-]+(?:\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?[\s.,-]+\d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2},?\s+\d{4})"
    r"(?:,?\s+\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?)?[\s,|:–-]+(?=\w)",
    re.IGNORECASE,
)
"""A date of publication before a headline that runs on into it."""


def find_own_voice(
    document: Document, read: Sequence[Paragraph], candidates: Sequence[Candidate]
) -> list[Statement]:
    """Return the statements that the report makes itself, in order of the text.

    ``candidates`` are the attributions found in the paragraphs of ``read``.
    """
    here: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        here.setdefault(candidate.paragraph, []).append(candidate)
    surroundings = Surroundings.of(document, [part for c in candidates for part in c.content])
    found: list[Statement] = []
    for paragraph in read:
        for parts in unattributed(document, paragraph, here.get(paragraph.index, [])):
            confidence = worth(document.text, parts, surroundings)
            if confidence >= THRESHOLD:
                found.append(_statement(document, paragraph, parts, confidence))
    return found


def unattributed(
    document: Document, paragraph: Paragraph, candidates: Sequence[Candidate]
) -> Iterator[list[Range]]:
    """Yield the ranges of each clause of a paragraph that no attribution or quotation takes."""
    text = document.text
    sure = [c for c in candidates if c.confidence >= SURE or not c.confidence]
    taken = [part for c in sure for part in (*c.source, *c.cue, *c.content)]
    taken += [part for c in candidates if c not in sure for part in c.content]
    taken += [(quotation.start, quotation.end) for quotation in paragraph.quotations if quotation.closed]
    plain = [part for c in candidates if c.confidence >= PLAIN or not c.confidence for part in c.cue]
    sources, cues = [part for c in sure for part in c.source], [part for c in sure for part in c.cue]
    for sentence in paragraph.doc.sents:
        for clause in clauses(paragraph, sentence):
            parts = _without_date(text, clause)
            if not parts or _covered(parts, taken) >= (FRAMED if _frames(parts, plain) else COVERED):
                continue
            parts = _without_framing(text, parts, sources, cues)
            if word_count(text, parts) >= FEWEST and not is_furniture(text, parts):
                yield parts


def _without_date(text: str, parts: list[Range]) -> list[Range]:
    """Take the date of publication off the front of a clause."""
    if not parts:
        return parts
    (start, end), *rest = parts
    date = _DATE.match(text, start, end)
    return [(date.end(), end), *rest] if date and date.end() < end else parts


def _without_framing(
    text: str, parts: list[Range], sources: Sequence[Range], cues: Sequence[Range]
) -> list[Range]:
    """Take an attribution's source and cue off the ends of a clause: "..., police said".

    A source alone is left: it may be the subject of the clause too.
    """
    rest, cut = parts, True
    saying = False
    while cut and rest:
        cut = False
        (start, _), (_, end) = rest[0], rest[-1]
        for first, last in (*cues, *sources):
            if start < first < end <= last:
                rest, cut = _clipped(text, rest, (start, first)), True
            elif first <= start < last < end:
                rest, cut = _clipped(text, rest, (last, end)), True
            if cut:
                saying = saying or (first, last) in cues
                break
    return rest if saying else parts


def _clipped(text: str, parts: Sequence[Range], kept: Range) -> list[Range]:
    clipped = [(max(start, kept[0]), min(end, kept[1])) for start, end in parts]
    return [part for piece in clipped if piece[0] < piece[1] and (part := trim(text, piece))]


def _frames(parts: Sequence[Range], cues: Sequence[Range]) -> bool:
    return any(shared(part, cue) for part in parts for cue in cues)


def _covered(parts: Sequence[Range], taken: Sequence[Range]) -> float:
    """Return the share of the characters of ``parts`` that stand in any of ``taken``."""
    covered = 0
    for part in parts:
        reached = part[0]
        for start, end in sorted(taken):
            start = max(start, reached)
            covered += shared(part, (start, end)) if start < end else 0
            reached = max(reached, end)
    return covered / total(list(parts))


def _statement(document: Document, paragraph: Paragraph, parts: list[Range], confidence: float) -> Statement:
    candidate = Candidate(
        paragraph=paragraph.index, lemma="", form="clause", act=Act.ASSERT, source=[], cue=[], content=parts
    )
    content = tuple(document.span(start, end) for start, end in parts)
    hedges = hedges_of(document, paragraph, candidate)
    return Statement(
        id=Statement.id_of(document.key, (), content),
        document=document.key,
        source=(),
        cue=(),
        content=content,
        kind=Kind.INDIRECT,
        act=Act.ASSERT,
        polarity=polarity_of(paragraph, candidate, Act.ASSERT),
        hedged=bool(hedges),
        hedges=hedges,
        model=MODEL,
        confidence=confidence,
    )
