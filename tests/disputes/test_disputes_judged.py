"""The board after people have decided: programs never overrule them, by no rule and by no chain."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.disputes import claim_statuses, read_board, read_lineage
from counterclaim.model import (
    Board,
    Capture,
    ClaimStatus,
    Document,
    Judgement,
    JudgementKind,
    Snapshot,
    Span,
    Speaker,
    Statement,
)
from counterclaim.model.statement import Act, Kind

K = JudgementKind
NAMES = ("Ada", "Ben", "Cid", "Dot", "Eve", "Fay")
BASES = ("words", "denial", "responsibility", "control", "figure", "rival-value", "paraphrase")


def told(number: int, act: Act = Act.ASSERT) -> tuple[Document, Statement]:
    """Make one report in which one speaker says one thing."""
    name = NAMES[number]
    text = f"{name} said the mill at Tarn burnt {number + 3} sacks of rye. Report {number} of the week."
    capture = Capture.of(f"r{number}.txt", text.encode(), "text/plain")
    document = Document(
        id=f"r{number}",
        key=Document.key_of(f"r{number}", capture.sha256),
        capture=capture.sha256,
        text=text,
        publisher=f"Paper {number}",
        published=f"2031-04-0{number + 1}",
    )
    cue = Span.of(text, len(name) + 1, len(name) + 5)
    content = Span.of(text, cue.end + 1, text.index("."))
    source = Span.of(text, 0, len(name))
    statement = Statement(
        id=Statement.id_of(document.key, (cue,), (content,)),
        document=document.key,
        source=(source,),
        cue=(cue,),
        content=(content,),
        kind=Kind.INDIRECT,
        act=act,
        speaker=Speaker(actor=name.casefold(), name=name, mention=source),
    )
    return document, statement


REPORTS = [told(number) for number in range(len(NAMES))]
IDS = [statement.id for _, statement in REPORTS]
KEYS = [document.key for document, _ in REPORTS]


def snapshot(*judgements: Judgement, statements: list[Statement] | None = None) -> Snapshot:
    people = [j.id for j in judgements if not j.author.startswith("program:")]
    said = [s for _, s in REPORTS] if statements is None else statements
    unique = {j.id: j for j in judgements}
    return Snapshot(
        documents=tuple(sorted((d for d, _ in REPORTS), key=lambda d: d.key)),
        statements=tuple(sorted(said, key=lambda s: s.id)),
        judgements=tuple(unique[each] for each in sorted(unique)),
        decisions=tuple(dict.fromkeys(people)),
    )


def program(kind: K, one: str, other: str, basis: str = "words", confidence: float = 0.9) -> Judgement:
    return Judgement.of(kind, one, other, basis=basis, author="program:x/1", confidence=confidence)


def person(kind: K, one: str, other: str = "", by: str = "Ann", **more: Any) -> Judgement:
    return Judgement.of(kind, one, other, basis="analyst", author=by, **more)


def in_one_claim(board: Board, one: str, other: str) -> bool:
    return any({one, other} <= set(claim.statements) for claim in board.claims)


def on_two_sides(board: Board, one: str, other: str) -> bool:
    for dispute in board.disputes:
        sides = {s: p.id for p in dispute.positions for s in p.statements}
        if one in sides and other in sides and sides[one] != sides[other]:
            return True
    return False


PAIR = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] < pair[1])
EDGES = st.lists(
    st.builds(
        lambda pair, kind, basis, confidence: program(kind, *pair, basis, confidence),
        PAIR,
        st.sampled_from([K.SAME_CLAIM, K.OPPOSED]),
        st.sampled_from(BASES),
        st.sampled_from([0.3, 0.6, 0.9, 0.95]),
    ),
    max_size=20,
)
RELATIONS = [K.SAME_CLAIM, K.OPPOSED, K.NOT_SAME_CLAIM, K.NOT_OPPOSED]
DECISIONS = st.dictionaries(PAIR, st.sampled_from(RELATIONS), max_size=5)


@settings(max_examples=300, deadline=None)
@given(EDGES, DECISIONS)
def test_no_chain_of_programs_brings_together_what_a_person_holds_apart(edges, decisions):
    board = read_board(snapshot(*edges, *(person(kind, *pair) for pair, kind in decisions.items())))
    for (one, other), kind in decisions.items():
        if kind in (K.NOT_SAME_CLAIM, K.OPPOSED):
            assert not in_one_claim(board, one, other)
        if kind in (K.NOT_OPPOSED, K.SAME_CLAIM):
            assert not on_two_sides(board, one, other)
    for dispute in board.disputes:
        assert len(dispute.positions) > 1


@settings(max_examples=300, deadline=None)
@given(EDGES, st.permutations(IDS), st.lists(st.sampled_from(RELATIONS), min_size=3, max_size=3))
def test_what_a_person_says_of_a_pair_is_so_on_the_board(edges, order, kinds):
    pairs = list(zip(order[::2], order[1::2], strict=True))
    made = [person(kind, *pair) for kind, pair in zip(kinds, pairs, strict=True)]
    board = read_board(snapshot(*edges, *made))
    for (one, other), kind in zip(pairs, kinds, strict=True):
        assert in_one_claim(board, one, other) or kind is not K.SAME_CLAIM
        assert on_two_sides(board, one, other) or kind is not K.OPPOSED


@settings(max_examples=100, deadline=None)
@given(EDGES, st.data())
def test_a_confirmed_edge_is_on_the_board_and_a_rejected_one_is_not(edges, data):
    if not edges:
        return
    edge = data.draw(st.sampled_from(edges))
    kind = data.draw(st.sampled_from([K.CONFIRMED, K.REJECTED]))
    board = read_board(snapshot(*edges, person(kind, edge.id)))
    shown = in_one_claim if edge.kind is K.SAME_CLAIM else on_two_sides
    assert shown(board, edge.left, edge.right) is (kind is K.CONFIRMED)


@settings(max_examples=100, deadline=None)
@given(EDGES, DECISIONS)
def test_two_people_against_each_other_leave_the_board_as_programs_made_it(edges, decisions):
    contrary = {
        K.SAME_CLAIM: K.NOT_SAME_CLAIM,
        K.NOT_SAME_CLAIM: K.SAME_CLAIM,
        K.OPPOSED: K.NOT_OPPOSED,
        K.NOT_OPPOSED: K.OPPOSED,
    }
    ann = [person(kind, *pair) for pair, kind in decisions.items()]
    bo = [person(contrary[kind], *pair, by="Bo") for pair, kind in decisions.items()]
    assert read_board(snapshot(*edges, *ann, *bo)) == read_board(snapshot(*edges))


@settings(max_examples=100, deadline=None)
@given(EDGES, DECISIONS)
def test_what_is_undone_leaves_no_trace_on_the_board(edges, decisions):
    made = [person(kind, *pair) for pair, kind in decisions.items()]
    undone = [person(K.UNDONE, each.id) for each in made]
    assert read_board(snapshot(*edges, *made, *undone)) == read_board(snapshot(*edges))


def test_a_person_joins_statements_that_make_no_claim_of_their_own():
    asked = [told(number, Act.QUESTION)[1] for number in (0, 1)]
    held = snapshot(person(K.SAME_CLAIM, asked[0].id, asked[1].id), statements=asked)
    assert in_one_claim(read_board(held), asked[0].id, asked[1].id)
    held = snapshot(person(K.OPPOSED, asked[0].id, asked[1].id), statements=asked)
    assert on_two_sides(read_board(held), asked[0].id, asked[1].id)


def test_a_rejected_statement_makes_no_claim_and_takes_no_side_but_its_speaker_stays():
    edge = program(K.OPPOSED, IDS[0], IDS[1])
    rejected = person(K.REJECTED, IDS[0])
    before, after = read_board(snapshot(edge)), read_board(snapshot(edge, rejected))
    assert on_two_sides(before, IDS[0], IDS[1])
    assert after.disputes == ()
    assert not any(IDS[0] in claim.statements for claim in after.claims)
    assert {actor.id for actor in after.actors} == {actor.id for actor in before.actors}
    again = read_board(snapshot(edge, rejected, person(K.UNDONE, rejected.id)))
    assert again == before


def test_a_verification_and_a_retraction_by_people_are_statuses_while_they_stand():
    verified = person(K.VERIFIED, IDS[0], reason="saw the mill")
    retracted = person(K.RETRACTED, IDS[1], reason="took it back")
    held = snapshot(verified, retracted)
    statuses = claim_statuses(held, board := read_board(held))
    found = {
        (note.status, note.words, note.statements) for claim in board.claims for note in statuses[claim.id]
    }
    assert (ClaimStatus.VERIFIED, ("Ann: saw the mill",), (IDS[0],)) in found
    assert (ClaimStatus.RETRACTED, ("took it back",), (IDS[1],)) in found
    held = snapshot(verified, retracted, *(person(K.UNDONE, each.id) for each in (verified, retracted)))
    statuses = claim_statuses(held, board)
    shown = {note.status for notes in statuses.values() for note in notes}
    assert not shown & {ClaimStatus.VERIFIED, ClaimStatus.RETRACTED}


def test_copies_that_a_person_holds_apart_are_two_origins_also_by_way_of_a_third():
    copies = [program(K.COPY, KEYS[a], KEYS[b], "given") for a, b in ((0, 1), (1, 2), (0, 2))]
    held = snapshot(*copies)
    assert len({read_lineage(held.documents, held.judgements).groups[key] for key in KEYS[:3]}) == 1
    held = snapshot(*copies, person(K.REJECTED, copies[0].id), program(K.SAME_CLAIM, IDS[0], IDS[1]))
    board = read_board(held)
    claim = next(c for c in board.claims if {IDS[0], IDS[1]} <= set(c.statements))
    assert claim.attestation.attested == 2


def test_edges_of_programs_alone_give_the_same_bytes_as_before_people_came():
    edges = [program(K.SAME_CLAIM, IDS[0], IDS[1]), program(K.OPPOSED, IDS[1], IDS[2])]
    graded = person(K.CONFIRMED, IDS[0])
    encode = msgspec.json.Encoder(order="deterministic").encode
    assert encode(read_board(snapshot(*edges, graded))) == encode(read_board(snapshot(*edges)))
