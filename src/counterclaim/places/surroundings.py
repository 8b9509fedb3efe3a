"""What stands right beside a name and tells which place it is: containers ("Paris, Texas") and kinds."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.model import PlaceKind
from counterclaim.places.candidates import Candidate, Facts
from counterclaim.places.gazetteer import Entry
from counterclaim.places.tokens import Tokens

_AREAS = frozenset({PlaceKind.DIVISION, PlaceKind.DISTRICT, PlaceKind.REGION})
_BUILT = frozenset({PlaceKind.CITY, PlaceKind.NEIGHBOURHOOD})
CUES: dict[str, frozenset[PlaceKind]] = {
    **dict.fromkeys(("province", "governorate", "oblast", "prefecture", "voivodeship"), _AREAS),
    **dict.fromkeys(("state",), frozenset({PlaceKind.DIVISION})),
    **dict.fromkeys(("region", "area", "territory"), _AREAS),
    **dict.fromkeys(("county", "parish", "district", "municipality", "township", "borough"), _AREAS),
    **dict.fromkeys(
        ("city", "town", "village", "suburb", "capital", "neighborhood", "neighbourhood"), _BUILT
    ),
    **dict.fromkeys(
        ("river", "creek", "lake", "sea", "ocean", "bay", "gulf", "strait"), frozenset({PlaceKind.WATER})
    ),
    **dict.fromkeys(
        ("island", "islands", "isle"), frozenset({PlaceKind.ISLAND, PlaceKind.DIVISION, PlaceKind.COUNTRY})
    ),
    **dict.fromkeys(
        ("mountain", "mountains", "mount", "hills"), frozenset({PlaceKind.MOUNTAIN, PlaceKind.REGION})
    ),
    **dict.fromkeys(("valley",), frozenset({PlaceKind.VALLEY, PlaceKind.REGION})),
    **dict.fromkeys(("desert",), frozenset({PlaceKind.DESERT, PlaceKind.REGION})),
    **dict.fromkeys(("pass",), frozenset({PlaceKind.PASS})),
    **dict.fromkeys(("mayor",), _BUILT),
    **dict.fromkeys(("governor", "gov", "gov."), frozenset({PlaceKind.DIVISION})),
}
_CONTAINERS = frozenset(
    {PlaceKind.COUNTRY, PlaceKind.DIVISION, PlaceKind.DISTRICT, PlaceKind.REGION, PlaceKind.ISLAND}
)
_WHOLE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT})
_LISTED = frozenset({PlaceKind.COUNTRY, PlaceKind.DIVISION})
_FAMOUS = 0.6


def cues_of(tokens: Tokens, candidate: Candidate) -> frozenset[PlaceKind]:
    """Return the kinds that a word in the name or beside it tells; empty where none does."""
    lowers = tokens.lowers
    last = lowers[candidate.last - 1]
    if candidate.last - candidate.first > 1 and last in CUES:
        return CUES[last]
    if candidate.last < len(tokens) and lowers[candidate.last] in CUES and not tokens.opens[candidate.last]:
        return CUES[lowers[candidate.last]]
    if candidate.first > 1 and lowers[candidate.first - 1] == "of" and lowers[candidate.first - 2] in CUES:
        return CUES[lowers[candidate.first - 2]]
    if candidate.first and lowers[candidate.first - 1] in {"city", "town", "village", "capital", "downtown"}:
        return _BUILT
    if candidate.first and lowers[candidate.first - 1] == "mayor":
        return _BUILT
    return frozenset()


def containers_of(tokens: Tokens, candidates: Sequence[Candidate], number: int) -> tuple[Entry, ...]:
    """Return the places in which the words beside a candidate say that it lies."""
    candidate = candidates[number]
    famous = candidate.facts.importance >= _FAMOUS and candidate.facts.places[0].kind in _WHOLE
    if famous and not _abbreviation_follows(tokens, candidates, number):
        return ()
    if number and _in_a_list(tokens, candidates[number - 1], candidate):
        return ()
    found: list[Entry] = []
    if number + 1 < len(candidates):
        after = candidates[number + 1]
        between = " ".join(tokens.lowers[candidate.last : after.first])
        if after.first - candidate.last <= 4 and _bridges(between):
            found += _holding(after.facts)
            if between in {",", "("} and not found and number + 2 < len(candidates):
                further = candidates[number + 2]
                if " ".join(tokens.lowers[after.last : further.first]) in {",", "in"}:
                    found += _holding(further.facts)
    if number and not found:
        before = candidates[number - 1]
        between = " ".join(tokens.lowers[before.last : candidate.first])
        if between in {"'s", "’s", "'s city of", "’s city of", "'s capital ,", "’s capital ,"}:
            found += _holding(before.facts)
        elif (
            before.facts.demonyms
            and candidate.first - before.last <= 4
            and between.split()[-1:]
            in (
                ["of"],
                ["city"],
                ["town"],
                ["capital"],
                ["village"],
                ["province"],
            )
        ):
            found += [entry for entry in before.facts.demonyms[:3] if entry.kind in _CONTAINERS]
    return tuple(found)


def _in_a_list(tokens: Tokens, before: Candidate, candidate: Candidate) -> bool:
    """Tell whether states or countries are listed: "Virginia, Washington, West Virginia and Wyoming"."""
    if tokens.lowers[before.last : candidate.first] != [","]:
        return False
    return all(any(e.kind in _LISTED for e in each.facts.places[:6]) for each in (before, candidate))


def _bridges(between: str) -> bool:
    words = between.split()
    while words and words[-1] in {
        "the",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "state",
        "of",
    }:
        words.pop()
    return " ".join(words) in {",", "(", "in", ", in", ". ,"} and words[0] != "."


def _abbreviation_follows(tokens: Tokens, candidates: Sequence[Candidate], number: int) -> bool:
    """Tell whether "Lebanon, Pa." or "Jordan, Minn." stands there, the one way to write a small namesake."""
    if number + 1 >= len(candidates):
        return False
    after = candidates[number + 1]
    return (
        tokens.lowers[candidates[number].last : after.first] == [","]
        and bool(after.facts.places)
        and after.facts.places[0].kind is PlaceKind.DIVISION
    )


def _holding(facts: Facts) -> list[Entry]:
    return [entry for entry in facts.places[:6] if entry.kind in _CONTAINERS]
