"""A ledger that is opened to be read takes no write, by whatever way."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from counterclaim.ledger import Ledger
from counterclaim.ledger.downgrading import downgrade, revisions
from counterclaim.ledger.read_only import open_read_only
from counterclaim.model import Judgement, JudgementKind, LedgerError


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    place = str(tmp_path / "ledger.db")
    if request.param == "postgresql":
        place = f"{request.getfixturevalue('postgresql_server')}&schema=read_only"
    with Ledger.open(place, create=True):
        pass
    return place


def test_the_program_refuses_to_write(place: str) -> None:
    judgement = Judgement.of(JudgementKind.SAME_CLAIM, "s-1", "s-2", basis="analyst", author="Ito")
    with open_read_only(place) as ledger:
        with pytest.raises(LedgerError, match="reading only"):
            ledger.judge(judgement)
        with pytest.raises(LedgerError, match="reading only"):
            ledger.writing()
        assert ledger.last_recorded() is None


def test_the_database_refuses_too(place: str) -> None:
    with open_read_only(place) as ledger, ledger.reading() as connection:
        for words in ("DELETE FROM entries", "CREATE TABLE mine (one INTEGER)"):
            with pytest.raises(LedgerError, match=r"(?i)read.?only"), connection.begin_nested():
                connection.execute(text(words))


def test_one_that_is_not_there_or_not_of_this_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"none\.db"):
        open_read_only(str(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()
    place = tmp_path / "old.db"
    with Ledger.open(str(place), create=True):
        pass
    downgrade(str(place), revisions()[-2], lose=True)
    before = place.read_bytes()
    with pytest.raises(LedgerError, match="earlier version"):
        open_read_only(str(place))
    assert place.read_bytes() == before
