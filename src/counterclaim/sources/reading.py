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
from counterclaim.sources.feeds import read_feed
from counterclaim.sources.lines import chunks, read_lines
from counterclaim.sources.news_formats import ATOM_FEED, MAIL, NEWSML_G2, NINJS, PDF, RSS, news_media_type
from counterclaim.sources.sniffing import HEAD, Form, form_of, is_binary, wide, without_mark

MAX_BYTES = 20_000_000
"""How many bytes one report may have unless the caller says otherwise."""

STANDARD_INPUT = "-"
_MEDIA_TYPES = {Form.JSON: "application/json", Form.HTML: "text/html", Form.TEXT: "text/plain"}


def read_captures(inputs: Sequence[str | Path], *, max_bytes: int = MAX_BYTES) -> Iterator[Capture | Problem]:
    """Give a capture for every report in ``inputs``, and a problem for everything that holds none.

    An input is a file (text, HTML, JSON, JSON Lines), a folder (all files below it in sorted order,
    hidden ones and linked folders left out) or ``-`` for standard input. Files are read one at a
    time, JSON Lines line by line, so that no more than one report is held in memory. A line is
    checked to be an object by its braces only: what stands inside is read, and a broken one
    refused, by :func:`counterclaim.documents.read_document`. Never raises for what the inputs hold.
    """
    for given in inputs:
        if str(given) == STANDARD_INPUT:
            yield from read_stream(STANDARD_INPUT, sys.stdin.buffer, max_bytes)
        else:
            yield from _read_path(Path(given), max_bytes)


def _read_path(path: Path, max_bytes: int) -> Iterator[Capture | Problem]:
    name = _name(path)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield Messages.input_missing(name)
        return
    except (OSError, ValueError) as error:
        yield Messages.input_unreadable(name, _reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _read_folder(path, max_bytes)
    else:
        yield from _read_file(path, max_bytes)


def _read_folder(folder: Path, max_bytes: int) -> Iterator[Capture | Problem]:
    refused: list[OSError] = []
    found = False
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        while refused:
            error = refused.pop()
            yield Messages.input_unreadable(_name(error.filename), _reason(error))
        for name in sorted(name for name in files if not name.startswith(".")):
            found = True
            path = Path(parent, name)
            if path.exists() and not path.is_file():
                yield Messages.input_unreadable(_name(path), "not a regular file")
            else:
                yield from _read_path(path, max_bytes)
    for error in refused:
        found = True
        yield Messages.input_unreadable(_name(error.filename), _reason(error))
    if not found:
        yield Messages.folder_empty(_name(folder))


def _read_file(path: Path, max_bytes: int) -> Iterator[Capture | Problem]:
    try:
        stream = path.open("rb")
    except OSError as error:
        yield Messages.input_unreadable(_name(path), _reason(error))
        return
    with stream:
        yield from read_stream(_name(path), stream, max_bytes)


def read_stream(name: str, stream: BinaryIO, max_bytes: int = MAX_BYTES) -> Iterator[Capture | Problem]:
    """Give a capture for every report in a stream of bytes, as if it were a file with this name."""
    try:
        head = stream.read(HEAD)
        form = form_of(name, head)
        media_type = news_media_type(head) if form not in (Form.EMPTY, Form.LINES) else None
        if media_type:
            yield from _read_news(name, head, stream, media_type, max_bytes)
        elif form is Form.EMPTY:
            yield Messages.input_empty(name)
        elif form is Form.BINARY:
            yield Messages.input_binary(name)
        elif form is Form.LINES:
            yield from _read_reports(name, head, stream, max_bytes)
        else:
            yield _read_whole(name, head, stream, _MEDIA_TYPES[form], max_bytes)
    except OSError as error:
        yield Messages.input_unreadable(name, _reason(error))


def _read_reports(name: str, head: bytes, stream: BinaryIO, max_bytes: int) -> Iterator[Capture | Problem]:
    if wide(head):
        yield Messages.line_broken(name, "JSON Lines must be in UTF-8")
        return
    for line in read_lines(head, stream, max_bytes):
        place = f"{name}#{line.number}"
        if line.content is None:
            yield Messages.input_too_large(place, line.size, max_bytes)
            continue
        content = without_mark(line.content).strip()
        if not content:
            continue
        if is_binary(content[:HEAD]):
            yield Messages.input_binary(place)
        elif not (content.startswith(b"{") and content.endswith(b"}")):
            yield Messages.line_broken(place, "it is not an object in braces")
        else:
            media_type = NINJS if news_media_type(content[:HEAD]) == NINJS else "application/json"
            yield Capture.of(place, line.content, media_type)


def _read_news(
    name: str, head: bytes, stream: BinaryIO, media_type: str, max_bytes: int
) -> Iterator[Capture | Problem]:
    whole = _read_whole(name, head, stream, media_type, max_bytes)
    if isinstance(whole, Capture) and media_type in (RSS, ATOM_FEED, NEWSML_G2):
        yield from read_feed(name, whole.content, media_type)
    else:
        yield whole


def _read_whole(
    name: str, head: bytes, stream: BinaryIO, media_type: str, max_bytes: int
) -> Capture | Problem:
    kept: list[bytes] = []
    size = 0
    for piece in chunks(head, stream):
        size += len(piece)
        if size <= max_bytes:
            kept.append(piece)
        else:
            kept.clear()
            if stream.seekable():
                size = stream.seek(0, os.SEEK_END)
                break
    if size > max_bytes:
        return Messages.input_too_large(name, size, max_bytes)
    content = b"".join(kept)
    if not content.strip():
        return Messages.input_empty(name)
    if b"\0" in content and not wide(content) and media_type not in (PDF, MAIL):
        return Messages.input_binary(name)
    return Capture.of(name, content, media_type)


def _name(path: str | Path) -> str:
    """Return the path as text that can be stored: bytes of it that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
