"""Answers from the board as it was last stored, and what is stored of one.

The answers are those that the whole catalogue would give of the moment of the stored board, but that an
actor who says very much is quoted with its first statements only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from counterclaim.ledger.lookup import can_be_held, statement_ids
from counterclaim.ledger.moments import to_microseconds
from counterclaim.ledger.stored_boards import StoredBoard, StoredLabel, StoredLink, StoredRow
from counterclaim.model import Actor, AmbiguousNameError, Claim, UnknownNameError
from counterclaim.model.errors import Messages
from counterclaim.views.actor import ActorRow, ActorView, actor_rows, actor_view, with_quotes
from counterclaim.views.answer import Answer
from counterclaim.views.board import BoardCounts, BoardView, DisputeView
from counterclaim.views.brief import BoardBrief, DisputeBrief, dispute_brief
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.claim import claim_view
from counterclaim.views.document import document_view
from counterclaim.views.excerpt import StoredDecisions, excerpt, head, side_key
from counterclaim.views.facets import Facets, facets_of
from counterclaim.views.find import stands_for_its_id
from counterclaim.views.names import Named
from counterclaim.views.review import review_queue
from counterclaim.views.review_item import Item
from counterclaim.views.statement import CaptureOf, statement_view
from counterclaim.views.versions import History, history_of

QUOTED = 200
"""Statements of one actor that are quoted at most."""
_CANDIDATES = 50
"""Things with one name that are told apart; of more of them only so many are named."""

WAITING = 500
"""Things to review that are stored; of more the first."""

_FEW_WORDS = 5_000
"""Actors with one word in their names that are looked through at most."""

_encode = msgspec.json.Encoder().encode


def summary_of(board: BoardView) -> bytes:
    """Return what heads the board: its numbers, without its disputes."""
    return _encode(msgspec.structs.replace(board, disputes=()))


def content_of(catalogue: Catalogue, board: BoardView) -> Iterator[StoredRow | StoredLink | StoredLabel]:
    """Give everything that is stored of a board, in a stable order; ``board`` is the catalogue's view."""
    for rank, view in enumerate(board.disputes):
        yield StoredRow("dispute-view", view.id, _encode(view), rank)
        yield StoredRow("dispute-brief", view.id, _encode(dispute_brief(view)), rank)
        yield StoredRow("dispute-head", view.id, _encode(head(catalogue.disputes[view.id])))
    yield StoredRow("facets", "", _encode([facets_of(catalogue, view) for view in board.disputes]))
    for claim in catalogue.board.claims:
        yield StoredRow("claim", claim.id, _encode(claim))
        yield StoredRow("claim-head", claim.id, _encode(head(claim)))
        if notes := catalogue.statuses.get(claim.id):
            yield StoredRow("statuses", claim.id, _encode(notes))
    for actor in catalogue.board.actors:
        yield StoredRow("actor", actor.id, _encode(actor))
        yield StoredRow("actor-head", actor.id, _encode(head(actor)))
        yield StoredRow("actor-view", actor.id, _encode(actor_view(catalogue, actor, quoted=False)))
    for rank, item in enumerate(review_queue(catalogue, WAITING)):
        yield StoredRow("review-item", item.id, _encode(item), rank)
    for rank, row in enumerate(actor_rows(catalogue)):
        yield StoredRow("actor-row", row.id, _encode(row), rank)
    for kind, names in (("name", catalogue.names), ("origin", catalogue.origins)):
        yield from (StoredRow(kind, key, name.encode()) for key, name in sorted(names.items()))
    for key, document in sorted(catalogue.documents.items()):
        if catalogue.lineage.neighbours(key):
            yield StoredRow("kin", key, _encode(catalogue.kin(key)))
        history = history_of(catalogue, document)
        if history != History():
            yield StoredRow("history", key, _encode(history))
    yield StoredRow("decisions", "", _encode(StoredDecisions.of(catalogue)))
    yield from sorted(set(_links(catalogue)))
    yield from sorted(set(_labels(catalogue)))


