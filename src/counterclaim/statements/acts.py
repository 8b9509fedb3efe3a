"""What the speaker does with the content: the act, the polarity, and what "the claim" refers to."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from counterclaim.lexicons import read_lexicon
from counterclaim.model import Act, Document, Span, Speaker
from counterclaim.statements.candidate import Candidate
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.remarks import find_hedges
from counterclaim.statements.syntax import is_negated
from counterclaim.statements.wording import (
    act_by_content,
    act_by_cue,
    cue_is_negated,
    cue_is_refusal,
    cue_is_weak,
)

_NEGATIVE_SUBJECT = frozenset({"no", "none", "nobody", "neither", "nothing"})
_IMPLICIT = frozenset({"fail", "lack"})
"""Verbs that negate what they govern ("failed to sound"; "the gate failed" says what happened)."""
_NEGATION = re.compile(r"\b(?:not|no|never|fail(?:s|ed)? (?:to|in)|without)\b|n[’']t\b", re.IGNORECASE)
_NOT_ONE = re.compile(
    r"[“\"‘']?(?:that )?(?:not (?:one|a|a single|any)|none|nobody|no one|nothing)\b", re.IGNORECASE
)
_PLAIN_NOT = re.compile(
    r"\W*(?:that )?(?!if |when |until |after |what |who )(?:[\w’'-]+ ){0,4}?"
    r"(?:(?:is|are|was|were|does|did|has|had|will|would|could|can) "
    r"(?:not\b(?! (?:only|just))|no longer\b|never\b)"
    r"|\w+n[’']t\b(?! (?:only|just|know))|(?:[’']s|[’']re) [“\"]?not\b(?! (?:only|just))"
    r"|(?:no longer|never) )",
    re.IGNORECASE,
)
"""A main clause that says not, read by words alone, since the parser is at its worst inside quotations."""
_NOT_ONLY = re.compile(r"(?:\bnot|n[’']t) (?:only|just|merely|simply)\b", re.IGNORECASE)
_FACTIVE = re.compile(r"\b(?:know|knew|known|reali[sz]e|notice)\b", re.IGNORECASE)
"""Verbs that, negated, leave open or grant what they govern."""
_APOLOGY = re.compile(r"apolog|regret|conced|admi[ts]|acknowledg", re.IGNORECASE)
_FIRST_CLAUSE = re.compile(r"[,;:.!?–—]|\s(?:and|but|because|which|who|if|when|although|though)\s")
_WE_WILL = re.compile(r"[“\"]?(?:we|i)(?:[’']ll| will| would| shall)\b(?! not\b)", re.IGNORECASE)
_WILL = frozenset({"will", "'ll", "’ll", "would", "shall"})
_ANAPHOR = re.compile(r"(?:,\s*which|\b(?:this|that|it|they|these|those))$", re.IGNORECASE)


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _reference() -> re.Pattern[str]:
    nouns = _any(read_lexicon("rejection")["referring"])
    return re.compile(
        rf"\b(?:the|these|those|this|that|such|any|all|its|his|her|their|every|\w+[’']s?)\s+(?:[\w-]+\s+){{0,3}}?(?P<noun>{nouns})\b",
        re.IGNORECASE,
    )


@cache
def _untrue() -> re.Pattern[str]:
    words = _any(read_lexicon("rejection")["untrue"])
    return re.compile(
        rf"\b(?:is|was|were|are|as|been|being)\s+(?:[\w-]+\s+){{0,3}}?[“\"‘']?(?:[\w-]+\s+){{0,2}}?(?:{words})\b",
        re.IGNORECASE,
    )


@cache
def _verbless() -> re.Pattern[str]:
    """Return the pattern for a headline without its verb: "Reports of fall fabricated"."""
    nouns, words = _any(read_lexicon("rejection")["referring"]), _any(read_lexicon("rejection")["untrue"])
    return re.compile(
        rf"^[‘“\"']?(?:[\w’'-]+\s+){{0,3}}?(?:{nouns})\s+(?:of|that|on|about)\s+[\w\s’'-]{{3,60}}\s[‘“\"']?(?:{words})[’”\"']?$",
        re.IGNORECASE,
    )


def act_of(paragraph: Paragraph, candidate: Candidate) -> Act:
    """Return the act: what the words of the cue do, else what the content shows, else the lexicon's."""
    text = content_of(paragraph, candidate)
    first = first_sentence(text)
    by_cue = act_by_cue(cue_of(paragraph, candidate), text)
    act = by_cue or candidate.act
    asks = act is Act.ASSERT or candidate.lemma == "ask"
    if asks and _asks(first):
        return Act.QUESTION
    if act in {Act.ASSERT, Act.ACCUSE} and calls_untrue(first):
        return Act.DENY
    if by_cue is not None or act is not Act.ASSERT:
        return act
    if candidate.form in {"clause", "quotation"} and _is_promise(paragraph, candidate):
        return Act.PROMISE
    return act_by_content(first) or act


