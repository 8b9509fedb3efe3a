"""What an expression is counted from: the day of publication, or the last date told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from counterclaim.model import TimeBasis, TimeKind
from counterclaim.times.calendar import Point, valid, weekday_near
from counterclaim.times.tense import tense
from counterclaim.times.tokens import Tokens


class Policy(StrEnum):
    """How a text tells time: from the day it was published, or from date to date."""

    NEWS = "news"
    NARRATIVE = "narrative"


class Draft(NamedTuple):
    """An expression as tokens ``start`` to ``end`` (exclusive), and its meaning.

    ``point`` is what later expressions may be counted from. ``moved`` tells that the value was
    counted from the last date told.
    """

    start: int
    end: int
    kind: TimeKind
    value: str
    modifier: str | None = None
    basis: TimeBasis = TimeBasis.EXPLICIT
    reference: str | None = None
    anchor: tuple[int, int] | None = None
    point: Point | None = None


class Based(NamedTuple):
    """A point, and what it was counted from."""

    point: Point
    basis: TimeBasis
    reference: str | None = None
    anchor: tuple[int, int] | None = None


_DAY_AHEAD = re.compile(
    r",?p?t?(?:(?P<w>W)(?!,?(?:M|[DO]))|(?:W,?)?(?:(?P<m>M)(?P<d>[DO])|(?P<d2>[DO])f?(?P<m2>M))(?:,?(?P<y>Y))?)"
)


_BOUNDS = (["since"], ["until"], ["till"])
_BESIDE = ("had", "planned", "scheduled")


@dataclass
class Context:
    """The state of one reading: what is known so far, in order of the text."""

    tokens: Tokens
    policy: Policy
    published: date | None
    published_basis: TimeBasis = TimeBasis.PUBLISHED
    told: Point | None = None
    told_at: tuple[int, int] | None = None
    explicit_at: int = -1
    before_era: bool = False
    years: list[int] = field(default_factory=list)

    def tense(self, start: int, end: int) -> int:
        """Return the tense around tokens ``start`` to ``end``."""
        return tense(self.tokens, start, end)

    def now(self) -> Based | None:
        """Return the day that "today" means: that of publication, in a narrative the last date told."""
        if self.policy is Policy.NARRATIVE or self.published is None:
            return self.last() or None
        return Based(Point.of(self.published), self.published_basis, self.published.isoformat())

    def last(self) -> Based | None:
        """Return the last date told, None where none was."""
        if self.told is None:
            return None
        return Based(self.told, TimeBasis.NARRATIVE, self.told.value, self.told_at)

    def last_or_now(self) -> Based | None:
        """Return the last date told, else the day of publication."""
        return self.last() or self.now()

    def tell(self, draft: Draft) -> None:
        """Remember what an expression told."""
        if draft.point is not None and not self._aside(draft):
            self.told, self.told_at = draft.point, (draft.start, draft.end)
            if draft.basis is TimeBasis.EXPLICIT:
                self.explicit_at = draft.start

    def day_ahead(self, place: int) -> Based | None:
        """Return the whole date or weekday that follows at once ("at 9 a.m. on 4 May 2011")."""
        match = _DAY_AHEAD.match(self.tokens.letters, place)
        if match is None:
            return None
        values = self.tokens.values
        year = self.last_or_now()
        if match["w"] is not None:
            return self._weekday(values[match.start("w")], match)
        chosen = values[match.start("y")] if match["y"] else year.point.year if year else None
        month = values[match.start("m") if match["m"] else match.start("m2")]
        day = int(values[match.start("d") if match["d"] else match.start("d2")])
        if chosen is None or not valid(chosen, month, day):
            return None
        return Based(Point(chosen, month, day), TimeBasis.EXPLICIT, None, match.span())

    def _weekday(self, weekday: int, match: re.Match[str]) -> Based | None:
        now = self.now()
        if now is None or now.point.whole_day is None:
            return None
        when = 1 if self.tense(*match.span()) > 0 else -1
        day = weekday_near(now.point.whole_day, weekday, when)
        return now._replace(point=Point.of(day)) if day else None

    def _aside(self, draft: Draft) -> bool:
        """Tell whether a year stands beside a story, so that what follows is not counted from it.

        That is one that bounds a state ("since 1955", "until 1975") and one that is told in the
        pluperfect or as a plan ("had begun in 1961", "planned for 1976").
        """
        if self.policy is Policy.NEWS or self.told is None or draft.basis is not TimeBasis.EXPLICIT:
            return False
        if draft.point is None or draft.point.month is not None:
            return False
        words = [self.tokens.word(place).lower() for place in range(max(0, draft.start - 6), draft.start)]
        return words[-1:] in _BOUNDS or any(word in _BESIDE for word in words)

    def same_paragraph(self, place: int) -> bool:
        """Tell whether no line ends between the last date told and the token."""
        return self.told_at is not None and "¦" not in self.tokens.letters[self.told_at[1] : place]


_YEAR = re.compile(r"(?<![$#%N])(?:M[DO]?,?f?|p|pt|[-&>><(]|j|k|b-?)(?P<y>Y)(?![U%])")
_PRESENT = re.compile(r"\b(?:is|are|has|have|says?|will)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had)\b", re.IGNORECASE)
_DEICTIC = re.compile(r"W|R|[ilx]U")


def choose_policy(tokens: Tokens, published: date | None) -> Policy:
    """Choose how the text tells time.

    A narrative names years before that of publication, and is told in the past tense; a report names
    weekdays, counts from today ("yesterday", "last week") and speaks of what is. Without a date of
    publication there is nothing else to count from than the text itself.
    """
    if published is None:
        return Policy.NARRATIVE
    years = [tokens.values[match.start("y")] for match in _YEAR.finditer(tokens.letters)]
    past = sum(year < published.year for year in years)
    deictic = sum(1 for _ in _DEICTIC.finditer(tokens.letters))
    recent = len(years) - past
    before_era = tokens.letters.count("G")
    dated = past + before_era
    if dated < 4 or dated <= 2.5 * (deictic + recent):
        return Policy.NEWS
    is_now = sum(1 for _ in _PRESENT.finditer(tokens.text))
    was_then = sum(1 for _ in _PAST.finditer(tokens.text))
    return Policy.NARRATIVE if was_then >= 1.5 * is_now else Policy.NEWS


_FULL = re.compile(r"M[DO],?(?P<y>Y)|[DO]f?M,?(?P<z>Y)")


_LEADING = re.compile(
    r"(?:^|\n)[ \t]*(?:[A-Z][\w .'’/-]{1,40},[ \t]*"
    r"|(?:Published|Updated|Posted|Last updated)(?: on)?:?[ \t]*)$"
)
_CLOSING = re.compile(r"[ \t]*(?:\(|[-–—]{1,2}[ \t]|\n|$)")


def own_date(tokens: Tokens) -> Point | None:
    """Return the date in a text's own dateline.

    A whole date that fills one of its first lines, or that stands after a place or "Published" at the
    beginning of one ("ORM, March 14, 2024 (North News) - ").
    """
    for match in _FULL.finditer(tokens.letters, 0, min(len(tokens.letters), 120)):
        before = tokens.letters[: match.start()].rstrip(",W")
        alone = (not before or before[-1] == "¦") and tokens.letter(match.end()) == "¦"
        start, end = tokens.starts[match.start()], tokens.ends[match.end() - 1]
        opens = _LEADING.search(tokens.text, max(0, start - 60), start) is not None
        if alone or (opens and _CLOSING.match(tokens.text, end)):
            places = range(*match.span())
            month = next(tokens.values[p] for p in places if tokens.letters[p] == "M")
            day = next(tokens.values[p] for p in places if tokens.letters[p] in "DO")
            year = next(tokens.values[p] for p in places if tokens.letters[p] == "Y")
            point = Point(year, month, day)
            if point.whole_day:
                return point
    return None
