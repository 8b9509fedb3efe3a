"""From a parsed paragraph to candidates: each cue with its source and what it takes as content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from counterclaim.model import Act
from counterclaim.statements.candidate import Candidate, Range, subtract, trim
from counterclaim.statements.lexicon import CueEntry, cue_lexicon
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.phrases import (
    according_cue,
    adjective_cue,
    adverb_cue,
    clause_of_channel,
    noun_cue,
)
from counterclaim.statements.quotations import Quotation
from counterclaim.statements.syntax import (
    cue_tokens,
    is_negated,
    is_passive,
    phrase_range,
    subject,
    subtree_range,
    token_range,
)

_CONJUNCTION = re.compile(r"(?:but|and|as|while|so)\s+", re.IGNORECASE)
_OBJECT_PREPOSITIONS = frozenset({"as", "of", "for", "over", "in"})


def find_cues(paragraph: Paragraph) -> Iterator[Candidate]:
    """Yield a candidate for every cue whose content the parse gives, in order of the text."""
    lexicon = cue_lexicon()
    for token in paragraph.doc:
        lemma = token.lemma_.lower()
        if token.pos_ in {"VERB", "AUX"} and lemma in lexicon.verbs:
            yield from _verb(paragraph, token, lemma, lexicon.verbs[lemma])
        elif token.pos_ == "NOUN" and lemma in lexicon.nouns:
            yield from noun_cue(paragraph, token, lemma, lexicon.nouns[lemma])
        elif token.pos_ == "ADJ" and lemma in lexicon.adjectives:
            yield from adjective_cue(paragraph, token, lemma)
        elif lemma == "accord" or token.lower_ == "according":
            yield from according_cue(paragraph, token)
        elif token.lower_ in lexicon.adverbs:
            yield from adverb_cue(paragraph, token)


def _verb(paragraph: Paragraph, verb: Token, lemma: str, entry: CueEntry) -> Iterator[Candidate]:
    quoted = _beside_quotation(paragraph, verb) if "clause" in entry.acts else None
    if quoted is not None:
        quotation, named = quoted
        yield Candidate(
            paragraph=paragraph.index,
            lemma=lemma,
            form="quotation",
            act=entry.acts["clause"],
            source=[named] if named is not None else [],
            cue=[token_range(cue_tokens(verb), paragraph.offset)],
            content=[(quotation.start, quotation.end)],
            negated=is_negated(verb),
        )
        return
    found = _content(paragraph, verb, entry)
    if found is None:
        return
    form, act, content = found
    if verb.i + 1 >= len(verb.doc) and content[0][0] < paragraph.offset + verb.idx and lemma == "tell":
        return  # a passive headline: "..., councillors told"
    source = _source(paragraph, verb)
    yield Candidate(
        paragraph=paragraph.index,
        lemma=lemma,
        form=form,
        act=act,
        source=[source] if source is not None else [],
        cue=[token_range(cue_tokens(verb), paragraph.offset)],
        content=content,
        negated=is_negated(verb),
    )


def _content(paragraph: Paragraph, verb: Token, entry: CueEntry) -> tuple[str, Act, list[Range]] | None:
    """Find the content of a verb by its syntax: the form, the act, the ranges."""
    children = {child.dep_: child for child in verb.children}
    clause = children.get("ccomp")
    if "clause" in entry.acts and clause is not None and not _is_own_cue(clause, verb):
        return "clause", entry.acts["clause"], [subtree_range(clause, paragraph.offset)]
    infinitive = children.get("xcomp")
    if (
        "infinitive" in entry.acts
        and infinitive is not None
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in infinitive.children)
        and not is_passive(verb)
    ):
        start = subtree_range(infinitive, paragraph.offset)
        receiver = children.get("dobj")
        if receiver is not None and receiver.i < infinitive.i:
            start = (subtree_range(receiver, paragraph.offset)[0], start[1])
        return "infinitive", entry.acts["infinitive"], [start]
    if "infinitive" in entry.acts and clause is not None and not is_passive(verb):
        return "infinitive", entry.acts["infinitive"], [subtree_range(clause, paragraph.offset)]
    if "clause" in entry.acts and clause is None:
        within = clause_of_channel(verb)
        if within is not None:
            return "clause", entry.acts["clause"], [subtree_range(within, paragraph.offset)]
    preposition = next(
        (c for c in verb.children if c.dep_ == "prep" and c.lower_ in entry.prepositions and c.i > verb.i),
        None,
    )
    if preposition is not None:
        return (
            "prepositional",
            entry.prepositions[preposition.lower_],
            [_after(paragraph, verb, preposition)],
        )
    target = children.get("dobj")
    if "object_of" in entry.acts and target is not None and target.i > verb.i:
        link = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in {"of", "for"}), None)
        link = link or next((c for c in target.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        if link is not None:
            return "object_of", entry.acts["object_of"], [_from(paragraph, target, link)]
    if "object" in entry.acts:
        predicate = children.get("oprd") or clause
        if target is None and predicate is not None and predicate.i > verb.i:
            return "object", entry.acts["object"], [subtree_range(predicate, paragraph.offset)]
        if target is not None and target.i > verb.i and target.pos_ != "PRON":
            last = max(
                (
                    c
                    for c in verb.children
                    if c.i >= target.i
                    and (
                        c.dep_ in {"dobj", "oprd"} or (c.dep_ == "prep" and c.lower_ in _OBJECT_PREPOSITIONS)
                    )
                ),
                key=lambda token: token.i,
            )
            return "object", entry.acts["object"], [_from(paragraph, target, last)]
    if "clause" in entry.acts:
        told = _trailing(paragraph, verb)
        if told is not None:
            return "clause", entry.acts["clause"], told
    return None


def _is_own_cue(clause: Token, verb: Token) -> bool:
    """Tell whether the parser hung the reported sentence's verb below another cue by mistake."""
    return clause.i < verb.i and not any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)


