"""What a name of a place stands for: the place, the power that sits there, or the people of it.

The three readings follow the taxonomy of toponyms of Gritta, Pilehvar and Collier (2020), who tell
literal from associative uses; metonyms as in Markert and Nissim (2007): a place for people.
"""

from __future__ import annotations

from counterclaim.model import PlaceCandidate, PlaceKind, PlaceMention, PlaceReading
from counterclaim.places.candidates import Candidate, facts_of
from counterclaim.places.gazetteer import Entry
from counterclaim.places.tokens import Tokens
from counterclaim.places.words import (
    ACTS_DONE_TO,
    ADVERBS,
    AUXILIARIES,
    GOVERNMENT,
    PASSIVE,
    RELATIONS_OF_POWERS,
    SPEECH,
)


def government_follows(tokens: Tokens, candidate: Candidate) -> bool:
    """Tell whether the name opens the name of a public body of the place: "Leeds City Council"."""
    if candidate.first != candidate.chunk_first:
        return False
    rest = tokens.lowers[candidate.last : candidate.chunk_last]
    return bool(rest) and any(word in GOVERNMENT for word in rest[:3])


def is_metonym(tokens: Tokens, candidate: Candidate, top: Entry | None) -> bool:
    """Tell whether the name stands for a power that sits at the place rather than for the place."""
    if government_follows(tokens, candidate):
        return True
    if top is None or not sits_a_government(top):
        return False
    if speaks(tokens, candidate):
        return True
    lowers = tokens.lowers
    before = lowers[candidate.first - 1] if candidate.first else ""
    subject = tokens.opens[candidate.first] or before in {
        "but",
        "and",
        "that",
        ",",
        "while",
        "when",
        "after",
        "as",
    }
    auxiliary = lowers[candidate.last] if candidate.last < len(tokens) else ""
    second = candidate.last + 1
    if second < len(tokens) and lowers[second] in {"not", "never", "always"}:
        second += 1
    following = lowers[second] if second < len(tokens) else ""
    if subject and auxiliary in AUXILIARIES and following not in PASSIVE:
        return True
    return _dealt_with(lowers, candidate)


def sits_a_government(entry: Entry) -> bool:
    """Tell whether a place can stand for the government of a state."""
    return entry.kind is PlaceKind.COUNTRY or entry.capital


def speaks(tokens: Tokens, candidate: Candidate) -> bool:
    """Tell whether the name is followed by a verb of speech, and is not where somebody else speaks."""
    lowers, after = tokens.lowers, candidate.last
    while after < len(tokens) and after - candidate.last < 2 and lowers[after] in ADVERBS:
        after += 1
    before = lowers[candidate.first - 1] if candidate.first else ""
    return (
        after < len(tokens)
        and lowers[after] in SPEECH
        and before not in {"in", "near", "at", "to", "of", "for", "from"}
    )


def _dealt_with(lowers: list[str], candidate: Candidate) -> bool:
    """Tell whether the words before deal with the name as with a power: "talks with Tehran"."""
    first = candidate.first
    before = lowers[max(0, first - 5) : first]
    if before[-1:] and before[-1] in ACTS_DONE_TO:
        return True
    if before[-1:] == ["with"] or before[-1:] == ["between"]:
        return any(word in RELATIONS_OF_POWERS for word in before[:-1])
    if before[-1:] == ["and"] and "between" in before:
        return any(word in RELATIONS_OF_POWERS for word in lowers[max(0, first - 8) : first])
    return (
        before[-1:] in (["on"], ["against"])
        and bool(before[-2:-1])
        and before[-2] in {"sanctions", "pressure"}
    )


def metonym_of(mention: PlaceMention) -> str | None:
    """Return the country (ISO 3166-1 alpha-2) whose government a mention stands for.

    None where the mention is not read as a metonym, or stands for a body below the state.
    """
    place = mention.place
    if mention.reading is not PlaceReading.METONYM or place is None:
        return None
    return (
        place.country if place.kind is PlaceKind.COUNTRY or _is_capital(place, mention.span.quote) else None
    )


def _is_capital(place: PlaceCandidate, name: str) -> bool:
    return any(entry.id == place.id and entry.capital for entry in facts_of(name).places)