def _asks(sentence: str) -> bool:
    """Tell whether a sentence is a question of more than two words."""
    return sentence.rstrip("”\"’' ").endswith("?") and len(sentence.split()) > 2


def hedges_of(document: Document, paragraph: Paragraph, candidate: Candidate) -> tuple[Span, ...]:
    """Return the words that hedge the statement: in the first sentence of its content, or a weak cue."""
    start = candidate.content[0][0]
    end = start + len(first_sentence(content_of(paragraph, candidate)))
    inner = find_hedges(document, [part for part in candidate.content if part[0] < end])
    weak = (document.span(*part) for part in candidate.cue if cue_is_weak(paragraph.text[slice(*part)]))
    return tuple(sorted([*(hedge for hedge in inner if hedge.start < end), *weak]))


def first_sentence(content: str) -> str:
    """Return the first sentence of a content, which gives the claim where a quotation runs on."""
    return re.split(r"(?<=[.!?,])[”\"’]\s|(?<=[.!?])\s", content, maxsplit=1)[0]


def calls_untrue(text: str) -> bool:
    """Tell whether a content says of an earlier statement, or of what it just quoted, that it is untrue."""
    if _verbless().search(text):
        return True
    return any(_speaks_of_a_claim(text[: found.start()].rstrip()) for found in _untrue().finditer(text))


def _speaks_of_a_claim(before: str) -> bool:
    """Tell whether the subject just before "is untrue" is a claim: "which", "that", "the allegation"."""
    return bool(_ANAPHOR.search(before) or _reference().search(before))


def refers(text: str) -> str | None:
    """Return the noun by which a content refers to an earlier statement, in small letters.

    None where the content says itself what was claimed ("the claim by X that ...").
    """
    found = _reference().search(text)
    if found is None or re.match(r"(?:\s+(?:by|from|of)\s+[\w’' ]{2,60}?)?,?\s+that\b", text[found.end() :]):
        return None
    return found["noun"].casefold()


def refers_to_accusation(noun: str) -> bool:
    """Tell whether the noun stands for an accusation first of all."""
    return noun in read_lexicon("rejection")["accusing"]


def polarity_of(paragraph: Paragraph, candidate: Candidate, act: Act) -> bool:
    """Return False where the statement as a whole says that its proposition does not hold."""
    text, cue = content_of(paragraph, candidate), cue_of(paragraph, candidate)
    denied = act is Act.DENY
    if denied and (calls_untrue(first_sentence(text)) or act_by_cue(cue, text) not in {None, Act.DENY}):
        return False
    if denied and candidate.act is not Act.DENY and act_by_content(first_sentence(text)) is Act.DENY:
        return False
    negated = content_is_negated(paragraph, candidate)
    if act in {Act.ACCUSE, Act.QUESTION}:
        return not (act is Act.ACCUSE and cue_is_negated(cue, source_of(paragraph, candidate)))
    if cue_is_refusal(cue, text):
        return negated
    if cue_is_negated(cue, source_of(paragraph, candidate)) and not _FACTIVE.search(cue):
        denied = not denied and "deny" not in cue
        if act is Act.ADMIT and not _APOLOGY.search(cue):
            denied = False
    return denied == negated


