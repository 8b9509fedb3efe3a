"""A report as the linker compares it: read once, kept by the ledger, and unpacked when it is a neighbour."""

from __future__ import annotations

import zlib
from collections import OrderedDict

import msgspec
from msgspec.structs import replace

from counterclaim.claims.gist import Gist, gist_of
from counterclaim.claims.sketch import Sketch, sketch_of
from counterclaim.model import Document, Form, Kind, Report, Statement

REMEMBERED = 2000
"""Reports that a linker keeps unpacked; the one not used for longest goes first."""
_SPEED = 1  # zlib's fastest level: a third of the size, at a fraction of a millisecond a report


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One report as it is compared: its document, its statements, and what was read off each of them."""

    document: Document
    statements: tuple[Statement, ...]
    gists: tuple[Gist, ...]
    sketches: tuple[Sketch, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Compared)


def compared(report: Report) -> Compared:
    """Read off a report what it is compared by."""
    gists = (gist_of(s, report.document, report.annotations) for s in report.statements)
    sketches = (sketch_of(s, report.document) for s in report.statements)
    return Compared(
        document=report.document,
        statements=report.statements,
        gists=tuple(gist for gist in gists if gist is not None),
        sketches=tuple(sketch for sketch in sketches if sketch is not None),
    )


def pack(known: Compared) -> Form:
    """Return the form that a ledger keeps; each statement is written once, and named by its id elsewhere."""
    slim = replace(
        known,
        gists=tuple(replace(gist, statement=_named(gist.statement.id)) for gist in known.gists),
        sketches=tuple(replace(sketch, statement=_named(sketch.statement.id)) for sketch in known.sketches),
    )
    return Form(document=known.document.key, payload=zlib.compress(_ENCODER.encode(slim), _SPEED))


def unpack(form: Form) -> Compared:
    """Return what :func:`pack` was given."""
    slim = _DECODER.decode(zlib.decompress(form.payload))
    statements = {statement.id: statement for statement in slim.statements}
    return replace(
        slim,
        gists=tuple(replace(gist, statement=statements[gist.statement.id]) for gist in slim.gists),
        sketches=tuple(
            replace(sketch, statement=statements[sketch.statement.id]) for sketch in slim.sketches
        ),
    )


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


def _named(statement: str) -> Statement:
    return Statement(id=statement, document="", source=(), cue=(), content=(), kind=Kind.INDIRECT)
