"""Places that statements name, as GeoJSON (RFC 7946): points with what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counterclaim.exports.json_array import members
from counterclaim.exports.source import Source
from counterclaim.exports.told import Told, tell
from counterclaim.model import PlaceMention, Precision
from counterclaim.views.places import precision_of

_POINT = {
    Precision.EXACT: "the place",
    Precision.NEAR: "a place near by",
    Precision.REGION: "a point within the area or near it; where in it is not said",
    Precision.COUNTRY: "a point within the country; where in it is not said",
}


def geojson(source: Source) -> Iterator[bytes]:
    """Give one feature for each place that the content of a statement names and that has a point on the map.

    A name that stands for a government or for people gives none, nor does one that no gazetteer knows.
    Coordinates are longitude and latitude (WGS 84). ``precision`` and ``point`` say what each point
    stands for.
    """
    yield b'{"type":"FeatureCollection","features":['
    yield from members(_feature(told, mention) for told in tell(source) for mention in told.places)
    yield b"\n]}\n"


def _feature(told: Told, mention: PlaceMention) -> dict[str, Any]:
    statement, side, attestation = told.statement, told.side, told.attestation
    place = mention.candidates[0]
    precision = precision_of(mention)
    relation = mention.relation
    return {
        "type": "Feature",
        "id": f"{statement.id}:{mention.span.start}",
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {
            "name": place.name,
            "words": mention.span.quote,
            "precision": precision,
            "point": _POINT[precision],
            "kind": place.kind,
            "country": place.country,
            "division": place.division,
            "gazetteer": place.id,
            "score": place.score,
            "candidates": len(mention.candidates),
            "relation": relation.kind if relation else None,
            "relation_words": relation.span.quote if relation else None,
            "kilometres": relation.kilometres if relation else None,
            "claimed": True,
            "content": statement.content_text,
            "act": statement.act,
            "polarity": statement.polarity,
            "speaker": told.speaker,
            "party": told.party,
            "happened": statement.happened.interval.edtf if statement.happened else None,
            "report": told.document.id,
            "outlet": told.outlet,
            "published": told.document.published,
            "dispute": side.dispute.id if side else None,
            "question": side.dispute.question if side else None,
            "position": side.position.label if side else None,
            "attested": attestation.attested if attestation else None,
            "corroborated": attestation.corroborated if attestation else None,
            "statement": statement.id,
            "part_of": statement.part_of,
            "document": told.document.key,
            "start": mention.span.start,
            "end": mention.span.end,
        },
    }
