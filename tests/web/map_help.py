"""Views and pages for the tests of the map and the timeline."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from counterclaim.exports.filters import FILTERS, kept
from counterclaim.model import Precision
from counterclaim.views.map import MapPlace, MapView, PlaceSide

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Check</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:">
<link rel="stylesheet" href="page.css"><link rel="stylesheet" href="map.css"></head>
<body><main><h1>Check</h1>%s</main></body></html>"""


def environment() -> Environment:
    found = Environment(
        loader=PackageLoader("counterclaim.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: kept(value) if type(value) is str else value,
    )
    found.filters.update(FILTERS)
    return found


def macro(template: str, name: str, *values: Any, **named: Any) -> str:
    return str(getattr(environment().get_template(template).module, name)(*values, **named))


def styles() -> dict[str, str]:
    return {
        "page.css": files("counterclaim.exports").joinpath("templates", "page.css").read_text("utf-8"),
        "map.css": files("counterclaim.web").joinpath("static", "map.css").read_text("utf-8"),
    }


def side(number: int = 0, label: str = "It did", dispute: str = "q-1") -> PlaceSide:
    return PlaceSide(
        dispute=dispute,
        question="Did it?",
        position=f"p-{number}",
        label=label,
        number=number,
        statements=1,
    )


def place(
    name: str,
    latitude: float,
    longitude: float,
    precision: Precision = Precision.EXACT,
    kilometres: float | None = 0.0,
    sides: tuple[PlaceSide, ...] = (),
    statements: int = 1,
) -> MapPlace:
    return MapPlace(
        id=f"test:{name}",
        name=name,
        kind="city",
        country=None,
        division=None,
        latitude=latitude,
        longitude=longitude,
        precision=precision,
        kilometres=kilometres,
        guessed=0,
        reports=statements,
        statements=tuple(f"s-{name}-{number}" for number in range(statements)),
        sides=sides,
        more_sides=0,
    )


def view(*places: MapPlace) -> MapView:
    return MapView(places=places, left_out=0, statements=len(places), placed=len(places))
