"""From whom a report has a statement: "told AFP", "according to SANA", "state television quoted him"."""

from __future__ import annotations

import pytest

from counterclaim.documents.media import medium_named, told_through


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The governor told AFP that the dam had held.", "AFP"),
        ("“We left,” he said in an interview with the Larre Post on Monday.", "Larre Post"),
        ("The dam held, according to Syria's official SANA news agency.", "SANA"),
        ("AFP reported, citing SANA, that the dam had held.", "SANA"),
        ("The Ostholm Herald quoted the minister as saying that the dam held.", "Ostholm Herald"),
        ("The governor told a correspondent for the Ostholm Herald that it held.", "Ostholm Herald"),
        ("The mayor said in remarks carried by Larre Radio that it held.", "Larre Radio"),
        ("He told reporters that the dam had held.", None),
        ("He told the council that the dam had held.", None),
        ("Gen. Ivo Brenn said the dam had held.", None),
    ],
)
def test_the_medium_that_a_sentence_names_as_its_source(sentence: str, name: str | None) -> None:
    text = f"The Morning Post told Reuters nothing. {sentence} The Evening Star told AFP more."
    start = text.index(sentence)
    found = told_through(text, start, start + 10)
    assert (found.name if found else None) == name
    if found:
        assert start <= found.start < found.end <= start + len(sentence)


def test_what_stands_in_the_words_told_does_not_count() -> None:
    text = "The minister said that according to SANA the dam had held."
    assert told_through(text, 0, 17) is not None
    assert told_through(text, 0, 17, [(18, len(text))]) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The official SANA news agency", "SANA"),
        ("the Syrian Arab News Agency (SANA)", "SANA"),
        ("State television", "State television"),
        ("The Larre Post", "Larre Post"),
        ("the newspaper Haaretz", "Haaretz"),
        ("a reporter for the Larre Post", None),
        ("the Defence Ministry", None),
        ("Ivo Brenn", None),
    ],
)
def test_a_source_that_is_an_outlet(words: str, name: str | None) -> None:
    assert medium_named(words) == name
