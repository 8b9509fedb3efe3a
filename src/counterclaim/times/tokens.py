"""A text as tokens, each with a one-letter class: the grammar of time is written over the letters.

The letters of all tokens together are one string with one character a token, so that an ordinary
regular expression over that string is a pattern over tokens, and its offsets count tokens.
The letters: ``M`` month, ``W`` weekday, ``V`` weekdays, ``Y`` number like a year, ``D`` like a day of
the month, ``H`` other two digits, ``N`` other number, ``n`` cardinal word, ``O`` ordinal, ``E`` decade in
digits, ``e`` in words, ``U`` unit, ``S`` season, ``P`` part of the day, ``R`` today and its neighbours, ``T``
clock time, ``A`` a.m. or p.m., ``G`` era, ``z`` zone, ``I`` a date in digits, ``s`` set, ``Q`` a
quarter ("Q3"); function words are
in ``_FUNCTION_WORDS``; ``X`` another word with a capital, ``_`` any other word, ``¦`` a line's end.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from counterclaim.lexicons import read_lexicon

_LEXICON = read_lexicon("times")
_SHORT: dict[str, tuple[str, int]] = {
    **{name: ("M", value) for name, value in _LEXICON["months"]["short"].items()},
    **{name: ("W", value) for name, value in _LEXICON["weekdays"]["short"].items()},
}
_ZONES: dict[str, str] = _LEXICON["zones"]
_LONGEST_NUMBER = 9
"""Digits of the longest number that is read as one; a longer one is no count of anything here."""

_TOKEN = re.compile(
    rf"""
     (?P<I>(?<![\d.-])\d{{4}}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-])
          |(?<![\d/.])\d{{1,2}}([/.])\d{{1,2}}\2(?:19|20)\d\d(?![\d/]))
    |(?P<T>(?<![\d:.])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])
          |(?<![\w.])(?:[1-9]|1[0-2])(?:\.[0-5]\d)?(?=[ ]?(?:[ap]\.?m\b|[AP]\.?M\b)))
    |(?P<E>(?<![\w$£€])(?:\d{{3}}0|['’‘]?[1-9]0|[1-9]\d0(?=s[ ]BC))['’]?s\b)
    |(?P<O>\d{{1,4}}(?:st|nd|rd|th)\b)
    |(?P<N>\d+(?:[.,]\d+)*)
    |(?P<Q>\bQ[1-4]\b)
    |(?P<A>[ap]\.[ ]?m\.|(?:[ap]\.m|[AaPp][Mm])\b|[AP]\.M\.)
    |(?P<G>(?:B\.C\.(?:E\.)?|BCE?|A\.D\.|AD|C\.E\.|CE)(?!\w))
    |(?P<short>\b(?:{"|".join(sorted(_SHORT, key=len, reverse=True))})\b\.?)
    |(?P<word>[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)?)
    |(?P<own>['’][sS]\b)
    |(?P<line>\n\s*)
    |(?P<mark>[^\s\w])
    """,
    re.VERBOSE,
)

_FUNCTION_WORDS = {
    "t": "the",
    "a": "a an",
    "i": "this these",
    "d": "that those",
    "m": "same very",
    "f": "of",
    "g": "ago",
    "v": "every each",
    "c": "current",
    "h": "half",
    "&": "and or",
    ">": "to until till through thru til",
    "b": "early late mid",
    "B": "end beginning start middle close rest remainder turn outset part",
    "j": "later afterwards afterward after hence thereafter",
    "k": "earlier before previously beforehand prior",
    "x": "next following coming upcoming subsequent ensuing succeeding",
    "l": "last past previous preceding",
    "q": "several few many couple dozen dozens some numerous various multiple countless",
    "w": "about around nearly almost roughly approximately just only exactly over circa ca barely least "
    "more less than most under fewer well up approx another full whole entire "
    "further additional straight consecutive successive solid",
    "p": "in on by since from during throughout between within into as for at",
    "r": "per",
    "L": "long",
    "K": "o'clock o’clock",
    "y": "time period point moment",
}
_MARKS = {"-": "-", "–": "-", "—": "-", ",": ",", "(": "<", ")": "»", "/": "/", "$": "$", "£": "$", "€": "$"}
_MARKS |= {"#": "#", "%": "%", ".": ";", "!": ";", "?": ";", ";": ";", ":": ":", "[": "[", "]": "]"}


class Word(NamedTuple):
    """What a word may be in a temporal expression: its letter, and what it counts or names."""

    letter: str
    value: Any


def _known_words() -> dict[str, Word]:
    """Return the letters of all known words, by lower case; the tables later in the list win."""
    words = {word: Word(letter, word) for letter, group in _FUNCTION_WORDS.items() for word in group.split()}
    for letter, name in (
        ("M", "months"),
        ("W", "weekdays"),
        ("n", "cardinals"),
        ("O", "ordinals"),
        ("e", "decades"),
        ("R", "days_from_today"),
        ("s", "sets"),
        ("U", "units"),
        ("S", "seasons"),
        ("P", "parts_of_day"),
    ):
        words |= {w: Word(letter, v) for w, v in _LEXICON[name].items() if not isinstance(v, dict)}
    words["second"] = Word("O", 2)
    plural = {f"{w}s": Word("V", v) for w, v in _LEXICON["weekdays"].items() if isinstance(v, int)}
    return words | plural


_WORDS = _known_words()
_UNKNOWN, _CAPITAL = Word("_", None), Word("X", None)
_COUNTS = "DHNYnq"


class Tokens(NamedTuple):
    """The tokens of a text: ``letters`` has one letter for each, the lists what belongs to each."""

    text: str
    letters: str
    values: list[Any]
    starts: list[int]
    ends: list[int]

    def word(self, place: int) -> str:
        """Return the token as it stands in the text; empty outside of it."""
        return self.text[self.starts[place] : self.ends[place]] if 0 <= place < len(self.starts) else ""

    def letter(self, place: int) -> str:
        """Return the letter of a token; a line's end outside of the text."""
        return self.letters[place] if 0 <= place < len(self.letters) else "¦"

    def near(self, place: int) -> bool:
        """Tell whether nothing stands between this token and the one before."""
        return 0 < place < len(self.starts) and self.ends[place - 1] == self.starts[place]


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens; white space within a line belongs to none."""
    letters: list[str] = []
    values: list[Any] = []
    starts: list[int] = []
    ends: list[int] = []
    unsure: list[int] = []
    for match in _TOKEN.finditer(text):
        kind, raw = match.lastgroup, match.group()
        if kind == "word":
            word = _WORDS.get(raw) or _WORDS.get(raw.lower())
            if word is None:
                word = (
                    (Word("z", _ZONES[raw]) if raw in _ZONES else _CAPITAL) if raw[0].isupper() else _UNKNOWN
                )
            letter, value = word
            if raw.lower() in _AMBIGUOUS:
                unsure.append(len(letters))
        else:
            letter, value = _other(kind or "", raw)
            if kind == "short":
                unsure.append(len(letters))
        letters.append(letter)
        values.append(value)
        starts.append(match.start())
        ends.append(match.end())
    tokens = Tokens(text, "", values, starts, ends)
    for place in unsure:
        _settle(tokens, letters, place)
    return tokens._replace(letters="".join(letters))


def _other(kind: str, raw: str) -> tuple[str, Any]:
    """Return letter and value of a token that is not a plain word."""
    match kind:
        case "N":
            return _number(raw)
        case "O":
            return "O", int(raw[:-2])
        case "E":
            return "E", int(re.sub(r"\D", "", raw))
        case "line":
            return "¦", None
        case "own":
            return "'", None
        case "mark":
            return _MARKS.get(raw, "*"), raw
        case "short":
            return _SHORT[raw.rstrip(".")]
        case _:
            return kind, raw


def _number(raw: str) -> tuple[str, Any]:
    """Return the letter of a number by what it may be: a year, a day of the month, a count."""
    if len(raw) > _LONGEST_NUMBER:
        return "_", None
    if not raw.isdigit():
        plain = raw.replace(",", "")
        return ("N", float(plain)) if plain.count(".") < 2 and plain.isascii() else ("_", None)
    value = int(raw)
    if len(raw) == 4 and 1000 <= value < 2200:
        return "Y", value
    if len(raw) <= 2:
        return ("D" if 1 <= value <= 31 else "H"), value
    return "N", value


_AMBIGUOUS = {"may", "march", "august", "second", "fall", "spring", "sun", "nights", "quarter", "quarters"}
_SEASON_BEFORE = {"in", "by", "during", "over", "since", "throughout", "until", "of", "through", "and", "or"}


def _settle(tokens: Tokens, letters: list[str], place: int) -> None:
    """Decide, by its neighbours, whether a word that has another meaning speaks of time."""
    raw = tokens.word(place)
    before = letters[place - 1] if place else "¦"
    after = letters[place + 1] if place + 1 < len(letters) else "¦"
    word = raw.lower()
    good = True
    if word in ("may", "march", "august"):
        joined = before in "&->,/" and place > 1 and letters[place - 2] in "MDY"
        ranging = after in "-&/>" and letters[place + 2 : place + 3] == ["M"]
        good = after in "DYO" or before in "pflixbBDO>kj" or joined or ranging
        good = raw[0].isupper() and (good or (before == "a" and tokens.word(place + 1).islower()))
        good = good and not (before == "p" and tokens.word(place - 1).lower() in ("for", "as"))
        good = good or (raw == "August" and before != "X" and after != "X")
    elif word in ("fall", "spring"):
        said = tokens.word(place - 1).lower()
        good = after == "Y" or before in "ilxbm" or (before in "pf>&" and said in _SEASON_BEFORE - {"to"})
        good = good or before == "¦" or (before == "a" and after == "_" and word == "spring")
        if before == "t" or (before == "m" and word == "fall"):
            following = tokens.word(place + 1).lower()
            dated = place + 2 < len(letters) and letters[place + 2] in "Yl"
            good = (following == "of" and dated) if word == "fall" else following not in ("constant", "from")
        if (
            _before_of(tokens, place)
            and word == "fall"
            and not (place + 2 < len(letters) and letters[place + 2] in "Yl")
        ):
            good = False
    elif word in ("second", "nights"):
        if before in _COUNTS or (before == "a" and word == "nights"):
            letters[place], tokens.values[place] = "U", "TS" if word == "second" else "N"
        return
    elif word in ("quarter", "quarters"):
        good = before in "Olixc" or (before in "tDa" and after not in "_f")
    elif letters[place] in "MW":  # an abbreviation
        dotted = raw.endswith(".")
        by_number = after in "DYO" or (after == "," and letters[place] == "W") or before == "D"
        good = dotted or by_number
        if letters[place] == "W" and not dotted:
            good = after in "DM" or (after == "," and place + 2 < len(letters) and letters[place + 2] in "DM")
    if not good:
        letters[place], tokens.values[place] = ("X" if raw[0].isupper() else "_"), None


def _before_of(tokens: Tokens, place: int) -> bool:
    """Tell whether the next token is "of"."""
    return tokens.word(place + 1).lower() == "of"
