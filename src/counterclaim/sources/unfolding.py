"""Packed files and archives, opened until something is reached that holds reports itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import BinaryIO

from counterclaim.model import Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.budget import MAX_DEPTH, Budget, DamageError
from counterclaim.sources.feed import Feed
from counterclaim.sources.leaves import Leaf, Opened
from counterclaim.sources.packing import Packing, packing_of, without_suffix
from counterclaim.sources.recognising import Container, container_of
from counterclaim.sources.sniffing import HEAD
from counterclaim.sources.tars import read_tar
from counterclaim.sources.unpacking import Unpacked
from counterclaim.sources.zips import read_zip


def unfold(name: str, stream: BinaryIO) -> Iterator[Leaf | Problem]:
    """Give what lies in ``stream`` once packed files and archives are opened, and what is wrong with these.

    A leaf must be read before the next one is asked for. Raises BombError where an input unpacks to
    more than any report does, and OSError where the stream cannot be read.
    """
    budget = Budget()

    def read(size: int) -> bytes:
        data = stream.read(size)
        budget.receive(len(data))
        return data

    yield from open_entry(Opened(name, name, Feed(read), budget, stream=stream))


def open_entry(entry: Opened) -> Iterator[Leaf | Problem]:
    """Give the leaves of one input or member of an archive, which may be an archive itself."""
    try:
        head = entry.feed.peek(HEAD)
        packing = packing_of(entry.hint, head)
        if packing:
            yield from _open_packed(entry, packing)
            return
        container = container_of(entry.hint, head)
        opener = _OPENERS.get(container) if container else None
        if opener and entry.depth >= MAX_DEPTH:
            yield Messages.nested_too_deep(entry.name, MAX_DEPTH)
        elif opener:
            for each in opener(entry):
                if isinstance(each, Problem):
                    yield each
                else:
                    yield from open_entry(each)
        else:
            yield Leaf(
                entry.name,
                entry.hint,
                entry.feed,
                container,
                entry.unpacked,
                entry.stream,
                entry.stream is None,
            )
    except DamageError as damage:
        yield Messages.input_damaged(entry.name, damage.reason, damage.place)


def _open_packed(entry: Opened, packing: Packing) -> Iterator[Leaf | Problem]:
    if entry.packed >= MAX_DEPTH:
        yield Messages.nested_too_deep(entry.name, MAX_DEPTH)
        return
    try:
        unpacked = Unpacked(entry.name, entry.feed.read, packing, entry.budget)
    except LookupError:
        yield Messages.packing_missing(entry.name, packing.name)
        return
    hint = without_suffix(entry.hint, packing)
    feed = Feed(unpacked.read)
    try:
        feed.peek(1)
    except DamageError:
        if PurePath(hint).suffix.lower() not in {".warc", ".wet"}:
            raise
        # A web archive is packed record by record: those after the damage can be read.
        yield Leaf(entry.name, hint, feed, Container.WARC, unpacked, None, inside=True)
        return
    inner = entry._replace(hint=hint, feed=feed, unpacked=unpacked, packed=entry.packed + 1, stream=None)
    yield from open_entry(inner)


_OPENERS: dict[Container, Callable[[Opened], Iterator[Opened | Problem]]] = {
    Container.ZIP: read_zip,
    Container.TAR: read_tar,
}
