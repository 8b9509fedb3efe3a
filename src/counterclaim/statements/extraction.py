"""From a document to its statements: what a finder found, with speaker, act and the reporter's remarks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from counterclaim.model import Act, Document, DocumentActor, Kind, PlaceMention, Span, Speaker, Statement
from counterclaim.statements.actors.gathering import gather_actors
from counterclaim.statements.actors.member import Member
from counterclaim.statements.acts import (
    act_of,
    content_of,
    hedges_of,
    polarity_of,
    promises_for,
    refers,
    refers_to_accusation,
)
from counterclaim.statements.candidate import Candidate, Range, trim
from counterclaim.statements.finding import Finder, RuleFinder
from counterclaim.statements.own_voice import find_own_voice
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.paragraphs import paragraphs
from counterclaim.statements.parser import parse
from counterclaim.statements.parts import parts_of
from counterclaim.statements.plain import read_plainly
from counterclaim.statements.quotations import quotations
from counterclaim.statements.remarks import find_channel, find_verification
from counterclaim.statements.speakers import SpeakerResolver

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_CONFIDENCE = {
    "clause": 0.82,
    "quotation": 0.85,
    "phrase": 0.74,
    "infinitive": 0.69,
    "object": 0.57,
    "object_of": 0.71,
    "prepositional": 0.62,
    "noun": 0.46,
    "headline": 0.63,
    "adverb": 0.30,
}
"""Share of each form that is right end to end on 120 reports of PolNeAR's train split."""


def extract(
    document: Document, finder: Finder, min_confidence: float = 0.0, places: Sequence[PlaceMention] = ()
) -> tuple[tuple[Statement, ...], tuple[DocumentActor, ...]]:
    """Find the statements of a document with ``finder``, in order of their content, and its actors.

    Nested statements are included. Those with less confidence than ``min_confidence`` are left out, with
    what they hold. Empty for a document that is not to be analysed.
    """
    if not document.analysed:
        return (), ()
    ranges = [_without_dateline(document, part) for part in paragraphs(document.text)]
    pieces = [document.text[start:end] for start, end in ranges]
    parsed = parse(pieces) if finder.parses else read_plainly(pieces)
    read = [
        Paragraph(document.text, doc, start, index, quotations(document.text, start, end))
        for index, ((start, end), doc) in enumerate(zip(ranges, parsed, strict=True))
    ]
    candidates, nesting = finder.find(document.text, read)
    verifications = find_verification(document, read, candidates)
    resolver = SpeakerResolver(document, [(paragraph.offset, paragraph.doc) for paragraph in read], places)
    statements: list[Statement] = []
    speakers = _speakers(resolver, candidates, nesting)
    standing: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        standing[candidate.paragraph].append(candidate)
    for index, candidate in enumerate(candidates):
        paragraph = read[candidate.paragraph]
        act = act_of(paragraph, candidate)
        plain = act is Act.ASSERT or (act is Act.PREDICT and candidate.act is Act.ASSERT)
        if plain and promises_for(speakers[index], content_of(paragraph, candidate)):
            act = Act.PROMISE
        cue = _spans(document, candidate.cue)
        content = _spans(document, candidate.content)
        hedges = hedges_of(document, paragraph, candidate)
        statements.append(
            Statement(
                id=Statement.id_of(document.key, cue, content),
                document=document.key,
                source=_spans(document, candidate.source),
                cue=cue,
                content=content,
                kind=kind_of(document.text, candidate.content, paragraph),
                act=act,
                polarity=polarity_of(paragraph, candidate, act),
                speaker=speakers[index],
                hedged=bool(hedges),
                hedges=hedges,
                channel=find_channel(
                    document,
                    _own_clause(paragraph, candidate, standing[candidate.paragraph]),
                    candidate.content,
                ),
                verification=verifications.get(index),
                refers_to=_references(statements, content_of(paragraph, candidate), act, speakers[index]),
                reported_by=None,
                model=finder.name if candidate.form == "model" else RuleFinder.name,
                confidence=candidate.confidence or _CONFIDENCE[candidate.form],
            )
        )
    sure = {None} | {s.id for s in statements if s.confidence >= min_confidence}
    known = {statement.id for statement in statements}
    kept = []
    for index, statement in enumerate(_with_outer(statements, nesting)):
        if statement.id not in sure or statement.reported_by not in sure:
            continue
        kept.append(statement)
        candidate = candidates[index]
        inner = [piece for i, outer in nesting.items() if outer == index for piece in candidates[i].content]
        parts = parts_of(document, read[candidate.paragraph], candidate, statement, inner)
        kept += [part for part in parts if part.id not in known]
    kept += [s for s in find_own_voice(document, read, candidates) if s.confidence >= min_confidence]
    return tuple(sorted(kept, key=lambda s: s.content[0].start)), gather_actors(document, resolver)


