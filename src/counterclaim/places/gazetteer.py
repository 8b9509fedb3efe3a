"""The gazetteer: names of places and the points that they may stand for, in one memory-mapped file.

Nothing is parsed when it is opened and a look-up reads a few dozen bytes, so that it costs
microseconds and the memory of the pages that were touched. ``docs/gazetteer.md`` and the card
``weights/gazetteer.md`` say what is in it and how it is built.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from struct import unpack_from
from typing import Self

import msgspec

from counterclaim.model.errors import InputError, Messages
from counterclaim.model.places import PlaceKind
from counterclaim.places import gazetteer_layout as layout
from counterclaim.places.gazetteer_names import normalise

__all__ = ["Entry", "Gazetteer", "NameKind", "built_in", "normalise"]

KINDS = tuple(PlaceKind)


class NameKind(StrEnum):
    """In which way a name names a place."""

    OFFICIAL = "official"
    """The name under which the source lists it."""
    ALTERNATE = "alternate"
    """Another name or spelling."""
    ABBREVIATION = "abbreviation"
    """"UAE", "Conn."; common words may look the same, so that case matters: see ``docs/gazetteer.md``."""
    DEMONYM = "demonym"
    """The adjective or the people: "Afghan", "Parisians"."""
    SHORT = "short"
    """The name without its generic word: "Fairfield" for Fairfield County."""


NAME_KINDS = tuple(NameKind)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the gazetteer, as one of its names found it.

    ``index`` is its row (stable within one build only), ``id`` names it in its source. ``latitude``
    and ``longitude`` are degrees (WGS 84), ``country`` ISO 3166-1 alpha-2, ``division`` the ISO 3166-2
    code (or, where there is none, the name) of the first-level division, its own for a division;
    ``parent`` the row of the place it lies in (a district or a division). ``importance`` is the prior,
    0 to 1: how likely a reader without context takes the name for this place. ``name_kind`` is how the
    name looked up names it (official for an entry fetched by its index).
    """

    index: int
    id: str
    name: str
    kind: PlaceKind
    latitude: float
    longitude: float
    country: str | None
    division: str | None
    population: int
    importance: float
    capital: bool
    parent: int | None
    name_kind: NameKind = NameKind.OFFICIAL


