"""Spellings of one name, and the parts of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.actors.naming import bare_name, body_key, is_joint, person_name, same_person_name
from counterclaim.actors.spelling import key, same_word
from counterclaim.actors.states import body_of, country_about, leader_in


@pytest.mark.parametrize(
    "spellings",
    [
        ("massoud", "masood", "massud", "masoud"),
        ("mohammed", "muhammad", "mohamad"),
        ("gaddafi", "qaddafi", "gadhafi", "kadafi"),
        ("zelensky", "zelenskyy", "zelenskiy"),
        ("raqqa", "raqa"),
        ("hussein", "husain"),
    ],
)
def test_romanisations_of_one_name_agree(spellings):
    assert all(same_word(one, other) for one in spellings for other in spellings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hassan", "hussein"),
        ("mohamed", "mahmoud"),
        ("martin", "morton"),
        ("barnes", "burns"),
        ("khan", "kim"),
    ],
)
def test_names_that_only_look_alike_do_not(one, other):
    assert not same_word(one, other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12), st.text(max_size=12))
def test_agreeing_is_symmetric_and_every_word_agrees_with_itself(one, other):
    folded = key(other).replace(" ", "")
    assert same_word(one, one)
    assert same_word(one, folded) == same_word(folded, one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rami Abdel Rahman", "Rami Abdul-Rahman", True),
        ("Joseph R. Keld Jr.", "Joe Keld", True),
        ("Ana M. Brel", "Ana Brel", True),
        ("Ana M. Brel", "Ana T. Brel", False),
        ("Gen. Abdel Fattah al-Sisi", "Abdel-Fattah el-Sissi", True),
        ("Ana Brel", "Jan Brel", False),
        ("A. Brel", "Ana Brel", True),
    ],
)
def test_full_names_agree_where_no_part_contradicts(one, other, same):
    first, second = person_name(one), person_name(other)
    assert first is not None
    assert second is not None
    assert same_person_name(first, second) is same


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("the opposition-run Orm Watch", "Orm Watch"),
        ("Orm Watch for Rivers monitoring group", "Orm Watch for Rivers"),
        ("Keld Council (KC), which meets on Mondays", "Keld Council"),
        ("Acme Power Inc.", "Acme Power"),
        ("UN refugee agency", "UN refugee agency"),
    ],
)
def test_what_explains_a_name_is_no_part_of_it(written, name):
    assert bare_name(written) == name


def test_small_words_and_british_spelling_count_for_nothing():
    assert body_key("The Center for the Rivers of Keld") == body_key("Centre for Rivers of Keld")


def test_a_list_of_actors_is_told_from_a_name_with_and():
    assert is_joint("France and Britain")
    assert not is_joint("Center for Media and Rivers")


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("Pakistan", "pakistan"),
        ("Islamabad", "pakistan"),
        ("the government of Pakistan", "pakistan"),
        ("the Pakistani government", "pakistan"),
        ("Pakistan’s government", "pakistan"),
        ("Pakistani foreign ministry", "pakistan-foreign-ministry"),
        ("Ministry of Foreign Affairs of Pakistan", "pakistan-foreign-ministry"),
        ("Syrian opposition", "syria-opposition"),
        ("Rebels (Zemoria)", "zemoria-rebels"),
    ],
)
def test_a_government_and_its_ministries_have_one_id_each(name, identity):
    body = body_of(name)
    assert body is not None
    assert body.id == identity


def test_people_of_a_country_are_not_its_government():
    assert body_of("Americans") is None
    assert body_of("Syrian") is None


def test_whose_government_is_read_off_the_words():
    assert leader_in("Assad’s government") == "Assad"
    assert leader_in("the government of President Ashraf Ghani") == "Ashraf Ghani"
    assert leader_in("the government of Keld") is None


def test_a_report_is_about_a_country_that_it_names_far_more_often():
    assert country_about("Syria said so. Syrian troops moved. Damascus denied it.") == "Syria"
    assert country_about("Syria and Iraq talked. Syria left, and Iraq stayed.") is None
