"""The clauses of a report: the pieces of its sentences that could each be true or false by itself.

With a parse, a clause is the subtree of a predicate without the clauses that hang on it: what is
coordinated with its own subject, what follows "after", "while" or "although", the participle that
tells what came of it ("killing ten"), and the relative clause behind a comma. A coordinated predicate
that shares its subject is given that subject as a span of its own. Without a parse the same joints
are found by the words and marks that stand there. All ranges are characters of the document's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

from counterclaim.lexicons import read_lexicon
from counterclaim.statements.candidate import Range, total, trim
from counterclaim.statements.paragraph import Paragraph

SHORTEST = 4
"""Words in a clause at least: shorter ones hold too little to be compared."""
SHORTEST_CONJUNCT = 5
"""Words on either side at which a predicate coordinated under one subject is a clause of its own."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
_MARKS = " \t\n\r,;:—–―-…"
_WORD = re.compile(r"\w+(?:['’.,\-]\w+)*")
_ENDS = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)")


@cache
def _joints() -> re.Pattern[str]:
    """Return the pattern at which a sentence is cut where there is no parse."""
    lexicon = read_lexicon("own_voice")["joints"]
    subordinate = "|".join(lexicon["asserting"])
    results = "|".join(lexicon["results"])
    return re.compile(
        rf"[;—―]\s*|\s[–-]{{1,2}}\s|,?\s+(?:but|and|while|although|though|whereas)\s+(?=(?:{'|'.join(lexicon['subjects'])})\b)"
        rf"|,?\s+(?:{subordinate})\s+(?=[\w’'-]+\s+\w)|,?\s+(?:and\s+)?(?=(?:{results})\s)"
        r"|,\s+(?=(?:which|who|whose)\s)",
        re.IGNORECASE,
    )


@cache
def _results() -> re.Pattern[str]:
    results = "|".join(read_lexicon("own_voice")["joints"]["results"])
    return re.compile(rf",?\s+(?:and\s+)?(?=(?:{results})\s)", re.IGNORECASE)


@cache
def _words_of(name: str) -> frozenset[str]:
    return frozenset(read_lexicon("own_voice")["clauses"][name])


def clauses(paragraph: Paragraph, sentence: Sentence) -> Iterator[list[Range]]:
    """Yield the clauses of a sentence, each as its ranges in order of the text; questions have none."""
    start, end = paragraph.offset + sentence.start_char, paragraph.offset + sentence.end_char
    if paragraph.text[start:end].rstrip("”\"’') \n").endswith("?"):
        return
    if paragraph.doc.has_annotation("DEP") and not _in_title_case(paragraph.text[start:end]):
        yield from _by_parse(paragraph, sentence)
    else:
        yield from _by_words(paragraph.text, start, end)


def word_count(text: str, ranges: list[Range]) -> int:
    """Return how many words stand in the ranges."""
    return sum(1 for start, end in ranges for _ in _WORD.finditer(text, start, end))


def _in_title_case(text: str) -> bool:
    """Tell whether nearly all the longer words have capitals, as in a headline that no parser reads."""
    long = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return (
        len(long) > 2
        and not text.endswith(".")
        and sum(word[0].isupper() for word in long) >= 0.85 * len(long)
    )


def _by_words(text: str, start: int, end: int) -> Iterator[list[Range]]:
    """Cut a sentence at the joints; a piece that is too short stays with the one before it."""
    pieces: list[Range] = []
    position = start
    for joint in _joints().finditer(text, start, end):
        least = SHORTEST - 1 if pieces else SHORTEST
        if joint.start() < position or word_count(text, [(position, joint.start())]) < least:
            continue
        pieces.append((position, joint.start()))
        position = joint.end()
    last = (position, end)
    if pieces and word_count(text, [last]) < SHORTEST - 1:
        pieces[-1] = (pieces[-1][0], end)
    else:
        pieces.append(last)
    for piece in pieces:
        trimmed = trim(text, piece, _MARKS)
        if trimmed:
            yield [trimmed]


def _by_parse(paragraph: Paragraph, sentence: Sentence) -> Iterator[list[Range]]:
    heads = [token for token in sentence if token.dep_ == "ROOT" or _heads_clause(token)]
    places = {token.i for token in heads}
    owner: dict[int, int] = {}
    for token in sentence:
        above = token
        while above.i not in places and above.head.i != above.i:
            above = above.head
        owner[token.i] = above.i
    for head in heads:
        own = [token for token in sentence if owner[token.i] == head.i]
        own = _without_edges(own)
        if not own:
            continue
        shared = _lent(head)
        parts = _ranges(paragraph, own)
        if shared is not None and shared.i < own[0].i:
            lent = [t for t in shared.subtree if t.i < own[0].i and owner[t.i] == owner[shared.i]]
            parts = [*_ranges(paragraph, _without_edges(lent)), *parts]
        yield from _results_apart(paragraph.text, _trimmed(paragraph.text, parts))


