"""The word lists of the finder of places, from ``lexicons/places.toml``."""

from __future__ import annotations

from counterclaim.lexicons import read_lexicon

_LISTS = read_lexicon("places")


def _set(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


def _bodies() -> frozenset[str]:
    """Return the names of one word of known groups and bodies, in small letters: Hamas is not Hamm."""
    entries = read_lexicon("known_actors")["actor"]
    names = (
        name
        for entry in entries
        if entry["kind"] in {"group", "organisation"}
        for name in (entry["name"], *entry.get("aliases", ()))
    )
    return frozenset(name.casefold() for name in names if name.isalpha())


COMPASS = _set("compass")
NEVER = _set("never") | COMPASS | _bodies()
PARTICLES = _set("particles") | {"-", "‐", "‑"}
TIED_ARTICLES = _set("tied_articles")
"""Arabic articles that a hyphen ties to a name, written small: "el-Fasher"."""
ADMINISTRATIVE = _set("administrative")
"""The generic words of areas and towns, a part of ``GENERIC_AFTER``."""
GENERIC_AFTER = _set("generic_after") | ADMINISTRATIVE
GENERIC_BEFORE = _set("generic_before")
TITLES = _set("titles")
ORGANISATIONS = _set("organisations")
GOVERNMENT = _set("government")
STREETS = _set("streets")
SPEECH = _set("speech")
PEOPLE = _set("people")
FIRST_NAMES = frozenset(read_lexicon("places_first_names")["names"].split())
RELATIONS_OF_POWERS = _set("relations_of_powers")
ACTS_DONE_TO = _set("acts_done_to")
LOCATIVE = _set("locative")
AUXILIARIES = _set("auxiliaries")
PASSIVE = _set("passive")
ADVERBS = _set("adverbs")
AREAS = _set("areas")
CITYLIKE = _set("citylike")
CARDINAL = _set("cardinal")
ROADS = _set("roads")
COUNTING = tuple(_LISTS["counting"].split())
"""The numbers from zero to twenty in words, in order."""
COUNTRY_WORDS = {
    word: code for code, words in reversed(_LISTS["country_words"].items()) for word in words.split()
}
"""A word of one country's institutions -> the country; of a word that several have, the first listed."""
LEADING = frozenset({"in", "near", "from", "to", "at", "outside", "around", "across"})
LISTING = frozenset({",", "and", "or", "&"})
