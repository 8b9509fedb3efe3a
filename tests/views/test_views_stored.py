"""Answers from a stored board are those of the whole catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from counterclaim import pipeline
from counterclaim.ledger import Ledger, schema
from counterclaim.ledger.stored_boards import ABANDONED, stored_board
from counterclaim.model import Judgement, JudgementKind, LedgerError
from counterclaim.views.answer import Answer, answer
from counterclaim.views.board import board_view
from counterclaim.views.brief import board_brief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.find import find
from counterclaim.views.reading import (
    STORED_AS,
    Note,
    Question,
    read_answer,
    read_board_brief,
    read_board_view,
    read_catalogue,
)
from counterclaim.views.stored import stored_answer

STORED = Question(stored=True)


def outcome(ask: Callable[[], Answer]) -> tuple[Answer | None, str | None]:
    """Return the answer, or why there is none."""
    try:
        return ask(), None
    except LedgerError as error:
        return None, str(error)


def decide(ledger: Ledger, folder: Path) -> None:
    """Let two people decide this and that, and one report come in another version."""
    dispute = ledger.board().disputes[0]
    one, other = (position.statements[0] for position in dispute.positions[:2])
    edge = dispute.judgements[0]
    kinds = JudgementKind
    made = [
        (kinds.SAME_CLAIM, one, other, "Ida"),
        (kinds.NOT_SAME_CLAIM, one, other, "Tom"),
        (kinds.CONFIRMED, edge, "", "Ida"),
        (kinds.VERIFIED, one, "", "Ida"),
        (kinds.REJECTED, dispute.positions[0].statements[-1], "", "Tom"),
    ]
    judged = [Judgement.of(k, a, b, basis="analyst", author=who, reason="seen") for k, a, b, who in made]
    judged.append(Judgement.of(kinds.UNDONE, judged[3].id, "", basis="analyst", author="Tom"))
    for judgement in judged:
        assert ledger.judge(judgement)
    document = next(each for each in ledger.documents() if each.published and not each.unanalysed_because)
    text = document.text.replace(" said ", " told reporters ") + "\n\nIda Brenn said the quay was closed.\n"
    line = {"id": document.id, "text": text, "publisher": document.publisher, "published": "2030-01-01"}
    (folder / "later.jsonl").write_bytes(msgspec.json.encode(line))
    assert pipeline.ingest(ledger, folder / "later.jsonl").added == 1


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, samples: Path) -> str:
    place = str(tmp_path_factory.mktemp("stored") / "samples.db")
    if request.param == "postgresql":
        place = f"{request.getfixturevalue('postgresql_server')}&schema=stored_samples"
    with Ledger.open(place, create=True) as ledger:
        pipeline.ingest(ledger, samples)
        decide(ledger, tmp_path_factory.mktemp("later"))
        pipeline.refresh(ledger)
    return place


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    place = tmp_path_factory.mktemp("stored") / "samples.db"
    with Ledger.open(str(place), create=True) as ledger:
        pipeline.ingest(ledger, samples)
        pipeline.refresh(ledger)
    return place


@pytest.fixture(scope="module")
def catalogue(filled: str) -> Catalogue:
    with Ledger.open(filled) as ledger:
        return read_catalogue(ledger)


def test_the_stored_board_is_the_board(filled: str, catalogue: Catalogue) -> None:
    whole = board_view(catalogue)
    assert whole.disputes
    with Ledger.open(filled) as ledger:
        assert read_board_view(ledger, STORED) == (whole, Note())
        page, note = read_board_view(ledger, STORED, limit=2)
        brief, _ = read_board_brief(ledger, STORED)
        first, _ = read_board_brief(ledger, STORED, limit=2)
    assert page.disputes == whole.disputes[:2]
    assert brief == board_brief(whole)
    assert first.disputes == brief.disputes[:2]
    assert page.found == len(whole.disputes)
    assert note == Note()


def test_every_noun_is_shown_as_the_whole_catalogue_shows_it(filled: str, catalogue: Catalogue) -> None:
    names = [
        *catalogue.documents,
        *catalogue.statements,
        *catalogue.claims,
        *catalogue.disputes,
        *catalogue.actors,
    ]
    refused = 0
    with Ledger.open(filled) as ledger, ledger.reading() as connection:
        stored = stored_board(connection, STORED_AS)
        assert stored is not None
        for name in names:
            expected, refusal = outcome(
                lambda name=name: answer(catalogue, find(catalogue, name), ledger.capture)
            )
            found = outcome(lambda name=name: stored_answer(stored, name, ledger.capture))
            assert found == (expected, refusal), name
            refused += expected is None
    assert refused < 5  # an actor may have the name of another


def test_names_are_found_and_refused_alike(filled: str, catalogue: Catalogue) -> None:
    document = next(iter(catalogue.documents.values()))
    statement = next(iter(catalogue.statements))
    actor = next(each for each in catalogue.actors.values() if " " in each.name)
    names = [
        document.id.upper(),
        document.id[:-2],
        statement[:-3],
        actor.name,
        actor.name.split()[-1],
        *(each.name.split()[0] for each in catalogue.actors.values()),
        "s-",
        "c-",
        "no such thing",
        "",
        "\ud800",
        "'; DROP TABLE entries; --",
    ]
    with Ledger.open(filled) as ledger:
        for name in names:
            expected = outcome(lambda name=name: answer(catalogue, find(catalogue, name), ledger.capture))
            found = outcome(lambda name=name: read_answer(ledger, STORED, name)[0])
            assert (found[0], found[1] is None) == (expected[0], expected[1] is None), name


def test_a_board_that_is_behind_is_shown_only_where_that_is_wanted(tmp_path: Path, copied: Path) -> None:
    place = tmp_path / "copy.db"
    place.write_bytes(copied.read_bytes())
    with Ledger.open(str(place)) as ledger:
        one, other = sorted(each.id for each in ledger.statements())[:2]
        stored, _ = read_board_view(ledger, STORED)
        moment = ledger.last_recorded()
        decided = Judgement.of(JudgementKind.OPPOSED, one, other, basis="analyst", author="Ida")
        assert ledger.judge(decided)
        fresh, note = read_board_view(ledger, Question())
        assert note == Note()
        assert fresh == board_view(read_catalogue(ledger))
        assert fresh != stored
        again, note = read_board_view(ledger, STORED)
        assert again == stored
        assert note.behind == (moment, 1)
        done = pipeline.refresh(ledger)
        assert done is not None
        assert done.fresh
        assert read_board_view(ledger, STORED) == (fresh, Note())


def test_refreshing_again_changes_nothing_and_leaves_one_board(tmp_path: Path, copied: Path) -> None:
    place = tmp_path / "copy.db"
    place.write_bytes(copied.read_bytes())
    now = datetime.now(UTC) + timedelta(microseconds=2 * ABANDONED)
    with Ledger.open(str(place)) as ledger:
        done = pipeline.refresh(ledger)
        assert done is not None
        assert not done.fresh
        before, _ = read_board_view(ledger, STORED)
        with ledger.writing() as connection:
            # A refresh that was killed leaves a board without an end, and rows.
            connection.execute(
                schema.stored_boards.insert(),
                [{"number": 7, "sequence": 1, "recorded": 1, "version": STORED_AS, "begun": 1}],
            )
            row = {"board": 7, "kind": "claim", "id": "c-1", "rank": 0, "payload": b"{}"}
            connection.execute(schema.stored_rows.insert(), [row])
        assert read_board_view(ledger, STORED)[0] == before
        ledger.judge(Judgement.of(JudgementKind.OPPOSED, "s-1", "s-2", basis="analyst", author="Ida"))
        pipeline.refresh(ledger, now=now)
        with ledger.reading() as connection:
            for table in (
                schema.stored_boards,
                schema.stored_rows,
                schema.stored_links,
                schema.stored_labels,
            ):
                number = table.c.number if table is schema.stored_boards else table.c.board
                assert connection.execute(select(number).distinct()).scalars().all() == [8]
        assert read_board_view(ledger, STORED)[0] == before
        assert ledger.verify() == []


def test_a_board_of_another_version_is_not_used(tmp_path: Path, copied: Path) -> None:
    place = tmp_path / "copy.db"
    place.write_bytes(copied.read_bytes())
    with Ledger.open(str(place)) as ledger:
        with ledger.writing() as connection:
            connection.execute(schema.stored_boards.update().values(version="counterclaim/0.0.0"))
        with ledger.reading() as connection:
            assert stored_board(connection, STORED_AS) is None
            assert connection.execute(select(func.count()).select_from(schema.stored_boards)).scalar() == 1
        view, note = read_board_view(ledger, STORED)
        assert note == Note()
        assert view.disputes


def test_an_empty_ledger_has_no_board_to_store(tmp_path: Path) -> None:
    with Ledger.open(str(tmp_path / "empty.db"), create=True) as ledger:
        assert pipeline.refresh(ledger) is None


def test_an_id_goes_before_names(tmp_path: Path, samples: Path) -> None:
    with Ledger.open(str(tmp_path / "names.db"), create=True) as ledger:
        pipeline.ingest(ledger, samples)
        catalogue = read_catalogue(ledger)
        pipeline.refresh(ledger)
        for actor in catalogue.board.actors:
            anew = read_answer(ledger, Question(kept=lambda _ledger, _moment: catalogue), actor.id)[0]
            stored = read_answer(ledger, STORED, actor.id)[0]
            assert anew == stored
            assert getattr(stored, "id", None) == actor.id
