"""Bytes as the texts that somebody who has them can read: for finding protected words in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from counterclaim.sources.sniffing import HEAD, wide

_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|[nrtbf])")
"""Escapes of JSON (RFC 8259, section 7) that may stand within a name, or between the words of one."""


def readings(content: bytes, encodings: Iterable[str | None]) -> Iterator[str]:
    """Give bytes as text: as UTF-8, in each of these encodings, and in the one that they show.

    Each once as it stands, once with the escapes of JSON read, and without the tags and the character
    references of HTML. Bytes that an encoding does not have are replaced.
    """
    names = dict.fromkeys(each for each in ("utf-8", *encodings, wide(content[:HEAD])) if each)
    for name in names:
        try:
            text = content.decode(name, "replace")
        except LookupError:  # what was declared is no encoding of text
            continue
        yield from readings_of(text)


def readings_of(text: str) -> Iterator[str]:
    """Give a text as it stands, with the escapes of JSON read, and without tags and references of HTML."""
    yield text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    if plain != text:
        yield plain
    bare = html.unescape(_TAG.sub("", plain))
    if bare != plain:
        yield bare
