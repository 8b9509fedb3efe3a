"""A report as the linker compares it: read once, kept by the ledger, and unpacked when it is a neighbour."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property

import msgspec
from msgspec.structs import replace

from counterclaim.claims.gist import Gist, compound, gist_of
from counterclaim.claims.sketch import Sketch, sketch_of
from counterclaim.disputes.likeness import Words, words_of
from counterclaim.disputes.pairing import Index, index_of
from counterclaim.disputes.screening import Screen
from counterclaim.model import Document, Form, Kind, Report, Statement

REMEMBERED = 2000
"""Reports that a linker keeps unpacked; the one not used for longest goes first."""
MOST_COMPARED = 500
"""Statements of a report that are compared, the first ones: each is held against each of every neighbour's.
No report has so many; a page that was made to have thousands would keep the program busy for hours."""
_SPEED = 1  # zlib's fastest level: a third of the size, at a fraction of a millisecond a report


class Compared:
    """One report as it is compared: its document, its words, and what was read off each of its statements.

    Of most neighbours only the document and the words are looked at: the rest is unpacked when it is first
    asked for.
    """

    def __init__(
        self,
        document: Document,
        words: Words,
        statements: Callable[[], tuple[Statement, ...]],
        gists: Callable[[tuple[Statement, ...]], tuple[Gist, ...]],
        sketches: Callable[[tuple[Statement, ...]], tuple[Sketch, ...]],
    ) -> None:
        self.document = document
        self.words = words
        self._statements = statements
        self._gists = gists
        self._sketches = sketches

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that are compared."""
        return self._statements()

    @cached_property
    def gists(self) -> tuple[Gist, ...]:
        """What the rules compare, of each statement."""
        return self._gists(self.statements)

    @cached_property
    def sketches(self) -> tuple[Sketch, ...]:
        """What the pair model compares, of each statement."""
        return self._sketches(self.statements)

    @cached_property
    def gist_index(self) -> Index:
        """Where each term stands in the gists."""
        return index_of(self.gists)

    @cached_property
    def screen(self) -> Screen:
        """The sketches as arrays."""
        return Screen(self.sketches)


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """What a form holds: each statement once, and named by its id in gists and sketches."""

    document: Document
    words: Words
    statements: msgspec.Raw
    gists: msgspec.Raw
    sketches: msgspec.Raw


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")  # sets have an order of their own in each process
_DECODER = msgspec.msgpack.Decoder(_Packed)
_STATEMENTS = msgspec.msgpack.Decoder(tuple[Statement, ...])
_GISTS = msgspec.msgpack.Decoder(tuple[Gist, ...])
_SKETCHES = msgspec.msgpack.Decoder(tuple[Sketch, ...])


def compared(report: Report) -> Compared:
    """Read off a report what it is compared by: its first statements, at most :data:`MOST_COMPARED`."""
    statements = report.statements[:MOST_COMPARED]
    gists = (gist_of(s, report.document, report.annotations) for s in statements)
    known = compound((gist for gist in gists if gist is not None), statements)
    sketches = (sketch_of(s, report.document) for s in statements)
    drawn = tuple(sketch for sketch in sketches if sketch is not None)
    return Compared(report.document, words_of(drawn), lambda: statements, lambda _: known, lambda _: drawn)


def pack(known: Compared) -> Form:
    """Return the form that a ledger keeps."""
    sketches = [replace(sketch, statement=_named(sketch.statement)) for sketch in known.sketches]
    gists = [replace(gist, statement=_named(gist.statement)) for gist in known.gists]
    slim = _Packed(
        known.document,
        known.words,
        *(msgspec.Raw(_ENCODER.encode(part)) for part in (known.statements, gists, sketches)),
    )
    return Form(document=known.document.key, payload=zlib.compress(_ENCODER.encode(slim), _SPEED))


def unpack(form: Form) -> Compared:
    """Return what :func:`pack` was given; gists, sketches and statements are decoded when asked for."""
    slim = _DECODER.decode(zlib.decompress(form.payload))

    def gists(statements: tuple[Statement, ...]) -> tuple[Gist, ...]:
        by_id = {statement.id: statement for statement in statements}
        return tuple(replace(g, statement=by_id[g.statement.id]) for g in _GISTS.decode(slim.gists))

    def sketches(statements: tuple[Statement, ...]) -> tuple[Sketch, ...]:
        by_id = {statement.id: statement for statement in statements}
        return tuple(replace(s, statement=by_id[s.statement.id]) for s in _SKETCHES.decode(slim.sketches))

    return Compared(slim.document, slim.words, lambda: _STATEMENTS.decode(slim.statements), gists, sketches)


class Memory:
    """The reports that were compared last, by the keys of their documents."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._held: OrderedDict[str, Compared] = OrderedDict()

    def of_report(self, report: Report) -> Compared:
        """Return a report as it is compared, read off it where it is not remembered."""
        return self._get(report.document.key) or self._keep(compared(report))

    def of_form(self, form: Form) -> Compared:
        """Return a report as it is compared, unpacked where it is not remembered."""
        return self._get(form.document) or self._keep(unpack(form))

    def _get(self, key: str) -> Compared | None:
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def _keep(self, known: Compared) -> Compared:
        self._held[known.document.key] = known
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return known


def _named(statement: Statement) -> Statement:
    return Statement(id=statement.id, document="", source=(), cue=(), content=(), kind=Kind.INDIRECT)
