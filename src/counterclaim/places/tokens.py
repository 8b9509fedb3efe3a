"""The words of a text, with what the finder of places asks about each: case, and where sentences begin."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      (?:[A-Z]\.){2,} | [A-Z](?:\.[A-Z])+\b                       # U.S., D.C., U.K
    | [NSWE]\.[ ]?(?:Va|Dak|Car|Mex)\.                            # W.Va., N. Mex.
    | (?:St|Mt|Ft|Pt|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Adm|Gov
        |Sen|Rep|Sens|Reps|Rev|Prof|Hon|Pres
        |Jr|Sr|vs|No|Co|Inc|Corp|Ltd|Dept|Supt|Det|Insp|Cpl|Pvt)\.
    | [^\W\d_](?:[^\W\d_]|['’ʼ‘](?=[^\W\d_])(?![sS]\b))*          # a word, apostrophes within it kept
    | ['’]s\b
    | \d+(?:[.,]\d+)*
    | \n
    | \S
    """,
    re.VERBOSE,
)
_ENDS = frozenset(".!?")
_QUOTES = frozenset("\"'“”‘’«»()[]")


class Case(IntEnum):
    """How a token is written."""

    NONE = 0
    """No word: a number, a mark, a line break."""
    LOWER = 1
    TITLE = 2
    UPPER = 3
    """Capitals only, two letters at least."""


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists.

    ``starts`` and ``ends`` are offsets of the text (end exclusive), ``opens`` tells which tokens begin a
    sentence or a line.
    """

    texts: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]
    cases: list[Case]
    opens: list[bool]

    def __len__(self) -> int:
        return len(self.texts)


def tokenise(text: str) -> Tokens:
    """Split a text into words, numbers, marks and line breaks; linear in its length."""
    texts: list[str] = []
    lowers: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cases: list[Case] = []
    opens: list[bool] = []
    opening = True
    for found in _TOKEN.finditer(text):
        word = found.group()
        texts.append(word)
        lowers.append(word.lower())
        starts.append(found.start())
        ends.append(found.end())
        case = _case(word)
        cases.append(case)
        opens.append(opening and case is not Case.NONE)
        if word == "\n" or word in _ENDS:
            opening = True
        elif case is not Case.NONE or word not in _QUOTES:
            opening = False
    return Tokens(texts, lowers, starts, ends, cases, opens)


def _case(word: str) -> Case:
    first = word[0]
    if not first.isalpha():
        return Case.NONE
    if not first.isupper():
        return Case.LOWER
    return Case.UPPER if len(word) > 1 and word.isupper() else Case.TITLE


def upper_lines(tokens: Tokens) -> list[bool]:
    """Tell of each token whether its line is written in capitals, so that capitals say nothing there."""
    result = [False] * len(tokens)
    begin = 0
    for place in range(len(tokens) + 1):
        if place < len(tokens) and tokens.texts[place] != "\n":
            continue
        cases = [case for case in tokens.cases[begin:place] if case is not Case.NONE]
        if len(cases) >= 3 and sum(case is Case.UPPER for case in cases) > 0.7 * len(cases):
            result[begin:place] = [True] * (place - begin)
        begin = place + 1
    return result
