"""Which places a statement puts on the map, and how closely each is known: one choice for all outputs."""

from __future__ import annotations

from counterclaim.model import Annotations, PlaceMention, PlaceReading, Precision, Statement

_AREAS = {"continent": Precision.COUNTRY, "country": Precision.COUNTRY}
_REGIONS = {"division", "district", "region", "valley", "desert", "mountain", "water", "island"}


def places_of(annotations: Annotations | None, statement: Statement) -> tuple[PlaceMention, ...]:
    """Return the places in the content that have a point on the map, in order of the text.

    Names that stand for a government or for people are left out: nothing happened there.
    """
    if annotations is None:
        return ()
    return tuple(
        mention
        for mention in annotations.places_in(statement)
        if mention.reading is PlaceReading.LOCATION and mention.candidates
    )


def precision_of(mention: PlaceMention) -> Precision:
    """Return how closely a place is known: never closer than what the point stands for.

    The point of a country or a province is somewhere within it, whatever the words say.
    """
    place = mention.place
    if place is None or mention.precision is Precision.COUNTRY:
        return Precision.COUNTRY
    if place.kind in _AREAS:
        return _AREAS[place.kind]
    return Precision.REGION if place.kind in _REGIONS else mention.precision
