"""Every noun of a ledger as JSON Lines, which :func:`counterclaim.model.load` reads back."""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.model import dump
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.statement import CaptureOf


def lines(catalogue: Catalogue, capture_of: CaptureOf) -> Iterator[bytes]:
    """Give one line a noun: what was received and read, then what was judged, then what follows from it.

    Captures, documents, annotations, statements and judgements are what the ledger stores; actors, claims and
    disputes are read off these. Each sort is in order of its ids, so that equal ledgers give equal
    lines. One capture is held in memory at a time.
    """
    documents = catalogue.snapshot.documents
    for digest in sorted({document.capture for document in documents}):
        yield dump(capture_of(digest))
    for document in documents:
        yield dump(document)
    for notes in catalogue.snapshot.annotations:
        yield dump(notes)
    for statement in catalogue.snapshot.statements:
        yield dump(statement)
    for judgement in catalogue.snapshot.judgements:
        yield dump(judgement)
    for actor in catalogue.board.actors:
        yield dump(actor)
    for claim in catalogue.board.claims:
        yield dump(claim)
    for dispute in catalogue.board.disputes:
        yield dump(dispute)
