"""Opening: what is no ledger is named and left as it is; the schema is what the migrations make."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from ledger_help import NOUNS, PairLinker, content, filled, make_report
from sqlalchemy import create_engine, inspect

from counterclaim.ledger import Ledger
from counterclaim.ledger.opening import migration_config
from counterclaim.ledger.schema import APPEND_ONLY, metadata
from counterclaim.model import LedgerError


def refuse(place: object, match: str, *, create: bool = True) -> None:
    with pytest.raises(LedgerError, match=match):
        Ledger.open(str(place), create=create)


def revise(place: Path, revision: str) -> None:
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def test_a_folder_is_no_ledger(tmp_path):
    refuse(tmp_path, "this is a folder")
    refuse("", "this is a folder")


def test_a_missing_ledger_is_only_made_when_asked(tmp_path):
    place = tmp_path / "l.db"
    refuse(place, "there is no ledger here", create=False)
    assert not place.exists()
    refuse(tmp_path / "no" / "l.db", "does not exist. Make it first")


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    "head", [b"Dear reader,\n", b"\x00" * 4096, b"SQLite format 2", b"SQLite format 3\x00" + b"x" * 4080]
)
def test_a_foreign_file_is_left_as_it_is(tmp_path, create, head):
    place = tmp_path / "notes.txt"
    place.write_bytes(head)
    refuse(place, "not a counterclaim ledger|cannot be used", create=create)
    assert place.read_bytes() == head
    assert os.listdir(tmp_path) == ["notes.txt"]  # noqa: PTH208


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("revision", [None, "0001", "ab12"])
def test_a_foreign_database_is_left_as_it_is(tmp_path, create, revision):
    place = tmp_path / "shop.db"
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY)")
        if revision:
            connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
    connection.close()
    before = place.read_bytes()
    refuse(place, "not a counterclaim ledger", create=create)
    assert place.read_bytes() == before


def test_an_empty_file_becomes_a_ledger_only_when_asked(tmp_path):
    place = tmp_path / "l.db"
    place.touch()
    refuse(place, "there is no ledger here", create=False)
    assert place.read_bytes() == b""
    filled(place, "one")
    with Ledger.open(str(place)) as ledger:
        assert ledger.counts()["documents"] == 1


def test_a_ledger_of_a_later_version_is_left_as_it_is(tmp_path):
    place = tmp_path / "l.db"
    filled(place, "one")
    revise(place, "9999")
    before = content(place)
    refuse(place, "schema 9999 of a later counterclaim. Update")
    refuse(place, "schema 9999", create=False)
    assert content(place) == before
    revise(place, "0004")
    Ledger.open(str(place)).close()


def test_other_databases_are_said_to_be_unsupported():
    refuse("mysql://host/name", "mysql ledgers are not supported")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written_to():
    refuse("/proc/self/l.db", "/proc/self/l.db: the ledger cannot be used .* Check its permissions")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_permissions(tmp_path):
    place = tmp_path / "l.db"
    filled(place, "one")
    place.chmod(0)
    refuse(place, "Permission denied")
    place.chmod(0o600)
    tmp_path.chmod(0o500)
    refuse(tmp_path / "other.db", "cannot be used")
    tmp_path.chmod(0o700)


def test_a_full_disk_is_a_ledger_error_and_leaves_nothing(tmp_path):
    place = tmp_path / "l.db"
    filled(place, "one")
    with Ledger.open(str(place)) as ledger:
        with ledger._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(LedgerError, match=r"full.*space on its disk"):
            ledger.add(*make_report("two", more="quay " * 20_000), PairLinker())
        assert ledger.counts()["documents"] == 1
    with Ledger.open(str(place)) as ledger:
        assert ledger.verify() == []
        assert ledger.add(*make_report("two", more="quay " * 20_000), PairLinker())


@pytest.mark.parametrize(
    "name", ["a?b.db", "a#b%20c.db", "with space.db", "file:x.db", ":memory:", "Łódź ✈.db"]
)
def test_any_name_is_a_file(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for place in (name, f"sqlite:///{name}"):
        with Ledger.open(place, create=True) as ledger:
            ledger.add(*make_report("one"), PairLinker())
    with Ledger.open(str(tmp_path / name)) as ledger:
        assert ledger.counts()["documents"] == 1
    assert sorted(os.listdir(tmp_path)) == [name]  # noqa: PTH208


def test_a_closed_ledger_is_one_file_with_a_write_ahead_log(tmp_path):
    place = tmp_path / "l.db"
    filled(place, "one", "two")
    assert os.listdir(tmp_path) == ["l.db"]  # noqa: PTH208
    connection = sqlite3.connect(place)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_reader_does_not_wait_for_a_writer(tmp_path):
    place = tmp_path / "l.db"
    filled(place, "one")
    writer = sqlite3.connect(place, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Ledger.open(str(place)) as ledger:
        assert ledger.counts()["documents"] == 1
        assert len(ledger.snapshot().documents) == 1
    writer.execute("ROLLBACK")
    writer.close()


def test_migrations_go_down_and_up_again(tmp_path):
    place = tmp_path / "l.db"
    filled(place, "one")
    engine = create_engine(f"sqlite:///{place}")
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    refuse(place, "there is no ledger here", create=False)
    filled(place, "two")
    with Ledger.open(str(place)) as ledger:
        assert [document.id for document in ledger.documents()] == ["two"]
        assert ledger.verify() == []


def test_the_schema_is_what_the_migrations_make(tmp_path):
    place = tmp_path / "l.db"
    Ledger.open(str(place), create=True).close()
    engine = create_engine(f"sqlite:///{place}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or not name.startswith("full_text"),
            },
        )
        assert compare_metadata(context, metadata) == []
    found = inspect(engine)
    for table in metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: bool(column.nullable) for column in table.c}
        assert set(found.get_pk_constraint(table.name)["constrained_columns"]) == {
            column.name for column in table.primary_key
        }
    engine.dispose()
    with sqlite3.connect(place) as connection:
        triggers = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
    actions = ("update", "delete", "replace")
    assert triggers == {f"{table}_no_{action}" for table in APPEND_ONLY for action in actions}
    assert set(NOUNS) < set(APPEND_ONLY)
