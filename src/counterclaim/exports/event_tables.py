"""Claimed events in the columns of ACLED (codebook of October 2024) and of UCDP GED (codebook 25.1).

Each row is what somebody claims, and says so in columns that follow those of the codebook. Cells that
take a judgement which the words do not give stay empty; docs/exports.md has the mapping and what is lost.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from counterclaim.exports.columns import Column, number, text, whole, yes
from counterclaim.exports.csv_table import csv_pieces
from counterclaim.exports.occurrence import Occurrence, first, occurrences, others
from counterclaim.exports.source import Source
from counterclaim.model import PlaceKind, Precision

_WEEK, _MONTH, _YEAR = 7, 31, 366
_BATTLES = ("Battles", "Political violence")
_REMOTE = ("Explosions/Remote violence", "Political violence")
_CIVILIANS = ("Violence against civilians", "Political violence")
_PROTESTS = ("Protests", "Demonstrations")
_DEVELOPMENTS = ("Strategic developments", "Strategic developments")
TYPES = {
    "Government regains territory": _BATTLES,
    "Non-state actor overtakes territory": _BATTLES,
    "Armed clash": _BATTLES,
    "Excessive force against protesters": ("Protests", "Political violence; Demonstrations"),
    "Protest with intervention": _PROTESTS,
    "Peaceful protest": _PROTESTS,
    "Violent demonstration": ("Riots", "Demonstrations"),
    "Mob violence": ("Riots", "Political violence"),
    "Chemical weapon": _REMOTE,
    "Air/drone strike": _REMOTE,
    "Suicide bomb": _REMOTE,
    "Shelling/artillery/missile attack": _REMOTE,
    "Remote explosive/landmine/IED": _REMOTE,
    "Grenade": _REMOTE,
    "Sexual violence": _CIVILIANS,
    "Attack": _CIVILIANS,
    "Abduction/forced disappearance": _CIVILIANS,
    "Agreement": _DEVELOPMENTS,
    "Arrests": _DEVELOPMENTS,
    "Change to group/activity": _DEVELOPMENTS,
    "Disrupted weapons use": _DEVELOPMENTS,
    "Headquarters or base established": _DEVELOPMENTS,
    "Looting/property destruction": _DEVELOPMENTS,
    "Non-violent transfer of territory": _DEVELOPMENTS,
    "Other": _DEVELOPMENTS,
}
"""ACLED's event type and disorder type by its sub-event type."""
_ACLED_PLACE = {Precision.EXACT: 1, Precision.NEAR: 2, Precision.REGION: 3}
_UCDP_AREA = {PlaceKind.DISTRICT: 3, PlaceKind.DIVISION: 4}

CLAIMED: tuple[Column[Occurrence], ...] = (
    yes("claimed", "yes: nobody has found that it happened, somebody says so", lambda _o: True),
    text("stance", "whether the speaker affirms or denies it", lambda o: o.stance),
    text("act", "what the speaker does: assert, deny, accuse, appeal, ...", lambda o: o.told.statement.act),
    text("claimed_by", "who says so; missing where the report itself does", lambda o: o.told.speaker),
    text("claimed_by_id", "id of who says so", lambda o: o.told.actor),
    text("claimed_for", "the party for which that is said", lambda o: o.told.party),
    text("dispute", "id of the dispute", lambda o: o.told.side.dispute.id if o.told.side else None),
    text("position", "the position in words", lambda o: o.told.side.position.label if o.told.side else None),
    whole(
        "attested",
        "independent origins",
        lambda o: o.told.attestation.attested if o.told.attestation else None,
    ),
    whole(
        "corroborated",
        "independent parties",
        lambda o: o.told.attestation.corroborated if o.told.attestation else None,
    ),
    text("country_code", "ISO 3166-1 alpha-2", lambda o: o.place.country if o.place else None),
    text("trigger", "the words that name the event", lambda o: o.event.trigger.quote),
    text("report", "id of the report", lambda o: o.told.document.id),
    text("statement", "id of the statement", lambda o: o.told.statement.id),
    text("document", "key of the version of the report", lambda o: o.told.document.key),
)
"""What follows the columns of either codebook."""


def acled(source: Source) -> Iterator[bytes]:
    """Give the claimed events in ACLED's columns, as CSV."""
    return _table(ACLED, source)


def ucdp(source: Source) -> Iterator[bytes]:
    """Give the claimed events in the columns of UCDP GED, as CSV."""
    return _table(UCDP, source)


def _table(columns: tuple[Column[Occurrence], ...], source: Source) -> Iterator[bytes]:
    every = (*columns, *CLAIMED)
    rows = ([column.value(each) for column in every] for each in occurrences(source))
    yield from csv_pieces([column.name for column in every], rows, mark=source.choices.mark)


def _empty(*names: str) -> tuple[Column[Occurrence], ...]:
    return tuple(text(name, "left empty", lambda _o: None) for name in names)


def acled_time(event: Occurrence) -> int | None:
    """Return ACLED's time precision: 1 the day, 2 a week at most, 3 a month at most; None for less."""
    if event.length is None or event.length > _MONTH:
        return None
    if event.length > _WEEK:
        return 3
    return 2 if event.length > 1 or event.vague else 1


def ucdp_time(event: Occurrence) -> int | None:
    """Return UCDP's date_prec: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year; None for less."""
    length = event.length
    if length is None or length > _YEAR:
        return None
    if length == 1:
        return 2 if event.vague else 1
    if length <= _WEEK:
        return 2 if length < _WEEK else 3
    return 4 if length <= _MONTH else 5


