"""Relations and how closely they fix a place."""

from __future__ import annotations

import pytest

from counterclaim.model import Document, PlaceMention, PlaceReading, Precision
from counterclaim.places import find_places


def mention_of(text: str, name: str) -> PlaceMention:
    document = Document(id="d", key="d", capture="c", text=text)
    return next(mention for mention in find_places(document) if mention.span.quote == name)


@pytest.mark.parametrize(
    ("text", "kind", "words", "kilometres"),
    [
        ("A bomb went off near Kandahar on Friday.", "near", "near", None),
        ("They live just outside Kandahar now.", "outside", "just outside", None),
        ("Villages on the outskirts of Kandahar burnt.", "outside", "the outskirts of", None),
        ("The camp is 12 km north of Kandahar.", "north-of", "12 km north of", 12.0),
        (
            "The camp is about 20 miles south-west of Kandahar.",
            "south-west-of",
            "20 miles south-west of",
            32.187,
        ),
        ("The camp is 30 kilometres from Kandahar.", "near", "30 kilometres from", 30.0),
        ("It lies north of the city of Kandahar.", "north-of", "north of", None),
        ("Fields around Kandahar were mined.", "around", "around", None),
        ("They drove along the road to Kandahar.", "on-the-road", "the road to", None),
        ("Fighters close to Kandahar withdrew.", "near", "close to", None),
    ],
)
def test_words_before_a_name_state_a_relation(
    text: str, kind: str, words: str, kilometres: float | None
) -> None:
    mention = mention_of(text, "Kandahar")
    assert mention.relation is not None
    assert mention.relation.kind == kind
    assert mention.relation.kilometres == kilometres
    assert words in mention.relation.span.quote or mention.relation.span.quote in words
    assert mention.precision is Precision.NEAR


def test_the_road_between_two_cities_has_both_ends() -> None:
    mention = mention_of("The road between Homs and Hama was cut.", "Homs")
    assert mention.relation is not None
    assert mention.relation.kind == "on-the-road"
    assert mention.relation.other is not None
    assert mention.relation.other.quote == "Hama"


def test_between_two_cities() -> None:
    mention = mention_of("A bus crashed between Homs and Hama.", "Homs")
    assert mention.relation is not None
    assert mention.relation.kind == "between"
    assert mention.relation.other is not None
    assert mention.relation.other.quote == "Hama"


def test_a_province_north_of_a_city_is_a_region() -> None:
    mention = mention_of("The flag flew over the hilly province north of Kabul on Monday.", "Kabul")
    assert mention.relation is not None
    assert mention.relation.kind == "north-of"
    assert mention.precision is Precision.REGION


def test_the_north_of_a_place_lies_within_it() -> None:
    mention = mention_of("Rain fell in the north of Iraq.", "Iraq")
    assert mention.relation is None
    assert mention.precision is Precision.REGION


@pytest.mark.parametrize(
    "text", ["The president of Kenya left.", "He came from Kenya.", "The army of Kenya left."]
)
def test_of_and_from_alone_state_no_relation(text: str) -> None:
    assert mention_of(text, "Kenya").relation is None


def test_a_cardinal_that_is_part_of_the_name_belongs_to_the_name() -> None:
    mention = mention_of("A rocket was fired by North Korea on Sunday.", "North Korea")
    assert mention.place is not None
    assert mention.place.country == "KP"
    assert mention.reading is not PlaceReading.DEMONYM
