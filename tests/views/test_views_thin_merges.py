"""Actors that one weak piece of evidence joins: found by definition, decided by the printed commands."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim import pipeline
from counterclaim.actors import ActorIndex, resolve_actors
from counterclaim.actors.joining import Link, Rule
from counterclaim.cli.program import run
from counterclaim.ledger import Ledger
from counterclaim.model import ActorKind, Annotations, Document, DocumentActor, Snapshot
from counterclaim.statements.names import slug
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.review import review_queue
from counterclaim.views.review_item import Why
from counterclaim.views.thin_merges import UNCERTAINTY, ThinMerges

REPORTS = {
    "a": "The bridge at Orm was closed on Monday, Daud Massoud said. Jan Kest was not there.",
    "b": "The bridge at Orm was closed on Monday, Daud Masood told reporters.",
    "c": "Jan Kest denied that the bridge at Orm was closed on Monday.",
    "d": "Mr Massoud said that the bridge at Orm was closed on Monday. Jan Kest laughed.",
}


def snapshot(cast: dict[str, list[str]]) -> Snapshot:
    keys = {name: Document.key_of(name, "0" * 64) for name in cast}
    documents = [
        Document(id=name, key=keys[name], capture="0" * 64, text="Text.", published="2031-05-01")
        for name in cast
    ]
    notes = [
        Annotations(
            document=keys[name],
            actors=tuple(DocumentActor(id=slug(each), name=each, kind=ActorKind.PERSON) for each in names),
        )
        for name, names in cast.items()
    ]
    return Snapshot(
        documents=tuple(sorted(documents, key=lambda each: each.key)),
        annotations=tuple(sorted(notes, key=lambda each: each.document)),
    )


def reached(index: ActorIndex, start: str, without: set[Link]) -> set[str]:
    """Return the nodes that links lead to from a node, some links left out: the definition, step by step."""
    links = [link for link in (*index.links, *index.supporting) if link not in without]
    seen, todo = {start}, [start]
    while todo:
        node = todo.pop()
        ends = {
            a if b == node else b for link in links for a, b in [(link.left, link.right)] if node in (a, b)
        }
        todo += ends - seen
        seen |= ends
    return seen


NAMES = st.sampled_from(
    [
        "Ana Brel",
        "Brel",
        "Anna Brel",
        "A. Brel",
        "Jan Brel",
        "Daud Massoud",
        "Daud Masood",
        "Masood",
        "Jan Kest",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(NAMES, max_size=4, unique=True), min_size=1))
def test_a_thin_merge_is_a_weak_link_without_which_the_actor_falls_into_its_parts(cast) -> None:
    index = resolve_actors(snapshot(cast))
    merges = ThinMerges(index, {})
    links = {*index.links, *index.supporting}
    for identity in index.identities.values():
        nodes = {unit.ref for unit in identity.units}
        expected = set()
        for link in links:
            alike = {each for each in links if {each.left, each.right} == {link.left, link.right}}
            near = reached(index, link.left, alike) & nodes
            if link == min(alike) and link.rule in UNCERTAINTY and near and near < nodes:
                expected.add((link, frozenset(near)))
        found = merges.of(identity.id)
        assert {(m.link, m.part if m.leftmost else frozenset(nodes - m.part)) for m in found} == expected
        for several in ({*nodes}, {*list(nodes)[::2]}):
            parting = [each for each in found if each.part & several and several - each.part]
            assert merges.between(identity.id, several) == parting
        assert all(2 * len(each.part) <= len(nodes) for each in found)


@pytest.mark.parametrize(("reports", "expected"), [("ab", 1), ("abc", 3)])
def test_a_surname_in_reports_about_one_country_is_named_by_the_reports(reports: str, expected: int) -> None:
    """Its node in between is nothing that a judgement can name; two reports are one question, not two."""
    held = snapshot({name: ["Zarpa"] for name in reports})
    about = [
        msgspec.structs.replace(document, text="Fighting went on in Kabul, Afghanistan.")
        for document in held.documents
    ]
    index = resolve_actors(msgspec.structs.replace(held, documents=tuple(about)))
    merges = ThinMerges(index, {}).of("zarpa")
    assert len(merges) == expected
    for each in merges:
        assert index.knows(each.left)
        assert index.knows(each.right)
        assert each.apart == "zarpa"
        assert each.leftmost
        assert each.part == {each.left}
        assert each.right not in each.part


def test_two_pieces_of_evidence_are_no_thin_merge() -> None:
    """One report gives an acronym for the body: thin. A second one does, too: not so."""
    body = DocumentActor(
        id="rivers-monitoring-union-of-keld",
        name="Rivers Monitoring Union of Keld",
        kind=ActorKind.ORGANISATION,
        aliases=("RMUK",),
    )
    short = DocumentActor(id="rmuk", name="RMUK", kind=ActorKind.ORGANISATION)

    def told(*casts: DocumentActor) -> tuple[ActorIndex, dict[str, str]]:
        names = {f"d{number}": [] for number in range(len(casts))}
        held = snapshot(names)
        notes = [
            Annotations(document=document.key, actors=(each,))
            for document, each in zip(held.documents, casts, strict=True)
        ]
        keys = [document.key for document in held.documents]
        return resolve_actors(Snapshot(documents=held.documents, annotations=tuple(notes))), dict(
            zip(keys, [keys[0]] * len(keys), strict=True)
        )

    index, _ = told(body, short)
    (thin,) = ThinMerges(index, {}).of(index.named("rmuk"))
    assert thin.link.rule is Rule.ACRONYM
    index, copies = told(body, body, short)
    assert ThinMerges(index, {}).of(index.named("rmuk")) == []
    del copies[max(copies)]
    assert len(ThinMerges(index, copies).of(index.named("rmuk"))) == 1, (
        "a copy is no second piece of evidence"
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thin")
    lines = [
        json.dumps({"id": key, "publisher": f"Paper {key}", "published": "2031-05-01", "text": text})
        for key, text in REPORTS.items()
    ]
    (folder / "reports.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(["ingest", str(folder / "reports.jsonl"), "--ledger", str(folder / "l.db")]) == 0
    return folder / "l.db"


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "l.db"
    copy.write_bytes(made.read_bytes())
    monkeypatch.setenv("COUNTERCLAIM_LEDGER", str(copy))
    return copy


class Shown:
    """The queue, and what the board counts, as the commands print them."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self._capfd = capfd

    def lines(self, *arguments: str) -> list[dict]:
        self._capfd.readouterr()
        assert run([*arguments, "--format", "jsonl"]) == 0
        return [json.loads(line) for line in self._capfd.readouterr().out.splitlines()]

    def thin(self) -> dict[str, dict]:
        return {each["id"]: each for each in self.lines("review") if each["why"] == "thin-merge"}


