"""Governments and the bodies of a country, whatever a report calls them.

"Pakistan", "Islamabad", "the Pakistani government" and "the government of Pakistan" are one actor;
its foreign ministry is another, which speaks for it; its opposition a third, which does not.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

import msgspec

from counterclaim.actors.spelling import key
from counterclaim.lexicons import read_lexicon
from counterclaim.statements.names import seats, slug

GOVERNMENT = "government"


class Body(msgspec.Struct, frozen=True):
    """A body of a country: ``head`` names what body (``government``, ``foreign ministry``).

    ``country`` is None where the words do not say whose it is. ``official`` where it speaks for the state.
    """

    head: str
    country: str | None
    official: bool

    def of(self, country: str) -> Body:
        """Return the same body of a country."""
        return Body(self.head, country, self.official)

    @property
    def id(self) -> str:
        """The actor's id: the country's for its government, else country and body."""
        country = slug(self.country or "")
        return country if self.head == GOVERNMENT else f"{country}-{slug(self.head)}"

    @property
    def name(self) -> str:
        """The name by which a reader knows the body."""
        country = self.country or ""
        if self.head == GOVERNMENT:
            return country
        return f"{adjective_of(country)} {self.head}"


@cache
def adjective_of(country: str) -> str:
    """Return a country's first adjective, or its name where the lexicon has none."""
    for name, _, adjectives in read_lexicon("countries")["countries"]:
        if name == country and adjectives:
            return str(adjectives[0])
    return country


@cache
def _heads() -> dict[str, tuple[str, bool]]:
    """Return for each wording of a body its first wording and whether it is official."""
    lexicon = read_lexicon("actor_names")
    table: dict[str, tuple[str, bool]] = {}
    for section, official in (("state_bodies", True), ("other_bodies", False)):
        for group in lexicon[section]:
            table |= {key(wording): (key(group[0]), official) for wording in group}
    return table


@cache
def _countries() -> dict[str, str]:
    """Return the country for each of its names, seats and adjectives, by key."""
    return {key(word): country for word, country in seats().items()}


@cache
def _demonyms() -> frozenset[str]:
    """Return the adjectives of countries and their plurals, by key: people, and not a government."""
    adjectives = {key(word) for _, _, words in read_lexicon("countries")["countries"] for word in words}
    return frozenset(adjectives | {f"{word}s" for word in adjectives})


def country_of(words: str) -> str | None:
    """Return the country that these words name, by name, seat or adjective; None for none."""
    plain = key(words)
    return _countries().get(plain) or (
        _countries().get(plain[:-1]) if plain.endswith("s") and len(plain) > 4 else None
    )


@lru_cache(maxsize=100_000)
def body_of(name: str) -> Body | None:
    """Return the body that a name gives, None where it is something else.

    "Syria's government", "the government of Syria", "Syrian authorities", "Damascus" are one.
    "government of President X" is a government whose country is not said here.
    """
    text = re.sub(r"^(?:the|its|their|his)\s+", "", name.strip(), flags=re.IGNORECASE)
    text = re.sub(r"\s*\([^)]*\)$", "", text)
    country = country_of(text)
    if country and (key(text) not in _demonyms() or text.replace(".", "").isupper()):
        return Body(GOVERNMENT, country, official=True)
    bracketed = re.fullmatch(r"(?P<head>.+?)\s*\((?P<owner>[A-Z][\w ]+)\)", name.strip())
    if bracketed and _heads().get(key(bracketed["head"])):
        words, official = _heads()[key(bracketed["head"])]
        return Body(words, country_of(bracketed["owner"]) or bracketed["owner"], official)
    whole = _heads().get(key(text))
    if whole:
        return Body(whole[0], None, official=whole[1])
    for match in re.finditer(r"\s+(?:of|in)\s+(?:the\s+)?", text):
        inverted, owner = _heads().get(key(text[: match.start()])), country_of(text[match.end() :])
        if inverted and owner:
            return Body(inverted[0], owner, official=inverted[1])
    parts = text.split()
    for cut in range(1, min(4, len(parts))):
        owner = country_of(" ".join(parts[:cut]))
        head = _heads().get(key(" ".join(parts[cut:])))
        if owner and head:
            return Body(head[0], owner, official=head[1])
    return None


@cache
def _bodies() -> dict[str, Body]:
    """Return every body of every country by its id."""
    kinds = sorted(set(_heads().values()))
    bodies = (
        Body(head, country, official) for country in set(_countries().values()) for head, official in kinds
    )
    return {body.id: body for body in bodies}


def body_with_id(identity: str) -> Body | None:
    """Return the body with an id that :attr:`Body.id` gave; None where there is none.

    An id with the country behind ("opposition-syria") is read, too.
    """
    found = _bodies().get(identity)
    if found is None and identity.count("-"):
        parts = identity.split("-")
        turned = ("-".join((*parts[at:], *parts[:at])) for at in range(1, len(parts)))
        found = next((body for each in turned if (body := _bodies().get(each)) is not None), None)
    return found


@lru_cache(maxsize=100_000)
def leader_in(name: str) -> str | None:
    """Return whose government a name means: "Assad's government", "the government of President Assad"."""
    owned = re.fullmatch(
        r"(?:the\s+)?(?P<who>.+?)(?:[’']s?)?\s+(?:government|regime|administration)", name.strip()
    )
    if owned and owned["who"][:1].isupper():
        return owned["who"]
    headed = re.fullmatch(
        r"(?:the\s+)?(?:government|regime|administration) of (?:the\s+)?(?:\w+\s+)?"
        r"(?:[Pp]resident|[Pp]rime [Mm]inister|[Kk]ing|[Pp]remier)\s+(?P<who>.+)",
        name.strip(),
    )
    return headed["who"] if headed else None


@cache
def _finder() -> re.Pattern[str]:
    names = sorted(
        {
            word
            for name, seat, adjectives in read_lexicon("countries")["countries"]
            for word in (name, *seat, *adjectives)
        },
        key=lambda word: (-len(word), word),
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


@lru_cache(maxsize=4096)
def country_about(text: str) -> str | None:
    """Return the country that a text names far more often than any other; None where none is."""
    counts = Counter(seats().get(re.sub(r"^the ", "", m.casefold()), "") for m in _finder().findall(text))
    counts.pop("", None)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2:
        return None
    if len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]:
        return None
    return ranked[0][0]
