"""The gazetteer's file and its look-up."""

from __future__ import annotations

import mmap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.model.errors import InputError
from counterclaim.model.places import PlaceKind
from counterclaim.places import gazetteer_layout as layout
from counterclaim.places.gazetteer import Gazetteer, NameKind, built_in
from counterclaim.places.gazetteer_names import normalise

FILE = Path(layout.__file__).parent.parent / "weights" / "gazetteer.bin"

FIRST = [
    ("Kabul", PlaceKind.CITY, "AF"),
    ("Islamabad", PlaceKind.CITY, "PK"),
    ("Kyiv", PlaceKind.CITY, "UA"),
    ("Kiev", PlaceKind.CITY, "UA"),
    ("Raqqa", PlaceKind.CITY, "SY"),
    ("Ar-Raqqah", PlaceKind.CITY, "SY"),
    ("Al-Hasakah", PlaceKind.CITY, "SY"),
    ("Hasaka", PlaceKind.CITY, "SY"),
    ("Aleppo", PlaceKind.CITY, "SY"),
    ("Donetsk", PlaceKind.CITY, "UA"),
    ("Paris", PlaceKind.CITY, "FR"),
    ("London", PlaceKind.CITY, "GB"),
    ("Xi'an", PlaceKind.CITY, "CN"),
    ("Bogotá", PlaceKind.CITY, "CO"),
    ("Bogota", PlaceKind.CITY, "CO"),
    ("Los Angeles", PlaceKind.CITY, "US"),
    ("Georgia", PlaceKind.COUNTRY, "GE"),
    ("U.S.", PlaceKind.COUNTRY, "US"),
    ("UK", PlaceKind.COUNTRY, "GB"),
    ("UAE", PlaceKind.COUNTRY, "AE"),
    ("Ivory Coast", PlaceKind.COUNTRY, "CI"),
    ("Burma", PlaceKind.COUNTRY, "MM"),
    ("the Netherlands", PlaceKind.COUNTRY, "NL"),
    ("Réunion", PlaceKind.COUNTRY, "RE"),
    ("Afghan", PlaceKind.COUNTRY, "AF"),
    ("Pakistanis", PlaceKind.COUNTRY, "PK"),
    ("Connecticut", PlaceKind.DIVISION, "US"),
    ("Calif.", PlaceKind.DIVISION, "US"),
    ("W. Va.", PlaceKind.DIVISION, "US"),
    ("Queensland", PlaceKind.DIVISION, "AU"),
    ("Panjshir Valley", PlaceKind.VALLEY, "AF"),
    ("Khawak Pass", PlaceKind.PASS, "AF"),
    ("Salang Pass", PlaceKind.PASS, "AF"),
    ("Donbas", PlaceKind.REGION, "UA"),
    ("Donbass", PlaceKind.REGION, "UA"),
    ("Darfur", PlaceKind.REGION, "SD"),
    ("Sinai", PlaceKind.REGION, "EG"),
    ("Golan Heights", PlaceKind.REGION, None),
    ("Eastern Ghouta", PlaceKind.REGION, "SY"),
    ("South Ossetians", PlaceKind.REGION, "GE"),
    ("Euphrates", PlaceKind.WATER, None),
    ("Black Sea", PlaceKind.WATER, None),
    ("Hindu Kush", PlaceKind.MOUNTAIN, None),
    ("Sahara", PlaceKind.DESERT, None),
    ("Luzon", PlaceKind.REGION, "PH"),
    ("Africa", PlaceKind.CONTINENT, None),
    ("Rapides Parish", PlaceKind.DISTRICT, "US"),
    ("Bagram Airfield", PlaceKind.FACILITY, "AF"),
]


@pytest.mark.parametrize(("name", "kind", "country"), FIRST, ids=[row[0] for row in FIRST])
def test_the_first_place_of_a_well_known_name(name: str, kind: PlaceKind, country: str | None) -> None:
    found = built_in().lookup(name)
    assert found, f"{name} is not in the gazetteer"
    assert (found[0].kind, found[0].country) == (kind, country)


def test_a_name_of_many_places_gives_all_of_them_the_important_first() -> None:
    found = built_in().lookup("Springfield")
    assert len(found) >= 20
    assert {"US-IL", "US-MA", "US-MO", "US-OH"} <= {entry.division for entry in found}
    official = [entry.importance for entry in found if entry.name_kind is NameKind.OFFICIAL]
    assert official == sorted(official, reverse=True)
    assert built_in().lookup("Springfield", limit=3) == found[:3]


def test_georgia_is_a_country_and_a_state_and_georgian_both() -> None:
    gazetteer = built_in()
    assert {(entry.kind, entry.country) for entry in gazetteer.lookup("Georgia")} >= {
        (PlaceKind.COUNTRY, "GE"),
        (PlaceKind.DIVISION, "US"),
    }
    assert {entry.country for entry in gazetteer.lookup("Georgian")} == {"GE", "US"}
    assert {entry.name_kind for entry in gazetteer.lookup("Georgian")} == {NameKind.DEMONYM}


