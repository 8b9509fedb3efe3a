"""Who is said to have done it: the side that a statement blames, or clears.

The accused is looked for as the agent of a deed ("by rebels", "rebels launched", "behind it"); a
bare denial ("denied the charge") clears the side that speaks. The sides are roles (those who hold the
state, those who fight it), and both are read by the same patterns.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from counterclaim.lexicons import read_lexicon
from counterclaim.model import Act, ActorKind, Document, Statement

_NOT = re.compile(
    r"(?<!to )\b(?:not|no|never|none|neither|nothing|without|unlikely|den(?:y|ies|ied|ying)|reject\w*"
    r"|baseless|false|untrue|fabricat\w+|implausible|absurd|nonsense|impossible|unfounded|groundless|lacking)\b|n[’']t\b",
    re.IGNORECASE,
)
_BLAMING = re.compile(r"accus|blam|\bheld\b|\bhold|charg", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:in the past|before|previous(?:ly)?|earlier|again|other (?:attacks|occasions)|used such"
    r"|little sense|consequence)\b",
    re.IGNORECASE,
)
"""Words that speak of other events than the one at hand."""
_BY = re.compile(r"\bby\s+(?:the )?(?:[\w-]+ )?$", re.IGNORECASE)
_AGENT = re.compile(r"\b(?:by|from|behind|blam\w+|accus\w+|that|of)\s+(?:the )?(?:[\w-]+ )?$", re.IGNORECASE)
_SUFFERS = re.compile(
    r"(?:\b(?:areas?|against|on|near|at|discredit|blame|help|support\w*|(?<!-)backed)\s+(?:the |\w+ )?$)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"[-\s](?:held|controlled|areas?|territory|strongholds?|suburbs?|attacks?|bombings?|acts?|blasts?|claims?|allegations?)\b",
    re.IGNORECASE,
)
"""What follows a side that is not the agent: "rebel-held", "terrorist attack", "opposition claims"."""
_CLAIMING = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|charges?)\s+(?:made )?(?:by|from|of)\s+(?:the |\w+ )?$",
    re.IGNORECASE,
)
"""What stands before a side that makes a claim, and is not the agent of what is claimed."""
_AGAINST = re.compile(r"\b(?:against|on|at|targeting|hit)\s+(?:the |\w+ )?$", re.IGNORECASE)
BARE = 6
"""Words in a denial that names no deed: "denied the charge"."""
_NO_BLAME = frozenset({Act.APPEAL, Act.QUESTION, Act.PROMISE})


class Blame(msgspec.Struct, frozen=True):
    """That ``side`` did it (``holds``) or did not, and the kinds of event (``events``) meant.

    ``victim`` is the side against whose own people it was done, where the content says so.
    """

    side: str
    holds: bool
    events: frozenset[str]
    victim: str | None = None

    def answers(self, other: Blame) -> bool | None:
        """Tell whether two take the same position; None where they can be about different events.

        To clear one side and to blame the other is one position: whoever did it, it was not they.
        """
        if not self.events & other.events or self.victim != other.victim:
            return None
        return (self.side == other.side) == (self.holds == other.holds)


@cache
def _sides() -> re.Pattern[str]:
    lexicon = read_lexicon("sides")
    groups = (f"(?P<{side}>{'|'.join(lexicon[side])})" for side in ("state", "rebel"))
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


@cache
def _deeds() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(read_lexicon("sides")["deed"])
    between = r"(?:\s+(?!who\b|that\b|which\b)[\w’'-]+){0,2}?\s+"
    auxiliary = r"(?:was|were|is|are|had|has|have|would|may|might|could)?\s*(?:not )?(?:to )?(?:\w+ly )?"
    does = rf"{between}{auxiliary}(?:{words})\b"
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE), re.compile(does, re.IGNORECASE)


@cache
def _events() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = read_lexicon("sides")["events"]
    return tuple(
        (kind, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)) for kind, words in found.items()
    )


def side_of(text: str) -> str | None:
    """Return the side that a text names first, ``state`` or ``rebel``; None where it names neither."""
    found = _sides().search(text)
    return found.lastgroup if found else None


def blame_of(statement: Statement, document: Document) -> Blame | None:
    """Return whom a statement blames or clears; None where it does neither, or speaks of other events."""
    content = statement.content_text
    if statement.act in _NO_BLAME or _EARLIER.search(content):
        return None
    deed, does = _deeds()
    named = [match for match in _sides().finditer(content) if not _CLAIMING.search(content[: match.start()])]
    denied = statement.act is Act.DENY
    if not named:
        speaking = _speaking(statement)
        bare = len(content.split()) <= BARE
        if not denied or speaking is None or not (bare or deed.search(content)):
            return None
        return _blame(speaking, False, content, document)
    accuses = statement.act is Act.ACCUSE or _BLAMING.search(statement.cue_text) is not None
    if not accuses and not deed.search(content):
        return None
    scored = [(_agency(content, match, does, accuses=accuses), -match.start(), match) for match in named]
    score, _, agent = max(scored, key=lambda item: item[:2])
    clears_itself = denied and agent.lastgroup == _speaking(statement)
    if score < (0 if accuses or clears_itself else 1):
        return None
    holds = not denied and not _NOT.search(content)
    victim = next(
        (
            str(match.lastgroup)
            for match in named
            if match.lastgroup != agent.lastgroup
            and _AGAINST.search(content[: match.start()])
            and not _PLACE.match(content[match.end() :])
        ),
        None,
    )
    return _blame(str(agent.lastgroup), holds, content, document, victim)


def _blame(
    side: str, holds: bool, content: str, document: Document, victim: str | None = None
) -> Blame | None:
    for text in (content, document.title or "", document.text[:400]):
        kinds = frozenset(kind for kind, pattern in _events() if pattern.search(text))
        if kinds:
            return Blame(side, holds, kinds, victim)
    return None


def _speaking(statement: Statement) -> str | None:
    """Return the side that speaks; a state, a ministry or its media count as those who hold the state."""
    speaker = statement.speaker
    if speaker is None:
        return None
    by_role = side_of(speaker.label) or side_of(statement.source_text)
    if by_role is None and (speaker.kind is ActorKind.GOVERNMENT or speaker.party in _states()):
        return "state"
    return by_role


@cache
def _states() -> frozenset[str]:
    """Return the ids of the states that the lexicon knows, as parties have them."""
    return frozenset(
        "-".join(entry[0].casefold().split()) for entry in read_lexicon("countries")["countries"]
    )


def _agency(content: str, match: re.Match[str], does: re.Pattern[str], *, accuses: bool) -> int:
    before, after = (
        content[max(0, match.start() - 30) : match.start()],
        content[match.end() : match.end() + 60],
    )
    score = 2 * bool(_BY.search(before)) + bool(_AGENT.search(before)) + 2 * bool(does.match(after))
    if _SUFFERS.search(before) and not accuses:
        score -= 2
    return score - 3 * bool(_PLACE.match(after))
