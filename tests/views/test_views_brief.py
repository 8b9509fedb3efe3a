"""A dispute in brief has the numbers of the whole, and grows no further when thousands speak in it."""

from __future__ import annotations

from io import StringIO

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from counterclaim.model import ActorKind, VerificationStatus
from counterclaim.views.board import DisputeView, Holder, board_view
from counterclaim.views.brief import NAMES, QUOTES, DisputeBrief, board_brief, dispute_brief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.names import Named
from counterclaim.views.quotes import Check
from counterclaim.views.terminal.board import board_table


def crowded(catalogue: Catalogue, number: int) -> DisputeView:
    """Return a dispute in whose first position everything is there so many times, under other names."""
    (view,) = board_view(catalogue).disputes
    first = next(each for each in view.positions if any(quote.reprints for quote in each.quotes))
    some = next(quote for quote in first.quotes if quote.reprints)
    status = VerificationStatus.UNVERIFIED
    numbers = range(number)
    grown = replace(
        first,
        holders=tuple(
            Holder(id=f"h-{n}", name=f"Holder {n}", kind=ActorKind.PERSON, anonymous=False, role=None)
            for n in numbers
        ),
        own_voice=tuple(f"Outlet {n}" for n in numbers),
        evidence=replace(
            first.evidence,
            attested=number,
            origins=tuple(Named(id=f"o-{n}", name=f"Origin {n}") for n in numbers),
            corroborated=number,
            parties=tuple(Named(id=f"p-{n}", name=f"Party {n}") for n in numbers),
        ),
        checks=tuple(
            Check(statement="s-1", status=status, words=f"could not check it {n}", start=0, end=1)
            for n in numbers
        ),
        quotes=tuple(
            replace(
                some,
                statement=f"s-{n}",
                reprints=tuple(replace(some.reprints[0], outlet=f"Copier {m}") for m in numbers),
            )
            for n in numbers
        ),
    )
    return replace(view, positions=(grown,))


def drawn(view: DisputeView, catalogue: Catalogue) -> str:
    console = Console(width=20_000, file=StringIO(), highlight=False, markup=False)
    console.print(board_table(board_brief(replace(board_view(catalogue), disputes=(view,)))))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_numbers_are_those_of_the_whole(example):
    whole = board_view(example.catalogue)
    brief = board_brief(whole)
    assert (brief.documents, brief.found, brief.actors) == (whole.documents, whole.found, whole.actors)
    for one, other in zip(brief.disputes, whole.disputes, strict=True):
        assert (one.id, one.question, one.reports) == (other.id, other.question, len(other.documents))
        for short, full in zip(one.positions, other.positions, strict=True):
            assert short.evidence.attested == full.evidence.attested
            assert short.evidence.corroborated == full.evidence.corroborated
            assert short.evidence.conceded_by == full.evidence.conceded_by
            assert short.quoted == len(full.quotes)
            assert {q.quote.statement for q in short.quotes} <= {q.statement for q in full.quotes}
            assert sum(held.number for held in short.holders) == len(full.holders)


@given(number=st.integers(1, 3 * NAMES))
def test_what_is_cut_is_counted(number: int, example) -> None:
    (position,) = dispute_brief(crowded(example.catalogue, number)).positions
    for shown, more, whole in (
        (len(position.checks), position.more_checks, number),
        (len(position.holders) + len(position.own_voice), position.more_holders, 2 * number),
        (len(position.quotes[0].quote.reprints), position.quotes[0].more_reprints, number),
    ):
        assert shown + more == whole
        assert shown <= 2 * NAMES
    assert len(position.evidence.origins) == min(number, NAMES)
    assert (position.evidence.attested, position.quoted) == (number, number)
    assert len(position.quotes) == min(number, QUOTES)


def test_the_size_does_not_grow_with_those_who_speak(example):
    sizes = [len(msgspec.json.encode(dispute_brief(crowded(example.catalogue, n)))) for n in (100, 1_000)]
    assert sizes[1] < 1.05 * sizes[0]
    assert len(msgspec.json.encode(crowded(example.catalogue, 100))) > 10 * sizes[0]


def test_the_board_says_how_many_more_there_are(example):
    text = drawn(crowded(example.catalogue, NAMES + 7), example.catalogue)
    for words in (
        f"{NAMES + 7} origins: Origin 0, ",
        f"Origin {NAMES - 1}, 7 more",
        f"Party {NAMES - 1}, 7 more",
        "in its own voice, 14 more",
        "and 7 wordings more",
        ", 7 more",
        f"and {NAMES + 7 - QUOTES} more: counterclaim show",
    ):
        assert words in text, words


def test_a_brief_is_the_same_after_json(example):
    (brief,) = board_brief(board_view(example.catalogue)).disputes
    assert msgspec.json.decode(msgspec.json.encode(brief), type=DisputeBrief) == brief
