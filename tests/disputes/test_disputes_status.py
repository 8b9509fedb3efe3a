"""How a claim stands at a moment: voices, contest, corrections, superseded figures; never a verdict."""

from __future__ import annotations

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker, claim_statuses, read_board
from counterclaim.model import ClaimStatus, Document, Judgement, JudgementKind, Snapshot, StatusNote

FERRY = "The Larre Union said that the night ferry to Ostholm had sunk in the harbour."
DENIED = "Larre Lines denied that the night ferry to Ostholm had sunk in the harbour."


def snapshot_of(*reports: tuple[str, str, str, str]) -> Snapshot:
    documents = [
        Document(
            id=name,
            key=Document.key_of(name, text),
            capture="0" * 64,
            text=text,
            publisher=publisher,
            published=day,
        )
        for name, text, publisher, day in reports
    ]
    return pipeline.gather([pipeline.analyse(document) for document in documents], DefaultLinker())


def notes_on(snapshot: Snapshot, words: str) -> list[StatusNote]:
    statuses = claim_statuses(snapshot, board := read_board(snapshot))
    held = {s.id for s in snapshot.statements if words in s.content_text}
    return [note for claim in board.claims if held & set(claim.statements) for note in statuses[claim.id]]


def kinds(snapshot: Snapshot, words: str) -> set[ClaimStatus]:
    return {note.status for note in notes_on(snapshot, words)}


def test_one_report_of_one_party_is_a_single_voice() -> None:
    assert kinds(snapshot_of(("a", FERRY, "Larre Post", "2031-04-02")), "sunk") == {ClaimStatus.SINGLE_VOICE}


def test_two_outlets_attest_and_a_denial_contests() -> None:
    other = "On the quay, the Larre Union said the night ferry to Ostholm had sunk in the harbour."
    snapshot = snapshot_of(("a", FERRY, "Larre Post", "2031-04-02"), ("b", other, "Echo", "2031-04-02"))
    found = kinds(snapshot, "had sunk")
    assert ClaimStatus.CONTESTED not in found
    snapshot = snapshot_of(("a", f"{FERRY}\n\n{DENIED}", "Larre Post", "2031-04-02"))
    contested = [note for note in notes_on(snapshot, "sunk") if note.status is ClaimStatus.CONTESTED]
    assert len(contested) == 2
    assert all(note.words[0].endswith("?") and note.statements for note in contested)


def test_the_words_that_say_it_is_unverified_are_given() -> None:
    text = f"{FERRY} The claim could not be independently verified."
    notes = [
        note
        for note in notes_on(snapshot_of(("a", text, "Larre Post", "2031-04-02")), "sunk")
        if note.status is ClaimStatus.UNVERIFIED
    ]
    assert notes
    assert "verified" in notes[0].words[0]


def test_a_correction_by_the_outlet_is_told_and_one_by_another_is_not() -> None:
    note = (
        "Correction: An earlier version of this article wrongly reported that the night ferry to Ostholm "
        "had sunk in the harbour. It was delayed."
    )
    first = ("a", FERRY, "Larre Post", "2031-04-02")
    own = snapshot_of(first, ("b", f"The ferry was late.\n\n{note}", "Larre Post", "2031-04-03"))
    assert ClaimStatus.CORRECTED in kinds(own, "had sunk in the harbour")
    other = snapshot_of(first, ("b", f"The ferry was late.\n\n{note}", "Echo", "2031-04-03"))
    assert ClaimStatus.CORRECTED not in kinds(other, "had sunk in the harbour")
    earlier = snapshot_of(first, ("b", f"The ferry was late.\n\n{note}", "Larre Post", "2031-04-01"))
    assert ClaimStatus.CORRECTED not in kinds(earlier, "had sunk in the harbour")


def test_what_a_person_records_as_retracted_is_retracted() -> None:
    snapshot = snapshot_of(("a", FERRY, "Larre Post", "2031-04-02"))
    (statement,) = [s for s in snapshot.statements if "sunk" in s.content_text and not s.own_voice]
    judgement = Judgement.of(
        JudgementKind.RETRACTED,
        statement.id,
        "",
        basis="analyst",
        author="Ida Holm",
        reason="withdrawn on air",
    )
    notes = notes_on(Snapshot(**{**as_fields(snapshot), "judgements": (judgement,)}), "sunk")
    assert [note.words for note in notes if note.status is ClaimStatus.RETRACTED] == [("withdrawn on air",)]


def as_fields(snapshot: Snapshot) -> dict:
    return {name: getattr(snapshot, name) for name in snapshot.__struct_fields__}


def test_a_later_figure_of_the_same_party_supersedes_the_earlier_one() -> None:
    early = "The Larre Union said that 20 people were killed in the fire at Larre market in Ostholm."
    later = "The Larre Union said that 31 people were killed in the fire at Larre market in Ostholm."
    snapshot = snapshot_of(("a", early, "Larre Post", "2031-04-02"), ("b", later, "Echo", "2031-04-05"))
    notes = notes_on(snapshot, "20 people were killed")
    words = [word for note in notes if note.status is ClaimStatus.SUPERSEDED for word in note.words]
    assert len(words) == 1
    assert "20" in words[0]
    assert "31" in words[0]
    rival = later.replace("The Larre Union", "Ostholm Council")
    snapshot = snapshot_of(("a", early, "Larre Post", "2031-04-02"), ("b", rival, "Echo", "2031-04-05"))
    assert ClaimStatus.SUPERSEDED not in kinds(snapshot, "20 people were killed")