def corroborated(place: Path) -> int:
    """Return the larger number of parties on a side of the one dispute."""
    with Ledger.open(str(place)) as ledger:
        (dispute,) = ledger.board().disputes
    return max(position.attestation.corroborated for position in dispute.positions)


def obey(command: str, *more: str) -> None:
    assert run([*shlex.split(command)[1:], *more]) == 0


def test_items_tell_the_evidence_and_what_hangs_on_it(place: Path, capfd) -> None:
    items = Shown(capfd).thin()
    assert {each["kind"] for each in items.values()} == {"context", "spelling"}
    surname = next(each for each in items.values() if each["kind"] == "context")
    assert surname["uncertainty"] == UNCERTAINTY[Rule.CONTEXT]
    assert surname["texts"][0].startswith("Massoud, ")
    assert "reports of those weeks" in surname["reason"]
    assert surname["within"].startswith("q-")
    assert (surname["origins"], surname["statements"]) == (1, 1)


def test_a_split_takes_the_part_out_and_the_counts_follow(place: Path, capfd) -> None:
    shown = Shown(capfd)
    assert corroborated(place) == 1
    before = shown.thin()
    item = next(each for each in before.values() if each["kind"] == "spelling")
    obey(item["commands"][1], "--author", "R. Ito")
    assert item["id"] not in shown.thin()
    assert corroborated(place) > 1
    (decision,) = [each for each in shown.lines("judge", "list") if each["says"] == "different-actors"]
    obey(f"counterclaim judge undo {decision['id']}", "--author", "R. Ito")
    assert shown.thin() == before
    assert corroborated(place) == 1


def test_what_somebody_confirmed_is_not_asked_again(place: Path, capfd) -> None:
    shown = Shown(capfd)
    for kind in ("context", "spelling"):
        item = next(each for each in shown.thin().values() if each["kind"] == kind)
        obey(item["commands"][0], "--author", "R. Ito")
        assert item["id"] not in shown.thin()
    assert shown.thin() == {}
    assert corroborated(place) == 1


def test_the_printed_commands_name_exactly_the_two_ends(place: Path, capfd) -> None:
    shown = Shown(capfd)
    for item in shown.thin().values():
        for command, kind in zip(item["commands"], ("same-actor", "different-actors"), strict=True):
            obey(command, "--author", kind + item["kind"])
            made = [e for e in shown.lines("judge", "list") if e["author"] == kind + item["kind"]]
            assert [(e["says"], {e["left"], e["right"]}) for e in made] == [(kind, set(item["about"]))]
            obey(f"counterclaim judge undo {made[0]['id']}", "--author", "tidy")


@pytest.mark.parametrize("both", [True, False])
def test_parts_that_speak_for_one_party_are_not_asked_about(tmp_path: Path, both: bool) -> None:
    """Where each part's own reports name the party, the counts are the same with and without the merge."""
    role = "the spokesman of Orm Fishers,"
    texts = [
        f"The bridge at Orm was closed on Monday, Daud Massoud, {role} said.",
        f"The bridge at Orm was closed on Monday, Daud Masood{f', {role}' if both else ''} said.",
        "Jan Kest denied that the bridge at Orm was closed on Monday.",
    ]
    lines = [
        json.dumps({"id": f"r{number}", "published": "2031-05-01", "text": text})
        for number, text in enumerate(texts)
    ]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    linked = pipeline.link([tmp_path / "r.jsonl"])
    catalogue = Catalogue(linked.snapshot, linked.board, linked.actors)
    assert catalogue.index.named("daud-massoud") == catalogue.index.named("daud-masood")
    assert catalogue.index.party("daud-massoud") == "orm-fishers"
    assert len(ThinMerges(catalogue.index, {}).of(catalogue.index.named("daud-masood"))) == 1
    assert [each.why for each in review_queue(catalogue)].count(Why.ACTOR) == (0 if both else 1)
