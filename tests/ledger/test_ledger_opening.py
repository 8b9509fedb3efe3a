"""Opening: what is no ledger is named and left as it is; the schema is what the migrations make."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from ledger_help import NOUNS, PairLinker, content, filled, make_report, raw_engine, rows
from sqlalchemy import func, inspect, select, text

from counterclaim.ledger import Ledger
from counterclaim.ledger.entries import Appender
from counterclaim.ledger.opening import migration_config
from counterclaim.ledger.schema import APPEND_ONLY, documents, metadata
from counterclaim.model import LedgerError


def refuse(place: object, match: str, *, create: bool = True) -> None:
    with pytest.raises(LedgerError, match=match):
        Ledger.open(str(place), create=create)


def revise(place: str, revision: str) -> None:
    engine = raw_engine(place)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


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


def test_a_ledger_of_a_later_version_is_left_as_it_is(place):
    filled(place, "one")
    revise(place, "9999")
    before = content(place)
    refuse(place, "schema 9999 of a later counterclaim. Update")
    refuse(place, "schema 9999", create=False)
    assert content(place) == before
    revise(place, ScriptDirectory.from_config(migration_config()).get_current_head())
    Ledger.open(place).close()


def test_other_databases_are_said_to_be_unsupported():
    refuse("mysql://host/name", "mysql cannot hold a ledger")


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


def test_a_reader_does_not_wait_for_a_writer(place):
    filled(place, "one")
    with Ledger.open(place) as ledger, Ledger.open(place) as other, other.writing() as connection:
        assert ledger.counts()["documents"] == 1
        appender = Appender(connection, 0)
        appender.document(make_report("two")[1].document)
        assert len(ledger.snapshot().documents) == 1


def test_a_reader_sees_one_state(place):
    filled(place, "one")
    count = select(func.count()).select_from(documents)
    with Ledger.open(place) as ledger, Ledger.open(place) as other:
        with ledger.reading() as connection:
            assert connection.execute(count).scalar_one() == 1
            assert other.add(*make_report("two"), PairLinker())
            assert connection.execute(count).scalar_one() == 1
        assert ledger.counts()["documents"] == 2


def test_a_reader_cannot_write_on_a_server(postgresql):
    filled(postgresql, "one")
    refused = pytest.raises(LedgerError, match="read-only transaction")
    with Ledger.open(postgresql) as ledger, ledger.reading() as connection, refused:
        connection.execute(text("DELETE FROM report_keys"))


def migrate(place: str, move: Callable[[Config, str], None], revision: str) -> None:
    engine = raw_engine(place)
    config = migration_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)
    engine.dispose()


def test_migrations_go_down_and_up_again(place):
    filled(place, "one")
    migrate(place, command.downgrade, "base")
    engine = raw_engine(place)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            query = "SELECT count(*) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
            assert connection.execute(text(query)).scalar() == 0
    engine.dispose()
    refuse(place, "there is no ledger here", create=False)
    filled(place, "two")
    with Ledger.open(place) as ledger:
        assert [document.id for document in ledger.documents()] == ["two"]
        assert ledger.verify() == []


def test_full_text_goes_down_and_up_again_with_its_rows(place):
    filled(place, "one", "Émile", "three")
    before = content(place)
    migrate(place, command.downgrade, "0003")
    queries = ("SELECT kind, key, document, recorded FROM full_text", "SELECT key, recorded FROM documents")
    earlier, recorded = rows(place, *queries)
    assert [row[:3] for row in earlier] == [row[:3] for row in before["full_text"]]
    assert [(key, moment) for kind, key, _, moment in earlier if kind == "document"] == recorded
    migrate(place, command.upgrade, "0004")
    assert content(place) == before
    with Ledger.open(place) as ledger:
        assert {hit.document.id for hit in ledger.search("emile")} == {"Émile"}


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(place, monkeypatch):
    filled(place, "one", "two")
    migrate(place, command.downgrade, "0003")
    (before,) = rows(place, "SELECT * FROM full_text")

    def fail(_: str) -> list[str]:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("counterclaim.ledger.words.fold", fail)
        with pytest.raises(ZeroDivisionError):
            Ledger.open(place)
    assert rows(place, "SELECT * FROM full_text", "SELECT version_num FROM alembic_version") == [
        before,
        [("0003",)],
    ]
    with Ledger.open(place) as ledger:
        assert ledger.verify() == []
        assert len(ledger.search("boat")) == 2


def test_the_schema_is_what_the_migrations_make(place):
    Ledger.open(place, create=True).close()
    engine = raw_engine(place)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or not name.startswith("full_text"),
            },
        )
        changes = compare_metadata(context, metadata)
        comments = [
            change for change in changes if isinstance(change, list) and change[0][0] == "modify_comment"
        ]
        assert changes == comments  # comments are for those who read the code
    found = inspect(engine)
    for table in metadata.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: bool(column.nullable) for column in table.c}
        assert set(found.get_pk_constraint(table.name)["constrained_columns"]) == {
            column.name for column in table.primary_key
        }
    engine.dispose()
    if engine.dialect.name == "sqlite":
        (triggers,) = rows(place, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        actions = ("no_update", "no_delete", "no_replace")
    else:
        query = "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        (triggers,) = rows(
            place, query + "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
        )
        actions = ("append_only",)
    assert {row[0] for row in triggers} == {
        f"{table}_{action}" for table in APPEND_ONLY for action in actions
    }
    assert set(NOUNS) < set(APPEND_ONLY)
