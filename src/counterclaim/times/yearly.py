"""Years, ranges of years, decades and centuries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterclaim.lexicons import read_lexicon
from counterclaim.model import TimeBasis, TimeKind
from counterclaim.times.absolute import dated
from counterclaim.times.calendar import Point, year_value
from counterclaim.times.context import Based, Context, Draft
from counterclaim.times.parts import before_common, group, modifier, year_of
from counterclaim.times.tokens import Tokens

_COUNTED = re.compile(
    r"people|\w*(?:men|women|children)|soldiers|troops|others|civilians|dead|words|fans|jobs"
)
_NAMES = read_lexicon("times")["numbers_that_name"]
_NUMBERED, _ADDRESSED = frozenset(_NAMES["before"]), frozenset(_NAMES["after"])


def read_year(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a year that stands alone, where its neighbours do not make it a count."""
    tokens = context.tokens
    year = year_of(tokens, match)
    place = group(match, "y", "n")
    if year is None or place < 0:
        return
    if group(match, "era") < 0 and not _is_year(tokens, place, year):
        return
    told = dated(match, context, Based(Point(year), TimeBasis.EXPLICIT))
    adjective = tokens.letters[match.start() : place] == "t"  # "the 2003 invasion": the article is the noun's
    yield told._replace(start=place) if adjective else told


def _is_year(tokens: Tokens, place: int, year: int) -> bool:
    """Tell whether a number of four digits is a year, by what stands around it."""
    before, after = tokens.letter(place - 1), tokens.letter(place + 1)
    following = tokens.word(place + 1).lower()
    counted = after == "U" and following.endswith("s")
    counted = counted or (after == "-" and tokens.letter(place + 2) in "U_" and year % 10 == 0)
    if before in "$#" or after in "%$" or counted:
        return False
    if tokens.word(place - 1).lower() in _NUMBERED or following in _ADDRESSED:
        return False
    chained = tokens.near(place) and before in "-/*:"
    if chained and (tokens.letter(place - 2) not in "YMbX_" or tokens.letter(place - 3) == "-"):
        return False
    if tokens.near(place + 1) and after == "-" and tokens.letter(place + 2) == "N":
        return False
    if before == "w" and tokens.word(place - 1).lower() in ("than", "least", "most", "some", "nearly"):
        return False
    if _COUNTED.fullmatch(following) or (before == "t" and following.endswith("s") and year % 100 == 0):
        return False
    if 1900 <= year <= 2050:
        return not (year % 100 == 0 and after == "_" and following.endswith("s") and before != "p")
    near_words = before in "pfjk><-&bBtw," or after in "-»"
    return near_words and not (after == "_" and following.endswith("s") and year % 10 == 0)


def read_years(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a range of years ("1955-57", "499-493 BC"): one expression each."""
    tokens = context.tokens
    one, two = match.start("one"), match.start("two")
    first, second = tokens.values[one], tokens.values[two]
    beside = tokens.near(one) and tokens.letter(one - 1) in "-/*"
    if beside or (tokens.near(two + 1) and tokens.letter(two + 1) in "-/"):
        return  # a telephone number, a file number
    if first != int(first) or second != int(second):
        return
    first, second = int(first), int(second)
    era = group(match, "era")
    if era >= 0 and before_common(tokens, era):
        first, second = -first, -second
    elif era < 0:
        if tokens.letters[one] != "Y" or len(tokens.word(two)) not in (2, 4):
            return
        if second < 100:
            second += first // 100 * 100
        if not 1000 <= first < second <= min(2199, first + 400):
            return
    if first and second and max(-first, -second) <= 9999:
        yield Draft(match.start(), one + 1, TimeKind.DATE, year_value(first), point=Point(first))
        yield Draft(two, match.end(), TimeKind.DATE, year_value(second), point=Point(second))


def read_decade(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a decade: "the 1990s", "the late '60s", "the 470s BC"."""
    tokens = context.tokens
    place = match.start("e")
    decade = int(tokens.values[place])
    if decade >= 1000 and not tokens.word(place)[-2].isdigit() and tokens.letter(place - 1) not in "tb&-":
        yield Draft(place, place + 1, TimeKind.DATE, year_value(decade), point=Point(decade))  # "2020's"
        return
    era = group(match, "era")
    bare = tokens.word(place).lower().rstrip("s").isdigit() and decade < 100
    if (bare or tokens.letters[place] == "e") and tokens.letter(place - 1) not in "tbl&":
        return
    if tokens.letter(place - 1) == "_" and tokens.word(place - 1).lower() in ("his", "her", "their", "my"):
        return
    if decade < 100 and era < 0:
        decade += _century(context, tokens.letters[place] == "e")
    mark = "BC" if era >= 0 and before_common(tokens, era) else ""
    text = f"{decade // 10:03d}X"
    point = Point(-decade - 5 if mark else decade)
    change = modifier(tokens, match.start(), place)
    yield Draft(match.start(), match.end(), TimeKind.DATE, mark + text, change, point=point)


def _century(context: Context, in_words: bool) -> int:
    """Return the first year of the century of a decade that does not tell its own ("the '60s")."""
    last = context.last()
    told = last.point.year if last and not in_words else 0
    if told < 1000:
        return 1900
    return told // 100 * 100 if told < 2000 else 1900


def read_century(match: re.Match[str], context: Context) -> Iterator[Draft]:
    """Read a century: "the 19th century", "the early fifth century BC"."""
    tokens = context.tokens
    if tokens.values[match.start("u")] != "CE":
        return
    number = int(tokens.values[match.start("o")])
    if not 1 <= number <= 30:
        return
    era = group(match, "era")
    mark = "BC" if era >= 0 and before_common(tokens, era) else ""
    change = modifier(tokens, match.start(), match.start("o"))
    yield Draft(match.start(), match.end(), TimeKind.DATE, f"{mark}{number - 1:02d}XX", change)