class Gazetteer:
    """An open gazetteer. Use :meth:`open`, or :func:`built_in` for the one of this package."""

    def __init__(self, name: str, data: bytes | mmap.mmap) -> None:
        """Read the header of ``data``; ``name`` is what messages call it."""
        size = len(data)
        if size < layout.HEADER.size or data[: len(layout.MAGIC)] != layout.MAGIC:
            raise InputError(Messages.gazetteer_unusable(name, "it is a file of another kind"))
        header = layout.HEADER.unpack_from(data)
        if header[1] != layout.VERSION:
            reason = f"it has layout {header[1]}, this version reads {layout.VERSION}"
            raise InputError(Messages.gazetteer_unusable(name, reason))
        if header[-1] != size:
            reason = f"it has {size:,} bytes of {header[-1]:,}"
            raise InputError(Messages.gazetteer_unusable(name, reason))
        self.name = name
        self.keys: int = header[2]
        """How many pairs of a name and a place there are, with the openers of names."""
        self.entries: int = header[3]
        """How many places there are."""
        self._data = data
        self._buckets, self._fingerprints, self._tails, self._postings, self._entries, self._strings = header[
            4:10
        ]

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Open the gazetteer at ``path``, the one of this package without.

        Raises :class:`InputError` where the file is missing, is another kind of file, was cut short,
        or belongs to another version of this package.
        """
        if path is None:
            path = Path(str(files("counterclaim").joinpath("weights", "gazetteer.bin")))
        try:
            with path.open("rb") as file:
                if path.stat().st_size == 0:
                    raise InputError(Messages.input_empty(str(path)))
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise InputError(Messages.gazetteer_unusable(str(path), "there is no such file")) from error
        except OSError as error:
            raise InputError(Messages.input_unreadable(str(path), error.strerror or str(error))) from error
        return cls(str(path), data)

    def lookup(self, name: str, *, limit: int | None = None) -> tuple[Entry, ...]:
        """Return the places that ``name`` may stand for, the likeliest without context first.

        The order is that of ``importance``, less a little for a town or a division that the name is
        not the first name of.
        Case, diacritics, apostrophes and hyphens make no difference (:func:`normalise`); a leading
        "the" is left out where nothing has it in its name. ``limit`` bounds how many are returned.
        """
        key = normalise(name)
        found = self._postings_of(key)
        if not found and key.startswith("the "):
            found = self._postings_of(key[4:])
        return tuple(
            self.entry(posting & layout.ENTRY_MASK, NAME_KINDS[posting >> layout.ENTRY_BITS])
            for posting in found[:limit]
        )

    def entry(self, index: int, name_kind: NameKind = NameKind.OFFICIAL) -> Entry:
        """Return the place in row ``index``."""
        if not 0 <= index < self.entries:
            raise IndexError(index)
        (
            source,
            name,
            division,
            latitude,
            longitude,
            population,
            country,
            importance,
            kind,
            flags,
            parent,
        ) = layout.ENTRY.unpack_from(self._data, self._entries + index * layout.ENTRY.size)
        return Entry(
            index=index,
            id=f"geonames:{source}" if flags & layout.FLAG_NUMBERED else self._string(source),
            name=self._string(name),
            kind=KINDS[kind],
            latitude=round(latitude, 5),
            longitude=round(longitude, 5),
            country=country.decode() if country != b"\0\0" else None,
            division=self._string(division) if division != layout.NOTHING else None,
            population=population,
            importance=importance / 0xFFFF,
            capital=bool(flags & layout.FLAG_CAPITAL),
            parent=parent if parent != layout.NOTHING else None,
            name_kind=name_kind,
        )

    def __contains__(self, name: str) -> bool:
        """Whether any place has this name."""
        return bool(self._postings_of(normalise(name)))

    def most_words(self, word: str) -> int:
        """Return the number of words of the longest name that begins with ``word``, 0 for none.

        Words as :func:`normalise` makes them: "Deir-ez-Zor" has three. For "Deir-ez-Zor" as ``word``
        only the first of them is looked at.
        """
        first = normalise(word).partition(" ")[0]
        if not first:
            return 0
        for posting in self._raw(first):
            if posting >> layout.ENTRY_BITS == layout.OPENER:
                return posting & layout.ENTRY_MASK
        return 0

    def longest(self, words: Sequence[str], start: int = 0) -> int:
        """Return how many of ``words`` from ``start`` on make up the longest name, 0 where none does.

        Costs one look-up for a word that begins no name. Words that are only marks (a hyphen that the
        tokeniser split off) count as words of the text but not of the name; a name does not end in one.
        """
        if start >= len(words):
            return 0
        most = self.most_words(words[start])
        if not most:
            return 0
        forms: list[tuple[int, str]] = []
        form, size = "", 0
        for count, word in enumerate(words[start:], 1):
            more = normalise(word)
            if not more:
                if count == 1:
                    return 0
                continue
            size += more.count(" ") + 1
            if size > most:
                break
            form = f"{form} {more}" if form else more
            forms.append((count, form))
        for count, form in reversed(forms):
            if self._postings_of(form):
                return count
        return 0

    def _raw(self, key: str) -> list[int]:
        bucket, fingerprint, tail = layout.key_of(key)
        start, end = unpack_from("<II", self._data, self._buckets + 4 * bucket)
        fingerprints = unpack_from(f"<{end - start}I", self._data, self._fingerprints + 4 * start)
        if fingerprint not in fingerprints:
            return []
        first = start + fingerprints.index(fingerprint)
        number = fingerprints.count(fingerprint)  # keys with one fingerprint stand together
        tails = self._data[self._tails + first : self._tails + first + number]
        postings = unpack_from(f"<{number}I", self._data, self._postings + 4 * first)
        return [posting for posting, each in zip(postings, tails, strict=True) if each == tail]

    def _postings_of(self, key: str) -> list[int]:
        if not key:
            return []
        return [posting for posting in self._raw(key) if posting >> layout.ENTRY_BITS != layout.OPENER]

    def _string(self, offset: int) -> str:
        place = self._strings + offset
        return self._data[place + 1 : place + 1 + self._data[place]].decode()


@cache
def built_in() -> Gazetteer:
    """Return the gazetteer of this package, opened once in a process."""
    return Gazetteer.open()
