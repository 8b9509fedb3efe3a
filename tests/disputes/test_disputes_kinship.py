"""What counts as evidence for copies: spelling, footers, quotations, stretches; and kinds of pairs."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim import pipeline
from counterclaim.disputes import Kinship, copy_pairs, judge_copy, pairs_of, read_board, read_lineage
from counterclaim.disputes.alignment import quotations, stretches
from counterclaim.disputes.boilerplate import boilerplate
from counterclaim.disputes.copies import NONE
from counterclaim.disputes.shingles import LENGTH, placed, running, shingles
from counterclaim.disputes.spelling import joined, places, spelling
from counterclaim.model import Document, Origin, OriginBasis, Snapshot
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.document import document_view


def invented(seed: int, count: int = 80) -> str:
    chance = random.Random(seed)
    return " ".join("".join(chance.choices("abcdfghijklmnp", k=6)) for _ in range(count))


def report(
    name: str, text: str, day: str = "2031-04-01", publisher: str | None = None, agency: str | None = None
) -> Document:
    origin = Origin(name=agency, basis=OriginBasis.CREDIT) if agency else None
    return Document(
        id=name, key=f"d-{name}", capture=name, text=text, published=day, publisher=publisher, origin=origin
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fighters of Islamic State held Raqqa", "fighters of Daesh held Raqa"),
        ("IS and ISIL near Ar-Raqqah", "Daesh and ISIS near Rakka"),
        ("in Aleppo, Idlib and Deir Ezzor", "in Halab, Idleb and Deir al-Zor"),
        ("Colonel Qaddafi in Misrata", "Colonel Gadhafi in Misurata"),
        ("the al-Assad government in Hama", "the Assad government in Hamah"),
        ("Khan Sheikhoun was hit", "Khan Shaykhun was hit"),
        ("they organised a coloured defence", "they organized a colored defense"),
        ("in Kiev and Kharkov", "in Kyiv and Kharkiv"),
    ],
)
def test_names_that_the_news_spells_in_several_ways_are_one(one: str, other: str) -> None:
    first, second = (
        [spelling(word) for word in joined(text.replace(",", "").replace("-", " ").casefold().split())]
        for text in (one, other)
    )
    assert first == second


def test_different_names_and_figures_stay_apart() -> None:
    apart = [
        "Homs",
        "Hama",
        "Damascus",
        "1100",
        "1110",
        "killed",
        "wounded",
        "army",
        "rebels",
        "Iran",
        "Iraq",
    ]
    assert len({spelling(word.casefold()) for word in apart}) == len(apart)


TEXTS = st.lists(
    st.sampled_from(
        ["The", "Islamic", "State", "al-Nusra", "Front,", "Deir", "Ezzor", "said", "İstanbul", "no."]
    ),
    max_size=30,
).map(" ".join)


@given(text=TEXTS)
def test_placed_runs_are_the_runs_of_the_text_and_stand_where_they_say(text: str) -> None:
    runs, where = placed(text)
    assert runs.tolist() == running(text).tolist()
    for value, (start, end) in zip(runs.tolist(), where.tolist(), strict=True):
        assert 0 <= start < end <= len(text)
        assert value in shingles(text[start:end]).tolist()


@given(words=st.lists(st.sampled_from(["islamic", "state", "al", "nusra", "front", "in", "deir", "zor"])))
def test_the_places_of_joined_words_are_in_order(words: list[str]) -> None:
    begins = places(words)
    assert len(begins) == len(joined(words)) + 1
    assert begins == sorted(set(begins))
    assert begins[-1] == len(words)


def test_stretches_are_maximal_merged_over_a_changed_word_and_leave_out_what_is_no_evidence() -> None:
    shared, footer = invented(1, 30), invented(2, 12)
    words = shared.split()
    one = f"{invented(3, 10)} {shared} {footer}"
    other = f"{invented(4, 5)} {' '.join([*words[:14], 'changed', *words[15:]])} {invented(5, 9)} {footer}"
    first, second = stretches(one, other, NONE)
    assert one[first.start : first.end] == shared
    assert other[first.other_start : first.other_end].split()[14] == "changed"
    assert one[second.start : second.end] == footer == other[second.other_start : second.other_end]
    assert stretches(one, other, shingles(footer)) == (first,)
    assert stretches(one, invented(6), NONE) == ()


def test_an_unpaired_mark_does_not_turn_the_quotations_inside_out() -> None:
    text = 'A plate of 12" steel. "We left," she said. “It was ours,” he said.'
    assert [text[start:end] for start, end in quotations(text)] == ['"We left,"', "“It was ours,”"]


def test_a_quotation_alone_is_no_copying_and_with_a_sentence_around_it_is() -> None:
    speech, around = invented(1, 50), invented(2, 12)
    one = f"{invented(3, 60)} “{speech}” {invented(4, 30)}"
    alone = f"{invented(5, 50)} “{speech}” {invented(6, 40)}"
    assert judge_copy(report("a", one), report("b", alone)) is None
    both = judge_copy(report("a", f"{one} {around}"), report("b", f"{alone} {around}"))
    assert both is not None
    unmarked = alone.replace("“", "").replace("”", "")
    assert judge_copy(report("a", one.replace("“", "").replace("”", "")), report("b", unmarked)) is not None


def test_a_footer_is_learnt_and_a_story_that_an_outlet_prints_in_versions_is_not() -> None:
    footer, story = invented(1, 25), invented(2, 60)
    on_many = [shingles(f"{invented(10 + n, 70)} {footer}") for n in range(4)]
    versions = [shingles(f"{story} {invented(20 + n, 15)}") for n in range(4)]
    learnt = boilerplate([*on_many, *versions], ["Echo"] * 8)
    assert set(shingles(footer).tolist()) == set(learnt.tolist())
    assert len(boilerplate(on_many, ["Echo", "Post", "Herald", "Star"])) == 0
    assert len(boilerplate(on_many, [None] * 4)) == 0
    assert len(boilerplate(on_many[:2], ["Echo"] * 2)) == 0


def test_reports_of_one_day_that_share_a_footer_alone_are_independent() -> None:
    footer = invented(1, 25)
    documents = [report(f"n{n}", f"{invented(10 + n, 70)} {footer}", publisher="Echo") for n in range(4)]
    assert copy_pairs(documents) == []


STORY = [f"{invented(seed, 15)}." for seed in range(40, 50)]


def kinship(*documents: Document) -> dict[tuple[str, str], Kinship]:
    pairs = pipeline.kin(documents, copy_pairs(documents))
    return {(pair.one.removeprefix("d-"), pair.other.removeprefix("d-")): pair.kinship for pair in pairs}


def test_a_cut_copy_an_excerpt_a_rewrite_and_an_alert() -> None:
    whole = report("whole", " ".join(STORY), publisher="Post")
    cut = report("x-cut", " ".join(STORY[:6]), "2031-04-02", publisher="Echo")
    assert kinship(whole, cut) == {("whole", "x-cut"): Kinship.COPY}
    part = report("x-part", f"{invented(60, 100)} {' '.join(STORY[4:6])}", "2031-04-02", publisher="Echo")
    assert kinship(whole, part) == {("whole", "x-part"): Kinship.EXCERPT}
    words = " ".join(STORY).split()
    other = [word if place % 12 > 4 else f"new{place}" for place, word in enumerate(words)]
    reworded = report("x-new", " ".join(other), "2031-04-02", publisher="Echo")
    assert kinship(whole, reworded)["whole", "x-new"] in {Kinship.REWRITE, Kinship.COPY}
    brief = report(
        "brief",
        f"{STORY[0]} {invented(70, 15)} {' '.join(STORY[1].split()[:8])}",
        "2031-03-31",
        publisher="Echo",
    )
    assert kinship(brief, whole) == {("brief", "whole"): Kinship.ALERT}


def test_the_same_text_with_another_figure_is_an_update() -> None:
    told = " ".join(STORY)
    early = report("early", f"At least 12 were killed. {told}", publisher="Post", agency="Larre News")
    later = report("later", f"At least 31 were killed. {told}", "2031-04-02", "Echo", "Larre News")
    assert kinship(early, later) == {("early", "later"): Kinship.UPDATE}
    same = report("same", f"At least 12 were killed. {told}", "2031-04-02", "Echo", "Larre News")
    assert kinship(early, same) == {("early", "same"): Kinship.COPY}


def test_a_composite_joins_no_group_and_its_sources_stay_independent() -> None:
    one = report("one", f"{' '.join(STORY[:4])} {invented(80, 40)}", agency="Larre News")
    two = report("two", f"{' '.join(STORY[6:])} {invented(81, 40)}", agency="Ostholm Press")
    spliced = report("x", f"{' '.join(STORY[:4])} {invented(82, 20)} {' '.join(STORY[6:])}", "2031-04-02")
    documents = [one, two, spliced]
    assert set(kinship(*documents).values()) == {Kinship.COMPOSITE}
    lineage = read_lineage(documents, copy_pairs(documents))
    assert len(set(lineage.groups.values())) == 3
    assert lineage.sources("d-x") == ("d-one", "d-two")
    assert lineage.related("d-one", "d-x")
    assert not lineage.related("d-one", "d-two")
    one_agency = [one, report("two", two.text, agency="Larre News"), spliced]
    assert read_lineage(one_agency, copy_pairs(one_agency)).sources("d-x") == ()


def test_pairs_do_not_depend_on_the_order() -> None:
    text = " ".join(STORY)
    documents = [report(f"n{n}", f"{text} {invented(n, 20)}", publisher=f"P{n}") for n in range(6)]
    judgements = copy_pairs(documents)
    expected = pairs_of(documents, read_lineage(documents, judgements))
    random.Random(3).shuffle(documents)
    random.Random(4).shuffle(judgements)
    assert pairs_of(documents, read_lineage(documents, judgements)) == expected
    assert all(pair.stretches and 0 < pair.share <= 1 for pair in expected)
    assert NONE.dtype == np.uint64
    assert LENGTH == 5


def test_views_show_no_copy_that_rests_on_background() -> None:
    history = invented(9, 40)
    documents = [
        report(f"n{n}", f"{invented(n, 60)} {history}", f"2031-0{n + 1}-01", publisher=f"P{n}")
        for n in range(4)
    ]
    alone = [judge_copy(one, other) for one, other in itertools.pairwise(documents)]
    edges = [each for each in alone if each is not None]
    assert len(edges) == 3
    snapshot = Snapshot(documents=tuple(documents), judgements=tuple(edges))
    catalogue = Catalogue(snapshot, read_board(snapshot))
    assert not catalogue.dependent("d-n0", "d-n1")
    assert document_view(catalogue, documents[0]).related == ()
    few = Snapshot(documents=tuple(documents[:2]), judgements=tuple(edges[:1]))
    catalogue = Catalogue(few, read_board(few))
    assert catalogue.dependent("d-n0", "d-n1")
    (related,) = document_view(catalogue, documents[0]).related
    assert related.spans
    assert not related.earlier
