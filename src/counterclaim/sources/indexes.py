"""Lists of what there is to read: exports and file lists of GDELT, path lists of Common Crawl, CDX.

Each format has a row in :data:`_INDEXES`: its name, how its lines look, and what reads one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from counterclaim.sources.sniffing import without_mark

COMMON_CRAWL = "https://data.commoncrawl.org/"
"""Where the paths that Common Crawl lists stand."""

Found = tuple[str, str | None]
"""An address, and the moment that the list gives for it in ISO 8601, where it gives one."""

_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\ud800-\udfff<>\"]+", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?(?!\d)")
_PAGES = {"", "-", "text/html", "application/xhtml+xml", "text/plain", "unk", "application/http"}


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An address that a list names: with its moment (ISO 8601) if the list has one, and where it is named."""

    url: str
    date: str | None
    place: str


class LineError(Exception):
    """A line does not have the form of its list; the argument says why."""


class Index(NamedTuple):
    """One format of lists. ``matches`` looks at the first line, ``read`` reads one."""

    name: str
    matches: Callable[[str], bool]
    read: Callable[[str], Iterable[Found]]


def moment(digits: str) -> str | None:
    """Return ``20230115`` or ``20230115143000`` in ISO 8601 (the latter in UTC), None for anything else."""
    found = _MOMENT.fullmatch(digits.strip())
    if not found or not ("01" <= found[2] <= "12" and "01" <= found[3] <= "31"):
        return None
    day = f"{found[1]}-{found[2]}-{found[3]}"
    return f"{day}T{found[4]}:{found[5]}:{found[6]}Z" if found[4] else day


def _columns(*counts: int, first: str) -> Callable[[str], bool]:
    pattern = re.compile(first)

    def matches(line: str) -> bool:
        columns = line.split("\t")
        return len(columns) in counts and pattern.fullmatch(columns[0]) is not None

    return matches


def _column(address: int, date: int, counts: tuple[int, ...]) -> Callable[[str], Iterator[Found]]:
    def read(line: str) -> Iterator[Found]:
        columns = line.split("\t")
        if len(columns) not in counts:
            raise LineError(f"it has {len(columns)} columns")
        if _ADDRESS.fullmatch(columns[address].strip()):  # others name a broadcast, a journal, or nothing
            yield columns[address].strip(), moment(columns[date])

    return read


def _gkg_first(line: str) -> Iterator[Found]:
    """Read a line of a knowledge graph of version 1, or of its counts; the last column lists addresses."""
    columns = line.split("\t")
    if columns[0] == "DATE":
        return
    if len(columns) not in {11, 15}:
        raise LineError(f"it has {len(columns)} columns")
    for url in columns[-1].split("<UDIV>"):
        if _ADDRESS.fullmatch(url.strip()):
            yield url.strip(), moment(columns[0])


def _file_list(line: str) -> Iterator[Found]:
    parts = line.split()
    if len(parts) != 3 or not _ADDRESS.fullmatch(parts[2]):
        raise LineError("it is not size, digest and address")
    found = re.search(r"/(\d{14}|\d{8})\.", parts[2])
    yield parts[2], moment(found[1]) if found else None


def _path_list(line: str) -> Iterator[Found]:
    path = line.strip()
    if not re.fullmatch(r"[\w./=-]+", path):
        raise LineError("it is no path")
    found = re.search(r"-(\d{14})-", path)
    yield COMMON_CRAWL + path, moment(found[1]) if found else None


def _cdxj(line: str) -> Iterator[Found]:
    parts = line.split(" ", 2)
    if len(parts) < 3 or not parts[2].startswith("{"):
        if line.startswith("!"):
            return  # a line about the index
        raise LineError("it is not key, moment and object")
    yield from _cdx_object(parts[2], parts[1])


def _cdx_object(text: str, stamp: str | None = None) -> Iterator[Found]:
    try:
        fields = json.loads(text)
        url, mime, status = fields["url"], fields.get("mime", ""), str(fields.get("status", ""))
        stamp = stamp or str(fields.get("timestamp", ""))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise LineError("its object is broken, or names no url") from error
    if isinstance(url, str) and _is_page(url, str(mime), status):
        yield url, moment(stamp)


def _is_page(url: str, mime: str, status: str) -> bool:
    """Tell whether an entry of an index of a crawl is one that reading the crawl would give."""
    return bool(_ADDRESS.fullmatch(url)) and mime in _PAGES and status in {"", "-", "200"}


def _cdx(line: str) -> Iterator[Found]:
    columns = line.split()
    if columns[:1] == ["CDX"]:
        return
    if len(columns) not in {7, 9, 10, 11, 12}:
        raise LineError(f"it has {len(columns)} columns")
    if _is_page(columns[2], columns[3], columns[4]):
        yield columns[2], moment(columns[1])


def _is_cdx(line: str) -> bool:
    columns = line.split()
    if line.lstrip().startswith("CDX "):
        return columns[1:6] == ["N", "b", "a", "m", "s"]
    return len(columns) in {7, 9, 10, 11, 12} and bool(
        re.fullmatch(r"\d{14}", columns[1])
        and _ADDRESS.fullmatch(columns[2])
        and "/" in columns[0] + columns[3]
    )


_EVENTS, _MENTIONS, _GKG = (57, 58, 61), (14, 15, 16), (27,)
_STAMPED = r"\d{14}-T?\d+"


def _event(line: str) -> Iterator[Found]:
    columns = line.count("\t") + 1
    if columns not in _EVENTS:
        raise LineError(f"it has {columns} columns")
    if columns > 57:  # the files of the years before 2013 name no source
        yield from _column(columns - 1, columns - 2, _EVENTS)(line)


_INDEXES = (
    Index("GDELT events", _columns(*_EVENTS, first=r"\d{1,12}"), _event),
    Index("GDELT mentions", _columns(*_MENTIONS, first=r"\d{1,12}"), _column(5, 2, _MENTIONS)),
    Index("GDELT knowledge graph", _columns(*_GKG, first=_STAMPED), _column(4, 1, _GKG)),
    Index("GDELT knowledge graph", lambda line: line.startswith(("DATE\tNUMARTS\t",)), _gkg_first),
    Index(
        "GDELT file list",
        lambda line: bool(re.fullmatch(r"\d{1,15} [0-9a-f]{32} https?://\S+", line)),
        _file_list,
    ),
    Index(
        "Common Crawl paths",
        lambda line: bool(re.fullmatch(r"crawl-data/[\w./=-]+\.gz", line)),
        _path_list,
    ),
    Index(
        "CDXJ index",
        lambda line: bool(re.match(r"\S+\)\S* \d{14} \{", line) or re.match(r"![\w-]+ ?\{", line)),
        _cdxj,
    ),
    Index(
        "CDX index",
        lambda line: line.startswith('{"urlkey"') and '"timestamp"' in line and '"url"' in line,
        _cdx_object,
    ),
    Index("CDX index", _is_cdx, _cdx),
)


def index_of(head: bytes) -> Index | None:
    """Return what list of addresses an input is, by its first line; None where it is none."""
    first = without_mark(head).lstrip(b"\r\n").partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    if not first or first[:1] == "<":
        return None
    for index in _INDEXES:
        if index.matches(first if first.startswith(" CDX") else first.strip(" ")):
            return index
    return None