def ucdp_place(event: Occurrence) -> int | None:
    """Return UCDP's where_prec: 1 exact, 2 near, 3 district, 4 province, 5 other area, 6 country."""
    match event.precision:
        case None:
            return None
        case Precision.EXACT:
            return 1
        case Precision.NEAR:
            return 2
        case Precision.COUNTRY:
            return 6
    return _UCDP_AREA.get(event.place.kind, 5) if event.place else None


def grid_cell(latitude: float, longitude: float) -> int:
    """Return the PRIO-GRID cell: half degrees, from 1 at the south-west corner, row by row of 720."""
    row = min(math.floor((latitude + 90) * 2), 359)
    return row * 720 + min(math.floor((longitude + 180) * 2), 719) + 1


def _acled_day(event: Occurrence) -> str | None:
    return event.days[0].isoformat() if event.days and acled_time(event) else None


def _types(event: Occurrence) -> tuple[str, str] | tuple[None, None]:
    return TYPES.get(event.event.type, (None, None)) if event.event.type else (None, None)


def _country(event: Occurrence) -> str | None:
    return event.place.name if event.place and event.place.kind is PlaceKind.COUNTRY else None


def _acled_point(event: Occurrence) -> bool:
    return event.precision in _ACLED_PLACE


ACLED: tuple[Column[Occurrence], ...] = (
    text("event_id_cnty", "the statement's id: no id of ACLED", lambda o: o.told.statement.id),
    text("event_date", "the first day it may have been (ISO 8601)", _acled_day),
    whole("year", "the year", lambda o: o.year),
    whole("time_precision", "1 day, 2 week, 3 month", acled_time),
    text("disorder_type", "follows from sub_event_type", lambda o: _types(o)[1]),
    text("event_type", "follows from sub_event_type", lambda o: _types(o)[0]),
    text("sub_event_type", "what the trigger tells", lambda o: o.event.type),
    text("actor1", "who is said to have done it", lambda o: first(o.agents)),
    text("assoc_actor_1", "the others", lambda o: others(o.agents)),
    *_empty("inter1"),
    text("actor2", "to whom", lambda o: first(o.patients)),
    text("assoc_actor_2", "the others", lambda o: others(o.patients)),
    *_empty("inter2", "interaction", "civilian_targeting", "iso", "region"),
    text("country", "where the place itself is a country", _country),
    text("admin1", "first-level division", lambda o: o.place.division if o.place else None),
    *_empty("admin2", "admin3"),
    text("location", "the place", lambda o: o.place.name if o.place else None),
    number("latitude", "degrees", lambda o: o.place.latitude if o.place and _acled_point(o) else None),
    number("longitude", "degrees", lambda o: o.place.longitude if o.place and _acled_point(o) else None),
    whole(
        "geo_precision",
        "1 place, 2 near, 3 area",
        lambda o: _ACLED_PLACE.get(o.precision) if o.precision else None,
    ),
    text("source", "the outlet", lambda o: o.told.outlet),
    *_empty("source_scale"),
    text("notes", "the words of the claim", lambda o: o.told.statement.content_text),
    whole("fatalities", "the least that the words allow", lambda o: o.lowest),
    *_empty("tags", "timestamp"),
)
"""ACLED's columns, in its order."""

UCDP: tuple[Column[Occurrence], ...] = (
    *_empty("id"),
    text("relid", "the statement's id: no id of UCDP", lambda o: o.told.statement.id),
    whole("year", "the year", lambda o: o.year),
    *_empty("active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id"),
    *_empty("conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id"),
    text("side_a", "who is said to have done it", lambda o: first(o.agents)),
    *_empty("side_b_dset_id", "side_b_new_id"),
    text("side_b", "to whom", lambda o: first(o.patients)),
    whole("number_of_sources", "1: a row is one report", lambda _o: 1),
    text("source_article", "the report's id", lambda o: o.told.document.id),
    text("source_office", "the outlet", lambda o: o.told.outlet),
    text(
        "source_date",
        "the day of publication",
        lambda o: o.told.document.published[:10] if o.told.document.published else None,
    ),
    text("source_headline", "the headline", lambda o: o.told.document.title),
    text("source_original", "who says so", lambda o: o.told.speaker),
    whole("where_prec", "1 place ... 6 country", ucdp_place),
    text("where_coordinates", "the place", lambda o: o.place.name if o.place else None),
    text("where_description", "the words", lambda o: o.mention.span.quote if o.mention else None),
    text("adm_1", "first-level division", lambda o: o.place.division if o.place else None),
    *_empty("adm_2"),
    number("latitude", "degrees", lambda o: o.place.latitude if o.place else None),
    number("longitude", "degrees", lambda o: o.place.longitude if o.place else None),
    text(
        "geom_wkt",
        "the point",
        lambda o: f"POINT ({o.place.longitude} {o.place.latitude})" if o.place else None,
    ),
    whole(
        "priogrid_gid",
        "PRIO-GRID cell",
        lambda o: grid_cell(o.place.latitude, o.place.longitude) if o.place else None,
    ),
    text("country", "where the place itself is a country", _country),
    *_empty("country_id", "region", "event_clarity"),
    whole("date_prec", "1 day ... 5 year", ucdp_time),
    text("date_start", "first day", lambda o: o.days[0].isoformat() if o.days and ucdp_time(o) else None),
    text("date_end", "last day", lambda o: o.days[1].isoformat() if o.days and ucdp_time(o) else None),
    *_empty("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    whole("best", "where the words give one number", lambda o: o.lowest if o.lowest == o.highest else None),
    whole("high", "the most that the words allow", lambda o: o.highest),
    whole("low", "the least that the words allow", lambda o: o.lowest),
    *_empty("gwnoa", "gwnob"),
)
"""The columns of UCDP GED, in its order."""
