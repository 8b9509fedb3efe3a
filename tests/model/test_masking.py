"""Masking protected words: nothing of them stays, nothing else changes, and offsets hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counterclaim.model import (
    Document,
    Kind,
    OffsetMap,
    Protection,
    Run,
    Span,
    Speaker,
    Statement,
)
from counterclaim.model.masking import MASK, Masks, fold, is_pseudonym, masked
from counterclaim.statements.names import slug

NAME = "Karim Haddad"
MASKS = Masks([Protection(words=(NAME,), salt="s1")])
pieces = st.sampled_from(
    [
        "Karim",
        "Haddad",
        "karim",
        "HADDAD",
        " ",
        "-",
        "\n",
        "é",
        "e\u0301",
        "\u00ad",
        "İ",
        "ß",
        "x",
        "K",
        "%20",
    ]
)
texts = st.lists(pieces | st.text(max_size=3), max_size=30).map("".join)


@given(texts)
@example("KarimKarim HaddadHaddad")
@example("HaddadKarim Haddad Karim")
def test_a_mask_keeps_the_length_and_leaves_nothing(text: str) -> None:
    for near in (False, True):
        shown = MASKS.text(text, near=near)
        assert len(shown) == len(text)
        assert not MASKS.has_whole(shown)
        assert all(a in (b, MASK) for a, b in zip(shown, text, strict=True))
        assert MASKS.text(shown, near=near) == shown
    near = fold(MASKS.text(text, near=True))
    assert "karim" not in near
    assert "haddad" not in near
    if not MASKS.may_touch(text):
        assert MASKS.text(text, near=True) == text


@pytest.mark.parametrize(
    "written",
    [
        "Karim Haddad",
        "KARIM HADDAD",
        "karim-haddad",
        "Karim\n  Haddad",
        "Haddad, Karim",
        "KarimHaddad",
        "karim%20haddad",
        "karim_haddad",
        "Kárim Haddád",
        unicodedata.normalize("NFD", "Kárim Haddád"),
        "Ka\u00adrim Haddad",
        "Ｋａｒｉｍ Ｈａｄｄａｄ",
        "k%61rim%20h%C3%A1ddad",
    ],
)
def test_however_it_is_written(written: str) -> None:
    assert MASKS.text(f"x {written}, y", near=False) == f"x {MASK * len(written)}, y"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Мира Кессан", "%D0%BC%D0%B8%D1%80%D0%B0-%D0%BA%D0%B5%D1%81%D1%81%D0%B0%D0%BD"),
        ("Мира Кессан", "%d0%9c%d0%b8%d1%80%d0%b0+%D0%9A%D0%B5%D1%81%D1%81%D0%B0%D0%BD"),
        ("Çelin Ömer", "%C3%87elin_%C3%96mer"),
        ("Ağra Işık", "AĞRA IŞIK"),
        ("Ağra Işık", "agra-isik"),
        ("Ømer Łukan", "omer-lukan"),
        ("王小明", "王小明"),
        ("山田 太郎", "山田太郎"),
    ],
)
def test_in_every_script(name: str, written: str) -> None:
    """In addresses the characters stand encoded, and not every script has spaces between words."""
    masks = Masks([Protection(words=(name,), salt="s")])
    for before, after in (("", ""), ("https://example.org/", "/x"), ("記者", "氏"), ("100%", "%zz")):
        text = f"{before}{written}{after}"
        assert masks.may_touch(text)
        assert masks.has_whole(text)
        assert masks.text(text, near=False) == f"{before}{MASK * len(written)}{after}"


def test_a_part_of_a_name_in_a_script_without_spaces_is_masked_from_two_letters_on() -> None:
    masks = Masks([Protection(words=("山田 太郎",), salt="s")])
    assert masks.text("山田氏は言った", near=True) == f"{MASK * 2}氏は言った"
    assert masks.text("山田氏は言った", near=False) == "山田氏は言った"


def test_what_is_encoded_but_no_text_is_left_as_it_is() -> None:
    text = "%FF%C3 %e2%82 100% %zz %41"
    assert MASKS.text(text, near=True) == text
    assert MASKS.text(f"{text}%FFKarim%FFHaddad%FF", near=False) == f"{text}%FF{MASK * 14}%FF"


@pytest.mark.parametrize(("name", "word"), [("Li Wu", "wu"), ("Mira Li", "li"), ("Mira Li", "ＬＩ")])
def test_a_search_for_any_part_of_a_name_is_known_as_one(name: str, word: str) -> None:
    assert Masks([Protection(words=(name,), salt="s")]).meets(word)


def test_a_part_is_masked_only_where_the_whole_stands() -> None:
    assert MASKS.text("Haddad said", near=False) == "Haddad said"
    assert MASKS.text("Haddad said", near=True) == f"{MASK * 6} said"


def test_a_short_name_is_masked_as_a_word_only() -> None:
    masks = Masks([Protection(words=("Ali",), salt="s")])
    assert masks.text("Ali told an Italian ally", near=True) == f"{MASK * 3} told an Italian ally"


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_name_has_one_other_name_wherever_it_stands(before: str, after: str) -> None:
    shown = MASKS.name(f"{before} {NAME} {after}", near=False)
    assert MASKS.name(NAME, near=False) in shown or MASKS.has_whole(before + after)
    assert not MASKS.has_whole(shown)


def test_names_and_ids_agree_and_two_sources_differ() -> None:
    two = Masks([Protection(words=(NAME,), salt="s1"), Protection(words=("Tarek Haddas",), salt="s2")])
    name, other = two.name(NAME, near=False), two.name("Tarek Haddas", near=False)
    assert name != other
    assert slug(name) == two.id("karim-haddad", near=False)
    assert two.id("d-00facade00000000/karim-haddad", near=False) == f"d-00facade00000000/{slug(name)}"
    assert is_pseudonym(slug(name))
    assert not is_pseudonym("karim-haddad")
    assert MASKS.name(NAME, near=False) == name, "the first protection of a name gives its other name"
    assert Masks([Protection(words=(NAME,), salt="s9")]).name(NAME, near=False) != name


def test_hashes_are_left_alone() -> None:
    masks = Masks([Protection(words=("Dead Face",), salt="s")])
    document = Document(id="x", key="d-deadface00000000", capture="deadface" * 8, text="no name")
    assert masked(document, masks, near=True) == document


@given(texts, texts)
def test_every_span_fits_the_masked_text(before: str, after: str) -> None:
    text = f"{before}{NAME} said it.{after}"
    start = len(before)
    document = Document(
        id="karim-haddad-1",
        key="d-0000000000000000",
        capture="0" * 64,
        text=text,
        offsets=OffsetMap((Run(0, len(text), 0, len(text)),)),
        url="https://example.org/karim-haddad",
        headline=Span.of(text, 0, start + 3),
    )
    spans = tuple(Span.of(text, at, at + 4) for at in (start, start + 3, start + 8))
    statement = Statement(
        id="s-0000000000000000",
        document=document.key,
        source=spans[:1],
        cue=spans[1:2],
        content=spans[2:],
        kind=Kind.INDIRECT,
        speaker=Speaker(actor="karim-haddad", name=NAME, mention=spans[0]),
    )
    shown = masked(document, MASKS, near=True)
    said = masked(statement, MASKS, near=True, text=shown.text)
    assert shown.headline is not None
    assert shown.headline.fits(shown.text)
    for span, true in zip((*said.source, *said.cue, *said.content), spans, strict=True):
        assert span == Span.of(shown.text, true.start, true.end)
    assert said.id == statement.id
    assert shown.offsets == document.offsets
    for noun in (shown, said):
        assert "haddad" not in fold(str(noun))
