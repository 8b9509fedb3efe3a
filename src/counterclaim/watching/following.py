"""The watch itself: rounds over feeds and folders, what they bring into the ledger, and who is told."""

from __future__ import annotations

import random
import smtplib
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from counterclaim.fetching import FetchError, fetch, get
from counterclaim.fetching.retrying import back_off
from counterclaim.fetching.robots import Robots
from counterclaim.ledger import Ledger
from counterclaim.ledger.moments import to_microseconds
from counterclaim.ledger.redaction import erased_after, protected_after
from counterclaim.ledger.stored_boards import last_entry
from counterclaim.model import Capture, CounterclaimError, Problem
from counterclaim.model.errors import Messages
from counterclaim.pipeline import Summary, add_captures
from counterclaim.sources import read_captures
from counterclaim.statements import Extraction
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.reading import read_catalogue
from counterclaim.watching.alerts import Alert, find_alerts
from counterclaim.watching.feeds import MAX_BYTES as MAX_FEED_BYTES
from counterclaim.watching.feeds import read_feed
from counterclaim.watching.folders import changed_files, report_id
from counterclaim.watching.hosts import Hosts, Stopped
from counterclaim.watching.sending import make_messages, send, shown_target
from counterclaim.watching.settings import WatchSettings, is_feed
from counterclaim.watching.state import File, Item, Source, State
from counterclaim.watching.withholding import still_sayable

TRIES = 6
"""How often an item is asked for before it is left."""

FIRST_WAIT = 60.0
GIVE_UP_DAYS = 7
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
_FEEDS = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"


class Round(msgspec.Struct, kw_only=True):
    """What one round did: reports added, those known already, and the disputes that there is news of."""

    added: int = 0
    known: int = 0
    alerts: list[Alert] = msgspec.field(default_factory=list)


