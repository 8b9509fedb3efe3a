"""From a ledger to what it knew at a moment: read off anew, or from the board that was stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple, TypeAlias

import msgspec

from counterclaim import __version__
from counterclaim.actors import KnowledgeBase, resolve_actors
from counterclaim.disputes import read_board
from counterclaim.ledger import Ledger, parse_moment
from counterclaim.ledger.stored_boards import StoredBoard, stored_board
from counterclaim.ledger.tombstones import refuse_name
from counterclaim.model import LedgerError, Snapshot
from counterclaim.model.errors import Messages
from counterclaim.views.answer import Answer, answer
from counterclaim.views.board import BoardView, board_view
from counterclaim.views.brief import BoardBrief, board_brief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.diff import DiffView, diff_view
from counterclaim.views.happening import Happening, LeftOut, limited, narrowed
from counterclaim.views.stored import stored_answer, stored_board_brief, stored_board_view
from counterclaim.views.versions import find_version

KnowledgeOf: TypeAlias = Callable[[Snapshot], KnowledgeBase]
"""What is known of the actors of a snapshot."""

STORED_AS = f"counterclaim/{__version__} board/3"
"""The version of what is stored of a board; one stored by another version is not used."""


class Behind(NamedTuple):
    """That a stored board was shown, of this moment, and that the ledger has so many entries since."""

    moment: datetime
    entries: int


class Question(NamedTuple):
    """Of what moment an answer is wanted, with what is known of actors beforehand.

    ``stored`` takes the stored board even where the ledger has learnt more since.
    """

    as_of: datetime | None = None
    knowledge: KnowledgeOf | None = None
    stored: bool = False
    happening: Happening | None = None


class Note(NamedTuple):
    """What is to be said beside an answer: that it is of an earlier moment, and how much was left out."""

    behind: Behind | None = None
    left_out: LeftOut | None = None


def read_catalogue(
    ledger: Ledger, as_of: datetime | None = None, knowledge: KnowledgeOf | None = None
) -> Catalogue:
    """Return what the ledger knows, or knew at ``as_of``, with the board read off the same snapshot.

    ``knowledge`` gives what is known of actors beforehand, for a snapshot; where None it is what comes
    with the program.
    """
    snapshot = ledger.snapshot(as_of)
    actors = resolve_actors(snapshot, knowledge(snapshot) if knowledge else None)
    return Catalogue(snapshot, read_board(snapshot, actors), actors)


def read_board_view(ledger: Ledger, question: Question, limit: int | None = None) -> tuple[BoardView, Note]:
    """Return the board, at most ``limit`` disputes of it, and what there is to say beside it.

    The stored board is shown where it knows all that the ledger does (or where any stored one is wanted);
    else the board is read off the ledger, which takes time in proportion to it.
    """
    with _stored(ledger, question) as stored:
        if stored is not None:
            return stored_board_view(stored, limit), Note(_behind(stored))
    return _board_view(ledger, question, limit)


def read_board_brief(ledger: Ledger, question: Question, limit: int | None = None) -> tuple[BoardBrief, Note]:
    """Return the same in brief: of each dispute what one must see first."""
    with _stored(ledger, question) as stored:
        if stored is not None:
            return stored_board_brief(stored, limit), Note(_behind(stored))
    view, note = _board_view(ledger, question, limit)
    return board_brief(view), note


def _board_view(ledger: Ledger, question: Question, limit: int | None) -> tuple[BoardView, Note]:
    catalogue = read_catalogue(ledger, question.as_of, question.knowledge)
    left_out = None
    if question.happening is not None:
        catalogue, left_out = narrowed(catalogue, question.happening)
    view = board_view(catalogue)
    return msgspec.structs.replace(view, disputes=view.disputes[:limit]), Note(None, left_out)


def read_answer(
    ledger: Ledger, question: Question, name: str, version: str | None = None
) -> tuple[Answer, Note]:
    """Return the view of what is called ``name``, from the stored board where that will do.

    ``version`` names an older version of a report. Raises LedgerError where nothing, or more than one
    thing, has the name, and where what has it was erased.
    """
    try:
        return _read_answer(ledger, question, name, version)
    except LedgerError:
        with ledger.reading() as connection:
            refuse_name(connection, name)
        raise


def _read_answer(ledger: Ledger, question: Question, name: str, version: str | None) -> tuple[Answer, Note]:
    if version is None:
        with _stored(ledger, question) as stored:
            if stored is not None:
                return stored_answer(stored, name, ledger.capture), Note(_behind(stored))
    catalogue = read_catalogue(ledger, question.as_of, question.knowledge)
    left_out = None
    view = answer(catalogue, find_version(catalogue, name, version), ledger.capture)
    if question.happening is not None:
        view, left_out = limited(catalogue, view, question.happening)
    return view, Note(None, left_out)


@contextmanager
def stored_for(ledger: Ledger, question: Question) -> Iterator[tuple[StoredBoard | None, Note]]:
    """Give the stored board, where it answers the question, with what there is to say beside that."""
    with _stored(ledger, question) as stored:
        yield stored, Note(_behind(stored) if stored is not None else None)


@contextmanager
def _stored(ledger: Ledger, question: Question) -> Iterator[StoredBoard | None]:
    if question.as_of is not None or question.knowledge is not None or question.happening is not None:
        yield None
        return
    with ledger.reading() as connection:
        stored = stored_board(connection, STORED_AS)
        yield stored if stored is not None and (question.stored or not stored.newer()) else None


def _behind(stored: StoredBoard) -> Behind | None:
    newer = stored.newer()
    return Behind(stored.moment, newer) if newer else None


def read_diff(
    ledger: Ledger, start: str, end: str | None = None, knowledge: KnowledgeOf | None = None
) -> DiffView:
    """Return what became known after ``start`` and until ``end``, moments as users write them.

    Until now where ``end`` is None. Raises LedgerError where one is no moment, or ``start`` the later one.
    """
    first, last = parse_moment(start), parse_moment(end) if end else None
    if end is not None and last is not None and first > last:
        raise LedgerError(Messages.moments_reversed(start, end))
    before = read_catalogue(ledger, first, knowledge)
    return diff_view(before, read_catalogue(ledger, last, knowledge))
