"""Attribution in headlines and transcripts, whose grammar the parser does not know.

"X declare victory, but Y deny being defeated"; "Dam was safe, says operator"; "MINISTER: The
dam is safe." Everything here goes by words and marks alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from counterclaim.model import Act
from counterclaim.statements.candidate import Candidate, Range, trim
from counterclaim.statements.lexicon import CueEntry, cue_lexicon
from counterclaim.statements.paragraph import Paragraph

LONGEST_HEADLINE = 25
"""Words; a first paragraph that is longer, or ends like a sentence, is read as a sentence."""

_BOUNDARY = re.compile(
    r"[,;–—]\s*(?:but|and|as|while|yet|after|amid)\b|[;–—|]|\b(?:as|while|but)\b", re.IGNORECASE
)
_TURN = re.compile(
    r"(?P<name>(?:[A-Z][\w.'’-]*\s+){0,4}[A-Z][\w.'’-]*(?:\s\([^)]{2,40}\))?)\s?(?P<colon>:)\s+(?=\S)"
)
_TAIL = re.compile(r",\s*(?P<cue>say|says|said)\s+(?P<source>[^,]{3,60})$")
_STRONG = frozenset({Act.DENY, Act.ACCUSE, Act.ADMIT, Act.PROMISE, Act.PREDICT})
_ASSERTING = frozenset(
    {"say", "claim", "declare", "announce", "report", "confirm", "insist", "tell", "allege"}
)
_NOT_A_NAME = frozenset(
    {
        "note",
        "update",
        "correction",
        "editor",
        "photo",
        "image",
        "video",
        "read more",
        "related",
        "the latest",
        "breaking",
        "exclusive",
        "opinion",
        "analysis",
        "watch",
        "live",
    }
)


def is_headline(paragraph: Paragraph) -> bool:
    """Tell whether the first paragraph reads as a headline: short, and without a full stop."""
    text = paragraph.doc.text.rstrip()
    return (
        paragraph.index == 0
        and len(text.split()) <= LONGEST_HEADLINE
        and not text.endswith((".", ".”", '."'))
    )


def find_in_headline(paragraph: Paragraph, taken: list[Range]) -> Iterator[Candidate]:
    """Yield what the headline attributes and the parser did not see; ``taken`` are cues already found."""
    for start, end in _clauses(paragraph):
        tail = _TAIL.search(paragraph.text[start:end])
        if tail:
            yield _candidate(
                paragraph,
                "say",
                Act.ASSERT,
                (start + tail.start("source"), start + tail.end("source")),
                (start + tail.start("cue"), start + tail.end("cue")),
                (start, start + tail.start()),
            )
            continue
        for token in paragraph.doc:
            place = paragraph.offset + token.idx
            cue = (place, place + len(token))
            if not start < place < end or cue in taken:
                continue
            lemma = _lemma(token)
            entry = cue_lexicon().verbs.get(lemma)
            act = _headline_act(lemma, entry)
            if act is None or not _stands_between(token, start - paragraph.offset, end - paragraph.offset):
                continue
            content = (cue[1], end)
            source = (start, cue[0])
            if any(source[0] <= t[0] < content[1] for t in taken):
                continue
            yield _candidate(paragraph, lemma, act, source, cue, content)
            break


def find_turn(paragraph: Paragraph) -> Iterator[Candidate]:
    """Yield the speaker's turn of a transcript or headline: a name, a colon, and what is said."""
    match = _TURN.match(paragraph.text, paragraph.offset, paragraph.end)
    if not match or _is_rubric(match["name"]):
        return
    rest = (match.end(), paragraph.end)
    if len(paragraph.text[rest[0] : rest[1]].split()) < 3:
        return
    yield _candidate(paragraph, ":", Act.ASSERT, match.span("name"), match.span("colon"), rest)


def _is_rubric(name: str) -> bool:
    lower = name.casefold()
    return lower in _NOT_A_NAME or lower.split()[0].rstrip(".") in _NOT_A_NAME


def _clauses(paragraph: Paragraph) -> list[Range]:
    """Split a headline where it joins two statements: ", but", ", as", a dash or a semicolon."""
    parts, position = [], paragraph.offset
    for match in _BOUNDARY.finditer(paragraph.text, paragraph.offset, paragraph.end):
        parts.append((position, match.start()))
        position = match.end()
    parts.append((position, paragraph.end))
    return [part for piece in parts if (part := trim(paragraph.text, piece))]


def _lemma(token: Token) -> str:
    lemma, lower = str(token.lemma_).lower(), str(token.lower_)
    verbs = cue_lexicon().verbs
    forms = (lemma, lower, lower.removesuffix("s"), lower.removesuffix("es"), lower.removesuffix("ies") + "y")
    return next((form for form in forms if form in verbs), lemma)


def _headline_act(lemma: str, entry: CueEntry | None) -> Act | None:
    """Return the act of a cue that is safe to read without a parse."""
    if entry is None:
        return None
    act = next(iter(entry.acts.values()), None) or next(iter(entry.prepositions.values()), None)
    return act if act in _STRONG or lemma in _ASSERTING else None


def _stands_between(token: Token, start: int, end: int) -> bool:
    """Tell whether the word has a noun before it and words after it within its clause."""
    if token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    return (
        before.idx >= start
        and after.idx < end
        and before.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"}
        and not after.is_punct
    )


def _candidate(
    paragraph: Paragraph, lemma: str, act: Act, source: Range, cue: Range, content: Range
) -> Candidate:
    return Candidate(
        paragraph=paragraph.index,
        lemma=lemma,
        form="headline",
        act=act,
        source=[part] if (part := trim(paragraph.text, source)) else [],
        cue=[cue],
        content=[part] if (part := trim(paragraph.text, content)) else [],
    )
