"""The reports in one file, once it is unpacked: one, or many of them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

from counterclaim.model import Capture, Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.feed import CHUNK, Feed
from counterclaim.sources.feeds import read_feed
from counterclaim.sources.indexes import index_of
from counterclaim.sources.leaves import Leaf
from counterclaim.sources.lines import read_lines
from counterclaim.sources.mailboxes import read_mailbox
from counterclaim.sources.news_formats import ATOM_FEED, MAIL, NEWSML_G2, NINJS, PDF, RSS, news_media_type
from counterclaim.sources.recognising import Container, media_type_of
from counterclaim.sources.sniffing import HEAD, Form, form_of, is_binary, wide, without_mark
from counterclaim.sources.web_archives import read_web_archive

_MEDIA_TYPES = {Form.JSON: "application/json", Form.HTML: "text/html", Form.TEXT: "text/plain"}
_BINARY_TYPES = {PDF, MAIL}
"""Media types of reports whose bytes may be no text."""

_SPLITTERS: dict[str, Callable[[str, bytes, str], Iterator[Capture | Problem]]] = {
    RSS: read_feed,
    ATOM_FEED: read_feed,
    NEWSML_G2: read_feed,
}
"""For media types of files that hold several reports: what takes name, content and media type, and gives
the reports. A file is held in memory whole, within the limit for one report.
"""


def read_reports(leaf: Leaf, max_bytes: int) -> Iterator[Capture | Problem]:
    """Give the reports that a file holds. Raises DamageError where its bytes cannot be unpacked."""
    name, feed = leaf.name, leaf.feed
    if leaf.container is Container.WARC:
        silent = True
        for each in read_web_archive(name, feed, leaf.unpacked, max_bytes):
            silent = False
            yield each
        if silent:  # what is normal in an archive is left out without a word, but not a whole file
            yield Messages.archive_without_pages(name)
        return
    if leaf.container is Container.MBOX:
        yield from read_mailbox(name, feed, max_bytes)
        return
    head = feed.peek(HEAD)
    form = form_of(leaf.hint, head)
    media_type = media_type_of(leaf.hint, head) if form is not Form.LINES else None
    index = index_of(head)
    if form is Form.EMPTY:
        yield Messages.input_empty(name)
    elif media_type:
        content = _whole(leaf, max_bytes, is_text=media_type not in _BINARY_TYPES)
        if isinstance(content, Problem):
            yield content
        elif media_type in _SPLITTERS:
            yield from _SPLITTERS[media_type](name, content, media_type)
        else:
            yield Capture.of(name, content, media_type)
    elif index:
        yield Messages.index_is_no_report(name, index.name)
    elif form is Form.BINARY:
        yield Messages.input_binary(name)
    elif form is Form.LINES:
        yield from _read_lines(name, feed, max_bytes)
    else:
        content = _whole(leaf, max_bytes, is_text=True)
        yield content if isinstance(content, Problem) else Capture.of(name, content, _MEDIA_TYPES[form])


def _read_lines(name: str, feed: Feed, max_bytes: int) -> Iterator[Capture | Problem]:
    head = feed.read(HEAD)
    if wide(head):
        yield Messages.line_broken(name, "JSON Lines must be in UTF-8")
        return
    for line in read_lines(head, feed, max_bytes):
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


def _whole(leaf: Leaf, max_bytes: int, *, is_text: bool) -> bytes | Problem:
    """Return all bytes of a file that is one report, or why it cannot be one."""
    kept: list[bytes] = []
    size = 0
    while piece := leaf.feed.read(CHUNK << 4):
        size += len(piece)
        if size <= max_bytes:
            kept.append(piece)
        elif leaf.inside:
            return Messages.unpacked_too_large(leaf.name, max_bytes)
        else:
            kept.clear()
            if leaf.stream is not None and leaf.stream.seekable():
                size = leaf.stream.seek(0, io.SEEK_END)
                break
    if size > max_bytes:
        return Messages.input_too_large(leaf.name, size, max_bytes)
    content = b"".join(kept)
    if not content.strip():
        return Messages.input_empty(leaf.name)
    if is_text and b"\0" in content and not wide(content):
        return Messages.input_binary(leaf.name)
    return content
