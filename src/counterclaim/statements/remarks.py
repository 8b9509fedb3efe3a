"""What the report adds to a statement: hedges, the channel, and its own note on verification."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from counterclaim.lexicons import read_lexicon
from counterclaim.model import Channel, Document, Span, Verification, VerificationStatus
from counterclaim.statements.candidate import Candidate, Range, shared
from counterclaim.statements.paragraph import Paragraph

_PLURAL = re.compile(
    r"\b(?:claims|reports|accounts|figures|allegations|statements|either|neither|these|those)\b",
    re.IGNORECASE,
)


@cache
def _patterns(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = read_lexicon("reporting")[section]
    return tuple(
        (name, re.compile(pattern, re.IGNORECASE)) for name, patterns in lists.items() for pattern in patterns
    )


def find_hedges(document: Document, content: Iterable[Range]) -> tuple[Span, ...]:
    """Return the spans within the content that show the speaker less than certain."""
    return tuple(
        sorted(
            document.span(*match.span())
            for start, end in content
            for _, pattern in _patterns("hedges")
            for match in pattern.finditer(document.text, start, end)
        )
    )


def find_channel(document: Document, sentence: Range, content: Iterable[Range]) -> Channel | None:
    """Return by what way the words came, read from the cue's sentence outside the content."""
    parts = list(content)
    for kind, pattern in _patterns("channels"):
        for match in pattern.finditer(document.text, *sentence):
            if not any(shared(match.span(), part) for part in parts):
                return Channel(kind=kind, span=document.span(*match.span()))
    return None


def find_verification(
    document: Document, paragraphs: list[Paragraph], candidates: list[Candidate]
) -> dict[int, Verification]:
    """Attach each of the reporter's remarks on verification to the statements that it speaks of.

    A remark inside a statement's own sentence speaks of that statement. A sentence of its own
    speaks of the last statement before it in the paragraph, or in the paragraph before; in the
    plural ("the claims") of all statements of that paragraph before it. Remarks inside somebody's
    words are not the reporter's. Returns the index of each candidate spoken of.
    """
    found: dict[int, Verification] = {}
    standing: defaultdict[int, list[tuple[int, Candidate]]] = defaultdict(list)
    for index, candidate in enumerate(candidates):
        standing[candidate.paragraph].append((index, candidate))
    for paragraph in paragraphs:
        here, above = standing[paragraph.index], standing[paragraph.index - 1]
        for sentence in paragraph.doc.sents:
            place = (paragraph.offset + sentence.start_char, paragraph.offset + sentence.end_char)
            status = _status(document.text, place, [candidate for _, candidate in here])
            if status is None:
                continue
            verification = Verification(status=status, span=document.span(*place))
            for index in _spoken_of(document.text, place, here, above):
                found.setdefault(index, verification)
    return found


def _status(text: str, sentence: Range, candidates: list[Candidate]) -> VerificationStatus | None:
    for name, pattern in _patterns("verification"):
        for match in pattern.finditer(text, *sentence):
            if any(shared(match.span(), part) for c in candidates for part in c.content):
                continue
            if not _by_others(text[sentence[0] : match.end()]):
                return VerificationStatus(name)
    return None


def _by_others(words: str) -> bool:
    """Tell whether the words up to a remark show it to be another's: "the monitor could not confirm"."""
    return any(pattern.search(words) for _, pattern in _patterns("verification_by_others"))


def _spoken_of(
    text: str, sentence: Range, here: list[tuple[int, Candidate]], above: list[tuple[int, Candidate]]
) -> list[int]:
    within = [i for i, c in here if any(shared(part, sentence) for part in c.content)]
    if within:
        return within
    for candidates in (here, above):
        before = [i for i, c in candidates if c.extent[1] <= sentence[0]]
        if before:
            return before if _PLURAL.search(text, *sentence) else before[-1:]
    return []
