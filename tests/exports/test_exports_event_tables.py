"""Tables of claimed events have the columns of the codebooks, and nothing made up.

The columns are those of ACLED's codebook (October 2024) and of the codebook of UCDP GED 25.1.
"""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from exports_help import source_of
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.exports.csv_table import armed
from counterclaim.exports.event_tables import ACLED, CLAIMED, TYPES, UCDP, acled, grid_cell, ucdp
from counterclaim.lexicons import read_lexicon

ACLED_COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
UCDP_COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]


def rows_of(pieces, statements) -> dict[str, dict[str, str]]:
    read = list(csv.DictReader(io.StringIO(b"".join(pieces).decode(), newline="")))
    names = {statement.id: name for name, statement in statements.items()}
    return {names[row["statement"]]: {key: armed(value) for key, value in row.items()} for row in read}


def test_the_columns_are_those_of_the_codebooks():
    assert [column.name for column in ACLED] == ACLED_COLUMNS
    assert [column.name for column in UCDP] == UCDP_COLUMNS
    assert len(UCDP_COLUMNS) == 49
    assert CLAIMED[0].name == "claimed"
    assert list(TYPES) == read_lexicon("events")["codebooks"]["acled"]


def test_acled_rows_say_what_is_told_and_leave_the_rest_empty(event_ledger):
    place, statements = event_ledger
    with source_of(place) as source:
        rows = rows_of(acled(source), statements)
    assert set(rows) == set(statements)
    raid = {name: value for name, value in rows["raid"].items() if name in ACLED_COLUMNS and value}
    assert raid == {
        "event_id_cnty": statements["raid"].id,
        "event_date": "2031-06-18",
        "year": "2031",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Larre army",
        "actor2": "fighters",
        "assoc_actor_2": "the Reed Front",
        "admin1": "NV-A",
        "location": "Varsa",
        "latitude": "1.5",
        "longitude": "-2.25",
        "geo_precision": "2",
        "source": "Post",
        "notes": "an air raid near Varsa killed at least 20 fighters of the Reed Front",
        "fatalities": "20",
    }
    # A country has no code of precision at ACLED, and its middle is no place of an event.
    assert {rows["shelling"][name] for name in ("latitude", "longitude", "geo_precision")} == {""}
    assert rows["shelling"]["country"] == rows["shelling"]["location"] == "Nordland"
    assert [rows[name]["time_precision"] for name in ("shelling", "arrests", "clashes")] == ["3", "2", ""]
    assert rows["arrests"]["geo_precision"] == "3"
    assert {rows["clashes"][name] for name in ("event_date", "event_type", "location", "fatalities")} == {""}


def test_ucdp_rows_say_what_is_told_and_leave_the_rest_empty(event_ledger):
    place, statements = event_ledger
    with source_of(place) as source:
        rows = rows_of(ucdp(source), statements)
    raid = {name: value for name, value in rows["raid"].items() if name in UCDP_COLUMNS and value}
    assert raid == {
        "relid": statements["raid"].id,
        "year": "2031",
        "side_a": "Larre army",
        "side_b": "fighters",
        "number_of_sources": "1",
        "source_article": "war",
        "source_office": "Post",
        "source_date": "2031-06-20",
        "source_headline": "=Larre",
        "source_original": "Larre army",
        "where_prec": "2",
        "where_coordinates": "Varsa",
        "where_description": "Varsa",
        "adm_1": "NV-A",
        "latitude": "1.5",
        "longitude": "-2.25",
        "geom_wkt": "POINT (-2.25 1.5)",
        "priogrid_gid": str(183 * 720 + 356),
        "date_prec": "1",
        "date_start": "2031-06-18",
        "date_end": "2031-06-18",
        "low": "20",
    }
    assert [rows[name]["where_prec"] for name in ("shelling", "arrests", "clashes")] == ["6", "4", ""]
    assert [rows[name]["date_prec"] for name in ("shelling", "arrests", "clashes")] == ["4", "2", ""]
    assert [rows["shelling"][name] for name in ("best", "high", "low")] == ["3", "3", "3"]


@pytest.mark.parametrize("table", [acled, ucdp])
def test_every_row_says_that_it_is_claimed_and_by_whom(event_ledger, table):
    place, statements = event_ledger
    with source_of(place) as source:
        rows = rows_of(table(source), statements)
    assert {row["claimed"] for row in rows.values()} == {"yes"}
    assert {name: row["claimed_by"] for name, row in rows.items()} == {
        name: statement.speaker.name.removeprefix("The ").removeprefix("A ")
        for name, statement in statements.items()
    }
    assert {name: row["stance"] for name, row in rows.items()} == {
        "raid": "affirmed",
        "shelling": "denied",
        "arrests": "affirmed",
        "clashes": "affirmed",
    }
    for row in rows.values():
        for name, allowed in {
            "time_precision": ["", "1", "2", "3"],
            "geo_precision": ["", "1", "2", "3"],
            "where_prec": ["", *"1234567"],
            "date_prec": ["", *"12345"],
        }.items():
            assert row.get(name, "") in allowed
        for name in ("event_date", "date_start", "date_end"):
            assert not row.get(name) or date.fromisoformat(row[name])


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_cell_of_the_grid_holds_its_point(latitude, longitude):
    row, column = divmod(grid_cell(latitude, longitude) - 1, 720)
    assert 0 <= row < 360
    # Half a cell of room for rounding at the edges.
    assert row / 2 - 90 - 1e-9 <= latitude <= row / 2 - 89.5 + 1e-9
    assert column / 2 - 180 - 1e-9 <= longitude <= column / 2 - 179.5 + 1e-9
