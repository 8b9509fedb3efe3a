"""Killing real processes that write to a ledger, and looking at what they left.

A process is forked, does its work on a ledger, and writes a line to a pipe for each thing that the
ledger has acknowledged. It is killed with SIGKILL at a random moment: so long after a number of
acknowledgements, drawn at random, as the next step takes at most. (Moments drawn from the time of the whole
work all fall into its beginning on a machine that is busy with something else.) Then the ledger is
opened again: everything acknowledged is there, each report has all its parts, ``verify`` finds nothing,
and the same work done again ends with what an undisturbed run ends with. Used by the tests and by
``eval/crashes.py``.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from alembic import command
from ledger_help import PairLinker, content, make_report, raw_engine
from sqlalchemy import create_engine, make_url, text

from counterclaim.ledger import Ledger
from counterclaim.ledger.opening import migration_config
from counterclaim.model import Capture, Judgement, JudgementKind, LedgerError, Report

WORKS = ("ingest", "judge", "migrate")
OPENING = 0.15
"""The share of kills that fall before the ledger is open, where the work goes on after that."""

REFUSED = 2
"""The exit status of a process that ended with a LedgerError."""

Acknowledge = Callable[[str], None]
Content = dict[str, list[Any]]


def some_reports(number: int) -> list[tuple[Capture, Report]]:
    """Make reports of three statements each, whose topics recur, so that judgements come of them."""
    made = []
    for n in range(number):
        sayings = [
            (f"Speaker{n % 7}", f"the gate {n % 5} was shut", n % 2 == 0),
            (f"Speaker{n % 3}", f"the tower {n % 11} stood", True),
            ("Ida", f"the boat {n} sailed", True),
        ]
        made.append(make_report(f"r{n:03}", sayings, more="and no more was known. " * (n % 4 * 20)))
    return made


class SQLiteStores:
    """Makes ledgers as files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def empty(self, name: str) -> str:
        """Give a place where no ledger is yet."""
        return str(self._folder / f"{name}.db")

    def copy(self, template: str, name: str) -> str:
        """Give the place of a ledger that is like the template."""
        place = self.empty(name)
        shutil.copyfile(template, place)
        return place

    def remove(self, place: str) -> None:
        """Remove a ledger."""
        for end in ("", "-wal", "-shm"):
            Path(place + end).unlink(missing_ok=True)


