"""Names by the words around them: persons beside their roles, institutions by their head words.

A statistical tagger cuts "Observatory for Human Rights" in two and takes a spokesman for a firm; what
stands before "Observatory for" and after "Foreign Minister" is sure.
"""

from __future__ import annotations

import re
from functools import cache

from counterclaim.model import ActorKind
from counterclaim.statements.actors.member import role_words
from counterclaim.statements.names import NamedActor, adjectives, seats, words_of

_PARTICLES = r"(?:al|de|del|della|bin|ibn|abu|van|von|der|den|la|le|el|ul)"
_PERSON = rf"[A-Z][\w’'-]+(?:\s+(?:{_PARTICLES}\s+)?(?:[A-Z]\.|[A-Z][\w’'-]+)){{1,3}}"


def after_roles(text: str) -> list[NamedActor]:
    """Find "Foreign Minister NAME" and "Mr NAME": what follows a title or a role is a person."""
    found = []
    for match in _after_role().finditer(text):
        name = re.sub(r"[’']s?$", "", match["name"])
        words = name.split()
        while len(words) > 1 and words[0].rstrip(".").casefold() in words_of("titles"):
            words.pop(0)
        name = " ".join(words)
        start = match.start("name") + match["name"].find(name)
        if words[0].casefold() in seats() or words[-1].casefold() in words_of("organisation"):
            continue
        found.append(NamedActor(name, ActorKind.PERSON, start, start + len(name)))
    return found


def before_roles(text: str) -> list[NamedActor]:
    """Find "NAME, a spokesman for Y": whoever is given a role is a person, whatever a parser says."""
    found = []
    for match in _before_role().finditer(text):
        words = match["name"].split()
        while len(words) > 1 and words[0].rstrip(".").casefold() in words_of("titles") | opening_words():
            words.pop(0)
        last = words[-1].casefold()
        if len(words) < 2 or last in words_of("organisation") | words_of("body_heads") | role_like():
            continue
        start = match.start() + match["name"].find(" ".join(words))
        found.append(NamedActor(" ".join(words), ActorKind.PERSON, start, match.end("name")))
    return found


def without_beginnings(names: list[NamedActor]) -> list[NamedActor]:
    """Take a single word for a body where it begins a body's name and nobody bears it as a surname."""
    bodies = {n.name.split()[0] for n in names if n.kind is ActorKind.ORGANISATION and " " in n.name}
    surnames = {n.name.split()[-1] for n in names if n.kind is ActorKind.PERSON and " " in n.name}
    begins = bodies - surnames
    return [
        NamedActor(n.name, ActorKind.ORGANISATION, n.start, n.end)
        if n.kind is ActorKind.PERSON and n.name in begins
        else n
        for n in names
    ]


def institutions(text: str) -> list[NamedActor]:
    """Find the names with "of" or "for" behind a word such as "Commission", which parsers cut in two."""
    found = []
    for match in _institution().finditer(text):
        name = re.sub(r"[’']s?$", "", match["name"])
        found.append(NamedActor(name, ActorKind.ORGANISATION, match.start(), match.start() + len(name)))
    return found


@cache
def role_like() -> frozenset[str]:
    """Return the words that make up roles and titles, such as "executive" and "director"."""
    return role_words() | words_of("role_modifiers") | words_of("titles")


def surnames(name: str) -> list[str]:
    """Return what a person can be called later: the last name, with its particle and without."""
    parts = [p for p in name.split() if p.rstrip(".").casefold() not in {"jr", "sr", "ii", "iii"}]
    if len(parts) < 2:
        return []
    short = [parts[-1]]
    if re.fullmatch(_PARTICLES, parts[-2], re.IGNORECASE):
        short.append(" ".join(parts[-2:]))
    if "-" in parts[-1] and parts[-1].split("-")[0].casefold() in {"al", "el"}:
        short.append(parts[-1].split("-", 1)[1])
    return short


def trim_body(name: str) -> str:
    """Take words that only describe off both ends: "so-called", "Britain-based", "rebel group"."""
    words = name.split()
    lower = {"of", "for", "the", "and", "in", "on"}
    while len(words) > 1 and (words[0][0].islower() or re.fullmatch(r"[\w.]+-[a-z]+", words[0])):
        words.pop(0)
    while len(words) > 1 and words[-1][0].islower():
        words.pop()
    if len(words) == 1 and (words[0][0].islower() or words[0].casefold() in lower):
        return name
    if words and re.fullmatch(r"[\w.]+-[a-z]+", words[0]) and len(words) == 1:
        return words[0].lower()
    return " ".join(words)


def shortens(short: list[str], long: list[str]) -> bool:
    """Tell whether the words of a short name begin or head a longer one."""
    if len(short) >= len(long):
        return False
    if long[: len(short)] == short and (len(short) > 1 or short[0].casefold() not in adjectives()):
        return True
    head = next((i for i, word in enumerate(long) if word in {"of", "for", "on"}), len(long))
    return long[:head][-len(short) :] == short and short[-1].casefold() in words_of("body_heads")


@cache
def opening_words() -> frozenset[str]:
    """Return words with a capital that stand before a name and are no part of it."""
    return frozenset(seats()) | {
        "but",
        "and",
        "when",
        "while",
        "after",
        "as",
        "if",
        "then",
        "yet",
        "so",
        "that",
        "the",
    }


@cache
def _before_role() -> re.Pattern[str]:
    """Return the pattern for a person's name before a comma and a role."""
    roles = "|".join(re.escape(w) for w in sorted(role_words(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w’'-])(?P<name>{_PERSON}),\s+(?:(?:an?|the|its|his|her|their)\s+)?(?:[\w-]{{1,20}}\s+){{0,3}}?(?:{roles})\b"
    )


@cache
def _institution() -> re.Pattern[str]:
    """Return the pattern for a name that a word for a body heads: "Doria Observatory for Human Rights"."""
    heads = "|".join(sorted({w.capitalize() for w in words_of("body_heads")}, key=len, reverse=True))
    word = r"[A-Z][\w’'&-]{1,30}"
    return re.compile(
        rf"(?<![\w-])(?P<name>(?:{word}\s){{0,4}}(?:{heads})"
        rf"(?:\s(?:of|for|on)\s(?:the\s)?{word}(?:\s(?:and\s)?{word}){{0,4}}))\b"
    )


@cache
def _after_role() -> re.Pattern[str]:
    """Return the pattern for a person's name after a title or a role."""
    words = sorted(words_of("titles") | role_words(), key=len, reverse=True)
    choice = "|".join(re.escape(w.title()) + "|" + re.escape(w) for w in words if " " not in w)
    country = "|".join(re.escape(name) for name in sorted(set(seats().values()), key=len, reverse=True))
    return re.compile(rf"\b(?:{choice})\.?,?\s+(?:(?:for|to|of)\s+(?:{country})\s+)?(?P<name>{_PERSON})")
