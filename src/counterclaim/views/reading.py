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
from counterclaim.ledger import Ledger
from counterclaim.ledger.stored_boards import StoredBoard, stored_board
from counterclaim.model import Snapshot
from counterclaim.views.answer import Answer, answer
from counterclaim.views.board import BoardView, board_view
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.find import find
from counterclaim.views.stored import stored_answer, stored_board_view

KnowledgeOf: TypeAlias = Callable[[Snapshot], KnowledgeBase]
"""What is known of the actors of a snapshot."""

STORED_AS = f"counterclaim/{__version__}"
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


def read_board_view(
    ledger: Ledger, question: Question, limit: int | None = None
) -> tuple[BoardView, Behind | None]:
    """Return the board, at most ``limit`` disputes of it, and how far it is behind where it is.

    The stored board is shown where it knows all that the ledger does (or where any stored one is wanted);
    else the board is read off the ledger, which takes time in proportion to it.
    """
    with _stored(ledger, question) as stored:
        if stored is not None:
            return stored_board_view(stored, limit), _behind(stored)
    view = board_view(read_catalogue(ledger, question.as_of, question.knowledge))
    return msgspec.structs.replace(view, disputes=view.disputes[:limit]), None


def read_answer(ledger: Ledger, question: Question, name: str) -> tuple[Answer, Behind | None]:
    """Return the view of what is called ``name``, from the stored board where that will do.

    Raises LedgerError where nothing, or more than one thing, has the name.
    """
    with _stored(ledger, question) as stored:
        if stored is not None:
            return stored_answer(stored, name, ledger.capture), _behind(stored)
    catalogue = read_catalogue(ledger, question.as_of, question.knowledge)
    return answer(catalogue, find(catalogue, name), ledger.capture), None


@contextmanager
def _stored(ledger: Ledger, question: Question) -> Iterator[StoredBoard | None]:
    if question.as_of is not None or question.knowledge is not None:
        yield None
        return
    with ledger.reading() as connection:
        stored = stored_board(connection, STORED_AS)
        yield stored if stored is not None and (question.stored or not stored.newer()) else None


def _behind(stored: StoredBoard) -> Behind | None:
    newer = stored.newer()
    return Behind(stored.moment, newer) if newer else None
