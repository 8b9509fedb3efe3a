"""Opposition, copies, counts and clusters, on the samples and on small reports."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import pipeline
from counterclaim.claims import Gist, gist_of
from counterclaim.disputes import DefaultLinker, judge_copy, read_board
from counterclaim.disputes.clusters import SignedClusters, effective_edges, group_claims, group_figures
from counterclaim.disputes.opposition import decide, decide_figures
from counterclaim.model import Board, Document, Judgement, JudgementKind, Origin, OriginBasis, Report

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def linked(samples: Path) -> pipeline.Linked:
    return pipeline.link(samples)


@pytest.fixture(scope="module")
def gists(linked: pipeline.Linked) -> list[Gist]:
    documents = {document.key: document for document in linked.snapshot.documents}
    found = (gist_of(s, documents[s.document]) for s in linked.snapshot.statements)
    return [gist for gist in found if gist is not None]


def report(
    name: str, text: str, publisher: str, credit: str | None = None, day: str = "2031-04-02"
) -> Report:
    return pipeline.analyse(
        Document(
            id=name,
            key=Document.key_of(name, text),
            capture="0" * 64,
            text=text,
            publisher=publisher,
            published=day,
            origin=Origin(name=credit, basis=OriginBasis.CREDIT) if credit else None,
        )
    )


def board_of(*reports: Report) -> Board:
    return read_board(pipeline.gather(reports, DefaultLinker()))


FERRY = (
    "The Larre Union said that the night ferry to Ostholm had sunk in the harbour.\n\n"
    "Larre Lines denied that the night ferry to Ostholm had sunk in the harbour.\n\n"
    "The ferry carries grain and timber between the two towns in every season of the year."
)


def test_the_samples_give_every_dispute_and_none_invented(linked: pipeline.Linked) -> None:
    sys.path.insert(0, str(ROOT / "eval"))
    try:
        from check_samples_gold import read_gold
        from score_samples import compare
    finally:
        sys.path.remove(str(ROOT / "eval"))
    score = compare(read_gold(), linked)
    assert score.missed == ()
    assert score.invented == ()
    assert {name: len(ids) for name, ids in score.found.items()} == dict.fromkeys(score.found, 1)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_decisions_are_symmetric(gists: list[Gist], seed: int) -> None:
    chosen = random.Random(seed)
    for _ in range(100):
        one, other = chosen.choice(gists), chosen.choice(gists)
        assert decide(one, other) == decide(other, one)
        assert decide_figures(one, other) == decide_figures(other, one)
        assert decide(one, one) is None


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_groups_do_not_depend_on_the_order(linked: pipeline.Linked, seed: int) -> None:
    shuffled = random.Random(seed)
    judgements, statements = list(linked.snapshot.judgements), [s.id for s in linked.snapshot.statements]
    edges = effective_edges(judgements)
    wanted = group_claims(statements, edges), group_figures(statements, edges)
    shuffled.shuffle(judgements)
    shuffled.shuffle(statements)
    edges = effective_edges(judgements)
    assert (group_claims(statements, edges), group_figures(statements, edges)) == wanted


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(["same", "opposed"])), max_size=25
    )
)
def test_no_statement_is_opposed_to_itself(pairs: list[tuple[int, int, str]]) -> None:
    kinds = {"same": JudgementKind.SAME_CLAIM, "opposed": JudgementKind.OPPOSED}
    judgements = [
        Judgement.of(
            kinds[kind], f"s-{one}", f"s-{other}", basis="words", author="program:t/1", confidence=0.5
        )
        for one, other, kind in pairs
    ]
    members = [f"s-{number}" for number in range(7)]
    groups = group_claims(members, effective_edges(judgements))
    placed = [member for group in groups for side in group.sides for member in side]
    assert sorted(placed) == members
    assert all(len(group.sides) <= 2 for group in groups)
    for group in groups:
        for judgement in group.opposed:
            sides = [side for side in group.sides if {judgement.left, judgement.right} & set(side)]
            assert len(sides) == 2


def test_joining_against_surer_edges_is_refused() -> None:
    clusters = SignedClusters(["a", "b", "c"])
    assert clusters.join("a", "b", 1)
    assert clusters.join("b", "c", -1)
    assert not clusters.join("a", "c", 1)
    assert not clusters.join("a", "a", -1)


def edge(kind: JudgementKind, author: str, confidence: float = 0.9) -> Judgement:
    return Judgement.of(kind, "s-1", "s-2", basis="words", author=author, confidence=confidence)


def test_a_person_goes_before_the_programs() -> None:
    program = edge(JudgementKind.OPPOSED, "program:t/1")
    person = edge(JudgementKind.SAME_CLAIM, "Ida Brenn", 0.1)
    assert effective_edges([program, person]) == [person]
    assert effective_edges([program]) == [program]


def test_not_opposed_takes_the_programs_judgement_away() -> None:
    program = edge(JudgementKind.OPPOSED, "program:t/1")
    assert effective_edges([program, edge(JudgementKind.NOT_OPPOSED, "Ida Brenn")]) == []
    assert effective_edges([program, edge(JudgementKind.NOT_SAME_CLAIM, "Ida Brenn")]) == [program]


def test_a_denial_opposes_the_assertion() -> None:
    board = board_of(report("a", FERRY, "Larre Post"))
    (dispute,) = board.disputes
    assert {actor for position in dispute.positions for actor in position.actors} == {
        "larre-union",
        "larre-lines",
    }


def test_a_reference_opposes_what_it_refers_to() -> None:
    text = "The Larre Union said the night ferry had sunk. Larre Lines denied the claim."
    (dispute,) = board_of(report("a", text, "Larre Post")).disputes
    assert len(dispute.positions) == 2


def toll(name: str, actor: str, number: str, day: str = "2031-04-02") -> Report:
    text = f"{actor} said that {number} people were killed in the fire at Larre market in Ostholm."
    return report(name, text, f"Paper {name}", day=day)


@pytest.mark.parametrize(
    ("one", "other", "disputes"),
    [
        (("The Larre Union", "20"), ("Ostholm Council", "30"), 1),
        (("The Larre Union", "at least 20"), ("Ostholm Council", "30"), 0),
        (("The Larre Union", "20"), ("The Larre Union", "30"), 0),
        (("The Larre Union", "20"), ("Ostholm Council", "20"), 0),
    ],
)
def test_figures(one: tuple[str, str], other: tuple[str, str], disputes: int) -> None:
    assert len(board_of(toll("a", *one), toll("b", *other)).disputes) == disputes


def test_figures_of_different_days_are_an_update() -> None:
    reports = toll("a", "The Larre Union", "20"), toll("b", "Ostholm Council", "30", "2031-04-09")
    assert board_of(*reports).disputes == ()


def test_copies_are_told_from_independent_reports() -> None:
    first = report("a", FERRY, "Larre Post").document
    copy = judge_copy(first, report("b", FERRY.replace("every season", "any season"), "Echo").document)
    assert copy is not None
    assert copy.kind is JudgementKind.COPY
    other = "The Ostholm Council said that a ferry had sunk. Nobody saw it leave the town, witnesses said."
    assert judge_copy(first, report("c", other, "Herald").document) is None
    assert judge_copy(first, first) is None


def test_a_copy_never_raises_a_count(linked: pipeline.Linked) -> None:
    statements: dict[str, list] = {}
    for statement in linked.snapshot.statements:
        statements.setdefault(statement.document, []).append(statement)
    annotations = {notes.document: notes for notes in linked.snapshot.annotations}
    reports = [
        Report(
            document=document,
            statements=tuple(sorted(statements.get(document.key, []), key=lambda s: s.content)),
            annotations=annotations.get(document.key),
        )
        for document in linked.snapshot.documents
    ]
    before = most(board_of(*reports))
    credited = [each for each in reports if each.document.origin is not None]
    assert credited
    for each in credited:
        document = msgspec.structs.replace(
            each.document,
            id="reprint",
            key=Document.key_of("reprint", each.document.capture),
            publisher="The Evening Reprint",
        )
        after = most(board_of(*reports, pipeline.analyse(document)))
        assert after == before, each.document.id


def most(board: Board) -> list[list[tuple[int, int]]]:
    """Return attested and corroborated of each position of each dispute, sorted."""
    return sorted(
        sorted((p.attestation.attested, p.attestation.corroborated) for p in dispute.positions)
        for dispute in board.disputes
    )


FRAME = frozenset(
    {"is", "it", "true", "that", "which", "or", "the", "accusation", "by", "so", "as", "denied"}
)


def test_questions_and_labels_add_no_words(linked: pipeline.Linked) -> None:
    text = " ".join(document.text for document in linked.snapshot.documents).casefold()
    assert linked.board.disputes
    for dispute in linked.board.disputes:
        for words in (dispute.question, *(position.label for position in dispute.positions)):
            for word in words.casefold().replace("…", " ").split():
                assert word.strip(":,?.") in FRAME or word.strip(":,?.") in text, words