def stored_board_view(stored: StoredBoard, limit: int | None = None, offset: int = 0) -> BoardView:
    """Return the board, or a page of it: at most ``limit`` disputes from the one at ``offset`` on."""
    view = msgspec.json.decode(stored.summary, type=BoardView)
    pages = stored.ranked("dispute-view", limit, offset)
    return msgspec.structs.replace(
        view, disputes=tuple(msgspec.json.decode(page, type=DisputeView) for page in pages)
    )


def stored_board_brief(stored: StoredBoard, limit: int | None = None, offset: int = 0) -> BoardBrief:
    """Return the same in brief, which takes no longer where a dispute on the page is a large one."""
    view = msgspec.json.decode(stored.summary, type=BoardBrief)
    pages = stored.ranked("dispute-brief", limit, offset)
    return msgspec.structs.replace(
        view, disputes=tuple(msgspec.json.decode(page, type=DisputeBrief) for page in pages)
    )


def stored_briefs(stored: StoredBoard, disputes: Sequence[str]) -> list[DisputeBrief]:
    """Return these disputes in brief, in this order; those that are not on the board are left out."""
    pages = stored.rows("dispute-brief", disputes)
    return [msgspec.json.decode(pages[each], type=DisputeBrief) for each in disputes if each in pages]


def stored_facets(stored: StoredBoard) -> list[Facets]:
    """Return by what the disputes of the board are looked for, in its order."""
    return msgspec.json.decode(stored.rows("facets", [""])[""], type=list[Facets])


