"""A report as the linker compares it: read once, kept by the ledger, and unpacked when it is a neighbour."""

from __future__ import annotations

import sys
import zlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import overload

import msgspec
from msgspec.structs import replace

from counterclaim.claims.gist import Gist, compound, gist_of
from counterclaim.claims.sketch import Sketch, sketch_of
from counterclaim.disputes.likeness import Words, words_of
from counterclaim.disputes.pairing import Index, index_of
from counterclaim.disputes.screening import Screen
from counterclaim.model import Document, Form, Kind, Report, Statement

REMEMBERED = 5000
"""Reports of which a linker keeps document, words and arrays; the one not used for longest goes first."""
WHOLE = 2000
"""Reports that a linker keeps unpacked altogether."""
MOST_COMPARED = 500
"""Statements of a report that are compared, the first ones: each is held against each of every neighbour's.
No report has so many; a page that was made to have thousands would keep the program busy for hours."""
_SPEED = 1  # zlib's fastest level: a third of the size, at a fraction of a millisecond a report


class Body:
    """What was read off the statements of a report: what takes memory; only needed of near reports."""

    def __init__(
        self, statements: tuple[Statement, ...], gists: tuple[Gist, ...], sketches: Sequence[Sketch]
    ) -> None:
        self.statements = statements
        self.gists = gists
        self.sketches = sketches

    @cached_property
    def gist_index(self) -> Index:
        """Where each term stands in the gists."""
        return index_of(self.gists)


class Compared:
    """One report as it is compared: its document, its words, and what was read off its statements.

    Of most neighbours only the document and the words are looked at: the rest is unpacked when it is first
    asked for, and can be forgotten again.
    """

    def __init__(self, document: Document, words: Words, body: Callable[[], Body]) -> None:
        self.document = document
        self.words = words
        self._make_body = body
        self._body: Body | None = None

    @property
    def body(self) -> Body:
        """Statements, gists and sketches."""
        if self._body is None:
            self._body = self._make_body()
        return self._body

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that are compared."""
        return self.body.statements

    @property
    def gists(self) -> tuple[Gist, ...]:
        """What the rules compare, of each statement."""
        return self.body.gists

    @property
    def sketches(self) -> Sequence[Sketch]:
        """What the pair model compares, of each statement."""
        return self.body.sketches

    @cached_property
    def screen(self) -> Screen:
        """The sketches as arrays: small, and kept when the body is forgotten."""
        return Screen(list(self.sketches))

    def forget_body(self) -> None:
        """Give back the memory that statements, gists and sketches take; they can still be asked for."""
        self._body = None


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
_RAW = msgspec.msgpack.Decoder(tuple[msgspec.Raw, ...])
_SKETCH = msgspec.msgpack.Decoder(Sketch)


def compared(report: Report) -> Compared:
    """Read off a report what it is compared by: its first statements, at most :data:`MOST_COMPARED`."""
    statements = report.statements[:MOST_COMPARED]
    gists = (gist_of(s, report.document, report.annotations) for s in statements)
    sketches = (sketch_of(s, report.document) for s in statements)
    drawn = tuple(sketch for sketch in sketches if sketch is not None)
    known = compound((gist for gist in gists if gist is not None), statements)
    body = Body(statements, known, drawn)
    return Compared(report.document, words_of(drawn), lambda: body)


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
    """Return what :func:`pack` was given; what is read off statements is unpacked when it is asked for."""
    slim = _DECODER.decode(zlib.decompress(form.payload))

    def body() -> Body:
        whole = _DECODER.decode(zlib.decompress(form.payload))
        statements = _STATEMENTS.decode(whole.statements)
        by_id = {statement.id: statement for statement in statements}
        shared = _Shared()
        gists = tuple(shared.gist(gist, by_id) for gist in _GISTS.decode(whole.gists))
        return Body(statements, gists, _Sketches(_RAW.decode(bytes(whole.sketches)), by_id))

    return Compared(slim.document, slim.words.interned(), body)


class _Shared:
    """Makes the sets that the gists of one report have alike one: they take most of the memory."""

    def __init__(self) -> None:
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def gist(self, gist: Gist, statements: dict[str, Statement]) -> Gist:
        return replace(
            gist,
            statement=statements[gist.statement.id],
            document=sys.intern(gist.document),
            terms=self._one(gist.terms),
            names=self._one(gist.names),
            place=self._one(gist.place),
            lead=self._one(gist.lead),
            scene=self._one(gist.scene),
            events=self._one(gist.events),
        )

    def _one(self, terms: frozenset[str]) -> frozenset[str]:
        found = self._sets.get(terms)
        if found is None:
            found = self._sets[terms] = frozenset(map(sys.intern, terms))
        return found


class _Sketches(Sequence[Sketch]):
    """Sketches that are decoded one by one, each time: of a near report few are asked for, and once."""

    def __init__(self, packed: Sequence[msgspec.Raw], statements: dict[str, Statement]) -> None:
        self._packed = packed
        self._statements = statements

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, place: int) -> Sketch: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sketch]: ...
    def __getitem__(self, place: int | slice) -> Sketch | Sequence[Sketch]:
        if isinstance(place, slice):
            return _Sketches(self._packed[place], self._statements)
        sketch = _SKETCH.decode(self._packed[place])
        return replace(sketch, statement=self._statements[sketch.statement.id])


class Memory:
    """The reports that were compared last, by the keys of their documents; whole ones, and heads of more."""

    def __init__(self, most: int = REMEMBERED, whole: int = WHOLE) -> None:
        self._most = most
        self._most_whole = whole
        self._held: OrderedDict[str, Compared] = OrderedDict()
        self._whole: OrderedDict[str, Compared] = OrderedDict()

    def of_report(self, report: Report) -> Compared:
        """Return a report as it is compared, read off it where it is not remembered."""
        return self._get(report.document.key) or self._keep(compared(report))

    def of_form(self, form: Form) -> Compared:
        """Return a report as it is compared, unpacked where it is not remembered."""
        return self._get(form.document) or self._keep(unpack(form))

    def use(self, known: Compared) -> None:
        """Note that the body of a report is used; that of the one not used for longest is forgotten."""
        key = known.document.key
        self._whole[key] = known
        self._whole.move_to_end(key)
        if len(self._whole) > self._most_whole:
            self._whole.popitem(last=False)[1].forget_body()

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
