"""Who is said to have done it: the side that a statement blames, or clears.

The accused is looked for as the agent of a deed ("by rebels", "rebels launched", "behind it"); a
bare denial ("denied the charge") clears the side that speaks. The sides are roles (those who hold the
state, those who fight it), and both are read by the same patterns.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from counterclaim.claims.words import REMEMBERED
from counterclaim.lexicons import read_lexicon
from counterclaim.model import Act, ActorKind, Document, Statement

_NOT = re.compile(
    r"(?<!to )\b(?:not(?! (?:only|just|for the first time|the first))|no|never|none|neither"
    r"|nothing|without|unlikely"
    r"|den(?:y|ies|ied|ying)|reject\w*"
    r"|baseless|false|untrue|fabricat\w+|implausible|absurd|nonsense|impossible|unfounded|groundless|lacking)\b|n[’']t\b",
    re.IGNORECASE,
)
_BLAMING = re.compile(r"accus|blam|\bheld\b|\bhold|charg", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:in the past|(?:has|have|had) long|before|previous(?:ly)?|earlier|again"
    r"|other (?:attacks|occasions)|used such"
    r"|little sense|consequence)\b",
    re.IGNORECASE,
)
"""Words that speak of other events than the one at hand."""
_ASKING = re.compile(
    r"investigat|examin|look(?:s|ed|ing)? into|determin|seek|clarify|weigh|probe|study", re.IGNORECASE
)
"""Cues of those who have yet to find out."""
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
_MARK = re.compile(r"\s[-–—]+\s|[;:.!?](?=\s)|\.\.\.")
BARE = 6
"""Words in a denial that names no deed: "denied the charge"."""
_NO_BLAME = frozenset({Act.APPEAL, Act.QUESTION, Act.PROMISE})
_PUNISH = re.compile(
    r"\b(?:punish\w*|accountable|to account|to justice|condemn\w*|sanction(?:s|ed)?)\b", re.IGNORECASE
)
"""What is asked for against those who did it: to ask it is to blame."""
_REPORTS = re.compile(
    r"\b(?:reports?|allegations?|accusations?|claims?|charges?|they|these|it(?:[’']?s)?|which)\b.{0,100}?"
    r"\b(?:false|untrue|baseless|unfounded|groundless|fabricat\w+|lies?|propaganda|hoax|fake|illogical"
    r"|no truth"
    r"|(?:an )?attempts? (?:by \w+ )?to (?:divert|distract|prevent|discredit|cover|frame|smear)"
    r"|disseminated|invented)\b",
    re.IGNORECASE | re.DOTALL,
)
"""That what was reported is untrue, or told for a purpose."""


class Blame(msgspec.Struct, frozen=True):
    """That ``side`` did it (``holds``) or did not, and the kinds of event (``events``) meant.

    ``side`` is ``state``, ``rebel`` or the id of a country.
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
        return _one_side(self.side, other.side) == (self.holds == other.holds)


@cache
def _sides() -> re.Pattern[str]:
    lexicon = read_lexicon("sides")
    groups = (f"(?P<{side}>{'|'.join(lexicon[side])})" for side in ("state", "rebel"))
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


