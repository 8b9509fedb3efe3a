"""Reading JSON Lines into the scratch file: each line is checked by itself, and a bad one is named."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from counterclaim.ledger.admission import check_capture, check_document, check_judgement, check_statement
from counterclaim.ledger.moments import to_microseconds
from counterclaim.ledger.staging import Row, Staging
from counterclaim.model import (
    Actor,
    Annotations,
    Capture,
    Claim,
    Dispute,
    Document,
    InputError,
    Judgement,
    LedgerError,
    Line,
    Problem,
    SchemaError,
    Statement,
    dump,
    load_line,
)
from counterclaim.model.errors import Messages
from counterclaim.model.serial import SCHEMA_VERSION, schema_of, unread

Given: TypeAlias = bytes | str | Mapping[str, Any]
"""One line: JSON as bytes or text, with or without its end, or what JSON stands for."""
Tell: TypeAlias = Callable[[Problem], None]

MOST = 400_000_000
"""Bytes of a line; a longer one is refused. A capture of 20 MB takes 27 MB as base64."""
_GZIP = b"\x1f\x8b"
_LARGEST = 2**63 - 1
_TYPE = re.compile(rb'"noun":\s*\{\s*"type":\s*"([a-z]+)"')
_DOCUMENT = re.compile(rb'"document":\s*"(d-[0-9a-f]{16})"')
_SEQUENCE = re.compile(rb'"sequence":\s*([0-9]{1,18})\s*\}\s*$')
_PARTS = (b"annotations", b"statement")
_HARMLESS = (b"judgement", b"actor", b"claim", b"dispute")
"""Kinds of which no report lacks anything; in a file no report's lines come after them."""
_TOLD = (*_HARMLESS, b"capture", b"document")


class LinesRead(msgspec.Struct, frozen=True, kw_only=True):
    """How the reading went.

    ``errors`` counts the lines that cannot be used. ``usable`` is False where the file as a whole cannot be;
    ``suspicious`` where reports may lack lines of which it is not known to which report they belong, ``cut``
    where the last line is such a one.
    """

    errors: int = 0
    usable: bool = True
    suspicious: bool = False
    cut: bool = False


def lines_of(place: str | Path) -> Iterator[bytes]:
    """Give the lines of a file, also of one compressed with gzip; one too long to be used is cut short.

    Raises InputError where the file cannot be read to its end.
    """
    try:
        with Path(place).open("rb") as file:
            packed = file.peek(len(_GZIP))[: len(_GZIP)] == _GZIP
            stream = gzip.GzipFile(fileobj=file) if packed else file
            while line := stream.readline(MOST + 1):
                yield line
                while not line.endswith(b"\n") and len(line) > MOST:
                    line = stream.readline(MOST + 1)
    except FileNotFoundError as error:
        raise InputError(Messages.input_missing(str(place))) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            Messages.input_unreadable(str(place), f"it is cut off or damaged: {error}")
        ) from error
    except OSError as error:
        raise InputError(Messages.input_unreadable(str(place), error.strerror or str(error))) from error


def stage(lines: Iterable[Given], name: str, staging: Staging, tell: Tell) -> LinesRead:
    """Put every noun that a ledger stores into the scratch file, and tell which lines cannot be used.

    Actors, claims and disputes are passed over: they follow from the rest.
    """
    errors, suspicious, cut, first = 0, False, False, True
    for number, given in enumerate(lines, 1):
        data = _bytes_of(given).strip()
        if not data:
            continue
        try:
            _stage_line(data, number, staging)
            cut = False
        except (SchemaError, LedgerError, RecursionError) as error:
            errors += 1
            if first and schema_of(data) not in (None, SCHEMA_VERSION):
                tell(Messages.file_newer(name, str(error)))
                return LinesRead(errors=errors, usable=False)
            tell(Messages.line_unusable(f"{name}#{number}", str(error)))
            kind, told = _remember(data, number, staging)
            cut = kind not in _HARMLESS and not _is_json(data)
            suspicious |= not told
        first = False
    return LinesRead(errors=errors, suspicious=suspicious or cut, cut=cut)


def _bytes_of(given: Given) -> bytes:
    if isinstance(given, bytes):
        return given
    return given.encode("utf-8", "surrogatepass") if isinstance(given, str) else msgspec.json.encode(given)


def _stage_line(data: bytes, number: int, staging: Staging) -> None:
    """Check a line and keep it. Raises SchemaError or LedgerError where it cannot be used."""
    if len(data) > MOST:
        raise LedgerError(Messages.line_too_long(MOST))
    line = load_line(data)
    unknown = unread(data, line)
    if unknown is not None:
        raise LedgerError(Messages.line_unknown_part(unknown))
    recorded, sequence = _place_of(line)
    noun = line.noun
    document = author = None
    captures: tuple[str, ...] = ()
    match noun:
        case Actor() | Claim() | Dispute():
            return
        case Capture():
            check_capture(noun)
            kind, key = "capture", noun.sha256
        case Document():
            check_document(noun)
            kind, key, document, captures = "document", noun.key, noun.key, (noun.capture,)
        case Annotations():
            kind, key, document = "annotations", noun.document, noun.document
        case Statement():
            check_statement(noun)
            kind, key, document = "statement", noun.id, noun.document
        case Judgement():
            check_judgement(noun)
            kind, key, author = "judgement", noun.id, noun.author
            captures = tuple(each.capture for each in noun.evidence if each.capture)
        case _:
            raise LedgerError(Messages.line_not_stored(type(noun).__name__.lower()))
    held = staging.hold(Row(number, kind, key, document, author, recorded, sequence), data, captures)
    if held is not None and dump(load_line(held).noun) != dump(noun):
        raise LedgerError(Messages.line_second(kind, key))


def _place_of(line: Line) -> tuple[int | None, int | None]:
    """Return time (microseconds) and number of a line in its log. Raises LedgerError where they are none."""
    recorded = None
    if line.recorded is not None:
        try:
            recorded = to_microseconds(datetime.fromisoformat(line.recorded))
        except (ValueError, OverflowError) as error:
            raise LedgerError(Messages.line_place(str(error))) from error
    if line.sequence is not None and not 1 <= line.sequence <= _LARGEST:
        raise LedgerError(Messages.line_place(str(line.sequence)))
    return recorded, line.sequence


def _remember(data: bytes, number: int, staging: Staging) -> tuple[bytes | None, bool]:
    """Note what can be told of a line that cannot be used: its kind, its place, and whose report it was of.

    Returns the kind, and whether it is known which report lacks the line, if any does. A document that
    is missing is known by its parts, a capture by its document. Otherwise the place stays empty, a gap.
    """
    head = data[:4096]
    kind = found[1] if (found := _TYPE.search(head)) else None
    document = found[1].decode() if kind in _PARTS and (found := _DOCUMENT.search(head)) else None
    sequence = int(found[1]) if (found := _SEQUENCE.search(data[-64:])) else None
    told = document is not None or kind in _TOLD
    staging.lose(number, sequence if told else None, document)
    return kind, told


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