def _after(paragraph: Paragraph, verb: Token, preposition: Token) -> Range:
    """Return the preposition's phrase, preposition included, to the end of what hangs on the verb by it."""
    start, end = subtree_range(preposition, paragraph.offset)
    infinitive = next(
        (c for c in verb.children if c.dep_ in {"xcomp", "advcl"} and c.i > preposition.i), None
    )
    if infinitive is not None and any(c.lower_ == "to" for c in infinitive.children):
        end = max(end, subtree_range(infinitive, paragraph.offset)[1])
    return start, end


def _from(paragraph: Paragraph, first: Token, last: Token) -> Range:
    return (
        subtree_range(first, paragraph.offset)[0],
        max(subtree_range(first, paragraph.offset)[1], subtree_range(last, paragraph.offset)[1]),
    )


def _source(paragraph: Paragraph, verb: Token) -> Range | None:
    speaker = subject(verb)
    return phrase_range(speaker, paragraph.offset) if speaker is not None else None


def _beside_quotation(paragraph: Paragraph, verb: Token) -> tuple[Quotation, Range | None] | None:
    """Return the quotation that stands right beside the cue, and the source, by position alone.

    "...," X said and "...," said X, where the first ends with a mark inside as reported speech does;
    X said: "..." and X said, "...". The parser is not asked for the content, since it is at its worst
    inside quotations.
    """
    place = paragraph.offset + verb.idx
    if paragraph.quotation_around(place):
        return None
    text = paragraph.text
    before = next((q for q in reversed(paragraph.quotations) if q.end <= place), None)
    if before is not None and text[before.inner[1] - 1] in ",?!—–-":
        between = trim(text, (before.end, place))
        if between is None:
            return before, _source_after(paragraph, verb)
        words = [t for t in verb.doc if between[0] <= paragraph.offset + t.idx < between[1]]
        if len(words) <= 14 and not any(t.pos_ in {"VERB", "AUX"} or t.is_sent_end for t in words):
            joined = _CONJUNCTION.match(text, *between)
            return before, (joined.end() if joined else between[0], between[1])
    after = next((q for q in paragraph.quotations if q.start > place), None)
    if after is not None:
        between_text = text[place + len(verb) : after.start]
        if between_text.strip() in {",", ":", ""} or (
            between_text.rstrip()[-1:] in {",", ":"}
            and len(between_text.split()) <= 8
            and ". " not in between_text
        ):
            return after, _source(paragraph, verb)
    return None


def _source_after(paragraph: Paragraph, verb: Token) -> Range | None:
    """Return the noun phrase right after an inverted cue ("said Jane Doe, ...")."""
    named = next((c for c in verb.rights if c.dep_ in {"nsubj", "dobj"}), None)
    if named is None:
        named = next((chunk.root for chunk in verb.doc.noun_chunks if chunk.start == verb.i + 1), None)
    return phrase_range(named, paragraph.offset) if named is not None else _source(paragraph, verb)


def _trailing(paragraph: Paragraph, verb: Token) -> list[Range] | None:
    """Return the rest of the sentence for a parenthesis such as ", police said," or ", he added."."""
    speaker = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if speaker is None or paragraph.quotation_around(paragraph.offset + verb.idx):
        return None
    aside = token_range([*speaker.subtree, verb], paragraph.offset)
    sentence = paragraph.sentence(verb)
    before = paragraph.text[sentence[0] : aside[0]].rstrip()
    after = paragraph.text[aside[1] : sentence[1]].lstrip()
    if not before.endswith(",") or not (after[:1] in {",", ".", ""} or after[:3] in {"on ", "in ", "at "}):
        return None
    if len(before.split()) < 3:
        return None
    rest = [trim(paragraph.text, part) for part in subtract(sentence, aside)]
    kept = [part for part in rest if part is not None and len(paragraph.text[part[0] : part[1]].split()) > 2]
    return kept or None
