"""Files, folders and standard input to captures."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from counterclaim.model import Capture, Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.budget import BombError, DamageError
from counterclaim.sources.reports import read_reports
from counterclaim.sources.unfolding import unfold

MAX_BYTES = 20_000_000
"""How many bytes one report may have unless the caller says otherwise."""

STANDARD_INPUT = "-"


def read_captures(inputs: Sequence[str | Path], *, max_bytes: int = MAX_BYTES) -> Iterator[Capture | Problem]:
    """Give a capture for every report in ``inputs``, and a problem for everything that holds none.

    An input is a file, a folder (all files below it in sorted order, hidden ones and linked folders left
    out) or ``-`` for standard input. A file is a report (text, HTML, JSON, mail, PDF), many of them (JSON
    Lines, WARC, mbox), or an archive of such (ZIP, WACZ, TAR), each perhaps packed with gzip, bzip2, xz or
    zstd. All is read lazily and once, in a stable order, so that no more than one report is held in
    memory. A JSON line is checked to be an object by its braces only: what stands inside is read, and a
    broken one refused, by :func:`counterclaim.documents.read_document`. Never raises for what the inputs
    hold.
    """
    for path, stream in open_inputs(inputs):
        if isinstance(stream, Problem):
            yield stream
        else:
            yield from read_stream(path, stream, max_bytes)


def read_stream(name: str, stream: BinaryIO, max_bytes: int = MAX_BYTES) -> Iterator[Capture | Problem]:
    """Give a capture for every report in a stream of bytes, as if it were a file with this name."""
    try:
        for leaf in unfold(name, stream):
            if isinstance(leaf, Problem):
                yield leaf
                continue
            try:
                yield from read_reports(leaf, max_bytes)
            except DamageError as damage:
                yield Messages.input_damaged(leaf.name, damage.reason, damage.place)
    except BombError as bomb:
        yield Messages.unpacks_too_far(bomb.name, bomb.received, bomb.unpacked)
    except OSError as error:
        yield Messages.input_unreadable(name, _reason(error))


def open_inputs(inputs: Sequence[str | Path]) -> Iterator[tuple[str, BinaryIO | Problem]]:
    """Give each file that ``inputs`` name with its name, open for as long as it is the current one.

    For what cannot be opened, its name comes with its problem.
    """
    for given in inputs:
        if str(given) == STANDARD_INPUT:
            yield STANDARD_INPUT, sys.stdin.buffer
        else:
            yield from _open_path(Path(given))


def _open_path(path: Path) -> Iterator[tuple[str, BinaryIO | Problem]]:
    name = _name(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield name, Messages.input_missing(name)
        return
    except (OSError, ValueError) as error:
        yield name, Messages.input_unreadable(name, _reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _open_folder(path)
        return
    try:
        stream = path.open("rb")
    except OSError as error:
        yield name, Messages.input_unreadable(name, _reason(error))
        return
    with stream:
        yield name, stream


def _open_folder(folder: Path) -> Iterator[tuple[str, BinaryIO | Problem]]:
    refused: list[OSError] = []
    found = False
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        while refused:
            error = refused.pop()
            yield _name(error.filename), Messages.input_unreadable(_name(error.filename), _reason(error))
        for name in sorted(name for name in files if not name.startswith(".")):
            found = True
            path = Path(parent, name)
            if path.exists() and not path.is_file():
                yield _name(path), Messages.input_unreadable(_name(path), "not a regular file")
            else:
                yield from _open_path(path)
    for error in refused:
        found = True
        yield _name(error.filename), Messages.input_unreadable(_name(error.filename), _reason(error))
    if not found:
        yield _name(folder), Messages.folder_empty(_name(folder))


def _name(path: str | Path) -> str:
    """Return the path as text that can be stored: bytes of it that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