class Watch:
    """Follows feeds and folders into one ledger, one thing at a time, until it is stopped."""

    def __init__(
        self,
        ledger: Ledger,
        state: State,
        settings: WatchSettings,
        tell: Callable[[Problem], None],
        *,
        extraction: Extraction | None = None,
        stop: threading.Event | None = None,
        chance: random.Random | None = None,
    ) -> None:
        self._ledger = ledger
        self._state = state
        self._settings = settings
        self._tell = tell
        self._extraction = extraction
        self._stop = stop or threading.Event()
        self._chance = chance or random.Random()  # noqa: S311 (no secret hangs on it)
        self._hosts = Hosts(settings.pause, self._stop)
        self._robots = Robots(settings.limits, self._hosts.wait)
        self._last: tuple[str, Catalogue] | None = None
        self._soon = False  # a file was still being written to

    def run(self, each: Callable[[Round], None]) -> None:
        """Make a round, tell ``each`` of it, wait, and again, until stopped."""
        while not self._stop.is_set():
            each(self.round())
            due = self._state.next_due(self._settings.sources)
            wait = self._settings.every if due is None else due - time.time()
            wait = self._settings.settled if self._soon else wait
            self._stop.wait(min(max(wait, 1.0), self._settings.every))

    def round(self, *, everything: bool = False) -> Round:
        """Look at everything that is due, once; one source that fails does not stop the others.

        With ``everything`` also at feeds that are not due yet, but for those that failed the last time.
        """
        found = Round()
        self._soon = False
        if self._state.told() is None:
            with self._ledger.reading() as connection:
                last = last_entry(connection)
            self._state.keep_told((last[1] if last else _BEFORE_ALL).isoformat())
        try:
            for source in self._settings.sources:
                if is_feed(source):
                    self._feed(source, found, everything=everything)
                else:
                    self._folder(source, found)
        except Stopped:
            return found  # alerts on what came in are made when the watch is started again
        found.alerts = self._alert()
        self._send()
        return found

    def _feed(self, url: str, found: Round, *, everything: bool) -> None:
        source = self._state.source(url)
        if source.due <= time.time() or (everything and not source.failures):
            try:
                self._read_feed(source)
            except FetchError as error:
                self._tell(error.problem)
                wait = self._wait(error, source.failures)
                self._state.keep_source(source._replace(failures=source.failures + 1, due=time.time() + wait))
        for item in self._state.wanted(url, time.time(), self._settings.most):
            self._item(item, found)

    def _read_feed(self, source: Source) -> None:
        limits = msgspec.structs.replace(
            self._settings.limits, max_bytes=min(MAX_FEED_BYTES, self._settings.limits.max_bytes)
        )
        self._robots.refuse(source.name)
        self._hosts.wait(source.name, self._robots.delay(source.name))
        answer = get(source.name, limits, (source.etag, source.modified), accept=_FEEDS)
        # Half a minute early, so that a feed that took its time is not left out of every second round.
        due = time.time() + max(self._settings.every - 30.0, self._settings.every / 2)
        if answer.status == 304:
            self._state.keep_source(source._replace(failures=0, due=due))
            return
        items = read_feed(answer)
        etag, modified = answer.validators
        self._state.keep_source(
            Source(source.name, etag, modified, 0, due),
            [(each.url, each.updated, answer.private) for each in items],
        )

    def _item(self, item: Item, found: Round) -> None:
        """Fetch one report and add it; what a public feed names may not lie in an inner network."""
        limits = self._settings.limits
        if not item.private:
            limits = msgspec.structs.replace(limits, allow_private=())
        try:
            self._robots.refuse(item.url, limits)
            self._hosts.wait(item.url, self._robots.delay(item.url))
            fetched = fetch(item.url, limits, (item.etag, item.modified))
        except FetchError as error:
            again = error.passing and item.failures + 1 < TRIES
            self._tell(error.problem)
            due = time.time() + self._wait(error, item.failures) if again else None
            self._state.item_failed(item, due)
            return
        if fetched.capture is not None:
            self._add(fetched.capture, found)
        self._state.item_done(item, fetched.validators)

    def _wait(self, error: FetchError, failures: int) -> float:
        """Return the seconds until the next try: what the server says, and never less than is polite."""
        return max(back_off(failures + 1, FIRST_WAIT, self._chance), error.retry_after or 0.0)

    def _folder(self, folder: str, found: Round) -> None:
        for each in changed_files(folder, self._state, settled=self._settings.settled):
            if each is None:
                self._soon = True
            elif isinstance(each, Problem):
                self._tell(each)
            else:
                self._file(each, found)

    def _file(self, file: File, found: Round) -> None:
        kept = file
        for capture in read_captures([file.path], max_bytes=self._settings.limits.max_bytes):
            if isinstance(capture, Problem):
                self._tell(capture)
                continue
            if capture.sha256 == file.sha256:  # touched, not changed
                continue
            name = report_id(file, capture, self._ledger)
            self._add(capture, found, {capture.name: name} if name else {})
            if name:
                kept = file._replace(sha256=capture.sha256, document=name)
        self._state.keep_file(kept)

    def _add(self, capture: Capture, found: Round, ids: dict[str, str] | None = None) -> Summary:
        if self._stop.is_set():
            raise Stopped
        summary = add_captures(
            self._ledger, [capture], ids=ids, extraction=self._extraction, problem=self._tell
        )
        found.added += summary.added
        found.known += summary.known
        return summary

    def _alert(self) -> list[Alert]:
        """Compare the ledger with what it was when alerts were made last, and keep what is to be sent.

        Alerts and the moment are stored together: a process that is killed before makes them again, one
        that is killed after sends them when it is started again.
        """
        with self._ledger.reading() as connection:
            last = last_entry(connection)
        told = self._state.told()
        if last is None or told is None or last[1].isoformat() == told:
            return []
        moment = last[1]
        known = self._last if self._last and self._last[0] == told else None
        if known and self._hidden_since(known[0]):
            known = None  # what was protected or erased meanwhile is so at every moment
        before = known[1] if known else read_catalogue(self._ledger, datetime.fromisoformat(told))
        after = read_catalogue(self._ledger, moment)
        if self._hidden_since(last[1].isoformat()):
            return []  # while it was read; the next round reads both moments again
        alerts = find_alerts(before, after)
        messages = make_messages(self._settings, alerts, moment) if alerts else []
        self._state.keep_told(moment.isoformat(), messages)
        self._last = (moment.isoformat(), after)
        return alerts

    def _hidden_since(self, told: str) -> bool:
        moment = to_microseconds(datetime.fromisoformat(told))
        with self._ledger.reading() as connection:
            return erased_after(connection, moment) or protected_after(connection, moment)

    def _send(self) -> None:
        """Send what waits; what fails is kept, and tried again later each time, for a week."""
        for message in self._state.unsent(time.time()):
            try:
                sayable = still_sayable(self._ledger, message)
                if sayable is None or sayable is not message:
                    self._tell(Messages.message_withheld(shown_target(message)))
                if sayable is not None:
                    send(sayable, self._settings)
            except (CounterclaimError, OSError, smtplib.SMTPException) as error:
                reason = _reason(error)
                if time.time() - message.made > GIVE_UP_DAYS * 86_400:
                    self._state.sent(message)
                    self._tell(Messages.message_given_up(shown_target(message), reason, GIVE_UP_DAYS))
                    continue
                wait = back_off(message.failures + 1, FIRST_WAIT, self._chance, 6 * 3600.0)
                if isinstance(error, FetchError) and error.retry_after:
                    wait = max(wait, error.retry_after)
                self._state.not_sent(message, time.time() + wait)
                self._tell(Messages.message_unsent(shown_target(message), reason, wait))
            else:
                self._state.sent(message)


def _reason(error: Exception) -> str:
    """Return why a message was not sent, without its address."""
    if isinstance(error, FetchError):
        return f"status {error.status}" if error.status else error.problem.code
    if isinstance(error, smtplib.SMTPException):
        return type(error).__name__  # a server's answer may repeat what it was sent
    return str(error)


def open_state(place: Path) -> closing[State]:
    """Return the state at ``place``, open until the block that uses it ends."""
    return closing(State(place))
