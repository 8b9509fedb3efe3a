"""The act, the negation and the hedges that words alone show: those of the cue, and of a bare content."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from counterclaim.lexicons import read_lexicon
from counterclaim.model import Act

_NEGATED_CUE = re.compile(r"\b(?:not|never|no|nor|neither|without|yet to)\b|n[’']t\b", re.IGNORECASE)
_NOBODY = re.compile(r"^(?:no one|nobody|none|neither|not (?:everyone|all|one))\b", re.IGNORECASE)


class _CueRule(msgspec.Struct, frozen=True):
    act: Act
    words: re.Pattern[str]
    content: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    unless_words: re.Pattern[str] | None
    negative: bool


class _ContentRule(msgspec.Struct, frozen=True):
    act: Act
    first: re.Pattern[str]
    unless: re.Pattern[str] | None


def _compiled(rule: dict[str, str | bool], key: str) -> re.Pattern[str] | None:
    pattern = rule.get(key)
    return re.compile(str(pattern), 0 if rule.get("cased") else re.IGNORECASE) if pattern else None


def _required(rule: dict[str, str | bool], key: str) -> re.Pattern[str]:
    return re.compile(str(rule[key]), re.IGNORECASE)


@cache
def _cue_rules() -> tuple[_CueRule, ...]:
    return tuple(
        _CueRule(
            act=Act(rule["act"]),
            words=_required(rule, "words"),
            content=_compiled(rule, "content"),
            unless=_compiled(rule, "unless"),
            unless_words=_compiled(rule, "unless_words"),
            negative=bool(rule.get("negative")),
        )
        for rule in read_lexicon("acts")["cue"]
    )


@cache
def _content_rules() -> tuple[_ContentRule, ...]:
    return tuple(
        _ContentRule(act=Act(rule["act"]), first=_required(rule, "first"), unless=_compiled(rule, "unless"))
        for rule in read_lexicon("acts")["content"]
    )


def _cue_rule(cue: str, content: str) -> _CueRule | None:
    for rule in _cue_rules():
        if (
            rule.words.search(cue)
            and (rule.content is None or rule.content.search(content))
            and not (rule.unless is not None and rule.unless.search(content))
            and not (rule.unless_words is not None and rule.unless_words.search(cue))
        ):
            return rule
    return None


def act_by_cue(cue: str, content: str) -> Act | None:
    """Return the act that the words of the cue perform with this content; None where they are neutral."""
    rule = _cue_rule(cue, content)
    if rule is None:
        return None
    if rule.act is Act.DENY and cue_is_negated(cue, ""):
        return Act.ADMIT  # "did not dispute that ..."
    return rule.act


def act_by_content(first_sentence: str) -> Act | None:
    """Return the act that the first sentence of a content shows where the cue is neutral; None where none."""
    for rule in _content_rules():
        if rule.first.search(first_sentence) and not (rule.unless and rule.unless.search(first_sentence)):
            return rule.act
    return None


def cue_is_negated(cue: str, source: str) -> bool:
    """Tell whether the cue is negated, by itself ("did not blame") or by its subject ("no one forecast")."""
    return bool(_NEGATED_CUE.search(cue) or _NOBODY.match(source))


def cue_is_refusal(cue: str, content: str) -> bool:
    """Tell whether the cue itself says no: "refused to", "warned against"."""
    rule = _cue_rule(cue, content)
    return rule is not None and rule.negative


@cache
def _weak() -> re.Pattern[str]:
    return re.compile("|".join(read_lexicon("reporting")["weak_cues"]["any"]), re.IGNORECASE)


def cue_is_weak(cue: str) -> bool:
    """Tell whether the cue itself holds back: "believes", "suspects", "reportedly"."""
    return bool(_weak().search(cue))
