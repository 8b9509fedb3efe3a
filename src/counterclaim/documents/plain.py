"""Plain text: the characters as they are, with line ends made alike."""

from __future__ import annotations

import re

from counterclaim.documents.mapping import TextBuilder
from counterclaim.model import OffsetMap

_LINE_END = re.compile("\r\n?")


def plain_text(source: str) -> tuple[str, OffsetMap]:
    r"""Return the text of a decoded plain-text source and its map.

    A byte order mark is left out, ``\r\n`` and ``\r`` become ``\n``, bytes that could not be
    decoded become U+FFFD; everything else stays as it is, white space too.
    """
    builder = TextBuilder()
    position = 1 if source.startswith("\ufeff") else 0
    for match in _LINE_END.finditer(source):
        builder.copy(source[position : match.start()], position)
        builder.copy("\n", match.end() - 1)
        position = match.end()
    builder.copy(source[position:], position)
    return builder.build()
