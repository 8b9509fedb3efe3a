"""Cues that are not verbs: "X's claim that ...", "is confident that ...", "according to X", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from counterclaim.model import Act
from counterclaim.statements.candidate import Candidate, Range, covers, subtract, trim
from counterclaim.statements.lexicon import cue_lexicon
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.syntax import is_negated, phrase_range, subject, subtree_range, token_range

_ANSWERS = frozenset({"deny", "reject", "dismiss", "dispute", "make", "repeat"})
"""Verbs after which "the claim that" is a relative clause: the claim that the company denies."""


def noun_cue(paragraph: Paragraph, noun: Token, lemma: str, act: Act) -> Iterator[Candidate]:
    """Yield "X's claim that ..." and "allegations that ..."."""
    clause = next(
        (c for c in noun.children if c.dep_ in {"acl", "ccomp", "relcl"} and c.i > noun.i and _has_that(c)),
        None,
    )
    if clause is None or len(list(clause.subtree)) < 5 or clause.lemma_ in _ANSWERS:
        return
    verb = noun.head.head
    if clause_of_channel(verb) == clause and "clause" in cue_lexicon().verbs[verb.lemma_.lower()].acts:
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    source: list[Range] = []
    if owner is not None:
        start, end = phrase_range(owner, paragraph.offset)
        ending = next((c for c in owner.children if c.dep_ == "case"), None)
        source = [(start, paragraph.offset + ending.idx if ending is not None else end)]
    yield Candidate(
        paragraph=paragraph.index,
        lemma=lemma,
        form="noun",
        act=act,
        source=source,
        cue=[token_range([noun], paragraph.offset)],
        content=[subtree_range(clause, paragraph.offset)],
    )


def clause_of_channel(verb: Token) -> Token | None:
    """Return the clause of "said in a statement that ...", which the parser hangs on the statement."""
    if verb.lemma_.lower() not in cue_lexicon().verbs:
        return None
    nouns = (
        noun
        for preposition in verb.rights
        if preposition.dep_ == "prep" and preposition.lower_ in {"in", "on", "at", "by"}
        for noun in preposition.rights
        if noun.dep_ == "pobj"
    )
    return next(
        (c for n in nouns for c in n.rights if c.dep_ in {"acl", "ccomp", "relcl"} and _has_that(c)), None
    )


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def adjective_cue(paragraph: Paragraph, adjective: Token, lemma: str) -> Iterator[Candidate]:
    """Yield "X is confident that ..."."""
    clause = next((c for c in adjective.children if c.dep_ == "ccomp"), None)
    verb = adjective.head
    if clause is None or verb.lemma_ not in {"be", "remain", "sound", "feel", "seem"}:
        return
    speaker = subject(verb)
    if speaker is None:
        return
    yield Candidate(
        paragraph=paragraph.index,
        lemma=lemma,
        form="clause",
        act=Act.ASSERT,
        source=[phrase_range(speaker, paragraph.offset)],
        cue=[token_range([verb, adjective], paragraph.offset)],
        content=[subtree_range(clause, paragraph.offset)],
        negated=is_negated(verb),
    )


def according_cue(paragraph: Paragraph, token: Token) -> Iterator[Candidate]:
    """Yield "according to X": the content is the rest of the clause that it modifies."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    named = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
    if to is None or named is None:
        return
    phrase = subtree_range(token, paragraph.offset)
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    whole = subtree_range(verb, paragraph.offset)
    sentence = paragraph.sentence(token)
    if covers(phrase, whole) or whole[1] - whole[0] < (phrase[1] - phrase[0]) + 8:
        whole = sentence
    content = [
        part
        for piece in subtract(whole, phrase)
        if (part := trim(paragraph.text, piece)) and len(paragraph.text[part[0] : part[1]].split()) > 1
    ]
    if not content:
        return
    yield Candidate(
        paragraph=paragraph.index,
        lemma="according to",
        form="phrase",
        act=Act.ASSERT,
        source=[phrase_range(named, paragraph.offset)],
        cue=[token_range([token, to], paragraph.offset)],
        content=content,
    )


def adverb_cue(paragraph: Paragraph, token: Token) -> Iterator[Candidate]:
    """Yield "reportedly": the clause is attributed, to nobody in particular."""
    verb = token.head
    while verb.dep_ in {"aux", "auxpass"}:
        verb = verb.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    whole = subtree_range(verb, paragraph.offset)
    word = token_range([token], paragraph.offset)
    content = [part for piece in subtract(whole, word) if (part := trim(paragraph.text, piece))]
    if not content:
        return
    yield Candidate(
        paragraph=paragraph.index,
        lemma=token.lower_,
        form="adverb",
        act=Act.ASSERT,
        source=[],
        cue=[word],
        content=content,
    )