def stored_documents(stored: StoredBoard, disputes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the reports in which disputes stand, by the dispute."""
    return {
        key: tuple(each.id for each in msgspec.json.decode(row, type=_Documents).documents)
        for key, row in stored.rows("dispute-view", disputes).items()
    }


def stored_actor_rows(stored: StoredBoard, limit: int, offset: int) -> list[ActorRow]:
    """Return a page of the actors that speak, who speaks most first."""
    rows = stored.ranked("actor-row", limit, offset)
    return [msgspec.json.decode(row, type=ActorRow) for row in rows]


def stored_claims(stored: StoredBoard, after: str, limit: int) -> list[Claim]:
    """Return at most ``limit`` claims, without their statements, in order of their ids after this one."""
    return [msgspec.json.decode(row, type=Claim) for row in stored.following("claim-head", after, limit)]


def stored_review(stored: StoredBoard) -> list[Item]:
    """Return what should be reviewed first."""
    return [msgspec.json.decode(row, type=Item) for row in stored.ranked("review-item")]


def stored_counts(stored: StoredBoard) -> BoardCounts:
    """Return how much was read to find the disputes."""
    return msgspec.json.decode(stored.summary, type=BoardCounts)


def stored_answer(stored: StoredBoard, name: str, capture_of: CaptureOf) -> Answer:
    """Return the view of what is called ``name``, found as :func:`counterclaim.views.find.find` finds it.

    Raises LedgerError where nothing, or more than one thing, fits.
    """
    kind, key = _find(stored, name)
    if kind == "dispute":
        return msgspec.json.decode(stored.rows("dispute-view", [key])[key], type=DisputeView)
    if kind == "claim":
        claim = msgspec.json.decode(stored.rows("claim", [key])[key], type=Claim)
        return claim_view(excerpt(stored, statements=claim.statements), claim)
    if kind == "statement":
        part = excerpt(stored, statements=[key], judged=[key])
        return statement_view(part, part.statements[key], capture_of)
    if kind == "actor":
        return _actor(stored, key)
    part = excerpt(stored, documents=[key])
    view = document_view(part, part.documents[key])
    history = stored.rows("history", [key]).get(key)
    return msgspec.structs.replace(
        view, history=msgspec.json.decode(history, type=History) if history else History()
    )


def _actor(stored: StoredBoard, key: str) -> ActorView:
    view = msgspec.json.decode(stored.rows("actor-view", [key])[key], type=ActorView)
    said = msgspec.json.decode(stored.rows("actor", [key])[key], type=_Statements).statements
    part = excerpt(stored, statements=said[:QUOTED])
    return with_quotes(part, view, said[:QUOTED])


class _Documents(msgspec.Struct):
    """The reports of a dispute; the rest of it is passed over."""

    documents: tuple[Named, ...]


class _Statements(msgspec.Struct):
    """The ids of the statements of an actor."""

    statements: tuple[str, ...] = ()


def _find(stored: StoredBoard, name: str) -> tuple[str, str]:
    wanted = " ".join(name.casefold().split())
    if not can_be_held(wanted):
        raise UnknownNameError(Messages.name_unknown(name))
    for look in (_whole, _beginning, _by_words):
        different = sorted(set(look(stored, wanted)))
        if len(different) == 1:
            return different[0]
        if different:
            raise AmbiguousNameError(Messages.name_ambiguous(name, sorted(key for _kind, key in different)))
    raise UnknownNameError(Messages.name_unknown(name))


def _whole(stored: StoredBoard, wanted: str) -> list[tuple[str, str]]:
    known = [("claim", key) for key in stored.rows("claim", [wanted])]
    known += [("statement", each) for each in _statements(stored, wanted) if each == wanted]
    known += stored.labelled(wanted, _CANDIDATES)
    by_id = [(kind, key) for kind, key in known if kind != "actor" or key.casefold() == wanted]
    return by_id or known


def _beginning(stored: StoredBoard, wanted: str) -> list[tuple[str, str]]:
    claims = [("claim", key) for key in stored.ids_beginning("claim", wanted, _CANDIDATES)]
    statements = [("statement", each) for each in _statements(stored, wanted)]
    return stored.beginning(wanted, _CANDIDATES) + claims + statements


def _statements(stored: StoredBoard, beginning: str) -> list[str]:
    return statement_ids(stored.connection, beginning, to_microseconds(stored.moment), _CANDIDATES)


def _by_words(stored: StoredBoard, wanted: str) -> list[tuple[str, str]]:
    """Return the actors of whom one name holds all these words."""
    words = set(wanted.split())
    found = [{key for _kind, key in stored.labelled(f" {word}", _FEW_WORDS)} for word in sorted(words)]
    fitting = []
    for key, payload in sorted(stored.rows("actor", set.intersection(*found)).items()):
        actor = msgspec.json.decode(payload, type=Actor)
        labels = (actor.id, actor.name, *actor.aliases)
        if any(words <= set(label.casefold().split()) for label in labels):
            fitting.append(("actor", key))
    return fitting


def _links(catalogue: Catalogue) -> Iterator[StoredLink]:
    for claim in catalogue.board.claims:
        yield from (StoredLink(each, "claim", claim.id) for each in claim.statements)
    for actor in catalogue.board.actors:
        yield from (StoredLink(each, "actor", actor.id) for each in actor.statements)
    for statement in catalogue.snapshot.statements:
        for side in catalogue.sides(statement.id):
            yield StoredLink(statement.id, "dispute", side.dispute.id)
            yield StoredLink(statement.id, "side", side_key(side.dispute, side.position))
    for judgement in catalogue.snapshot.judgements:
        for end in {judgement.left, judgement.right} - {""}:
            yield StoredLink(end, "judgement", judgement.id)
    for key in catalogue.documents:
        yield from (StoredLink(key, "kin", other) for other in catalogue.lineage.neighbours(key))


def _labels(catalogue: Catalogue) -> Iterator[StoredLabel]:
    """Give the names by which ``find`` knows things; a word of an actor's name begins with a space."""
    for document in catalogue.documents.values():
        yield StoredLabel(document.key.casefold(), "document", document.key)
        if stands_for_its_id(catalogue, document):
            yield StoredLabel(document.id.casefold(), "document", document.key)
    for dispute in catalogue.disputes.values():
        for label in (dispute.id, *(position.id for position in dispute.positions)):
            yield StoredLabel(label.casefold(), "dispute", dispute.id)
    for actor in catalogue.actors.values():
        for label in (actor.id, actor.name, *actor.aliases):
            yield StoredLabel(label.casefold(), "actor", actor.id)
            for word in label.casefold().split():
                yield StoredLabel(f" {word}", "actor", actor.id)