class PostgreSQLStores:
    """Makes ledgers as databases of their own on a server; a database is copied by the server."""

    def __init__(self, server: str) -> None:
        self._server = make_url(server).set(drivername="postgresql+psycopg")

    def place(self, name: str) -> str:
        """Give the URL of the ledger in the database of this name."""
        url = self._server.set(drivername="postgresql", database=name)
        return url.update_query_dict({"schema": "ledger"}).render_as_string(hide_password=False)

    def _do(self, order: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(order))
        engine.dispose()

    def empty(self, name: str) -> str:
        """Give a place where no ledger is yet."""
        self._do(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.place(name)

    def copy(self, template: str, name: str) -> str:
        """Give the place of a ledger that is like the template."""
        self._do(f"CREATE DATABASE {name} TEMPLATE {make_url(template).database}")
        return self.place(name)

    def remove(self, place: str) -> None:
        """Remove a ledger."""
        self._do(f"DROP DATABASE {make_url(place).database} WITH (FORCE)")


class Work:
    """One kind of work: what is there before it, what it does, and what is there when it is done."""

    def __init__(self, kind: str, stores: SQLiteStores | PostgreSQLStores, reports: int) -> None:
        self.kind = kind
        self._stores = stores
        self._reports = some_reports(reports)
        statements = sorted(s.id for _capture, report in self._reports for s in report.statements)
        self._judgements = [
            Judgement.of(
                JudgementKind.SAME_CLAIM, one, other, basis="analyst", author=f"Ida {n % 3}", reason="read"
            )
            for n, (one, other) in enumerate(itertools.pairwise(statements))
        ]
        self._template = self._prepared()
        whole = self.place("whole")
        started = time.monotonic()
        told, process = self.started(whole)
        moments = [time.monotonic() - started for _line in told]
        assert os.waitpid(process, 0)[1] == 0, f"the undisturbed {kind} failed"
        self.seconds = time.monotonic() - started
        self.acknowledged = len(moments)
        self._steps = [after - before for before, after in itertools.pairwise([0.0, *moments, self.seconds])]
        self.expected = content(whole)
        stores.remove(whole)

    def _prepared(self) -> str | None:
        """Return a ledger to start from; None where the work starts from nothing."""
        if self.kind == "ingest":
            return None
        place = self._stores.empty(f"template_{self.kind}")
        with Ledger.open(place, create=True) as ledger:
            for capture, report in self._reports:
                bare = Report(document=report.document, statements=report.statements)
                ledger.add(capture, bare if self.kind == "migrate" else report, PairLinker())
        if self.kind == "migrate":
            go_back(place, "0001")
        return place

    def place(self, name: str) -> str:
        """Make what the work starts from, and return where."""
        name = f"{self.kind}_{name}"
        return self._stores.copy(self._template, name) if self._template else self._stores.empty(name)

    def do(self, place: str, acknowledge: Acknowledge) -> None:
        """Do all the work; what has been done before stays as it is."""
        with Ledger.open(place, create=self.kind == "ingest") as ledger:
            acknowledge("open")
            if self.kind == "ingest":
                for capture, report in self._reports:
                    ledger.add(capture, report, PairLinker())
                    acknowledge(report.document.key)
            elif self.kind == "judge":
                for judgement in self._judgements:
                    ledger.judge(judgement)
                    acknowledge(judgement.id)

    def started(self, place: str) -> tuple[Any, int]:
        """Start a process that does the work; return what it tells, and its number."""
        reading, writing = os.pipe()
        process = os.fork()
        if process:
            os.close(writing)
            return os.fdopen(reading, encoding="ascii"), process
        status = 1
        try:
            os.close(reading)
            self.do(place, lambda name: _tell(writing, name))
            status = 0
        except LedgerError:
            status = REFUSED
        except BaseException:  # noqa: BLE001  a forked process must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(status)

    def kill_once(self, number: int, rng: random.Random) -> str | None:
        """Start, kill, check, do it again, check; return how far it came, None where it was too quick."""
        place = self.place(f"k{number}")
        opening = self.acknowledged == 1 or rng.random() < OPENING
        wanted = 0 if opening else rng.randint(1, self.acknowledged)
        delay = rng.random() * self._steps[wanted]
        told, process = self.started(place)
        acknowledged = [told.readline().strip() for _step in range(wanted)]
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
        status = os.waitpid(process, 0)[1]
        acknowledged += told.read().split()
        told.close()
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            self._stores.remove(place)
            return None
        self.check(place, acknowledged)
        self.do(place, lambda _name: None)
        with Ledger.open(place) as ledger:
            assert ledger.verify() == []
        assert content(place) == self.expected
        self._stores.remove(place)
        if not acknowledged:
            return "before anything"
        return "after all" if len(acknowledged) == self.acknowledged else "in between"

    def check(self, place: str, acknowledged: Sequence[str]) -> None:
        """Check what a killed process left: all that was acknowledged, and nothing by half."""
        with Ledger.open(place, create=self.kind == "ingest") as ledger:
            assert ledger.verify() == []
        held = content(place)
        names = {row[0] for table in ("documents", "judgements") for row in held[table]}
        assert set(acknowledged) - {"open"} <= names
        keys = {row[0] for row in held["documents"]}
        captures = {row[2] for row in held["documents"]}
        for table, column, wanted in (
            ("captures", 0, captures),
            ("annotations", 0, keys),
            ("statements", 1, keys),
            ("report_keys", 1, keys),
            ("full_text", 2, keys),
        ):
            assert held[table] == [row for row in self.expected[table] if row[column] in wanted], table
        assert set(held["judgements"]) <= set(self.expected["judgements"])


def _tell(pipe: int, name: str) -> None:
    os.write(pipe, f"{name}\n".encode("ascii"))


def go_back(place: str, revision: str) -> None:
    """Take a ledger back to an earlier schema."""
    config = migration_config()
    engine = raw_engine(place)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()


def kill_many(
    stores: SQLiteStores | PostgreSQLStores, kills: int, seed: int, reports: int
) -> dict[str, Counter[str]]:
    """Kill ``kills`` processes, in turn at each kind of work; return how far they had come."""
    rng = random.Random(seed)
    works = [Work(kind, stores, reports) for kind in WORKS]
    found: dict[str, Counter[str]] = {kind: Counter() for kind in WORKS}
    done = tried = 0
    while done < kills:
        work = works[done % len(works)]
        tried += 1
        assert tried < 5 * kills, "most processes end before they are killed"
        outcome = work.kill_once(tried, rng)
        if outcome:
            found[work.kind][outcome] += 1
            done += 1
    return found
