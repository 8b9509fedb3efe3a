"""Reading without protected words: every noun that leaves the ledger for a reader goes through here.

People protect words by judgements. All readings of a connection leave them out, as of any moment, but where
the ledger was opened to reveal them, and in writing, which works on what is recorded.
"""

from __future__ import annotations

from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select

from counterclaim.documents import readable
from counterclaim.ledger import schema
from counterclaim.ledger.byte_readings import readings, readings_of
from counterclaim.ledger.dialect import dialect_of
from counterclaim.model import (
    Annotations,
    Capture,
    Document,
    InputError,
    Judgement,
    LedgerError,
    SchemaError,
    Statement,
)
from counterclaim.model.errors import Messages
from counterclaim.model.judgement import JudgementKind
from counterclaim.model.masking import Masks, masked, strings_in
from counterclaim.model.serial import load
from counterclaim.model.standing import Standing

REVEAL = "ledger_reveal"
"""The option of a connection, or an engine, that reads protected words."""

_MASKS = "ledger_masks"
_ALL = 1_000_000_000
_CACHED = 200
"""Masked texts that a connection keeps at most."""

Noun = TypeVar("Noun", Annotations, Capture, Document, Judgement, Statement)


class WithheldError(LedgerError):
    """A capture is not shown, as protected words stand in it."""


class Redaction:
    """What is protected in a ledger, for one connection: its words, and the documents that have them."""

    def __init__(self, connection: Connection, masks: Masks) -> None:
        self._connection = connection
        self.masks = masks
        self.documents = _protected(connection, masks)
        self._texts: dict[str, str] = {}
        self._looked: dict[str, bool] = {}

    def noun(self, payload: str, noun: Noun) -> Noun:
        """Return a noun, read from ``payload``, without the protected words."""
        found: Noun = self._shown(payload, noun)
        return found

    def _shown(self, payload: str, noun: Any) -> Any:
        if isinstance(noun, Document):
            if not self.masks.may_touch(payload):
                return noun
            return masked(noun, self.masks, near=_has_whole(noun, self.masks))
        if isinstance(noun, Statement | Annotations):
            key = noun.document
            if key not in self.documents and not (self.masks.may_touch(payload) and self._looks(key)):
                return noun
            return masked(noun, self.masks, near=True, text=self._text(key))
        if isinstance(noun, Judgement) and (noun.protection or self.masks.may_touch(payload)):
            return masked(noun, self.masks, near=True)
        if isinstance(noun, Capture) and self.masks.may_touch(payload):
            return masked(noun, self.masks, near=True)
        return noun

    def refuse_withheld(self, capture: Capture) -> None:
        """Raise WithheldError where protected words stand in a capture, or in what was made from it."""
        if self.withholds(capture):
            raise WithheldError(Messages.capture_withheld(capture.sha256))

    def withholds(self, capture: Capture) -> bool:
        """Tell whether protected words stand in a capture, or in a document that was made from it."""
        table = schema.documents
        query = select(table.c.key).where(table.c.capture == capture.sha256)
        keys = self._connection.execute(query).scalars().all()
        if any(key in self.documents or self._looks(key) for key in keys):
            return True
        made = (_document(self._connection, key) for key in keys)
        encodings = [capture.encoding, *(each.encoding for each in made if each is not None)]
        if any(self.masks.has_whole(text) for text in readings(capture.content, encodings)):
            return True
        try:
            return any(
                self.masks.has_whole(text) for words in readable(capture) for text in readings_of(words)
            )
        except InputError:  # nobody can say here what stands in it
            return True

    def found_by(self, name: str) -> list[str]:
        """Return the keys of the documents whose id, as it is shown, begins so."""
        table = schema.documents
        found: list[str] = []
        for key in sorted(self.documents) if "protected-" in name else ():
            held = self._connection.execute(select(table.c.id).where(table.c.key == key)).scalar()
            if held is not None and self.masks.id(held, near=True).startswith(name):
                found.append(key)
        return found

    def _looks(self, key: str) -> bool:
        """Tell whether a protected name stands in a document that the index of words does not tell of."""
        if key not in self._looked:
            document = _document(self._connection, key)
            self._looked[key] = document is not None and _has_whole(document, self.masks)
        return self._looked[key]

    def _text(self, key: str) -> str | None:
        if key not in self._texts:
            if len(self._texts) >= _CACHED:
                self._texts.clear()
            document = _document(self._connection, key)
            if document is None:
                return None
            self._texts[key] = self.masks.text(document.text, near=True)
        return self._texts[key]


