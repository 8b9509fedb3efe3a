"""What statements are compared by: words, names and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.claims import gist_of
from counterclaim.claims.quantities import Quantity, quantities
from counterclaim.claims.words import names, terms
from counterclaim.model import Document
from counterclaim.statements import extract_statements


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("31 people were killed", (Quantity("dead", 31, True),)),
        ("at least 31 people were killed", (Quantity("dead", 31, False),)),
        ("about twenty-five people were injured", (Quantity("wounded", 25, False),)),
        ("the death toll rose to 1,200", (Quantity("dead", 1200, True),)),
        ("two people died and 40 were wounded", (Quantity("dead", 2, True), Quantity("wounded", 40, True))),
        ("31 boats sailed", ()),
    ],
)
def test_quantities(text: str, wanted: tuple[Quantity, ...]) -> None:
    assert tuple((q.measure, q.value, q.exact) for q in quantities(text)) == tuple(
        (q.measure, q.value, q.exact) for q in wanted
    )


def test_terms_and_names() -> None:
    assert terms("the ferry sailed") == terms("Ferries are sailing")
    assert terms("ferry") <= terms("the ferry sailed")
    assert terms("the of and") == frozenset()
    assert names("he said Ostholm was calm")
    assert not names("he said it was calm")


@given(st.text(max_size=200))
def test_words_of_any_text(text: str) -> None:
    assert all(term for term in terms(text))
    assert all(quantity.value >= 0 for quantity in quantities(text))
    assert all(name for name in names(text))


def document(text: str) -> Document:
    return Document(id="r", key=Document.key_of("r", text), capture="0" * 64, text=text)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Lena Frost said the ferry had left Ostholm.", True),
        ("Lena Frost denied that the ferry had left Ostholm.", False),
    ],
)
def test_a_gist_carries_party_names_and_polarity(text: str, polarity: bool) -> None:
    report = document(text)
    (statement,) = extract_statements(report)
    gist = gist_of(statement, report)
    assert gist is not None
    assert gist.positive is polarity
    assert gist.party == "lena-frost"
    assert gist.names == names("in Ostholm")
    assert gist.place == gist.names


@pytest.mark.parametrize(
    "text",
    [
        "Lena Frost urged the crew to leave Ostholm at once.",
        "Lena Frost promised to repair the ferry in Ostholm.",
        "Lena Frost said she did not know where the ferry was.",
    ],
)
def test_what_makes_no_claim_has_no_gist(text: str) -> None:
    report = document(text)
    (statement,) = extract_statements(report)
    assert gist_of(statement, report) is None
