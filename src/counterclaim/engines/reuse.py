"""Each text is analysed once: for a copy, what was read is taken over under the copy's own names.

What analysis finds depends on the text, its title and dateline, the day of publication, and the places that
the publisher's name tells of; on nothing else of a document. Where all of these are the same, so is what is
found, but for the ids, which are made of the document's key: they are put in anew. A test holds a copy's
report against one that is analysed for itself.
"""

from __future__ import annotations

import re
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache

import msgspec

from counterclaim.model import Annotations, Document, Report, Statement
from counterclaim.places.homes import publisher_homes

MOST_BYTES = 48_000_000
"""Bytes of reports, packed, that are remembered; the one not used for longest goes first."""
_ID = re.compile(rb"\b[sd]-[0-9a-f]{16}\b")
_FASTEST = 1


class _Found(msgspec.Struct, frozen=True):
    statements: tuple[Statement, ...]
    annotations: Annotations | None


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Found)
_homes = lru_cache(maxsize=10_000)(publisher_homes)


class Remembered:
    """Reports that were analysed lately, by what their analysis depends on."""

    def __init__(self, analyse: Callable[[Document], Report], most_bytes: int = MOST_BYTES) -> None:
        self._analyse = analyse
        self._most = most_bytes
        self._size = 0
        self._held: OrderedDict[Hashable, tuple[str, bytes]] = OrderedDict()
        self.reused = 0

    def report(self, document: Document) -> Report:
        """Return the document with what is found in it, analysed or taken over."""
        if not document.analysed:
            return self._analyse(document)
        known = depends_on(document)
        held = self._held.get(known)
        if held is not None:
            self._held.move_to_end(known)
            self.reused += 1
            return _renamed(document, *held)
        report = self._analyse(document)
        found = _Found(report.statements, report.annotations)
        packed = zlib.compress(_ENCODER.encode(found), _FASTEST)
        self._held[known] = (document.key, packed)
        self._size += len(packed)
        while self._size > self._most:
            _known, (_key, gone) = self._held.popitem(last=False)
            self._size -= len(gone)
        return report


def depends_on(document: Document) -> Hashable:
    """Return what the analysis of a document depends on, but for its key."""
    return (
        document.text,
        document.title,
        (document.dateline.start, document.dateline.end) if document.dateline else None,
        document.published[:10] if document.published else None,
        _homes(document.publisher),
    )


def _renamed(document: Document, key: str, packed: bytes) -> Report:
    """Return what was found in a copy with the ids that it has in this document."""
    written = zlib.decompress(packed)
    found = _DECODER.decode(written)
    names = {key.encode(): document.key.encode()}
    for statement in found.statements:
        new = Statement.id_of(document.key, statement.cue, statement.content)
        names[statement.id.encode()] = new.encode()
    renamed = _DECODER.decode(_ID.sub(lambda match: names.get(match.group(), match.group()), written))
    return Report(document=document, statements=renamed.statements, annotations=renamed.annotations)
