"""The finder of places: what it finds, how it reads it, which place it takes it for."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.model import Document, PlaceKind, PlaceMention, PlaceReading, Precision
from counterclaim.places import find_places, metonym_of


def document(text: str, publisher: str | None = None) -> Document:
    return Document(id="d", key="d", capture="c", text=text, publisher=publisher)


def places(text: str) -> dict[str, PlaceMention]:
    return {mention.span.quote: mention for mention in find_places(document(text))}


def test_a_city_and_its_country_are_found_and_put_on_the_map() -> None:
    found = places("Shells fell on Kharkiv in Ukraine on Tuesday, and trains to Lviv were late.")
    assert {"Kharkiv", "Ukraine", "Lviv"} <= found.keys()
    kharkiv, ukraine = found["Kharkiv"].place, found["Ukraine"].place
    assert kharkiv is not None
    assert ukraine is not None
    assert (round(kharkiv.latitude), round(kharkiv.longitude)) == (50, 36)
    assert kharkiv.kind is PlaceKind.CITY
    assert (ukraine.kind, ukraine.country) == (PlaceKind.COUNTRY, "UA")


def test_a_container_beside_the_name_decides_which_place_it_is() -> None:
    texas = places("The fire broke out in Paris, Texas, on Sunday.")["Paris"].place
    france = places("The fire broke out in Paris, France, on Sunday.")["Paris"].place
    assert texas is not None
    assert france is not None
    assert (texas.country, texas.division) == ("US", "US-TX")
    assert france.country == "FR"


def test_what_a_report_is_about_decides_a_name_that_it_gives_no_container() -> None:
    text = (
        "Floods hit Ohio. Crews from Columbus and Dayton helped in Springfield, officials in Cincinnati said."
    )
    springfield = places(text)["Springfield"]
    assert springfield.place is not None
    assert springfield.place.division == "US-OH"
    assert len(springfield.candidates) > 1, "an ambiguity is kept"


def test_one_name_means_one_place_within_a_report() -> None:
    text = "A man from Cambridge, Massachusetts, was held. Police in Cambridge said so. Cambridge is quiet."
    means = {m.place.id for m in find_places(document(text)) if m.span.quote == "Cambridge" and m.place}
    assert len(means) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mr Lincoln said that Dr Florence Woods had met Sydney Carter and Warren P. Baker.",
        "Senator Chelsea Clinton arrived with Austin Powers, her husband, and Madison Lane.",
        "On Monday in March the Government and the Army told the State to wait.",
    ],
)
def test_names_of_persons_and_common_words_are_no_places(text: str) -> None:
    assert [m.span.quote for m in find_places(document(text)) if m.reading is PlaceReading.LOCATION] == []


def test_a_surname_used_alone_is_no_place_where_the_report_gives_the_person() -> None:
    text = "Senator Michael Houston spoke on Friday. Houston said that he would vote against. He left."
    assert "Houston" not in places(text)


def test_a_capital_that_speaks_is_a_metonym_of_its_government() -> None:
    found = places("Islamabad said the claim was untrue. A bomb went off in Karachi.")
    assert found["Islamabad"].reading is PlaceReading.METONYM
    assert metonym_of(found["Islamabad"]) == "PK"
    assert found["Karachi"].reading is PlaceReading.LOCATION
    assert metonym_of(found["Karachi"]) is None


def test_a_name_of_many_places_that_speaks_is_the_seat_of_a_government() -> None:
    found = places("Washington urged both sides to agree, which Abu Dhabi denies it has prevented.")
    assert [found[name].reading for name in ("Washington", "Abu Dhabi")] == [PlaceReading.METONYM] * 2
    assert found["Washington"].place is not None
    assert metonym_of(found["Washington"]) == "US"
    assert found["Washington"].place.kind is PlaceKind.CITY


def test_an_article_written_small_belongs_to_the_name_it_is_tied_to() -> None:
    (mention,) = find_places(document("Fighting went on in el-Fasher, a doctor said."))
    assert mention.span.quote == "el-Fasher"
    assert mention.place is not None
    assert mention.place.country == "SD"


def test_a_country_that_denies_is_a_metonym_and_one_that_is_hit_is_not() -> None:
    found = places(
        "Kenya has not deployed its army. Nepal has been hit by floods. Ghana will not sign the treaty."
    )
    readings = {name: found[name].reading for name in ("Kenya", "Nepal", "Ghana")}
    assert readings == {
        "Kenya": PlaceReading.METONYM,
        "Nepal": PlaceReading.LOCATION,
        "Ghana": PlaceReading.METONYM,
    }


def test_talks_between_capitals_are_talks_between_governments() -> None:
    found = places("The talks between Moscow and Kyiv were held in Istanbul.")
    assert found["Moscow"].reading is PlaceReading.METONYM
    assert found["Kyiv"].reading is PlaceReading.METONYM
    assert found["Istanbul"].reading is PlaceReading.LOCATION


def test_a_capital_where_something_happens_is_the_city() -> None:
    found = places("Thousands marched in Islamabad and the police closed the roads around Moscow.")
    assert found["Islamabad"].reading is PlaceReading.LOCATION
    assert found["Moscow"].reading is PlaceReading.LOCATION


def test_a_public_body_named_after_a_place_is_read_as_a_metonym_of_it() -> None:
    found = places("The fire was put out, the Cincinnati Fire Department said in Cincinnati.")
    readings = [m.reading for m in find_places(document("Cincinnati Police Department officers came."))]
    assert found["Cincinnati"].place is not None
    assert readings == [PlaceReading.METONYM]


def test_precision_follows_the_kind_of_place() -> None:
    found = places(
        "Fighting went on in Aleppo, in Idlib province and elsewhere in Syria, and in northern Iraq."
    )
    assert found["Aleppo"].precision is Precision.EXACT
    assert found["Syria"].precision is Precision.COUNTRY
    assert found["Iraq"].precision is Precision.REGION, "northern Iraq is a region of it"


def test_state_abbreviations_of_agencies() -> None:
    found = places("MACON, Ga. (AP) - Two men from Topeka, Kan., were found in Reno, Nev., on Friday.")
    assert {m.place.division for m in found.values() if m.place} >= {"US-KS", "US-NV"}


def test_the_pronoun_us_is_not_the_united_states() -> None:
    assert "us" not in places("They told us that nobody would give us bread.")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "....", "42", "’s", "A", "-" * 50, "É\u0301 \u200b", "U.S." * 3]
)
def test_texts_without_words_raise_nothing(text: str) -> None:
    for mention in find_places(document(text)):
        assert mention.span.fits(text)


def test_headlines_in_capitals_give_their_places() -> None:
    found = places("TROOPS ENTER BAGHDAD AS REBELS LEAVE MOSUL\n\nThe troops met no resistance.")
    assert {"BAGHDAD", "MOSUL"} <= found.keys()


def test_a_text_without_capitals_gives_the_well_known_places_that_prepositions_lead_to() -> None:
    text = "troops shelled villages near baghdad and people fled from mosul to jordan, a man said in reading."
    assert {"baghdad", "mosul"} <= places(text).keys()
    assert not {"reading"} & places(text).keys()


_TEXT = """Paris Texas the in of , . Springfield Mr Georgia said north near between and Iran - 's river Lake
US Kansas City D.C. São Deir-ez-Zor New York 12 km from “ ” İ ß 北京 a"""
_WORDS = st.sampled_from([*_TEXT.split(), "\n"])


@given(st.lists(_WORDS, max_size=60).map(" ".join) | st.text(max_size=80))
def test_every_mention_quotes_the_text_in_order_and_scores_are_shares(text: str) -> None:
    mentions = find_places(document(text))
    for mention in mentions:
        assert mention.span.fits(text)
        assert sum(candidate.score for candidate in mention.candidates) <= 1 + 1e-9
        assert 0 <= mention.confidence <= 1
        scores = [candidate.score for candidate in mention.candidates]
        assert scores == sorted(scores, reverse=True)
        if mention.relation is not None:
            assert mention.relation.span.fits(text)
    for one, other in pairwise(mentions):
        assert one.span.end <= other.span.start


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_the_same_text_gives_the_same_places(text: str) -> None:
    assert find_places(document(text)) == find_places(document(text))


@pytest.mark.parametrize(
    "unit",
    [
        "Springfield ",
        "Springfield, ",
        "SPRINGFIELD POLICE ",
        "New York, Paris and London near Deir-ez-Zor. ",
        "of the of the - - ",
        "Aaa Bbb Ccc ",
        "a.b.C.",
        "'’s ",
    ],
)
def test_the_time_grows_with_the_length_of_the_text_and_no_faster(unit: str) -> None:
    find_places(document(unit))

    def seconds(characters: int) -> float:
        text = (unit * (characters // len(unit) + 1))[:characters]
        started = time.process_time()
        find_places(document(text))
        return time.process_time() - started

    short, long = seconds(25_000), seconds(250_000)
    assert long < 40 * max(short, 0.02)


def test_a_known_group_is_no_place() -> None:
    assert "Hamas" not in places("The Hamas-run health ministry said 12 people were killed in Gaza City.")
