"""What a name consists of: the parts of a person's name, and a body's name without what explains it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from counterclaim.actors.spelling import fold, same_word, words
from counterclaim.lexicons import read_lexicon
from counterclaim.statements.names import words_of

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_LEADING = re.compile(
    r"-(?:based|run|leaning|backed|led|linked|aligned|controlled|affiliated|language|wing)$", re.IGNORECASE
)
_ABD = re.compile(r"\b(abd|abdul|abdel|abdal|abdur|abdol)\s+(?:(?:al|el|ul|ar|ur)\s+)?(?=\w)")
_ABD_JOINED = re.compile(r"\b(?:abdul|abdel|abdal|abdur|abdol)(?=[b-df-hj-np-tv-z]\w{2})")


@cache
def listed(section: str) -> frozenset[str]:
    """Return one of the flat word lists of ``actor_names.toml``."""
    return frozenset(read_lexicon("actor_names")[section])


@cache
def headwords() -> frozenset[str]:
    """Return the words that alone are no name, since many bodies have them."""
    return words_of("organisation") | words_of("generic_group") | words_of("state_body") | listed("heads")


@cache
def _given_names() -> dict[str, str]:
    """Return for each given name of the lexicon the first of its list."""
    return {name: group[0] for group in read_lexicon("actor_names")["given"] for name in group}


@cache
def _titles() -> frozenset[str]:
    return frozenset(read_lexicon("speakers")["titles"])


class PersonName(msgspec.Struct, frozen=True):
    """The parts of a person's name, folded. ``given`` is empty for a surname alone."""

    given: str
    middle: tuple[str, ...]
    surname: tuple[str, ...]

    @property
    def block(self) -> str:
        """The last word of the surname, by whose skeleton names are looked up."""
        return self.surname[-1]


@lru_cache(maxsize=100_000)
def person_name(name: str) -> PersonName | None:
    """Split a person's name: given name, middle names, surname with its particles.

    Titles and "Jr." are left away, "Abdul Rahman" and "Abdel-Rahman" are one word. None where nothing
    is left.
    """
    text = " ".join(words(_BRACKETS.sub("", name.split(",")[0])))
    text = _ABD.sub("abd", text)
    text = _ABD_JOINED.sub("abd", text)
    parts = text.split()
    while len(parts) > 1 and parts[0] in _titles():
        parts.pop(0)
    while len(parts) > 1 and parts[-1] in listed("generations"):
        parts.pop()
    if not parts:
        return None
    start = len(parts) - 1
    while start > 0 and parts[start - 1] in listed("particles"):
        start -= 1
    surname = tuple(part for part in parts[start:] if part not in listed("loose")) or tuple(parts[start:])
    before = [part for part in parts[:start] if part not in listed("loose")]
    return PersonName(before[0] if before else "", tuple(before[1:]), surname)


def same_surname(one: PersonName, other: PersonName) -> bool:
    """Tell whether two surnames are one, perhaps romanised differently."""
    return len(one.surname) == len(other.surname) and all(map(same_word, one.surname, other.surname))


def same_given(one: str, other: str) -> bool:
    """Tell whether two given names can be one: equal, an initial, a spelling, or a short form."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    table = _given_names()
    return same_word(one, other) or (one in table and table[one] == table.get(other))


def same_person_name(one: PersonName, other: PersonName) -> bool:
    """Tell whether two full names can be one person's: no part of one contradicts the other."""
    if not one.given or not other.given or not same_surname(one, other):
        return False
    if not same_given(one.given, other.given):
        return False
    return not one.middle or not other.middle or _same_middle(one.middle, other.middle)


def _same_middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two runs of middle names agree: "h w" is not "w", "john" is "j"."""
    return len(one) == len(other) and all(map(same_given, one, other))


@lru_cache(maxsize=100_000)
def bare_name(name: str) -> str:
    """Take off a body's name what explains it: articles, brackets, "Britain-based", "..., which".

    What stands in small letters before or after it is no part of the name where it only says what it
    is ("opposition-run X Watch monitoring group" is "X Watch", "X refugee agency" stays), nor is "Inc."
    """
    text = _ARTICLE.sub("", _BRACKETS.sub("", name).strip(" ,.;:\"“”'‘’"))
    parts = text.split(",")[0].split()
    for place, part in enumerate(parts):
        if place and part in listed("explained"):
            parts = parts[:place]
            break
    first = next(
        (place for place, part in enumerate(parts) if _capital(part) and not _LEADING.search(part)), 0
    )
    if all(_explains(part, "described", "sides") for part in parts[:first]):
        parts = parts[first:]
    last = next((place for place in range(len(parts), 0, -1) if _capital(parts[place - 1])), len(parts))
    after = "described" if last > 1 else "outlet"
    if all(_explains(part, after) for part in parts[last:]):
        parts = parts[:last]
    while len(parts) > 1 and fold(parts[-1]).strip(".") in listed("legal"):
        parts.pop()
    return _ARTICLE.sub("", " ".join(parts)).strip(" ,.;:") or text


def _explains(word: str, *sections: str) -> bool:
    """Tell whether a word beside a name says what it is: "group", "so-called", "opposition-run"."""
    lists = [listed(section) for section in sections]
    return bool(_LEADING.search(word)) or all(any(part in each for each in lists) for part in words(word))


def _capital(word: str) -> bool:
    return any(character.isupper() or character.isdigit() for character in word)


@lru_cache(maxsize=100_000)
def body_key(name: str) -> str:
    """Return the form in which two writings of a body's name are equal: no small words, British spelling."""
    return full_key(bare_name(name))


@lru_cache(maxsize=100_000)
def full_key(name: str) -> str:
    """Return the words of a name, folded, in British spelling, small words left out."""
    kept = [word for word in words(name) if word not in listed("small")]
    return " ".join(_spelt(word) for word in kept) or " ".join(words(name))


def _spelt(word: str) -> str:
    """Return the British spelling of the commonest words that differ."""
    changed = {"center": "centre", "defense": "defence", "labor": "labour", "organization": "organisation"}
    return changed.get(word, word)


def is_joint(name: str) -> bool:
    """Tell whether a name lists several actors ("France and Britain"), as far as its words tell.

    "Center for Media and Public Affairs" does not: there the list comes after a preposition.
    """
    parts = name.replace(",", " and ").split()
    place = next((at for at, part in enumerate(parts) if at and part.casefold() in {"and", "or", "&"}), None)
    if place is None:
        return False
    return not any(part.casefold() in {"of", "for", "on", "in", "to"} for part in parts[:place])


def initials(name: str) -> str:
    """Return the capitals with which the words of a name begin, small words left out."""
    return "".join(part[0] for part in re.findall(r"[^\W_]+", bare_name(name)) if part[0].isupper())


def is_acronym(name: str) -> bool:
    """Tell whether a name is an acronym: two to eight capitals."""
    return re.fullmatch(r"(?:[A-Z]\.?){2,8}s?", name.strip()) is not None
