"""Two stores, one behaviour: the same rows, the same answers, the same refusals."""

from __future__ import annotations

import itertools
import sys
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_help import NOUNS, Clock, PairLinker, board_bytes, content, make_report, raw_engine
from msgspec.structs import replace
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from counterclaim.ledger import Ledger
from counterclaim.ledger.dialect_postgresql import shown_place
from counterclaim.ledger.words import LONGEST, fold, folded_words
from counterclaim.model import Capture, Document, LedgerError, Report

NAMES = (
    "b",
    "B",
    "É",
    "a\x00b",
    "a\x01b",
    "a\x01\x02b",
    "a\x01\x01b",
    "a-b",
    "_a",
    "ab",
    "\U0001f6a2",
    "\uffee",
)


@pytest.fixture
def both(tmp_path, postgresql):
    """Give two ledgers that were told the same at the same times, one on each store."""
    ledgers = []
    for place in (str(tmp_path / "l.db"), postgresql):
        clock = Clock()
        ledger = Ledger.open(place, create=True, clock=clock)
        for number, name in enumerate(NAMES):
            clock.set(number)
            sayings = [
                ("Ida", "the night boat sailed", number % 2 == 0),
                ("Tom", f"the QUAY boat {'boat ' * (number % 3)}at Übersee number {number} closed", True),
            ]
            assert ledger.add(*make_report(name, sayings, "Naïve\x00café. " * (number % 4)), PairLinker())
        ledgers.append((place, ledger))
    yield ledgers
    for _, ledger in ledgers:
        ledger.close()


def test_both_hold_the_same(both):
    (one, first), (other, second) = both
    assert first.verify() == second.verify() == []
    held = [
        {
            "documents": list(ledger.documents()),
            "statements": list(ledger.statements()),
            "judgements": list(ledger.judgements()),
            "snapshot": ledger.snapshot(),
            "board": board_bytes(ledger.board()),
            "counts": ledger.counts(),
            "last": ledger.last_recorded(),
        }
        for ledger in (first, second)
    ]
    assert held[0] == held[1]
    assert {document.id for document in held[0]["documents"]} == set(NAMES)
    stored = content(one), content(other)
    for table in set(stored[0]) - {
        "documents"
    }:  # names that PostgreSQL cannot hold are written in another way
        assert stored[0][table] == stored[1][table]


@pytest.mark.parametrize(
    "query",
    [
        "boat",
        "quay",
        "ubersee",
        '"boat boat"',
        '"quay boat"',
        "naive cafe",
        '"number 3"',
        "boat number",
        "ida",
        "x",
    ],
)
def test_both_find_the_same_in_the_same_order(both, query):
    (_, first), (_, second) = both
    for seconds, limit in itertools.product((None, -1, 0, 3, 99), (1, 5, 100)):
        moment = None if seconds is None else Clock()() + timedelta(seconds=seconds)
        assert first.search(query, limit, moment) == second.search(query, limit, moment)


@pytest.mark.parametrize("name", [*NAMES, "a", "a\x00", "a\x01", "s-", "d-", "zz", "\ud800"])
def test_both_know_the_same_names(both, name):
    answers = []
    for _, ledger in both:
        for find in (ledger.document, ledger.statement):
            try:
                answers.append(find(name))
            except LedgerError as error:
                answers.append(str(error))
    assert answers[:2] == answers[2:]


def test_the_newest_matches_are_ranked(place, monkeypatch):
    monkeypatch.setattr("counterclaim.ledger.searching.CONSIDERED", 6)
    with Ledger.open(place, create=True) as ledger:
        for number in range(10):
            ledger.add(
                *make_report(f"r{number}", [("Ida", f"boat {'quay ' * (9 - number)}", True)]), PairLinker()
            )
        hits = ledger.search("boat", limit=100)
        assert [hit.document.id for hit in hits] == ["r9", "r8", "r7"]
        assert all(hit.statement for hit in hits)


def test_blocks_of_the_log_are_searched_from_the_newest_on(postgresql, monkeypatch):
    """One place a block, so that every search goes through many windows."""
    monkeypatch.setattr("counterclaim.ledger.dialect_postgresql._BLOCK", 0)
    monkeypatch.setattr("counterclaim.ledger.dialect_postgresql._BLOCKS", "ARRAY[sequence >> 0]")
    monkeypatch.setattr("counterclaim.ledger.searching.CONSIDERED", 12)
    with Ledger.open(postgresql, create=True) as ledger:
        for number in range(20):
            ledger.add(*make_report(f"r{number}", [("Ida", f"boat {number}", True)]), PairLinker())
        assert [hit.document.id for hit in ledger.search("boat")] == [f"r{n}" for n in range(19, 13, -1)]
        assert [hit.document.id for hit in ledger.search('"boat 3"')] == ["r3"]
        assert ledger.search("boat 3 4") == []