def test_a_city_lies_in_a_division_and_a_division_has_its_own_code() -> None:
    gazetteer = built_in()
    kabul = gazetteer.lookup("Kabul")[0]
    assert kabul.capital
    assert kabul.division == "AF-KAB"
    assert kabul.id == "geonames:1138958"
    assert kabul.parent is not None
    assert gazetteer.entry(kabul.parent).country == "AF"
    assert abs(kabul.latitude - 34.53) < 0.1
    assert abs(kabul.longitude - 69.17) < 0.1
    assert gazetteer.lookup("Connecticut")[0].division == "US-CT"
    assert gazetteer.lookup("Banda Aceh")[0].division == "ID-AC"


def test_every_place_is_on_the_earth_and_every_parent_exists() -> None:
    gazetteer = built_in()
    for index in range(0, gazetteer.entries, 97):
        entry = gazetteer.entry(index)
        assert -90 <= entry.latitude <= 90
        assert -180 <= entry.longitude <= 180
        assert 0 <= entry.importance <= 1
        assert entry.name
        assert entry.parent is None or gazetteer.entry(entry.parent).country == entry.country
        assert entry.country is None or (len(entry.country) == 2 and entry.country.isupper())
    with pytest.raises(IndexError):
        gazetteer.entry(gazetteer.entries)


@pytest.mark.parametrize("name", ["Zzyqxonia", "", " ", "-", "the", "…", "said on Tuesday"])
def test_what_is_no_place_gives_nothing(name: str) -> None:
    assert built_in().lookup(name) == ()
    assert name not in built_in()


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["New", "York", "City", "police"], 3),
        (["Deir", "ez", "-", "Zor", "was"], 4),
        (["Deir-ez-Zor", "was"], 1),
        (["Panjshir", "Valley", "fell"], 2),
        (["Kabul", "-", "based"], 1),
        (["-", "Kabul"], 0),
        (["xyzzy", "Kabul"], 0),
        ([], 0),
    ],
)
def test_the_longest_name_in_words(words: list[str], count: int) -> None:
    assert built_in().longest(words) == count


def test_the_longest_name_from_a_later_word() -> None:
    assert built_in().longest(["in", "Saudi", "Arabia", "today"], 1) == 2


def test_the_file_is_small_mapped_and_quick() -> None:
    assert FILE.stat().st_size < 40_000_000
    opened = []
    for _ in range(5):
        start = time.perf_counter()
        gazetteer = Gazetteer.open(FILE)
        opened.append(time.perf_counter() - start)
    assert min(opened) < 0.1
    assert isinstance(gazetteer._data, mmap.mmap)
    start = time.perf_counter()
    for number in range(2000):
        gazetteer.most_words(f"Kabul{number}")
    assert time.perf_counter() - start < 0.5


def test_a_missing_gazetteer_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.bin: the gazetteer cannot be used: there is no such file"):
        Gazetteer.open(tmp_path / "none.bin")


def test_a_damaged_gazetteer_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.bin"
    path.write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        Gazetteer.open(path)
    path.write_bytes(b"PK\x03\x04" + bytes(200))
    with pytest.raises(InputError, match="another kind"):
        Gazetteer.open(path)
    whole = FILE.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"bytes of 2\d,"):
        Gazetteer.open(path)
    path.write_bytes(whole[:8] + (99).to_bytes(4, "little") + whole[12:4096])
    with pytest.raises(InputError, match="layout 99"):
        Gazetteer.open(path)
    with pytest.raises(InputError, match="could not be read"):
        Gazetteer.open(tmp_path)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Ar-Raqqah", "AR RAQQAH"),
        ("São Paulo", "Sao Paulo"),
        ("Łódź", "Lodz"),
        ("N’Djamena", "N'Djamena"),
        ("U.S.", "US"),
        ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("Straße", "STRASSE"),
    ],
)
def test_ways_of_writing_one_name_are_one_key(left: str, right: str) -> None:
    assert normalise(left) == normalise(right)


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(name: str) -> None:
    once = normalise(name)
    assert normalise(once) == once
    assert once == once.strip()
    assert "  " not in once


@given(st.lists(st.text(max_size=12), max_size=5))
def test_the_form_of_words_is_that_of_each_word(words: list[str]) -> None:
    assert normalise(" ".join(words)) == " ".join(filter(None, map(normalise, words)))


@given(st.text(max_size=30))
def test_any_text_can_be_looked_up(name: str) -> None:
    for entry in built_in().lookup(name, limit=3):
        assert entry == built_in().entry(entry.index, entry.name_kind)
