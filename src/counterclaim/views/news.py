"""Which disputes are new, or have something new in them, since a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from counterclaim.ledger import Ledger
from counterclaim.ledger.lookup import named
from counterclaim.ledger.paging import recorded_after
from counterclaim.model import Document, Judgement, Statement
from counterclaim.views.reading import Question, catalogue_for, reading_stored
from counterclaim.views.stored import stored_documents

MOST = 5_000
"""Reports, statements and decisions that are looked at; of more news only so much is told."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """The ids of the disputes that something new is in, and of those of which every report is new."""

    touched: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()


def read_news(ledger: Ledger, question: Question, since: datetime) -> News:
    """Return the disputes in which a statement or a person's decision was recorded after ``since``.

    It takes time in proportion to the news, and not to the ledger, where there is a stored board.
    """
    with ledger.reading() as connection:
        documents = recorded_after(connection, Document, since, MOST, question.as_of)
        statements = recorded_after(connection, Statement, since, MOST, question.as_of)
        decisions = recorded_after(connection, Judgement, since, MOST, question.as_of)
        ends = {end for each in decisions for end in (each.left, each.right) if end}
        answered = named(connection, Judgement, ends).values()
    about = {each.id for each in statements} | ends
    about |= {end for each in answered for end in (each.left, each.right) if end}
    fresh = {document.key for document in documents}
    if not about:
        return News()
    with reading_stored(ledger, question) as (stored, _note):
        if stored is not None:
            touched = {each for several in stored.links(about, "dispute").values() for each in several}
            return _news(stored_documents(stored, touched), fresh)
    catalogue = catalogue_for(ledger, question)
    disputes = {side.dispute for each in about for side in catalogue.sides(each)}
    return _news({each.id: each.documents for each in disputes}, fresh)


def _news(disputes: Mapping[str, Iterable[str]], fresh: set[str]) -> News:
    opened = (each for each, documents in disputes.items() if set(documents) <= fresh)
    return News(touched=frozenset(disputes), opened=frozenset(opened))
