"""The nouns of a ledger as flat tables, for Arrow and pandas (extra ``tables``).

One row a noun, sorted by id (a document's version by its key); one row a position for ``positions``. Times
are in UTC. Lists are lists of strings. A published date without a time is its day's beginning in UTC. Offsets
are code points of the document's text, end exclusive; ``start`` and ``end`` enclose a content of several
parts. The columns and their types are in :data:`COLUMNS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from counterclaim.disputes import read_board
from counterclaim.model import Attestation, Board, LedgerError, QuestionError, Snapshot
from counterclaim.model.errors import Messages

if TYPE_CHECKING:
    import pandas
    import pyarrow

_COUNTS = {"attested": "int64", "corroborated": "int64", "origins": "list", "parties": "list"}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "documents": dict.fromkeys(
        ("key", "id", "title", "publisher", "language", "origin", "capture", "text"), "string"
    )
    | {"published": "time"},
    "statements": dict.fromkeys(
        ("id", "document", "act", "kind", "content", "cue", "actor", "speaker", "party", "reported_by"),
        "string",
    )
    | {
        "polarity": "bool",
        "hedged": "bool",
        "anonymous": "bool",
        "confidence": "float64",
        "start": "int64",
        "end": "int64",
    },
    "judgements": dict.fromkeys(
        ("id", "kind", "left", "right", "basis", "author", "reason", "follows", "grade"), "string"
    )
    | {"confidence": "float64"},
    "claims": dict.fromkeys(("id", "text"), "string") | {"statements": "list", "actors": "list"} | _COUNTS,
    "disputes": dict.fromkeys(("id", "question", "status"), "string")
    | {
        "positions": "list",
        "judgements": "list",
        "documents": "list",
        "first_published": "time",
        "last_published": "time",
    },
    "positions": dict.fromkeys(("id", "dispute", "label"), "string")
    | {"claims": "list", "statements": "list", "actors": "list"}
    | _COUNTS,
    "actors": dict.fromkeys(("id", "name", "kind"), "string")
    | {"anonymous": "bool", "aliases": "list", "statements": "list"},
}
"""The columns of each kind and their types: string, bool, int64, float64, list (of strings), time (UTC)."""


def arrow_table(snapshot: Snapshot, kind: str) -> pyarrow.Table:
    """Return the nouns of a kind as an Arrow table.

    Raises LedgerError for an unknown kind, and where pyarrow is not installed.
    """
    if kind not in COLUMNS:
        raise QuestionError(Messages.table_unknown(kind, tuple(COLUMNS)))
    arrow = _library("pyarrow")
    types = {
        "string": arrow.string(),
        "bool": arrow.bool_(),
        "int64": arrow.int64(),
        "float64": arrow.float64(),
        "list": arrow.list_(arrow.string()),
        "time": arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema([(name, types[each]) for name, each in COLUMNS[kind].items()])
    return arrow.Table.from_pylist(list(rows_of(snapshot, kind)), schema=schema)


def rows_of(snapshot: Snapshot, kind: str) -> Iterator[dict[str, Any]]:
    """Give the nouns of a kind as rows with the columns of :data:`COLUMNS`, in the snapshot's order."""
    return _ROWS[kind](snapshot) if kind in _ROWS else _BOARD_ROWS[kind](read_board(snapshot))


def data_frame(snapshot: Snapshot, kind: str) -> pandas.DataFrame:
    """Return the nouns of a kind as a DataFrame whose types do not depend on the rows."""
    pandas_ = _library("pandas")
    names = COLUMNS.get(kind, {})
    frame = arrow_table(snapshot, kind).to_pandas()
    return frame.astype({name: pandas_.StringDtype() for name in names if names[name] == "string"})


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise LedgerError(Messages.tables_missing(name)) from error


def _moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    moment = datetime.fromisoformat(written)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _documents(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for each in snapshot.documents:
        yield {
            "key": each.key,
            "id": each.id,
            "title": each.title,
            "publisher": each.publisher,
            "published": _moment(each.published),
            "language": each.language,
            "origin": each.origin_key,
            "capture": each.capture,
            "text": each.text,
        }


def _statements(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for each in snapshot.statements:
        speaker = each.speaker
        yield {
            "id": each.id,
            "document": each.document,
            "act": str(each.act),
            "kind": str(each.kind),
            "content": each.content_text,
            "cue": " ".join(span.quote for span in each.cue) or None,
            "actor": speaker.actor if speaker else None,
            "speaker": speaker.label if speaker else None,
            "party": speaker.party if speaker else None,
            "reported_by": each.reported_by,
            "polarity": each.polarity,
            "hedged": each.hedged,
            "anonymous": bool(speaker and speaker.anonymous),
            "confidence": each.confidence,
            "start": min(span.start for span in each.content),
            "end": max(span.end for span in each.content),
        }


def _judgements(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for each in snapshot.judgements:
        row = {name: getattr(each, name) for name in COLUMNS["judgements"]}
        yield row | {"kind": str(each.kind), "grade": str(each.grade) if each.grade else None}


def _counts(attestation: Attestation) -> dict[str, Any]:
    return {
        "attested": attestation.attested,
        "corroborated": attestation.corroborated,
        "origins": attestation.origins,
        "parties": attestation.parties,
    }


def _claims(board: Board) -> Iterator[dict[str, Any]]:
    for each in board.claims:
        row = {name: getattr(each, name) for name in ("id", "text", "statements", "actors")}
        yield row | _counts(each.attestation)


def _disputes(board: Board) -> Iterator[dict[str, Any]]:
    for each in board.disputes:
        row = {name: getattr(each, name) for name in ("id", "question", "judgements", "documents")}
        yield row | {
            "status": str(each.status),
            "positions": [position.id for position in each.positions],
            "first_published": _moment(each.first_published),
            "last_published": _moment(each.last_published),
        }


def _positions(board: Board) -> Iterator[dict[str, Any]]:
    for dispute in board.disputes:
        for each in dispute.positions:
            row = {name: getattr(each, name) for name in ("id", "label", "claims", "statements", "actors")}
            yield row | {"dispute": dispute.id} | _counts(each.attestation)


def _actors(board: Board) -> Iterator[dict[str, Any]]:
    for each in board.actors:
        row = {name: getattr(each, name) for name in COLUMNS["actors"]}
        yield row | {"kind": str(each.kind)}


_ROWS: Mapping[str, Callable[[Snapshot], Iterator[dict[str, Any]]]] = {
    "documents": _documents,
    "statements": _statements,
    "judgements": _judgements,
}
_BOARD_ROWS: Mapping[str, Callable[[Board], Iterator[dict[str, Any]]]] = {
    "claims": _claims,
    "disputes": _disputes,
    "positions": _positions,
    "actors": _actors,
}
