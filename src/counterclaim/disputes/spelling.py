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


def joined(words: list[str]) -> list[str]:
    """Return the words with names of several words as one and without Arabic articles."""
    found: list[str] = []
    done = 0
    for index, end, name in _found(words):
        found += words[done:index]
        if name:
            found.append(name)
        done = end
    if not done:
        return words
    found += words[done:]
    return found


def places(words: list[str]) -> list[int]:
    """Return at which of ``words`` each of the joined words begins, and at the end ``len(words)``."""
    begins: list[int] = []
    done = 0
    for index, end, name in _found(words):
        begins += range(done, index + bool(name))
        done = end
    return [*begins, *range(done, len(words) + 1)]


def _found(words: list[str]) -> list[tuple[int, int, str]]:
    """Return the places of names of several words, end exclusive, each with its one word, "" for articles."""
    phrases = _phrases()
    found = []
    done, last = 0, len(words) - 1
    for index in [index for index, word in enumerate(words) if word in phrases]:
        if index < done:
            continue
        word = words[index]
        for phrase, name in phrases[word].get(words[index + 1], ()) if index < last else ():
            if words[index : index + len(phrase)] == phrase:
                done = index + len(phrase)
                found.append((index, done, name))
                break
        else:
            if word in _ARTICLES:
                done = index + 1
                found.append((index, done, ""))
    return found


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
def _phrases() -> dict[str, dict[str, list[tuple[list[str], str]]]]:
    """Return the variants of several words by their first two words, the longest first; articles too."""
    phrases: dict[str, dict[str, list[tuple[list[str], str]]]] = {article: {} for article in _ARTICLES}
    for name, variants in _lists():
        for variant in variants:
            if len(variant) > 1:
                phrases.setdefault(variant[0], {}).setdefault(variant[1], []).append((variant, name))
    for several in phrases.values():
        for those in several.values():
            those.sort(key=lambda each: (-len(each[0]), each))
    return phrases