@cache
def _deeds() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns of a deed, of a deed some words after who did it, and of one right after."""
    words = "|".join(read_lexicon("sides")["deed"])
    between = r"(?:\s+(?!who\b|that\b|which\b)[\w’'-]+){0,2}?\s+"
    auxiliary = r"(?:was|were|is|are|had|has|have|would|may|might|could)?\s*(?:not )?(?:to )?(?:\w+ly )?"
    does = (rf"{gap}{auxiliary}(?:{words})\b" for gap in (between, r"\s+"))
    deed, some, right = (re.compile(p, re.IGNORECASE) for p in (rf"\b(?:{words})\b", *does))
    return deed, some, right


@cache
def _events() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = read_lexicon("sides")["events"]
    return tuple(
        (kind, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)) for kind, words in found.items()
    )


@cache
def rare_events() -> frozenset[str]:
    """Return the kinds of event of which one place seldom sees two."""
    return frozenset(read_lexicon("sides")["rare"])


def side_of(text: str) -> str | None:
    """Return the side that a text names first, ``state`` or ``rebel``; None where it names neither."""
    found = _sides().search(text)
    return found.lastgroup if found else None


def blame_of(statement: Statement, document: Document) -> Blame | None:
    """Return whom a statement blames or clears; None where it does neither, or speaks of other events."""
    content = statement.content_text
    asks = statement.act in _NO_BLAME
    if (
        _EARLIER.search(f"{statement.cue_text} {content}")
        or _ASKING.search(statement.cue_text)
        or (asks and not _PUNISH.search(f"{statement.cue_text} {content}"))
    ):
        return None
    deed, does, did = _deeds()
    named = [match for match in _sides().finditer(content) if not _CLAIMING.search(content[: match.start()])]
    named += [match for match in _named_countries().finditer(content) if _acts(content, match, deed, did)]
    denied = statement.act is Act.DENY
    speaking = _speaking(statement)
    if speaking is not None and (denied or _REPORTS.search(content)) and not asks:
        untrue = _REPORTS.search(content) is not None
        bare = len(content.split()) <= BARE
        others = [match for match in named if not _one_side(_side(match), speaking)]
        if (not named and (bare or deed.search(content))) or (untrue and not others):
            return _blame(speaking, False, content, document)
    if not named:
        return None
    accuses = statement.act is Act.ACCUSE or _BLAMING.search(statement.cue_text) is not None
    if not accuses and not deed.search(content):
        return None
    scored = [(_agency(content, match, does, accuses=accuses), -match.start(), match) for match in named]
    score, _, agent = max(scored, key=lambda item: item[:2])
    side = _side(agent)
    clears_itself = denied and speaking is not None and _one_side(side, speaking)
    least = 2 if statement.own_voice else 1
    if score < (0 if accuses or clears_itself else least):
        return None
    holds = not denied and not _NOT.search(_clause(content, agent.start()))
    victim = next(
        (
            _side(match)
            for match in named
            if not _one_side(_side(match), side)
            and _AGAINST.search(content[: match.start()])
            and not _PLACE.match(content[match.end() :])
        ),
        None,
    )
    return _blame(side, holds, content, document, victim)


def _blame(
    side: str, holds: bool, content: str, document: Document, victim: str | None = None
) -> Blame | None:
    kinds = event_kinds(content, document)
    return Blame(side, holds, kinds, victim) if kinds else None


def event_kinds(content: str, document: Document) -> frozenset[str]:
    """Return the kinds of event that a content names, else those of the report's headline or first lines."""
    for text in (content, document.title or "", document.text[:400]):
        kinds = _kinds_named(text)
        if kinds:
            return kinds
    return frozenset()


@lru_cache(maxsize=REMEMBERED)
def _kinds_named(text: str) -> frozenset[str]:
    return frozenset(kind for kind, pattern in _events() if pattern.search(text))


def _speaking(statement: Statement) -> str | None:
    """Return the side that speaks; a state, a ministry or its media count as those who hold the state."""
    speaker = statement.speaker
    if speaker is None:
        return None
    by_role = side_of(speaker.label) or side_of(statement.source_text)
    if by_role is not None:
        return by_role
    if speaker.party in _countries().values():
        return speaker.party
    voice = _voices().search(f"{speaker.label} {statement.source_text}")
    return "state" if speaker.kind is ActorKind.GOVERNMENT or voice else None


def _clause(content: str, at: int) -> str:
    """Return the stretch between dashes, semicolons or full stops in which a place of a content lies."""
    before = [match.end() for match in _MARK.finditer(content, 0, at)]
    after = _MARK.search(content, at)
    return content[before[-1] if before else 0 : after.start() if after else len(content)]


def _one_side(one: str, other: str) -> bool:
    """Tell whether two sides can be one: "the government" is that of any country."""
    return one == other or ("state" in (one, other) and "rebel" not in (one, other))


def _side(match: re.Match[str]) -> str:
    """Return the side that a match of either pattern names."""
    return match.lastgroup or _countries()[match.group().casefold()]


def _acts(content: str, match: re.Match[str], deed: re.Pattern[str], did: re.Pattern[str]) -> bool:
    """Tell whether a country's name is that of who acts, and not where it was."""
    before, after = (
        content[max(0, match.start() - 30) : match.start()],
        content[match.end() : match.end() + 60],
    )
    if re.search(r"\b(?:in|of|from|near|to|into|inside|across)\s+(?:the )?$", before, re.IGNORECASE):
        return False
    return bool((_BY.search(before) and deed.search(before)) or did.match(after))


@cache
def _countries() -> dict[str, str]:
    """Return the id of each country of the lexicon, as parties have it, by its name in small letters."""
    return {
        name.casefold(): "-".join(entry[0].casefold().split())
        for entry in read_lexicon("countries")["countries"]
        for name in (entry[0], *entry[1])
    }


@cache
def _named_countries() -> re.Pattern[str]:
    names = sorted(_countries(), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


@cache
def _voices() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(read_lexicon('sides')['state_voice'])})\b", re.IGNORECASE)


def _agency(content: str, match: re.Match[str], does: re.Pattern[str], *, accuses: bool) -> int:
    before, after = (
        content[max(0, match.start() - 30) : match.start()],
        content[match.end() : match.end() + 60],
    )
    score = 2 * bool(_BY.search(before)) + bool(_AGENT.search(before)) + 2 * bool(does.match(after))
    if _SUFFERS.search(before) and not accuses:
        score -= 2
    return score - 3 * bool(_PLACE.match(after))