def _speakers(
    resolver: SpeakerResolver, candidates: list[Candidate], nesting: dict[int, int]
) -> dict[int, Speaker | None]:
    """Resolve the sources in order of the text, those of outer statements before what stands in them."""
    order = sorted(range(len(candidates)), key=lambda i: (i in nesting, _anchor(candidates[i])))
    members: dict[int, Member | None] = {}
    for index in order:
        outer = members.get(nesting[index]) if index in nesting else None
        members[index] = resolver.resolve(candidates[index].source, outer=outer, nested=index in nesting)
    resolver.name_generic([members[index] for index in order])
    return {
        index: resolver.speaker(resolver.meant(member)) if member is not None else None
        for index, member in members.items()
    }


def _without_dateline(document: Document, paragraph: Range) -> Range:
    """Return the range of a paragraph after the dateline, which the parser would take for a name."""
    dateline = document.dateline
    if dateline is None or not paragraph[0] <= dateline.start < dateline.end < paragraph[1]:
        return paragraph
    rest = trim(document.text, (dateline.end, paragraph[1]))
    return rest if rest is not None else paragraph


def _anchor(candidate: Candidate) -> int:
    """Return where the statement is made: its source, or its cue where nobody is named."""
    return (candidate.source or candidate.cue)[0][0]


def _spans(document: Document, ranges: list[Range]) -> tuple[Span, ...]:
    return tuple(document.span(start, end) for start, end in ranges)


def _own_clause(paragraph: Paragraph, candidate: Candidate, candidates: list[Candidate]) -> Range:
    """Return the part of the cue's sentence that is this candidate's and not a neighbour's."""
    place = candidate.cue[0][0] - paragraph.offset
    start, end = paragraph.offset, paragraph.end
    for sentence in paragraph.doc.sents:
        if sentence.start_char <= place < sentence.end_char:
            start, end = paragraph.offset + sentence.start_char, paragraph.offset + sentence.end_char
    for other in candidates:
        if other is candidate:
            continue
        last = max(other.cue[-1][1], other.extent[1])
        if start < last <= _anchor(candidate):
            start = last
        elif max(candidate.cue[-1][1], candidate.extent[1]) <= _anchor(other) < end:
            end = _anchor(other)
    return start, end


def kind_of(text: str, content: list[Range], paragraph: Paragraph) -> Kind:
    """Return direct where all words of the content stand inside quotation marks, indirect where none does."""
    words = [match.span() for start, end in content for match in _WORD.finditer(text, start, end)]
    quoted = sum(any(q.start < start and end <= q.end for q in paragraph.quotations) for start, end in words)
    if quoted == 0:
        return Kind.INDIRECT
    return Kind.DIRECT if quoted == len(words) else Kind.MIXED


def _references(earlier: list[Statement], content: str, act: Act, speaker: Speaker | None) -> tuple[str, ...]:
    """Return the statement that "the claim" stands for: the nearest earlier one by another party.

    Only denials are followed. An accusing noun ("the allegation") looks for an accusation first.
    """
    if act is not Act.DENY:
        return ()
    noun = refers(content)
    if noun is None:
        return ()
    party = speaker.party if speaker else None
    others = [
        s
        for s in reversed(earlier)
        if s.act is not Act.DENY and (s.speaker is None or s.speaker.party != party)
    ]
    if refers_to_accusation(noun):
        others = [s for s in others if s.act is Act.ACCUSE] or others
    return (others[0].id,) if others else ()


def _with_outer(statements: list[Statement], nesting: dict[int, int]) -> list[Statement]:
    """Set ``reported_by`` on nested statements."""
    return [
        msgspec.structs.replace(statement, reported_by=statements[nesting[index]].id)
        if index in nesting
        else statement
        for index, statement in enumerate(statements)
    ]
