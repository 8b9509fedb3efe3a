"""A desk that watches: a ledger, a state, and a web server on loopback."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counterclaim.ledger import Ledger
from counterclaim.model import Problem
from counterclaim.statements import Extraction
from counterclaim.watching import Watch, WatchSettings, open_state
from web_help import LOOPBACK, Web

CLOSED = "The bridge at Orm was closed on Monday, Ana Brel said. The market went on as usual."
DENIED = (
    "Ana Brel denied that the ferry was late. Tom Haske denied that the bridge at Orm was closed on Monday."
)
RULES = Extraction(extractor="rules")


class Desk:
    """A ledger, a state and a watch on a web server."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder
        self.web = web
        self.problems: list[Problem] = []

    @contextmanager
    def watch(self, *sources: str, **more) -> Iterator[Watch]:
        settings = WatchSettings(
            sources=sources,
            pause=more.pop("pause", 0.0),
            settled=0.0,
            limits=self.web.limits(),
            webhook_private=LOOPBACK,
            **more,
        )
        with (
            Ledger.open(str(self.folder / "l.db"), create=True) as ledger,
            open_state(self.folder / "s") as state,
        ):
            yield Watch(
                ledger, state, settings, self.problems.append, extraction=RULES, chance=random.Random(1)
            )

    def round(self, *sources: str, **more):
        with self.watch(*sources, **more) as watch:
            return watch.round()

    def due_now(self) -> None:
        """Let the time go by until everything is due again."""
        base = sqlite3.connect(self.folder / "s")
        with base:
            for table in ("sources", "items", "messages"):
                base.execute(f"UPDATE {table} SET due = 0")
        base.close()

    def errors(self) -> list[str]:
        return [each.code for each in self.problems if each.severity == "error"]

    def documents(self):
        with Ledger.open(str(self.folder / "l.db")) as ledger:
            return ledger.snapshot().documents


def feed(desk: Desk, *paths: str, path: str = "/feed", **fields: str) -> str:
    links = "".join(f"<item><link>{desk.web.url(each)}</link></item>" for each in paths)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>P</title>{links}</channel></rss>'
    desk.web.pages[path] = (200, {"Content-Type": "application/rss+xml", **fields}, body.encode())
    return desk.web.url(path)
