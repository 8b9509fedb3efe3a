"""Versions of one report: which are, which is later, what changed, and what still counts."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import pipeline
from counterclaim.disputes import (
    ChangeKind,
    DefaultLinker,
    basis_of,
    changes,
    claim_statuses,
    moment,
    read_board,
    read_versions,
    revision,
    revisions,
    version_of,
    withdrawn,
)
from counterclaim.model import Board, ClaimStatus, Document, Judgement, JudgementKind, Report, Snapshot

DAYS = st.sampled_from(
    [None, "2031-04-01", "2031-04-01T06:00:00+02:00", "2031-04-01T23:30:00-03:00", "2031-04-02"]
)


def document(
    text: str,
    *,
    name: str = "quay",
    publisher: str | None = "Larre Post",
    published: str | None = "2031-04-02",
    modified: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> Document:
    return Document(
        id=name,
        key=Document.key_of(name, f"{text}{published}{modified}{url}"),
        capture="0" * 64,
        text=text,
        title=title,
        publisher=publisher,
        published=published,
        modified=modified,
        url=url,
    )


def gathered(*documents: Document) -> Snapshot:
    return pipeline.gather([pipeline.analyse(each) for each in documents], DefaultLinker())


def counts(board: Board, snapshot: Snapshot, words: str) -> set[tuple[int, int]]:
    held = {s.id for s in snapshot.statements if words in s.content_text}
    return {
        (claim.attestation.attested, claim.attestation.corroborated)
        for claim in board.claims
        if held & set(claim.statements)
    }


def statuses(snapshot: Snapshot, words: str) -> dict[ClaimStatus, list[str]]:
    board = read_board(snapshot)
    told = claim_statuses(snapshot, board)
    held = {s.id for s in snapshot.statements if words in s.content_text}
    found: dict[ClaimStatus, list[str]] = {}
    for claim in board.claims:
        for note in told[claim.id] if held & set(claim.statements) else ():
            found.setdefault(note.status, []).extend(note.words)
    return found


def test_one_id_is_one_report_unless_two_outlets_are_named() -> None:
    one, other = document("a"), document("b")
    assert basis_of(one, other) == "same-id"
    assert basis_of(one, one) is None
    assert basis_of(one, document("b", publisher="Echo")) is None
    assert basis_of(one, document("b", publisher=None)) == "same-id"
    assert basis_of(one, document("b", name="pier")) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://larre.example/a", "http://www.larre.example/a/#top", True),
        ("https://LARRE.example/a", "https://larre.example/a", True),
        ("https://larre.example/a?id=1", "https://larre.example/a?id=2", False),
        ("https://larre.example/a", "https://larre.example/A", False),
        ("https://larre.example/", "https://larre.example", False),
        ("not an address", "not an address", False),
    ],
)
def test_one_address_is_one_report(one: str, other: str, same: bool) -> None:
    pair = document("a", name="x", url=one, title="Fire"), document("b", name="y", url=other, title="FIRE")
    assert basis_of(*pair) == ("same-address" if same else None)


def test_a_page_that_lists_what_is_new_is_another_report_each_day() -> None:
    text = "The ferry to Orr lay at the quay all day because the crew would not sail without pay. " * 2
    other = "A fire burnt down the mill of Larre in the night, and nobody knows yet how it began. " * 2
    address = "https://larre.example/news"
    one = document(text, name="x", url=address, title="Ferry")
    assert basis_of(one, document(other, name="y", url=address, title="Mill")) is None
    assert basis_of(one, document(text + other, name="y", url=address, title="Mill")) == "same-address"
    assert basis_of(one, document("", name="y", url=address, title="Mill")) is None


@given(st.permutations(range(12)), st.integers(1, 3))
def test_as_many_links_as_versions_and_any_order_gives_the_same(order: list[int], outlets: int) -> None:
    houses = ["Larre Post", "Echo", None][:outlets]
    several = [
        document(f"text {n}", publisher=houses[n % outlets], published=f"2031-04-{n + 1:02}")
        for n in range(12)
    ]
    held: list[Document] = []
    links: dict[str, Judgement] = {}
    for n in order:
        links |= {each.id: each for each in revisions(several[n], held)}
        held.append(several[n])
    assert len(links) <= 2 * 2 * outlets * len(several)
    found = read_versions(held, links.values()).chains
    every = [j for n, one in enumerate(several) for other in several[:n] if (j := revision(one, other))]
    assert found == read_versions(several, every).chains


def test_people_whose_orders_go_round_in_a_circle_leave_one_chain() -> None:
    several = [document(f"text {n}", published=f"2031-04-0{n + 1}") for n in range(3)]
    keys = [each.key for each in several]
    circle = [
        Judgement.of(JudgementKind.REVISES, one, other, basis="analyst", author="Ida")
        for one, other in zip(keys, [*keys[1:], keys[0]], strict=True)
    ]
    (chain,) = read_versions(several, circle).chains
    assert sorted(chain) == sorted(keys)
    assert chain[0] == keys[0]


@given(DAYS, DAYS, DAYS)
def test_the_later_is_the_one_dated_later_and_else_the_newcomer(
    first: str | None, second: str | None, changed: str | None
) -> None:
    one, other = document("a", published=first, modified=changed), document("b", published=second)
    judgement = revision(one, other)
    assert judgement is not None
    later = other if moment(other) > moment(one) else one
    assert (judgement.left, judgement.right) == (later.key, ({one.key, other.key} - {later.key}).pop())
    if moment(one) != moment(other):
        assert judgement == revision(other, one)


@given(st.permutations(range(4)), st.lists(DAYS, min_size=4, max_size=4))
def test_any_order_gives_the_chain_in_order_of_time(order: list[int], days: list[str | None]) -> None:
    several = [document(f"text {n}", published=days[n]) for n in range(4)]
    held: list[Document] = []
    judgements: list[Judgement] = []
    for n in order:
        judgements += revisions(several[n], held)
        held.append(several[n])
    random.Random(1).shuffle(judgements)
    (chain,) = read_versions(held, judgements).chains
    assert chain == tuple(
        each.key for each in sorted(held, key=moment)
    )  # ties as they came: the sort is stable


def test_a_chain_through_id_and_address_is_one() -> None:
    one = document("a", name="x", url="https://larre.example/a", title="Fire", published="2031-04-01")
    two = document("b", name="y", url="https://larre.example/a", title="Fire", published="2031-04-02")
    three = document("c", name="y", url="https://larre.example/b", title="Fire", published="2031-04-03")
    for order in itertools.permutations((one, two, three)):
        versions = read_versions(order, gathered(*order).judgements)
        assert versions.chains == ((one.key, two.key, three.key),)
    assert (versions.latest(one.key), versions.number(two.key), versions.before(two.key)) == (
        three.key,
        2,
        one.key,
    )


def test_a_person_goes_before_the_program_on_which_is_later() -> None:
    one, two = document("a", published="2031-04-01"), document("b", published="2031-04-02")
    said = Judgement.of(JudgementKind.REVISES, one.key, two.key, basis="analyst", author="Ida Holm")
    versions = read_versions((one, two), [*gathered(one, two).judgements, said])
    assert versions.chains == ((two.key, one.key),)


FIRE = (
    "The Larre Union said that 20 people were killed in the fire at Larre market. "
    "Mayor Ida Brenn denied that the fire doors at Larre market had been locked. "
    "Tom Haske said the fire brigade came late to the market."
)
LATER = (
    "The Larre Union said that 31 people were killed in the fire at Larre market. "
    "Mayor Ida Brenn denied that the fire doors at Larre market had been locked. "
    "Hospital director Jan Kest said nine children were being treated."
)


def test_what_changed_is_told_with_old_and_new_words_in_their_places() -> None:
    older, newer = document(FIRE), document(LATER, published="2031-04-03")
    said = [pipeline.analyse(each).statements for each in (older, newer)]
    found = changes(version_of(older, said[0]), version_of(newer, said[1]))
    texts = {s.id: s.content_text for several in said for s in several}
    kinds = {(each.kind, texts[each.old or each.new or ""]) for each in found}
    assert (ChangeKind.KEPT, "that the fire doors at Larre market had been locked") in kinds or (
        ChangeKind.KEPT,
        "the fire doors at Larre market had been locked",
    ) in kinds
    assert any(kind is ChangeKind.DROPPED and "brigade" in text for kind, text in kinds)
    assert any(kind is ChangeKind.ADDED and "children" in text for kind, text in kinds)
    (changed,) = [
        each for each in found if each.kind is ChangeKind.CHANGED and "20" in texts[each.old or ""]
    ][:1]
    (words,) = changed.words
    assert words.old is not None
    assert words.new is not None
    assert (words.old.quote, words.new.quote) == ("20", "31")
    assert older.text[words.old.start : words.old.end] == "20"
    assert newer.text[words.new.start : words.new.end] == "31"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from([f"{part}." for part in (FIRE + " " + LATER).split(". ")]), max_size=6, unique=True
    ),
    st.lists(
        st.sampled_from([f"{part}." for part in (FIRE + " " + LATER).split(". ")]), max_size=6, unique=True
    ),
)
def test_every_statement_has_one_fate(before: list[str], after: list[str]) -> None:
    older, newer = document(" ".join(before) or "Nothing."), document(" ".join(after) or "Nothing.")
    said = [pipeline.analyse(each).statements for each in (older, newer)]
    found = changes(version_of(older, said[0]), version_of(newer, said[1]))
    assert sorted(each.old for each in found if each.old) == sorted(s.id for s in said[0])
    assert sorted(each.new for each in found if each.new) == sorted(s.id for s in said[1])
    for each in found:
        assert (each.old is None) <= (each.kind in {ChangeKind.ADDED, ChangeKind.KEPT})
        assert (each.new is None) <= (each.kind in {ChangeKind.DROPPED, ChangeKind.KEPT})
    same = changes(version_of(older, said[0]), version_of(older, said[0]))
    assert {each.kind for each in same} <= {ChangeKind.KEPT}


def test_versions_are_one_origin_though_nearly_all_words_changed() -> None:
    first = document("The Larre Union said that the night ferry had sunk in the harbour.", publisher=None)
    second = document(
        "Divers reached the wreck at dawn. Cranes were on their way from Ostholm, and the quay was closed. "
        "In the harbour the night ferry had sunk, the Larre Union said.",
        publisher=None,
        published="2031-04-03",
    )
    joined = gathered(first, second)
    apart = Snapshot(
        documents=joined.documents,
        annotations=joined.annotations,
        statements=joined.statements,
        judgements=tuple(j for j in joined.judgements if j.kind is not JudgementKind.REVISES),
    )
    assert not {JudgementKind.COPY, JudgementKind.DERIVED} & {j.kind for j in joined.judgements}
    assert (2, 1) in counts(read_board(apart), apart, "had sunk")
    assert counts(read_board(joined), joined, "had sunk") == {(1, 1)}


def test_what_only_an_older_version_says_is_not_counted_and_is_marked() -> None:
    older, newer = document(FIRE), document(LATER, published="2031-04-03")
    snapshot = gathered(older, newer)
    board = read_board(snapshot)
    assert max(counts(board, snapshot, "people were killed")) == (1, 1)  # one claim, with another figure
    assert counts(board, snapshot, "brigade came late") == {(0, 0)}
    assert (1, 1) in counts(board, snapshot, "had been locked")
    told = statuses(snapshot, "20 people were killed")
    assert any("31 people" in words for words in told[ClaimStatus.WITHDRAWN])
    assert any(
        "no longer" in words for words in statuses(snapshot, "brigade came late")[ClaimStatus.WITHDRAWN]
    )
    assert ClaimStatus.WITHDRAWN not in statuses(snapshot, "had been locked")
    told_of = claim_statuses(snapshot, board)
    marked = {
        s
        for notes in told_of.values()
        for n in notes
        if n.status is ClaimStatus.WITHDRAWN
        for s in n.statements
    }
    assert {s.document for s in snapshot.statements if s.id in marked} == {older.key}


def test_another_outlet_that_still_says_it_counts() -> None:
    echo = document(
        "In Ostholm, the Larre Union said that 20 people were killed in the fire at Larre market.",
        name="echo",
        publisher="Echo",
    )
    snapshot = gathered(document(FIRE), document(LATER, published="2031-04-03"), echo)
    assert (1, 1) in counts(read_board(snapshot), snapshot, "20 people were killed")


def test_other_wording_is_not_withdrawn() -> None:
    one = document("The Larre Union said that the old night ferry to Ostholm had sunk in the outer harbour.")
    two = document(
        "The Larre Union said that the night ferry to Ostholm had sunk in the outer harbour.",
        published="2031-04-03",
    )
    snapshot = gathered(one, two)
    assert withdrawn(snapshot, read_versions(snapshot.documents, snapshot.judgements)) == {}


def test_a_version_that_was_not_analysed_withdraws_nothing() -> None:
    unread = Document(
        **{
            name: getattr(document("Brann i Larre.", published="2031-04-04"), name)
            for name in Document.__struct_fields__
        }
        | {"analysed": False, "unanalysed_because": "language"}
    )
    snapshot = gathered(document(FIRE), unread)
    assert withdrawn(snapshot, read_versions(snapshot.documents, snapshot.judgements)) == {}


def correction_of(first: Document, *others: Document, words: str) -> dict[ClaimStatus, list[str]]:
    return statuses(gathered(first, *others), words)


def test_a_correction_in_a_version_names_the_figure_that_it_corrects() -> None:
    note = "Correction: An earlier version of this report said that 20 people had died. The figure is 31."
    told = correction_of(
        document(FIRE), document(f"{LATER}\n\n{note}", published="2031-04-03"), words="20 people were"
    )
    assert set(told[ClaimStatus.CORRECTED]) == {note}
    assert ClaimStatus.CORRECTED not in correction_of(
        document(FIRE), document(f"{LATER}\n\n{note}", published="2031-04-03"), words="fire doors"
    )


def test_a_retracted_report_takes_all_that_it_said_with_it() -> None:
    notice = "The Larre Post has retracted this report. It did not meet our standards."
    snapshot = gathered(document(FIRE), document(notice, published="2031-04-03"))
    told = claim_statuses(snapshot, read_board(snapshot))
    first = min(snapshot.documents, key=moment)
    for claim in read_board(snapshot).claims:
        if any(s.document == first.key for s in snapshot.statements if s.id in claim.statements):
            notes = [note for note in told[claim.id] if note.status is ClaimStatus.RETRACTED]
            assert notes
            assert notes[0].document is not None
            assert notes[0].span is not None
            assert notes[0].span.quote == "The Larre Post has retracted this report."


def test_a_retraction_told_by_another_outlet_is_followed_to_the_one_it_names() -> None:
    ferry = document(
        "The Larre Union said that the night ferry to Ostholm had sunk in the harbour.", name="a"
    )
    told = "The Larre Post has retracted its report that the night ferry to Ostholm had sunk in the harbour."
    echo = document(told, name="b", publisher="Echo", published="2031-04-03")
    assert ClaimStatus.RETRACTED in statuses(gathered(ferry, echo), "had sunk in the harbour")
    tide = document(
        told.replace("The Larre Post", "The Tide"), name="b", publisher="Echo", published="2031-04-03"
    )
    assert ClaimStatus.RETRACTED not in statuses(gathered(ferry, tide), "had sunk in the harbour")


def test_reports_in_any_order_give_one_board() -> None:
    several = [
        document(FIRE),
        document(LATER, published="2031-04-03"),
        document(f"{LATER} Rain fell.", published="2031-04-04"),
    ]
    reports = [pipeline.analyse(each) for each in several]
    boards = set()
    for order in itertools.permutations(reports):
        snapshot = pipeline.gather(order, DefaultLinker())
        judged = [each for each in snapshot.judgements if each.kind is not JudgementKind.REVISES]
        boards.add((repr(judged), repr(read_board(snapshot))))
    assert len(boards) == 1
    assert isinstance(reports[0], Report)


def test_what_an_earlier_version_is_said_to_have_said_is_nobodys_claim() -> None:
    note = "Correction: An earlier version of this report said that 20 people had died in the fire."
    snapshot = gathered(document(f"Rain fell on Ostholm.\n\n{note}"))
    assert any("20 people" in s.content_text and s.cue for s in snapshot.statements)
    assert counts(read_board(snapshot), snapshot, "20 people had died in the fire") == set()
    both = gathered(document(FIRE), document(f"{LATER}\n\n{note}", published="2031-04-03"))
    questions = [each.question for each in read_board(both).disputes]
    assert not [each for each in questions if each.startswith("Which is it")]  # a correction is no quarrel
