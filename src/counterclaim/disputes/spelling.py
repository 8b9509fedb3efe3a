"""One spelling for words that the news writes in several ways, where texts are compared.

General rules make most transliterations one (Raqqa, Raqa, Raqqah; Sheikhoun, Shaykhun); names that
have nothing in common (ISIL, Daesh) are listed in ``lexicons/spellings.toml``. Two words made one by
chance do no harm: texts are compared by runs of five words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from counterclaim.lexicons import read_lexicon

_WORD = re.compile(r"\w+")
_DOUBLED = re.compile(r"([a-z])\1")
_RULES = (
    (re.compile(r"(?<=\w{3})iz(?=(?:e[ds]?|ing|ations?)$)"), "is"),  # organize, organise
    (re.compile(r"(?<=\w{2})our(?=s?$|ed$|ing$)"), "or"),  # colour, color
    (re.compile(r"ph"), "f"),
    (re.compile(r"ou|oo|w(?=[^aeiou]|$)"), "u"),  # Sheikhoun, Sheikhun
    (re.compile(r"ee|ei|ai|ay|ey"), "i"),
    (re.compile(r"(?<=[aeiu])h$"), ""),  # Raqqah, Raqqa
)
_LETTERS = str.maketrans({"q": "k", "y": "i", "z": "s", "e": "i", "o": "u"})
_ARTICLES = frozenset({"al", "el", "ez", "er", "ar"})
"""The Arabic article, which the press writes or leaves out; no English words."""


@lru_cache(maxsize=1 << 18)
def spelling(word: str) -> str:
    """Return the one spelling of a word, lower case expected."""
    word = _variants().get(word, word)
    if word.isdecimal():
        return word
    for pattern, letters in _RULES:
        word = pattern.sub(letters, word)
    return _DOUBLED.sub(r"\1", word.translate(_LETTERS))


def joined(words: list[str]) -> tuple[list[str], list[int]]:
    """Return the words with names of several words as one and without Arabic articles.

    With each comes the place in ``words`` at which it begins, and at the end ``len(words)``.
    """
    phrases = _phrases()
    found: list[str] = []
    places: list[int] = []
    done = 0
    for index in [index for index, word in enumerate(words) if word in phrases]:
        if index < done:
            continue
        for phrase, name in phrases[words[index]]:
            if words[index : index + len(phrase)] == phrase:
                found += words[done:index]
                places += range(done, index)
                if name:
                    found.append(name)
                    places.append(index)
                done = index + len(phrase)
                break
    found += words[done:]
    places += range(done, len(words) + 1)
    return found, places


@cache
def _lists() -> list[tuple[str, list[list[str]]]]:
    """Return each listed name with its variants in words."""
    lexicon = read_lexicon("spellings")
    return [
        (variants[0], [_WORD.findall(variant.casefold()) for variant in variants[1:]])
        for topic in lexicon.values()
        for variants in topic
    ]


@cache
def _variants() -> dict[str, str]:
    return {variant[0]: name for name, variants in _lists() for variant in variants if len(variant) == 1}


@cache
def _phrases() -> dict[str, list[tuple[list[str], str]]]:
    """Return the variants of several words by their first word, the longest first; articles have no name."""
    phrases: dict[str, list[tuple[list[str], str]]] = {}
    for name, variants in _lists():
        for variant in variants:
            if len(variant) > 1:
                phrases.setdefault(variant[0], []).append((variant, name))
    for article in _ARTICLES:
        phrases.setdefault(article, []).append(([article], ""))
    for several in phrases.values():
        several.sort(key=lambda each: (-len(each[0]), each))
    return phrases