def test_a_report_of_too_many_words_for_a_text_search_vector(place):
    """PostgreSQL's own type for full text holds a megabyte of words, and 16,383 places."""
    capture, report = make_report("one", more=" ".join(f"quay{number}side" for number in range(120_000)))
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(capture, report, PairLinker())
        (hit,) = ledger.search('"quay99998side quay99999side"')
        assert hit.document == report.document
        assert [span.quote for span in hit.spans] == ["quay99998side quay99999side"]
        assert ledger.search('"quay99999side quay99998side"') == []


def test_a_search_for_every_word_of_a_long_report(place):
    words = " ".join(f"quay{number}side" for number in range(3000))
    capture, report = make_report("one", more=words)
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(capture, report, PairLinker())
        assert [hit.document for hit in ledger.search(words)] == [report.document]
        assert ledger.search(f"{words} elsewhere") == []


def test_a_word_too_long_for_an_index(place):
    word = "é" * 5000
    capture, report = make_report("one", more=word)
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(capture, report, PairLinker())
        assert [hit.document for hit in ledger.search(word)] == [report.document]


def test_long_names_and_none_that_is_cut(place):
    name = "harbour " * 1000 + "\x00"
    capture = Capture.of("x.txt", b"The harbour.", "text/plain")
    key = Document.key_of(name, capture.sha256)
    document = Document(id=name, key=key, capture=capture.sha256, text="The harbour.")
    with Ledger.open(place, create=True) as ledger:
        assert ledger.add(capture, Report(document=document), PairLinker())
        assert ledger.document("harbour ") == document
        assert ledger.document(name) == document
        assert ledger.verify() == []


@pytest.mark.parametrize("order", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize(
    "table", ["entries", "captures", "documents", "annotations", "statements", "judgements"]
)
def test_the_server_refuses_change_even_in_the_role_of_a_replica(postgresql, table, order):
    with Ledger.open(postgresql, create=True) as ledger:
        ledger.add(*make_report("one"), PairLinker())
        ledger.add(*make_report("two"), PairLinker())
    column = "digest" if table == "entries" else "payload"
    engine = raw_engine(postgresql)
    for role in ("origin", "replica"):
        with engine.begin() as connection:
            connection.execute(text(f"SET LOCAL session_replication_role = {role}"))
            with pytest.raises(DBAPIError, match="append-only"):
                connection.execute(text(order.format(table, column, column)))
    engine.dispose()
    with Ledger.open(postgresql) as ledger:
        assert ledger.counts()["documents"] == 2
        assert ledger.verify() == []


def test_schemas_keep_ledgers_apart(postgresql):
    other = f"{postgresql}_other"
    with Ledger.open(postgresql, create=True) as one, Ledger.open(other, create=True) as two:
        one.add(*make_report("one"), PairLinker())
        two.add(*make_report("two"), PairLinker())
        assert [document.id for document in one.documents()] == ["one"]
        assert [document.id for document in two.documents()] == ["two"]


def test_a_server_that_starts_again_costs_no_write(postgresql):
    """Every connection is cut between two writes, and within one."""

    class Cutting(PairLinker):
        cuts = 1

        def judge(self, report, neighbours):
            if self.cuts:
                self.cuts -= 1
                cut(postgresql)
            return super().judge(report, neighbours)

    with Ledger.open(postgresql, create=True) as ledger:
        assert ledger.add(*make_report("one"), PairLinker())
        cut(postgresql)
        assert ledger.add(*make_report("two"), PairLinker())
        cut(postgresql)
        assert ledger.counts()["documents"] == 2
        assert ledger.add(*make_report("three"), Cutting())
        assert ledger.counts()["documents"] == 3
        assert ledger.verify() == []


def cut(place: str) -> None:
    engine = raw_engine(place)
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND usename = current_user"
            )
        )
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (("/postgres?", "/nothing?"), 'database "nothing" does not exist'),
        (("/pg&", "/none&"), "No such file"),
        (("postgres:@", "someone:secret@"), 'role "someone" does not exist'),
        (("schema=t", "schema=no-"), "cannot be the name of a schema"),
        (("@/", "@/:x:y@:/"), "URL cannot be read|cannot be used"),
    ],
)
def test_an_address_that_leads_nowhere(postgresql, change, match):
    with pytest.raises(LedgerError, match=match) as refused:
        Ledger.open(postgresql.replace(*change), create=True)
    assert "secret" not in str(refused.value)


