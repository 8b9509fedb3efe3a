"""Boards that are kept at hand: stored ones that are made anew when the ledger grows, and past moments."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from datetime import datetime

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.ledger.lookup import entry_until
from counterclaim.ledger.moments import to_microseconds
from counterclaim.ledger.stored_boards import last_entry, stored_board
from counterclaim.model.errors import Messages, UnavailableError
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.reading import STORED_AS, Question, read_catalogue

STATEMENTS = 200_000
"""Statements of all catalogues that are kept in memory."""
PATIENCE = 20.0
"""Seconds that somebody waits for others' past moments to be read."""
WAITING = 12
"""Of those who wait for past moments so many have a thread; the others come again at once."""
PAUSE = 3.0
"""Between two readings of a large ledger at least so many times what the last one took."""


class BoardPreparingError(UnavailableError):
    """There is no board of a large ledger yet; it is being read."""


class CrowdedError(UnavailableError):
    """Too many already wait for the same thing."""


class Boards:
    """The boards of the ledgers that a server has open; used by many threads at once.

    The board of a small ledger (at most ``small`` entries) is read and stored again when it is asked for and
    something came in. That of a larger one is read by a process of its own, and the last one is shown
    meanwhile.
    """

    def __init__(self, small: int) -> None:
        self._small = small
        self._lock = threading.Lock()
        self._reading: dict[str, threading.Lock] = {}
        self._refreshing: dict[str, threading.Lock] = {}
        self.waiting = 0  # those who read past moments, or wait for that
        self._kept: OrderedDict[tuple[str, int], Catalogue] = OrderedDict()
        self._making: dict[str, tuple[subprocess.Popen[bytes], float]] = {}
        self._resting: dict[str, float] = {}

    def question(self, place: str, ledger: Ledger, as_of: datetime | None = None) -> Question:
        """Return how to ask the ledger at a place for what it knows, or knew, without a long wait.

        Raises BoardPreparingError where a large ledger has no board yet.
        """
        if as_of is None:
            self._bring_up_to_date(place, ledger)
        return Question(as_of=as_of, stored=True, kept=lambda asked, then: self.catalogue(place, asked, then))

    def catalogue(self, place: str, ledger: Ledger, as_of: datetime | None) -> Catalogue:
        """Return everything that was known at a moment, from among those kept, or read off the ledger.

        Moments between which nothing came in are one. Raises BoardPreparingError where others wait already.
        """
        with ledger.reading() as connection:
            last = entry_until(connection, None)
            entry = last if as_of is None else entry_until(connection, to_microseconds(as_of))
        key = (f"{place}#{last[0] if last else 0}", entry[0] if entry else 0)
        with self._lock:
            kept = self._known(key)
            if kept is not None:
                return kept
            if self.waiting >= WAITING:
                raise BoardPreparingError(Messages.past_preparing())
            self.waiting += 1
            reading = self._reading.setdefault(place, threading.Lock())
        try:
            # Two who ask for the same wait for one reading; whoever would wait for many of them comes again.
            if not reading.acquire(timeout=PATIENCE):
                raise BoardPreparingError(Messages.past_preparing())
            try:
                return self._read(key, ledger, as_of)
            finally:
                reading.release()
        finally:
            with self._lock:
                self.waiting -= 1

    def _read(self, key: tuple[str, int], ledger: Ledger, as_of: datetime | None) -> Catalogue:
        with self._lock:
            kept = self._known(key)
        if kept is not None:
            return kept
        catalogue = read_catalogue(ledger, as_of)
        with self._lock:
            self._kept[key] = catalogue
            while len(self._kept) > 1 and self._held() > STATEMENTS:
                self._kept.popitem(last=False)
        return catalogue

    def _known(self, key: tuple[str, int]) -> Catalogue | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def close(self) -> None:
        """Stop the readings that go on."""
        with self._lock:
            making = [process for process, _begun in self._making.values()]
            self._making.clear()
        for process in making:
            process.terminate()
            process.wait()

    def _held(self) -> int:
        return sum(len(each.statements) for each in self._kept.values())

    def _bring_up_to_date(self, place: str, ledger: Ledger) -> None:
        with ledger.reading() as connection:
            stored = stored_board(connection, STORED_AS)
            last = last_entry(connection)
        if last is None or (stored is not None and stored.sequence >= last[0]):
            return
        if last[0] > self._small:
            self._make_aside(place)
            if stored is None:
                raise BoardPreparingError(Messages.board_preparing())
            return
        with self._lock:
            refreshing = self._refreshing.setdefault(place, threading.Lock())
        with refreshing, Ledger.open(place) as plain:
            pipeline.refresh(plain)

    def _make_aside(self, place: str) -> None:
        """Let a process of its own read and store the board, unless one does, or did so just now."""
        with self._lock:
            now = time.monotonic()
            if place in self._making:
                process, begun = self._making[place]
                if process.poll() is None:
                    return
                self._resting[place] = now + PAUSE * (now - begun)
                del self._making[place]
            if now < self._resting.get(place, 0):
                return
            # The place goes by the environment, as a URL may hold a password and arguments can be seen.
            process = subprocess.Popen(
                [sys.executable, "-m", "counterclaim", "refresh"],
                env=os.environ | {"COUNTERCLAIM_LEDGER": place},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
            self._making[place] = process, now