def content_is_negated(paragraph: Paragraph, candidate: Candidate) -> bool:
    """Tell whether the main clause of the content is negated ("has not fallen", "no one was hurt")."""
    text = content_of(paragraph, candidate)
    if _NOT_ONE.match(text) or _PLAIN_NOT.match(text):
        return True
    if candidate.form == "headline" or (paragraph.index == 0 and _in_title_case(text)):
        return bool(_NEGATION.search(text))
    if not paragraph.doc.has_annotation("DEP"):
        return bool(_NEGATION.search(_FIRST_CLAUSE.split(text, maxsplit=1)[0]))
    root = _content_root(paragraph, candidate)
    if root is None:
        return False
    if is_negated(root):
        return root.lemma_ != "know" and not _NOT_ONLY.search(text)
    if root.lemma_ in _IMPLICIT and any(child.dep_ in {"xcomp", "dobj"} for child in root.children):
        return True
    for child in root.children:
        if child.lower_ in _NEGATIVE_SUBJECT and child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}:
            return True
        if child.dep_ in {"nsubj", "nsubjpass", "attr", "dobj"} and any(
            t.lower_ == "no" and t.dep_ == "det" for t in child.children
        ):
            return True
        if child.dep_ == "aux" and is_negated(child):
            return True
    return False


def _in_title_case(text: str) -> bool:
    """Tell whether the long words all begin with a capital, as in a headline that no parser reads."""
    long = [word for word in text.split() if len(word) > 3]
    return len(long) > 1 and all(word[:1].isupper() for word in long)


def cue_of(paragraph: Paragraph, candidate: Candidate) -> str:
    """Return the words of the cue, parts joined by a space."""
    return " ".join(paragraph.text[start:end] for start, end in candidate.cue).strip()


def source_of(paragraph: Paragraph, candidate: Candidate) -> str:
    """Return the words of the source, parts joined by a space."""
    return " ".join(paragraph.text[start:end] for start, end in candidate.source)


def content_of(paragraph: Paragraph, candidate: Candidate) -> str:
    """Return the words of the content, parts joined by a space."""
    return " ".join(paragraph.text[start:end] for start, end in candidate.content)


def _content_root(paragraph: Paragraph, candidate: Candidate) -> Token | None:
    """Return the head of the first clause of the content."""
    start, end = candidate.content[0]
    within = [t for t in paragraph.doc if start <= paragraph.offset + t.idx < end and not t.is_punct]
    places = {t.i for t in within}
    roots = [t for t in within if t.head.i not in places or t.head.i == t.i]
    return next((t for t in roots if t.pos_ in {"VERB", "AUX"}), roots[0] if roots else None)


def _is_promise(paragraph: Paragraph, candidate: Candidate) -> bool:
    """Tell whether the content says what "we", "I" or the speaker's own group will do."""
    if not paragraph.doc.has_annotation("DEP"):
        return bool(_WE_WILL.match(content_of(paragraph, candidate)))
    root = _content_root(paragraph, candidate)
    if root is None or root.pos_ != "VERB" or is_negated(root):
        return False
    will = any(c.dep_ == "aux" and c.lower_ in _WILL for c in root.children)
    doer = next((c for c in root.children if c.dep_ == "nsubj"), None)
    return will and doer is not None and doer.lower_ in {"we", "i"}


def promises_for(speaker: Speaker | None, text: str) -> bool:
    """Tell whether "PARTY would ..." speaks of the speaker's own party."""
    if speaker is None or speaker.affiliation is None or not speaker.affiliation.party_name:
        return False
    party = re.escape(speaker.affiliation.party_name)
    return bool(
        re.match(
            rf"(?:that\s+)?[“\"]?(?:the\s+)?{party}\s+(?:would|will)\s+(?!be\b|not\b)", text, re.IGNORECASE
        )
    )
