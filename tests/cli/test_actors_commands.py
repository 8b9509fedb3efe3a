"""``counterclaim actors`` as a user meets it: a correction by one command lasts."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from counterclaim.cli import actors as commands
from counterclaim.cli.program import run

FIRST = [
    (
        "post-1",
        "2031-03-01",
        "Colonel Daud Massoud said that the pass at Orm was open. ",
    ),
    ("echo-1", "2031-03-02", "Colonel Daud Masood said the pass at Orm was open to trucks. "),
]
LATER = [
    ("post-2", "2031-03-03", "Daud Massoud said that the pass at Orm would stay open. "),
    ("echo-2", "2031-03-04", "Daud Masood said that snow had fallen at Orm. "),
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("COUNTERCLAIM_LEDGER", "COUNTERCLAIM_ALIASES", "COUNTERCLAIM_AUTHOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def ingest(name: str, reports: list[tuple[str, str, str]]) -> None:
    lines = [
        {"id": i, "publisher": i.split("-")[0], "published": day, "text": text} for i, day, text in reports
    ]
    Path(name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert run(["ingest", name]) == 0


def listed(capfd: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    capfd.readouterr()
    assert run(["actors", "--format", "json", *options]) == 0
    rows: list[dict[str, Any]] = json.loads(capfd.readouterr().out)
    return rows


def colonels(capfd: pytest.CaptureFixture[str]) -> list[tuple[str, ...]]:
    """The names of each actor that has Daud in its name, with the number of its reports."""
    rows = [row for row in listed(capfd) if "Daud" in row["name"]]
    return sorted((*sorted({row["name"], *row["aliases"]}), str(row["reports"])) for row in rows)


def test_a_wrong_merge_undone_by_one_command_stays_undone_after_a_new_ingest(place, capfd):
    ingest("first.jsonl", FIRST)
    assert colonels(capfd) == [("Daud Masood", "Daud Massoud", "2")]
    assert run(["actors", "split", "Daud Massoud", "Daud Masood", "--reason", "two officers"]) == 0
    assert colonels(capfd) == [("Daud Masood", "1"), ("Daud Massoud", "1")]
    ingest("later.jsonl", LATER)
    assert colonels(capfd) == [("Daud Masood", "2"), ("Daud Massoud", "2")]
    assert run(["verify"]) == 0


def test_a_split_can_be_taken_back_and_made_again(place, capfd):
    ingest("first.jsonl", FIRST)
    for _ in range(2):
        assert run(["actors", "split", "Daud Massoud", "Daud Masood"]) == 0
        assert len(colonels(capfd)) == 2
        assert run(["actors", "merge", "Daud Massoud", "Daud Masood"]) == 0
        assert len(colonels(capfd)) == 1
    ingest("later.jsonl", LATER)
    assert colonels(capfd) == [("Daud Masood", "Daud Massoud", "4")]


def test_saying_it_twice_adds_nothing(place, capfd):
    ingest("first.jsonl", FIRST)
    assert run(["actors", "split", "Daud Massoud", "Daud Masood"]) == 0
    assert "different-actors" in capfd.readouterr().out
    assert run(["actors", "split", "Daud Massoud", "Daud Masood"]) == 0
    assert "nothing was added" in capfd.readouterr().out


SAME_NAME = [
    ("north-1", "2031-05-01", "Mayor Ana Brel said the bridge was closed. "),
    ("north-2", "2031-05-02", "Mayor Ana Brel said the bridge would open on Friday. "),
    ("south-1", "2031-05-02", "Ana Brel, a trawler captain, said the storm had passed. "),
]


def test_two_persons_of_one_name_are_split_by_report(place, capfd):
    ingest("first.jsonl", SAME_NAME)
    (brel,) = [row for row in listed(capfd) if row["name"] == "Ana Brel"]
    assert brel["reports"] == 3
    assert run(["actors", "split", "Ana Brel", "--document", "south-1"]) == 0
    assert sorted(row["reports"] for row in listed(capfd) if row["name"] == "Ana Brel") == [1, 2]
    more = [("north-3", "2031-05-04", "Mayor Ana Brel said the bridge had opened. ")]
    ingest("more.jsonl", more)
    rows = [row for row in listed(capfd) if row["name"] == "Ana Brel"]
    assert sorted(row["reports"] for row in rows) == [1, 3]
    apart = next(row["id"] for row in rows if row["reports"] == 1)
    assert run(["actors", "merge", apart, "ana-brel"]) == 0
    assert [row["reports"] for row in listed(capfd) if row["name"] == "Ana Brel"] == [4]


def test_a_person_is_moved_to_the_party_that_the_analyst_names(place, capfd):
    ingest("first.jsonl", [*SAME_NAME, ("north-9", "2031-05-03", "The Keld Council said it was glad. ")])
    assert run(["actors", "party", "Ana Brel", "Keld Council", "--author", "R. Ito"]) == 0
    (brel,) = [row for row in listed(capfd) if row["name"] == "Ana Brel"]
    assert brel["party"]["id"] == "keld-council"
    assert run(["actors", "party", "Ana Brel", "Keld Council", "--not", "--author", "R. Ito"]) == 0
    (brel,) = [row for row in listed(capfd) if row["name"] == "Ana Brel"]
    assert brel["party"] is None
    assert run(["actors", "party", "Ana Brel", "Keld Council", "--author", "R. Ito"]) == 0
    (brel,) = [row for row in listed(capfd) if row["name"] == "Ana Brel"]
    assert brel["party"]["id"] == "keld-council"


def test_nobody_speaks_for_himself(place, capfd):
    ingest("first.jsonl", [*SAME_NAME])
    for denied in ([], ["--not"]):
        assert run(["actors", "party", "Ana Brel", "ana-brel", "--author", "R. Ito", *denied]) != 0
        assert "are one actor" in capfd.readouterr().err


def test_where_two_people_contradict_each_other_about_a_party_neither_silently_wins(place, capfd):
    ingest("first.jsonl", [*SAME_NAME, ("north-9", "2031-05-03", "The Keld Council said it was glad. ")])
    assert run(["actors", "party", "Ana Brel", "Keld Council", "--author", "R. Ito"]) == 0
    capfd.readouterr()
    assert run(["actors", "party", "Ana Brel", "Keld Council", "--not", "--author", "L. Moe"]) == 0
    against = capfd.readouterr().out.split()[0]
    (brel,) = [row for row in listed(capfd) if row["name"] == "Ana Brel"]
    assert brel["party"] is None, "what the reports say: nothing"
    assert run(["judge", "list", "--format", "json"]) == 0
    assert [(each["author"], each["state"]) for each in json.loads(capfd.readouterr().out)] == [
        ("R. Ito", "conflict"),
        ("L. Moe", "conflict"),
    ]
    assert run(["judge", "undo", against, "--author", "L. Moe"]) == 0
    (brel,) = [row for row in listed(capfd) if row["name"] == "Ana Brel"]
    assert brel["party"]["id"] == "keld-council"


def test_unnamed_sources_are_not_joined_by_anybody(place, capfd):
    text = "A senior official said the bridge was closed. "
    ingest("first.jsonl", [("a", "2031-05-01", text), ("b", "2031-05-02", text), *SAME_NAME[:1]])
    rows = [row for row in listed(capfd) if row["anonymous"]]
    assert len(rows) == 2
    assert run(["actors", "merge", rows[0]["id"], rows[1]["id"]]) == 2
    assert "never joined" in capfd.readouterr().err
    assert run(["actors", "merge", "Ana Brel", rows[1]["id"]]) == 2


def test_show_gives_each_mention_with_its_place(place, capfd):
    ingest("first.jsonl", FIRST)
    capfd.readouterr()
    assert run(["actors", "show", "Daud Masood", "--format", "json"]) == 0
    view = json.loads(capfd.readouterr().out)
    texts = {identity: text for identity, _, text in FIRST}
    assert {each["document"] for each in view["mentions"]} == set(texts)
    for each in view["mentions"]:
        assert texts[each["document"]][each["start"] : each["end"]] == each["quote"]
    assert any(link["rule"] == "spelling" for link in view["links"])
    assert run(["actors", "show", "Daud Masood"]) == 0
    printed = capfd.readouterr().out
    assert "because" in printed
    assert re.search(r"post-1 \d+-\d+ “Daud Massoud”", printed)


def test_aliases_of_the_user_join_and_name(place, capfd):
    ingest("first.jsonl", FIRST[:1])
    Path("mine.toml").write_text(
        '[[actor]]\nid = "colonel"\nname = "Daud the Elder"\nkind = "person"\naliases = ["Daud Massoud"]\n'
        'party = "Orm Militia"\n',
        encoding="utf-8",
    )
    (row,) = listed(capfd, "--aliases", "mine.toml")
    assert (row["id"], row["name"]) == ("colonel", "Daud the Elder")
    assert row["party"]["id"] == "orm-militia"


def test_a_bad_file_of_aliases_is_told_with_its_line(place, capfd):
    ingest("first.jsonl", FIRST[:1])
    Path("mine.toml").write_text(
        '[[actor]]\nname = "Good"\nkind = "person"\n\n[[actor]]\nname = "Bad"\nkind = "orgnisation"\n',
        encoding="utf-8",
    )
    assert run(["actors", "--aliases", "mine.toml"]) == 2
    assert "mine.toml, line 5" in capfd.readouterr().err
    assert run(["board", "--aliases", "missing.toml"]) == 2
    assert "missing.toml" in capfd.readouterr().err


def test_as_of_shows_the_actors_of_then(place, capfd):
    ingest("first.jsonl", FIRST)
    assert listed(capfd, "--as-of", "2020-01-01") == []
    assert listed(capfd, "--as-of", "2099-12-31") == listed(capfd)


@pytest.mark.slow
def test_every_example_of_the_subcommands_runs(place, capfd, samples):
    (place / "samples").mkdir()
    (place / "samples" / "reports").symlink_to(samples)
    lines = dict.fromkeys(commands.EXAMPLES)
    for subcommand in commands.command.commands.values():
        lines |= dict.fromkeys(subcommand.examples)
    for line in lines:
        assert run(shlex.split(line.removeprefix("counterclaim "))) == 0, line
        out = capfd.readouterr()
        assert out.out or "ingest" in line, line
