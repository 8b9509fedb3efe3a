"""Maps are valid GeoJSON, and say what their points stand for.

The schema here is written for these tests, from RFC 7946.
"""

from __future__ import annotations

import json

from event_example import TEXT
from exports_help import source_of, stored
from jsonschema import Draft202012Validator

from counterclaim.exports.geojson import geojson

POSITION = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
        {"type": "number"},
    ],
    "minItems": 2,
    "maxItems": 3,
}
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "geometry": {
                        "type": "object",
                        "required": ["type", "coordinates"],
                        "properties": {"type": {"const": "Point"}, "coordinates": POSITION},
                        "not": {
                            "anyOf": [{"required": [name]} for name in ("geometry", "properties", "features")]
                        },
                    },
                    "properties": {"type": ["object", "null"]},
                },
                # RFC 7946, section 7.1: members of other types of object are not allowed here.
                "not": {
                    "anyOf": [{"required": [name]} for name in ("coordinates", "geometries", "features")]
                },
            },
        },
    },
    "not": {
        "anyOf": [{"required": [n]} for n in ("coordinates", "geometries", "geometry", "properties", "crs")]
    },
}


def test_the_map_is_valid_and_says_what_its_points_stand_for(event_ledger):
    place, statements = event_ledger
    with source_of(place) as source:
        collection = json.loads(b"".join(geojson(source)))
    Draft202012Validator.check_schema(GEOJSON)
    Draft202012Validator(GEOJSON).validate(collection)
    features = {feature["properties"]["words"]: feature for feature in collection["features"]}
    # Varsa once: where it stands for a government it is no place; Upper Vale is in no gazetteer.
    assert len(collection["features"]) == len(features) == 3
    assert features["Varsa"]["geometry"]["coordinates"] == [-2.25, 1.5]
    assert features["Varsa"]["properties"]["precision"] == "near"
    assert features["Varsa"]["properties"]["relation"] == "near"
    assert features["Nordland"]["properties"]["precision"] == "country"
    assert features["Nordland"]["properties"]["point"].startswith("a point within the country")
    assert features["Odra"]["properties"]["precision"] == "region"
    assert features["Nordland"]["properties"]["polarity"] is False
    for words, feature in features.items():
        properties = feature["properties"]
        assert TEXT[properties["start"] : properties["end"]] == words
        assert properties["statement"] in {statement.id for statement in statements.values()}
    assert len({feature["id"] for feature in collection["features"]}) == 3


def test_the_schema_of_the_map_refuses_what_the_standard_refuses():
    point = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}, "properties": None}
    valid = Draft202012Validator(GEOJSON).is_valid
    assert valid({"type": "FeatureCollection", "features": [point]})
    assert not valid({"type": "FeatureCollection", "features": [point | {"features": []}]})
    assert not valid({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": None}]})
    assert not valid({"type": "FeatureCollection", "features": [], "crs": {}})
    wrong = point | {"geometry": {"type": "Point", "coordinates": [2, 91]}}
    assert not valid({"type": "FeatureCollection", "features": [wrong]})


def test_a_ledger_without_places_gives_an_empty_map(tmp_path, example):
    place = stored(tmp_path / "ferry.db", example.catalogue, example.capture)
    with source_of(place, example.catalogue) as source:
        collection = json.loads(b"".join(geojson(source)))
    Draft202012Validator(GEOJSON).validate(collection)
    assert collection["features"] == []
