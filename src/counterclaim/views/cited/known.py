"""What a ledger knew at one moment, whichever way it is read: from the stored board, or anew.

The moment is fixed first, and everything is read as of it. So an answer can be asked again, whatever the
ledger has learnt since, and all parts of an answer are of one moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from msgspec.structs import replace

from counterclaim.ledger import Ledger
from counterclaim.ledger.lookup import entry_until, keys_of
from counterclaim.ledger.moments import from_microseconds, now, to_microseconds, written
from counterclaim.ledger.stored_boards import StoredBoard, stored_board
from counterclaim.ledger.tombstones import refuse_name
from counterclaim.model import LedgerError
from counterclaim.views.answer import Answer, answer
from counterclaim.views.board import board_view
from counterclaim.views.brief import BoardBrief, board_brief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.excerpt import excerpt
from counterclaim.views.find import find
from counterclaim.views.reading import STORED_AS, read_catalogue
from counterclaim.views.stored import stored_answer, stored_board_brief
from counterclaim.views.versions import find_version

KEPT = 2
"""Catalogues that are kept for the next question: those of the two moments of a difference."""


class Known:
    """What the ledger knew at ``moment``; made by :meth:`Reader.known`, and good within it."""

    def __init__(self, reader: Reader, moment: datetime, stored: StoredBoard | None, last: int) -> None:
        self.moment = moment
        self.ledger = reader.ledger
        self._reader = reader
        self._stored = stored
        self._last = last

    @property
    def as_of(self) -> str:
        """The moment as users write it (ISO 8601, UTC, microseconds)."""
        return written(self.moment)

    @property
    def catalogue(self) -> Catalogue:
        """Everything; this takes time in proportion to the ledger, once a moment."""
        return self._reader.catalogue(self.moment, self._last)

    def answer(self, name: str, version: str | None = None) -> Answer:
        """Return the view of what is called ``name``. Raises LedgerError where it is not one thing."""
        try:
            if self._stored is not None and version is None:
                return stored_answer(self._stored, name, self.ledger.capture)
            catalogue = self.catalogue
            found = find(catalogue, name) if version is None else find_version(catalogue, name, version)
            return answer(catalogue, found, self.ledger.capture)
        except LedgerError:
            with self.ledger.reading() as connection:
                refuse_name(connection, name)
            raise

    def part(self, *, statements: Iterable[str] = (), documents: Iterable[str] = ()) -> Catalogue:
        """Return a catalogue that has these statements, and these documents (by key) with all of theirs."""
        if self._stored is not None:
            return excerpt(self._stored, statements=statements, documents=documents)
        return self.catalogue

    def reports_called(self, ids: Iterable[str]) -> list[str]:
        """Return the keys of all versions of the reports with these ids."""
        with self.ledger.reading() as connection:
            return keys_of(connection, ids, to_microseconds(self.moment))

    def board(self, limit: int | None = None, offset: int = 0) -> BoardBrief:
        """Return disputes in brief, the weightiest first: all, or at most ``limit`` from ``offset`` on."""
        if self._stored is not None:
            return stored_board_brief(self._stored, limit, offset)
        brief = self._reader.brief(self.moment, self._last)
        end = None if limit is None else offset + limit
        return replace(brief, disputes=brief.disputes[offset:end])


class Reader:
    """Reads a ledger for one question after the other, and keeps what it read for the next.

    With ``stored`` questions that name no moment are of the board that was stored last, even where the
    ledger has learnt more since.
    """

    def __init__(self, ledger: Ledger, *, stored: bool = False) -> None:
        self.ledger = ledger
        self._prefer_stored = stored
        self._kept: dict[tuple[datetime, int], tuple[Catalogue, BoardBrief | None]] = {}
        self._lock = Lock()

    @contextmanager
    def known(self, as_of: datetime | None = None) -> Iterator[Known]:
        """Give what the ledger knew at a moment, now where that is None.

        The moment of the answers is that of the last entry known then; before the first entry it is the one
        asked for.
        """
        with self._lock, self.ledger.reading() as connection:
            last = entry_until(connection, None)
            stored = stored_board(connection, STORED_AS)
            if as_of is None and self._prefer_stored and stored is not None:
                as_of = stored.moment
            until = to_microseconds(as_of) if as_of is not None else None
            entry = entry_until(connection, until)
            if entry is None:
                present = now()
                yield Known(self, min(as_of or present, present), None, last[0] if last else 0)
                return
            sequence, recorded = entry
            fits = stored is not None and stored.sequence == sequence
            moment = from_microseconds(recorded)
            yield Known(self, moment, stored if fits else None, last[0] if last else sequence)

    def catalogue(self, moment: datetime, last: int) -> Catalogue:
        """Return the catalogue of a moment; ``last`` is the number of the last entry of the log.

        What is erased or protected later is an entry too, so nothing that was kept before it is given.
        """
        key = (moment, last)
        if key not in self._kept:
            self._kept = {old: kept for old, kept in self._kept.items() if old[1] == last}
            while len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = (read_catalogue(self.ledger, moment), None)
        return self._kept[key][0]

    def brief(self, moment: datetime, last: int) -> BoardBrief:
        """Return the board of a moment in brief."""
        catalogue = self.catalogue(moment, last)
        brief = self._kept[moment, last][1] or board_brief(board_view(catalogue))
        self._kept[moment, last] = (catalogue, brief)
        return brief
