"""Dateline, byline, credit and copyright lines: found at the edges, never taken from a sentence."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from counterclaim.documents.agencies import normal_name
from counterclaim.documents.credits import find_credits

FIRST = "The harbour master said on Tuesday that the crane had been checked twice."
LAST = "The union, which speaks for 300 dockers, denied it and called for a new check."


@pytest.mark.parametrize(
    ("text", "name", "basis", "quote"),
    [
        (f"{LAST} – Copyright The Harbour Times Limited 2031", "Harbour Times", "copyright", "Copyright The Harbour Times Limited 2031"),
        (f"{LAST}\n\n© 2031 Harbour News Inc. All rights reserved.", "Harbour News", "copyright", "© 2031 Harbour News Inc. All rights reserved."),
        (f"{LAST}\n\n(c) Agence France-Presse", "AFP", "copyright", "(c) Agence France-Presse"),
        (f"{LAST}\n\nCopyright © 2029-2031 Harbour Ltd", "Harbour", "copyright", "Copyright © 2029-2031 Harbour Ltd"),
        (f"{LAST} (Reuters)", "Reuters", "credit", "Reuters"),
        (f"{LAST} — AP", "Associated Press", "credit", "AP"),
        (f"{LAST} -AFP", "AFP", "credit", "AFP"),
        (f"{LAST}\n\nREUTERS", "Reuters", "credit", "REUTERS"),
        (f"{LAST}\n\nAFP/Reuters", "AFP", "credit", "AFP/Reuters"),
        (f"{LAST}\n\nSource: SANA", "SANA", "credit", "Source: SANA"),
        (f"{LAST}\n\n(Source: Harbour Watch)", "Harbour Watch", "credit", "(Source: Harbour Watch)"),
        (f"{LAST}\n\nThe Associated Press contributed to this report.", "Associated Press", "credit",
         "The Associated Press contributed to this report"),
        (f"{LAST}\n\nAdditional reporting by Reuters", "Reuters", "credit", "Additional reporting by Reuters"),
        (f"Crane was checked\n\nReuters\n\n{FIRST} {LAST}", "Reuters", "credit", "Reuters"),
        (f"By Ida Holm, Associated Press\n\n{FIRST} {LAST}", "Associated Press", "byline", "Ida Holm, Associated Press"),
        (f"PORT ANN, Vesta (Reuters) - {FIRST} {LAST}", "Reuters", "dateline", "PORT ANN, Vesta (Reuters) -"),
        (f"Sept 6 (Reuters) - {FIRST}", "Reuters", "dateline", "Sept 6 (Reuters) -"),
        (f"PORT ANN, June 3 (AP) — {FIRST}", "Associated Press", "dateline", "PORT ANN, June 3 (AP) —"),
        (f"Port Ann, SANA – {FIRST}", "SANA", "dateline", "Port Ann, SANA –"),
    ],
)  # fmt: skip
def test_origin_and_where_it_stands(text: str, name: str, basis: str, quote: str) -> None:
    origin = find_credits(text, {"publisher": "Vesta Post"}).origin
    assert origin
    assert (origin.name, origin.basis) == (name, basis)
    assert origin.span
    assert origin.span.quote == quote
    assert origin.span.fits(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST} “We checked it,” she told the Harbour Times. {LAST}",
        f"{FIRST}\n\nThe crane was never checked, a docker told AFP.",
        f"{FIRST}\n\nA docker told the Associated Press that nobody came. {LAST}",
        f"AFP said that it had seen the log book. {FIRST}\n\n{LAST}",
        f"{FIRST} The Copyright Office, which is not concerned, said nothing. {LAST}",
        f"Reuters reported on Monday that the log book was gone.\n\n{FIRST}",
        f"{FIRST}\n\nShe sent the letter to Reuters.",
        f"{FIRST}\n\nNo source: the union will not say who told it.",
        f"{FIRST}\n\nSource: Port Authority, Vesta Statistics",
        f"NATO – the alliance – has no port there. {FIRST}",
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    found = find_credits(text, {"publisher": "Vesta Post"})
    assert found.origin
    assert (found.origin.name, found.origin.basis, found.origin.span) == ("Vesta Post", "publisher", None)
    assert found.dateline is None


def test_the_strongest_line_wins() -> None:
    text = f"By Ida Holm, AFP\n\nPORT ANN (AP) - {FIRST}\n\n{LAST} (Reuters)\n\n© Harbour News Ltd"
    lines = [text, text.replace("© Harbour News Ltd", ""), text.partition(" (Reuters)")[0]]
    found = [find_credits(line, {}).origin for line in lines]
    assert [origin and origin.name for origin in found] == ["Harbour News", "Reuters", "AFP"]
    dateline = find_credits(text, {}).dateline
    assert dateline
    assert dateline.quote == "PORT ANN (AP) -"


def test_fields_of_the_line_count() -> None:
    assert find_credits(FIRST, {}).origin is None
    for fields, name in (
        ({"credit": "Agence France-Presse"}, "AFP"),
        ({"credit": "Vesta Press Agency", "publisher": "Post"}, "Vesta Press Agency"),
        ({"byline": "Ida Holm and AP", "publisher": "Post"}, "Associated Press"),
    ):
        origin = find_credits(FIRST, fields).origin
        assert origin
        assert origin.name == name


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        (f"Crane was checked\n\nBy Ida Holm and Per Lund\n\n{FIRST}", "Ida Holm and Per Lund"),
        (f"By Tuesday the crane had been checked.\n\n{FIRST}", None),
        (f"{FIRST}\n\n{LAST}", None),
    ],
)
def test_byline(text: str, byline: str | None) -> None:
    assert find_credits(text, {}).byline == byline


def test_dateline_of_the_outlet_itself() -> None:
    found = find_credits(f"Crane was checked\n\nPORT ANN — {FIRST}", {"publisher": "Vesta Post"})
    assert found.dateline
    assert found.dateline.quote == "PORT ANN —"
    assert found.origin
    assert found.origin.basis == "publisher"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("The Harbour Times Limited 2031", "Harbour Times"), ("2031 Harbour News, Inc.", "Harbour News"),
        ("Harbour News LLC. All rights reserved", "Harbour News"), ("The Associated Press", "Associated Press"),
        ("Thomson Reuters", "Reuters"), ("Theatre Weekly", "Theatre Weekly"), ("  ", ""),
    ],
)  # fmt: skip
def test_names_are_shown_without_their_legal_dress(name: str, shown: str) -> None:
    assert normal_name(name) == shown