def redaction_of(connection: Connection) -> Redaction | None:
    """Return what a connection must not read; None where nothing is protected, or it reads all."""
    options = connection.get_execution_options()
    if options.get(REVEAL) or options.get("begin") == "IMMEDIATE":
        return None
    if _MASKS not in options:
        masks = masks_of(connection)
        redaction = Redaction(connection, masks) if masks is not None else None
        connection.execution_options(**{_MASKS: redaction})
        return redaction
    found: Redaction | None = options[_MASKS]
    return found


def reveals(connection: Connection) -> bool:
    """Tell whether a connection, or its engine, was opened to read protected words."""
    return bool(connection.get_execution_options().get(REVEAL))


def read_noun(connection: Connection, payload: str, kind: type[Noun]) -> Noun:
    """Read a stored payload for a reader. Raises SchemaError where it is not of the kind expected."""
    noun = load(payload)
    if not isinstance(noun, kind):
        raise SchemaError(f"a {kind.__name__.lower()} was expected, not a {type(noun).__name__.lower()}")
    redaction = redaction_of(connection)
    return redaction.noun(payload, noun) if redaction is not None else noun


def shown_id(connection: Connection, identifier: str) -> str:
    """Return a document's id as a reader may see it."""
    redaction = redaction_of(connection)
    return redaction.masks.id(identifier, near=True) if redaction is not None else identifier


def masks_of(connection: Connection) -> Masks | None:
    """Return the words whose protection stands, whatever the moment; None where there are none."""
    table, held = schema.protections, schema.judgements
    names = connection.execute(select(table.c.judgement)).scalars().all()
    if not names:
        return None  # nearly always: every reading asks, so this must cost nothing in a large ledger
    query = select(held.c.payload).where(held.c.id.in_(names)).order_by(held.c.sequence)
    found = [load(payload) for payload in connection.execute(query).scalars()]
    judgements = [each for each in found if isinstance(each, Judgement)]
    standing = Standing(judgements, [each.id for each in judgements])
    words = [
        each.protection
        for each in judgements
        if each.protection is not None
        and each.kind is JudgementKind.PROTECTED
        and each.id not in standing.undone_by
    ]
    return Masks(words) if words else None


def erased_after(connection: Connection, moment: int) -> bool:
    """Tell whether something was erased after a moment (microseconds)."""
    table = schema.erasures
    return connection.execute(select(table.c.id).where(table.c.recorded > moment)).first() is not None


def protected_after(connection: Connection, moment: int) -> bool:
    """Tell whether words were protected, or a protection taken back, after a moment (microseconds)."""
    table, held = schema.protections, schema.judgements
    query = select(held.c.id).join(table, table.c.judgement == held.c.id).where(held.c.recorded > moment)
    return connection.execute(query).first() is not None


def _has_whole(document: Document, masks: Masks) -> bool:
    return any(masks.has_whole(text) for text in strings_in(document) or [document.id])


def _document(connection: Connection, key: str) -> Document | None:
    table = schema.documents
    payload = connection.execute(select(table.c.payload).where(table.c.key == key)).scalar()
    noun = load(payload) if payload is not None else None
    return noun if isinstance(noun, Document) else None


_FOUND: WeakKeyDictionary[Any, tuple[object, frozenset[str]]] = WeakKeyDictionary()
"""For each ledger in use, by its pool of connections: of which state which documents are protected."""


def _protected(connection: Connection, masks: Masks) -> frozenset[str]:
    """Return the keys of the documents with a whole protected name in them, found by the index of words."""
    last = connection.execute(select(func.max(schema.entries.c.sequence))).scalar()
    state = (masks.key, last)
    kept = _FOUND.get(connection.engine.pool)
    if kept is not None and kept[0] == state:
        return kept[1]
    candidates = {
        match.document
        for term in masks.terms
        for match in dialect_of(connection).matches(connection, [[term]], None, _ALL)
    }
    found = set()
    for key in sorted(candidates):
        document = _document(connection, key)
        if document is not None and _has_whole(document, masks):
            found.add(key)
    _FOUND[connection.engine.pool] = (state, frozenset(found))
    return frozenset(found)
