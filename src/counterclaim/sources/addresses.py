"""The addresses that lists name, each once, in the order of the lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from counterclaim.model import Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.budget import BombError, DamageError
from counterclaim.sources.indexes import Address, LineError, index_of
from counterclaim.sources.leaves import Leaf
from counterclaim.sources.lines import read_lines
from counterclaim.sources.reading import open_inputs
from counterclaim.sources.sniffing import HEAD, without_mark
from counterclaim.sources.unfolding import unfold

LONGEST_LINE = 1 << 22
"""How many bytes a line of a list may have; those of a knowledge graph name everything in a report."""


def read_addresses(inputs: Sequence[str | Path]) -> Iterator[Address | Problem]:
    """Give each address that the lists in ``inputs`` name, and a problem for what is no list.

    Inputs are files, folders, archives and standard input, as for
    :func:`counterclaim.sources.read_captures`. An address that was given before is left out; to know
    that, some 60 bytes are kept for each.
    """
    seen: set[bytes] = set()
    for name, stream in open_inputs(inputs):
        if isinstance(stream, Problem):
            yield stream
            continue
        try:
            for leaf in unfold(name, stream):
                if isinstance(leaf, Problem):
                    yield leaf
                    continue
                try:
                    yield from _read_list(leaf, seen)
                except DamageError as damage:
                    yield Messages.input_damaged(leaf.name, damage.reason, damage.place)
        except BombError as bomb:
            yield Messages.unpacks_too_far(bomb.name, bomb.received, bomb.unpacked)
        except OSError as error:
            yield Messages.input_unreadable(name, error.strerror or str(error))


def _read_list(leaf: Leaf, seen: set[bytes]) -> Iterator[Address | Problem]:
    head = leaf.feed.peek(HEAD)
    index = None if leaf.container else index_of(head)
    if index is None:
        yield Messages.no_index(leaf.name) if head.strip() else Messages.input_empty(leaf.name)
        return
    for line in read_lines(leaf.feed.read(HEAD), leaf.feed, LONGEST_LINE):
        place = f"{leaf.name}#{line.number}"
        if line.content is None:
            yield Messages.index_line_broken(place, f"it has {line.size:,} bytes")
            continue
        text = without_mark(line.content).decode("utf-8", "replace").strip("\r\n ")
        if not text:
            continue
        try:
            found = list(index.read(text))
        except LineError as error:
            yield Messages.index_line_broken(place, str(error))
            continue
        for url, date in found:
            mark = hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=12).digest()
            if mark not in seen:
                seen.add(mark)
                yield Address(url=url, date=date, place=place)
