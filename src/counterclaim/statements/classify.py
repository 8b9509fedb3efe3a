"""The act, polarity and hedge of a statement whose source, cue and content are already known.

The rules find spans and act together. Who has the spans from elsewhere (a tagger, a gold set)
asks here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

import msgspec

from counterclaim.model import Act, Document
from counterclaim.statements.acts import act_of, hedges_of, polarity_of
from counterclaim.statements.candidate import Candidate, Range, shared, total
from counterclaim.statements.cues import find_cues
from counterclaim.statements.headlines import find_in_headline, is_headline
from counterclaim.statements.lexicon import CueEntry, cue_lexicon
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.paragraphs import paragraphs
from counterclaim.statements.parser import parse
from counterclaim.statements.quotations import quotations


class Manner(msgspec.Struct, frozen=True, kw_only=True):
    """How something was said: the act, whether its proposition is said to hold, and whether hedged."""

    act: Act
    polarity: bool
    hedged: bool


def classify(
    document: Document, source: Sequence[Range], cue: Sequence[Range], content: Sequence[Range]
) -> Manner:
    """Return the manner of the statement with these ranges of the document's text.

    ``cue`` and ``content`` hold at least one range; a ValueError says so where they do not.
    """
    if not cue or not content:
        raise ValueError("a statement has a cue and a content")
    paragraph = read_paragraph(document, cue[0][0])
    candidate = candidate_at(paragraph, source, cue, content)
    act = act_of(paragraph, candidate)
    return Manner(
        act=act,
        polarity=polarity_of(paragraph, candidate, act),
        hedged=bool(hedges_of(document, paragraph, candidate)),
    )


def read_paragraph(document: Document, place: int) -> Paragraph:
    """Parse the one paragraph in which the character at ``place`` stands."""
    ranges = paragraphs(document.text)
    index = next((i for i, (start, end) in enumerate(ranges) if start <= place < end), None)
    if index is None:
        raise ValueError(f"no words at character {place} of {document.id}")
    start, end = ranges[index]
    (doc,) = parse([document.text[start:end]])
    return Paragraph(document.text, doc, start, index, quotations(document.text, start, end))


def candidate_at(
    paragraph: Paragraph, source: Sequence[Range], cue: Sequence[Range], content: Sequence[Range]
) -> Candidate:
    """Return the candidate with these ranges; its act is what the rules, or the words of the cue, say."""
    found = _by_rules(paragraph, cue, content)
    lemma, form, act = found if found is not None else _by_words(paragraph, cue)
    return Candidate(
        paragraph=paragraph.index,
        lemma=lemma,
        form=form,
        act=act,
        source=list(source),
        cue=list(cue),
        content=list(content),
    )


def _by_rules(
    paragraph: Paragraph, cue: Sequence[Range], content: Sequence[Range]
) -> tuple[str, str, Act] | None:
    """Return lemma, form and act of the candidate of the rules that has this cue and most of this content."""
    candidates = list(find_cues(paragraph))
    if is_headline(paragraph):
        candidates += find_in_headline(paragraph, [part for each in candidates for part in each.cue])
    best: tuple[int, Candidate] | None = None
    for each in candidates:
        common = sum(shared(one, other) for one in each.content for other in content)
        same_cue = any(shared(one, other) for one in each.cue for other in cue)
        enough = 2 * common >= min(total(each.content), total(list(content)))
        if same_cue and enough and (best is None or common > best[0]):
            best = (common, each)
    return (best[1].lemma, best[1].form, best[1].act) if best is not None else None


def _by_words(paragraph: Paragraph, cue: Sequence[Range]) -> tuple[str, str, Act]:
    """Return lemma, form and act by the words of the cue alone; an assertion where none is known."""
    lexicon = cue_lexicon()
    known: list[tuple[str, str, Act]] = []
    for token in _tokens(paragraph, cue):
        lemma = token.lemma_.lower()
        if lemma in lexicon.nouns and token.pos_ == "NOUN":
            known.append((lemma, "noun", lexicon.nouns[lemma]))
        elif lemma in lexicon.verbs:
            known.append((lemma, *_form(lexicon.verbs[lemma])))
    return next(
        (each for each in reversed(known) if each[2] is not Act.ASSERT),
        known[-1] if known else ("", "clause", Act.ASSERT),
    )


def _form(entry: CueEntry) -> tuple[str, Act]:
    return next(
        iter(entry.acts.items()),
        ("prepositional", next(iter(entry.prepositions.values()), Act.ASSERT)),
    )


def _tokens(paragraph: Paragraph, ranges: Sequence[Range]) -> list[Token]:
    return [
        token
        for token in paragraph.doc
        if any(start <= paragraph.offset + token.idx < end and not token.is_punct for start, end in ranges)
    ]
