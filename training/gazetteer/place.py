"""A place while the gazetteer is built, and the writing of the file."""

from __future__ import annotations

import math
import struct
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from counterclaim.model.places import PlaceKind
from counterclaim.places import gazetteer_layout as layout
from counterclaim.places.gazetteer import NAME_KINDS, NameKind
from counterclaim.places.gazetteer_names import normalise

MOST_WORDS = 8
"""Names of more words than this are left out: no newspaper writes them."""


@dataclass
class Place:
    """One place with all its names. ``parent`` is the id of the place that it lies in."""

    id: str
    name: str
    kind: PlaceKind
    latitude: float
    longitude: float
    country: str | None = None
    division: str | None = None
    population: int = 0
    importance: float = 0.0
    capital: bool = False
    parent: str | None = None
    names: dict[str, NameKind] = field(default_factory=dict)
    """Normalised name to how it names the place; the first that was added stays."""

    def add(self, name: str, kind: NameKind = NameKind.ALTERNATE) -> None:
        """Add a name, written in any way; one without letters or digits is left out."""
        key = normalise(name)
        if key and key.count(" ") < MOST_WORDS and key not in self.names:
            self.names[key] = kind


class Strings:
    """The section of strings; each is stored once."""

    def __init__(self) -> None:
        self.data = bytearray()
        self._offsets: dict[str, int] = {}

    def offset(self, text: str) -> int:
        """Return where ``text`` stands, adding it if it is new; cut to 255 bytes."""
        if text not in self._offsets:
            coded = text.encode()
            while len(coded) > 255:  # by whole characters
                text = text[:-1]
                coded = text.encode()
            self._offsets[text] = len(self.data)
            self.data += bytes([len(coded)]) + coded
        return self._offsets[text]


def size_prior(population: int) -> float:
    """Return between 0 and 1 how likely a place is spoken of, by its inhabitants: log, 100 million is 1."""
    return min(1.0, math.log10(max(population, 30)) / 8)


LAST = 1 << 20
OTHER_NAME_COSTS = 0.1
"""How much less likely a place is meant by a name that is not its first: Islamabad is an old name of
Chittagong, a larger city than Pakistan's capital."""


def order_of(place: Place, kind: NameKind) -> int:
    """Return where a place stands in the answer for one of its names; more comes first."""
    settled = place.kind in {PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.DIVISION}
    cost = OTHER_NAME_COSTS if settled and kind in {NameKind.ALTERNATE, NameKind.SHORT} else 0.0
    return round(0xFFFF * (place.importance - cost))


def write(path: Path, places: Iterable[Place]) -> dict[str, int]:
    """Write the file; the same places give the same bytes in whatever order they come."""
    rows = sorted(places, key=lambda place: (-place.importance, place.id))
    row_of = {place.id: row for row, place in enumerate(rows)}
    assert len(row_of) == len(rows), "an id stands twice"
    strings = Strings()
    entries = bytearray()
    keys: dict[str, list[tuple[int, int]]] = defaultdict(list)
    openers: dict[str, int] = {}
    for row, place in enumerate(rows):
        source, _, number = place.id.partition(":")
        numbered = source == "geonames"
        entries += layout.ENTRY.pack(
            int(number) if numbered else strings.offset(place.id),
            strings.offset(place.name),
            strings.offset(place.division) if place.division else layout.NOTHING,
            place.latitude,
            place.longitude,
            place.population,
            (place.country or "\0\0").encode(),
            round(min(1.0, max(0.0, place.importance)) * 0xFFFF),
            list(PlaceKind).index(place.kind),
            layout.FLAG_NUMBERED * numbered | layout.FLAG_CAPITAL * place.capital,
            row_of.get(place.parent or "", layout.NOTHING),
        )
        for name, kind in place.names.items():
            keys[name].append((-order_of(place, kind), layout.pack_posting(NAME_KINDS.index(kind), row)))
            first, words = name.partition(" ")[0], name.count(" ") + 1
            openers[first] = max(openers.get(first, 0), words)
    table: list[tuple[int, int, int, int, int]] = []
    for name, postings in keys.items():
        hashed = layout.key_of(name)
        table += [(*hashed, order, posting) for order, posting in postings]
    for name, words in openers.items():
        table.append((*layout.key_of(name), LAST, layout.pack_posting(layout.OPENER, words)))
    table.sort()
    starts = [0] * (layout.BUCKETS + 1)
    for bucket, *_ in table:
        starts[bucket + 1] += 1
    for bucket in range(layout.BUCKETS):
        starts[bucket + 1] += starts[bucket]
    sections = [
        struct.pack(f"<{len(starts)}I", *starts),
        struct.pack(f"<{len(table)}I", *(row[1] for row in table)),
        bytes(row[2] for row in table),
        struct.pack(f"<{len(table)}I", *(row[4] for row in table)),
        bytes(entries),
        bytes(strings.data),
    ]
    offsets, place_in_file = [], layout.HEADER.size
    for section in sections:
        offsets.append(place_in_file)
        place_in_file += len(section)
    header = layout.HEADER.pack(layout.MAGIC, layout.VERSION, len(table), len(rows), *offsets, place_in_file)
    path.write_bytes(header + b"".join(sections))
    return {"names": len(keys), "keys": len(table), "entries": len(rows), "bytes": place_in_file}