def _results_apart(text: str, parts: list[Range]) -> Iterator[list[Range]]:
    """Cut off what came of an event ("killing ten and wounding others"), which the parser hangs anywhere."""
    if not parts:
        return
    *before, (start, end) = parts
    cuts = [
        m for m in _results().finditer(text, start, end) if word_count(text, [(start, m.start())]) >= SHORTEST
    ]
    places = [start, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), end]
    pieces = [part for piece in zip(places, ends, strict=True) if (part := trim(text, piece, _MARKS))]
    yield [*before, *pieces[:1]]
    for piece in pieces[1:]:
        yield [piece]


def _heads_clause(token: Token) -> bool:
    """Tell whether a token heads a clause that the report asserts beside the one it hangs on."""
    link = token.dep_
    if token.pos_ not in {"VERB", "AUX"} and link != "conj":
        return False
    subject = any(child.dep_ in _SUBJECTS for child in token.children)
    if link == "conj":
        if token.pos_ not in {"VERB", "AUX"}:
            return subject and any(c.dep_ == "cop" for c in token.children)
        first = _first_conjunct(token)
        if first.dep_ not in {"ROOT", "advcl", "relcl", "parataxis"} and not (
            first.dep_ == "ccomp" and subject
        ):
            return False
        long = _length(token) >= SHORTEST_CONJUNCT and _length(first) - _length(token) >= SHORTEST_CONJUNCT
        return subject or (long and token.tag_ in {"VBD", "VBZ", "VBP", "VBN", "VBG", "MD"})
    if link == "advcl":
        mark = next((c.lower_ for c in token.children if c.dep_ in {"mark", "advmod"} and c.i < token.i), "")
        if subject:
            return mark not in _words_of("unasserted") and _length(token) >= SHORTEST
        return False
    if link == "relcl":
        return _length(token) >= SHORTEST + 1 and _is_loose(token)
    if link in {"parataxis", "ccomp"}:
        return subject and link == "parataxis"
    return False


def _is_loose(token: Token) -> bool:
    """Tell whether a relative clause only adds to its noun: a comma before it."""
    left = token.left_edge
    return left.i > 0 and left.nbor(-1).text in {",", "–", "—", "-"}


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _shared_subject(head: Token) -> Token | None:
    """Return the subject that a coordinated predicate without its own takes from the one before it."""
    token = head
    while token.dep_ == "conj" and not any(c.dep_ in _SUBJECTS for c in token.children):
        token = token.head
    if token is head:
        return None
    return next((child for child in token.children if child.dep_ in _SUBJECTS), None)


def _lent(head: Token) -> Token | None:
    """Return the noun that a clause says something of and that stands outside it.

    The subject that a coordinated predicate shares, or what a relative clause hangs on.
    """
    first = _first_conjunct(head)
    if (
        first.dep_ == "relcl"
        and first.head.pos_ in {"NOUN", "PROPN"}
        and _opens_with(first, {"who", "which", "that"})
    ):
        return first.head if first is head or not _has_subject(head) else None
    return _shared_subject(head)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in token.children)


def _opens_with(clause: Token, words: set[str]) -> bool:
    return clause.left_edge.lower_ in words


def _length(token: Token) -> int:
    return sum(not t.is_punct and not t.is_space for t in token.subtree)


def _without_edges(tokens: list[Token]) -> list[Token]:
    """Take marks and the words that only join ("and", "after", "which") off the ends."""
    first, last = 0, len(tokens)
    while first < last and (tokens[first].is_punct or tokens[first].is_space or _joins(tokens[first])):
        if tokens[first].text in {"“", '"', "‘"}:
            break
        first += 1
    kept = last
    while last > first and (
        tokens[last - 1].is_punct or tokens[last - 1].is_space or _joins(tokens[last - 1])
    ):
        last -= 1
        if not tokens[last].is_punct and not tokens[last].is_space:
            kept = last
    return tokens[first:kept]


def _joins(token: Token) -> bool:
    """Tell whether a word only joins a clause to another; "That would take years" begins with a subject."""
    subject = token.dep_ in _SUBJECTS and token.head.dep_ != "relcl"
    return token.lower_ in _words_of("joining") and not subject and token.dep_ != "det"


def _ranges(paragraph: Paragraph, tokens: list[Token]) -> list[Range]:
    """Return the runs of neighbouring tokens; a gap of marks alone does not part them."""
    runs: list[list[int]] = []
    for token in tokens:
        start, end = paragraph.offset + token.idx, paragraph.offset + token.idx + len(token)
        if runs and not _WORD.search(paragraph.text, runs[-1][1], start):
            runs[-1][1] = end
        elif not token.is_punct and not token.is_space:
            runs.append([start, end])
    return [(start, end) for start, end in runs]


def _trimmed(text: str, ranges: list[Range]) -> list[Range]:
    """Trim each range, and leave out scraps of a word or two beside the clause itself."""
    parts = [part for piece in ranges if (part := trim(text, piece))]
    longest = max((total([part]) for part in parts), default=0)
    return [part for part in parts if total([part]) >= 4 or total([part]) == longest]
