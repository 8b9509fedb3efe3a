"""Questions to the parse: the subject of a verb, the range of a phrase, whether a cue is negated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

from counterclaim.statements.candidate import Range

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_CLAUSE_LINKS = frozenset({"conj", "xcomp", "advcl", "acl", "ccomp", "pcomp"})
_LOOSE = frozenset({"relcl", "punct", "cc"})


def subtree_range(token: Token, offset: int) -> Range:
    """Return the range from the first to the last character of the subtree of ``token``."""
    last = token.right_edge
    return offset + token.left_edge.idx, offset + last.idx + len(last)


def phrase_range(token: Token, offset: int) -> Range:
    """Return the range of a noun phrase: its subtree without relative clauses and trailing marks."""
    parts = [part for part in token.subtree if not _in_relative_clause(part, token)]
    while parts and parts[-1].is_punct and parts[-1].text not in ")]”\"’'.":
        parts.pop()
    while len(parts) > 1 and (parts[0].is_punct or parts[0].dep_ == "cc"):
        parts.pop(0)
    if not parts:
        parts = [token]
    first, last = parts[0], parts[-1]
    return offset + first.idx, offset + last.idx + len(last)


def _in_relative_clause(part: Token, top: Token) -> bool:
    while part.i != top.i:
        if part.dep_ == "relcl" or (part.dep_ == "advcl" and part.i > top.i):
            return True
        part = part.head
    return False


def subject(verb: Token) -> Token | None:
    """Return the one who does what ``verb`` says, following shared subjects; None where nobody is named.

    "He resigned, saying ..." and "He resigned and said ..." take the subject of "resigned"; a
    relative pronoun gives way to the noun that it stands for; a passive takes its agent.
    """
    for _ in range(6):
        agent = _agent(verb)
        if agent is not None:
            return agent
        found = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if found is not None:
            if found.dep_ == "expl" or _is_passive(verb):
                return None
            return found
        if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
            return verb.head if verb.head.pos_ in {"NOUN", "PROPN", "PRON"} else None
        if verb.dep_ not in _CLAUSE_LINKS or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _agent(verb: Token) -> Token | None:
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    return next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)


def is_passive(verb: Token) -> bool:
    """Tell whether the verb stands in the passive."""
    return _is_passive(verb)


def is_negated(verb: Token) -> bool:
    """Tell whether the verb itself is negated ("did not say", "never said")."""
    return any(child.dep_ == "neg" for child in verb.children)


def cue_tokens(verb: Token) -> list[Token]:
    """Return the words of the cue: the verb with its auxiliaries, negation and particle, those next to it."""
    parts = [verb]
    for child in sorted(verb.lefts, key=lambda token: -token.i):
        if child.i == parts[0].i - 1 and child.dep_ in {"aux", "auxpass", "neg", "advmod"}:
            parts.insert(0, child)
    for child in verb.rights:
        if child.i == parts[-1].i + 1 and child.dep_ == "prt":
            parts.append(child)
    return parts


def token_range(tokens: Iterable[Token], offset: int) -> Range:
    """Return the range from the first to the last of the tokens."""
    parts = sorted(tokens, key=lambda token: token.i)
    return offset + parts[0].idx, offset + parts[-1].idx + len(parts[-1])
