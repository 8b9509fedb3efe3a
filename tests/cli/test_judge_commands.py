"""``counterclaim judge`` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counterclaim.cli.program import run
from counterclaim.ledger import Ledger

TOLD = [
    ("a", "Post", "2031-05-01", "The bridge at Orm was closed on Monday, Ana Brel said."),
    ("b", "Echo", "2031-05-02", "Jan Kest denied that the bridge at Orm was closed on Monday."),
    ("c", "Mail", "2031-05-02", "The bridge at Orm was closed on Monday, engineer Lia Worm said."),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a ledger with three reports, read once."""
    folder = tmp_path_factory.mktemp("made")
    lines = [{"id": i, "publisher": p, "published": d, "text": t} for i, p, d, t in TOLD]
    reports = folder / "reports.jsonl"
    reports.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run(["ingest", str(reports), "--ledger", str(folder / "l.db")]) == 0
    return (folder / "l.db").read_bytes()


@pytest.fixture
def place(made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with that ledger."""
    monkeypatch.chdir(tmp_path)
    for name in ("COUNTERCLAIM_LEDGER", "COUNTERCLAIM_ALIASES", "COUNTERCLAIM_AUTHOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "counterclaim.db").write_bytes(made)
    return tmp_path


class Told:
    """What the program prints."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self.capfd = capfd
        with Ledger.open("counterclaim.db") as ledger:
            by_document = {document.key: document.id for document in ledger.documents()}
            self.ids = {by_document[s.document]: s.id for s in ledger.statements()}

    def judge(self, *arguments: str, code: int = 0) -> list[str]:
        """Run a subcommand; return the ids of the judgements that it printed."""
        self.capfd.readouterr()
        assert run(["judge", *arguments]) == code
        out = self.capfd.readouterr().out
        return [line.split()[0] for line in out.splitlines() if line.startswith("j-")]

    def read(self, *arguments: str) -> Any:
        self.capfd.readouterr()
        assert run([*arguments, "--format", "json"]) == 0
        return json.loads(self.capfd.readouterr().out)

    def shown(self, *arguments: str) -> str:
        self.capfd.readouterr()
        assert run([*arguments]) == 0
        return " ".join(self.capfd.readouterr().out.split())

    def sides(self) -> list[list[list[str]]]:
        """Return the speakers on each side of each dispute."""
        return [
            sorted(sorted(holder["name"] for holder in p["holders"]) for p in d["positions"])
            for d in self.read("board")["disputes"]
        ]


@pytest.fixture
def told(place: Path, capfd: pytest.CaptureFixture[str]) -> Told:
    return Told(capfd)


def test_a_decision_changes_the_board_and_undoing_it_brings_the_board_back(told):
    before = told.sides()
    assert before == [[["Ana Brel", "Lia Worm"], ["Jan Kest"]]]
    (one,) = told.judge("not-opposed", told.ids["a"][:8], told.ids["b"], "--reason", "two bridges")
    assert told.sides() == [], "what Lia Worm says is the same claim, so no chain opposes the two either"
    assert "(overruled by analyst)" in told.shown("show", told.ids["a"])
    (undone,) = told.judge("undo", one[:8])
    assert told.sides() == before
    told.judge("undo", undone)
    assert told.sides() == []


def test_split_and_merge_of_claims(told):
    assert told.judge("split", told.ids["a"]) != []
    assert all(["Ana Brel", "Lia Worm"] not in dispute for dispute in told.sides())
    claims = [told.read("show", told.ids[each])["claim"]["id"] for each in "ac"]
    assert claims[0] != claims[1]
    told.judge("merge", *claims)
    assert told.sides() == [[["Ana Brel", "Lia Worm"], ["Jan Kest"]]]


def test_rejecting_a_statement_takes_it_out_of_claims_and_it_is_shown_as_rejected(told):
    told.judge("reject", told.ids["b"], "--author", "R. Ito", "--reason", "he was asked about another bridge")
    assert told.sides() == []
    view = told.read("show", told.ids["b"])
    assert view["claim"] is None
    (decision,) = view["decisions"]
    assert (decision["author"], decision["says"], decision["state"]) == ("R. Ito", "rejected", "stands")
    assert "read wrongly by R. Ito" in told.shown("show", "b")
    assert told.sides() == []


def test_rejecting_and_confirming_what_a_program_found(told):
    (dispute,) = told.read("board")["disputes"]
    for reason in dispute["reasons"]:
        told.judge("reject", reason["id"])
    assert told.sides() == []
    for reason in dispute["reasons"]:
        told.judge("confirm", reason["id"])
    assert told.sides() == [[["Ana Brel", "Lia Worm"], ["Jan Kest"]]]


def test_where_two_people_contradict_each_other_both_are_shown_and_the_program_is_followed(told, capfd):
    before = told.sides()
    told.judge("not-opposed", told.ids["a"], told.ids["b"], "--author", "R. Ito")
    told.judge("opposed", told.ids["a"], told.ids["b"], "--author", "L. Moe")
    assert told.sides() == before
    rows = told.read("judge", "list")
    assert [(row["author"], row["state"], row["against"]) for row in rows] == [
        ("R. Ito", "conflict", ["L. Moe"]),
        ("L. Moe", "conflict", ["R. Ito"]),
    ]
    assert all(row["recorded"] for row in rows)
    for command in (["judge", "list"], ["show", told.ids["a"]]):
        text = told.shown(*command)
        assert "contradicted by L. Moe;" in text
        assert "contradicted by R. Ito;" in text
    (dispute,) = told.read("board")["disputes"]
    assert "contradicted by L. Moe; neither stands" in told.shown("show", dispute["id"])
    assert run(["export", "--to", "html", "-o", "page.html"]) == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert "contradicted by L. Moe; neither stands" in page
    assert "contradicted by R. Ito; neither stands" in page


def test_evidence_and_grades_are_kept_and_shown_side_by_side(told, place):
    (place / "letter.txt").write_text("Dear bridge", encoding="utf-8")
    told.judge(
        *("verified", told.ids["a"], "--url", "https://example.org/x", "--file", "letter.txt"),
        *("--note", "the engineer's log", "--author", "R. Ito"),
    )
    told.judge("grade", told.ids["a"], "b2", "--author", "R. Ito")
    told.judge("grade", told.ids["a"], "C3", "--author", "L. Moe")
    told.judge("grade", "a", "A1", "--author", "L. Moe")
    view = told.read("show", told.ids["a"])
    assert [each["grade"] for each in view["decisions"]] == [None, "B2", "C3"]
    evidence = view["decisions"][0]["evidence"]
    assert [each["url"] for each in evidence] == ["https://example.org/x", None, None]
    with Ledger.open("counterclaim.db") as ledger:
        assert ledger.capture(evidence[1]["capture"]).content == b"Dear bridge"
        assert ledger.verify() == []
    assert "grade B2" in told.shown("show", told.ids["a"])
    assert "grade A1" in told.shown("show", "a")
    claim = told.read("show", view["claim"]["id"])
    assert "verified by an analyst" in {note["status"] for note in claim["statuses"]}
    assert run(["export", "--to", "html", "-o", "page.html"]) == 0
    page = Path("page.html").read_text(encoding="utf-8")
    for part in ("grade B2", "grade C3", "https://example.org/x", evidence[1]["capture"]):
        assert part in page


def test_copies_by_a_person_count_as_one_origin_and_not_when_taken_apart(told):
    def attested() -> int:
        (dispute,) = told.read("board")["disputes"]
        return max(position["evidence"]["attested"] for position in dispute["positions"])

    assert attested() == 2
    told.judge("copies", "a", "c")
    assert attested() == 1
    told.judge("copies", "a", "c", "--not")
    assert attested() == 2


def test_what_is_decided_already_is_said_and_adds_nothing(told, capfd):
    told.judge("same", told.ids["a"], told.ids["c"])
    assert told.judge("same", told.ids["c"], told.ids["a"], "--reason", "again") == []
    assert run(["judge", "same", told.ids["a"], told.ids["c"]]) == 0
    assert "decided already" in capfd.readouterr().out
    assert len(told.read("judge", "list")) == 1
    told.judge("same", told.ids["a"], told.ids["c"], "--author", "L. Moe")
    assert len(told.read("judge", "list")) == 2, "another person's word is another judgement"


def test_what_is_taken_back_can_be_decided_again_and_again(told):
    (first,) = told.judge("same", told.ids["a"], told.ids["c"])
    for _ in range(2):
        (last,) = told.judge("undo", told.read("judge", "list")[-1]["id"])
        (again,) = told.judge("same", told.ids["a"], told.ids["c"])
        assert again not in (first, last)
        assert told.judge("undo", first) == [], "undone already"
    assert [row["state"] for row in told.read("judge", "list")] == [
        *("undone", "stands"),
        *("undone", "stands"),
        "stands",
    ]


def test_the_list_as_of_a_moment_shows_what_was_decided_then(told):
    told.judge("same", told.ids["a"], told.ids["c"])
    (first,) = told.read("judge", "list")
    told.judge("not-same", told.ids["a"], told.ids["c"])
    assert [row["state"] for row in told.read("judge", "list")] == ["replaced", "stands"]
    assert told.read("judge", "list", "--as-of", first["recorded"]) == [first]


@pytest.mark.parametrize(
    "arguments",
    [
        ["undo", "j-0000"],
        ["reject", "s-0000"],
        ["grade", "a", "G1"],
        ["same", "s-", "s-"],
        ["verified", "S"],
        ["verified", "S", "--file", "missing.txt"],
        ["copies", "a", "b", "--not"],
        ["split", "nothing"],
        ["merge", "c-0", "c-1"],
        ["same", "S", "S"],
        ["confirm", "S", "--author", "program:x/1"],
        ["confirm", "S", "--author", " "],
    ],
)
def test_what_cannot_be_judged_ends_with_2_and_changes_nothing(told, capfd, arguments):
    told.judge(*(told.ids["a"] if each == "S" else each for each in arguments), code=2)
    assert told.read("judge", "list") == []


def test_a_programs_judgement_is_rejected_and_not_undone(told, capfd):
    (dispute,) = told.read("board")["disputes"]
    assert run(["judge", "undo", dispute["reasons"][0]["id"]]) == 2
    assert "reject it instead" in capfd.readouterr().err


def test_the_author_comes_from_the_environment(told, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_AUTHOR", "N. Oak")
    told.judge("same", told.ids["a"], told.ids["c"])
    assert [row["author"] for row in told.read("judge", "list")] == ["N. Oak"]