def test_a_missing_ledger_on_a_server_is_only_made_when_asked(postgresql):
    with pytest.raises(LedgerError, match="there is no ledger here"):
        Ledger.open(postgresql)
    engine = raw_engine(postgresql)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT current_schema()")).scalar() is None
    engine.dispose()
    Ledger.open(postgresql, create=True).close()
    Ledger.open(postgresql.replace("postgresql://", "postgres://")).close()


def test_a_schema_that_holds_something_else_is_left_as_it_is(postgresql):
    engine = raw_engine(postgresql)
    schema = postgresql.rpartition("=")[2]
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        connection.execute(text("CREATE TABLE orders (id integer)"))
    with pytest.raises(LedgerError, match="not a counterclaim ledger"):
        Ledger.open(postgresql, create=True)
    with engine.connect() as connection:
        tables = connection.execute(
            text(f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}'")
        ).all()
    assert tables == [("orders",)]
    engine.dispose()


@given(words=st.text())
def test_folding_is_done_once(words):
    folded = folded_words(words)
    assert [fold(word) for word in folded] == folded
    assert folded_words(" ".join(folded)) == folded
    assert all(word and len(word) <= LONGEST for word in folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("STRASSE", "straße"),
        ("ΟΔΟΣ", "οδος"),
        ("Émile", "EMILE"),
        ("İstanbul", "istanbul"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_case_and_marks_are_left_out_of_account(one, other):
    assert folded_words(one) == folded_words(other)
    assert len(folded_words(one)) == 1


def test_names_keep_their_order_on_the_server(place):
    reports = [make_report(name) for name in NAMES]
    with Ledger.open(place, create=True) as ledger:
        for capture, report in reports:
            assert ledger.add(capture, replace(report, statements=()), PairLinker())
        with pytest.raises(LedgerError) as refused:
            ledger.document("a")
    assert f"fits {sum(name.startswith('a') for name in NAMES)} things" in str(refused.value)


TAMPERED = [
    ("captures", "content = set_byte(content, 3, get_byte(content, 3) # 1)", "changed"),
    *((table, "payload = replace(payload, '\"schema\":1', '\"schema\":2')", "changed") for table in NOUNS),
    ("documents", "recorded = recorded - 1", "changed"),
    ("documents", "id = 'other'", "changed"),
    ("statements", "recorded = recorded - 1", "changed"),
    ("entries", "digest = 'x'", "chain"),
    ("entries", "recorded = recorded + 1", "chain"),
]


@pytest.mark.parametrize(("table", "change", "code"), TAMPERED)
def test_what_is_changed_on_a_server_is_found(postgresql, table, change, code):
    """By one who may do anything: the triggers are taken away first."""
    with Ledger.open(postgresql, create=True) as ledger:
        for name in ("one", "two"):
            assert ledger.add(*make_report(name), PairLinker())
        assert ledger.verify() == []
        engine = raw_engine(postgresql)
        with engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"))
            first = f"WHERE sequence = (SELECT min(sequence) FROM {table})"
            assert connection.exec_driver_sql(f"UPDATE {table} SET {change} {first}").rowcount == 1
        engine.dispose()
        assert code in [problem.code for problem in ledger.verify()]


def test_no_password_is_shown_anywhere():
    place = "postgresql://ida:s%40cret@localhost/ledger?schema=one&password=other&sslmode=require"
    assert shown_place(place) == "postgresql://ida:***@localhost/ledger?schema=one&sslmode=require"


def test_without_the_driver_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"pip install 'counterclaim\[postgres\]'"):
        Ledger.open("postgresql://ida@localhost/ledger")


def test_a_database_that_cannot_hold_every_text_is_refused(postgresql_server):
    engine = create_engine(postgresql_server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"))
    engine.dispose()
    with pytest.raises(LedgerError, match="encoding LATIN1, which cannot hold every text"):
        Ledger.open(postgresql_server.replace("/postgres?", "/narrow?"), create=True)


def test_without_a_schema_the_ledger_is_in_the_one_that_the_server_names(postgresql_server):
    engine = create_engine(postgresql_server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CREATE DATABASE plain TEMPLATE template0"))
    engine.dispose()
    plain = postgresql_server.replace("/postgres?", "/plain?")
    with Ledger.open(plain, create=True) as ledger, Ledger.open(f"{plain}&schema=public") as same:
        assert ledger.add(*make_report("one"), PairLinker())
        assert same.counts() == ledger.counts()
        with ledger.writing() as connection:
            lock = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            assert connection.execute(text(lock)).scalar() == 1
        assert same.verify() == []
