"""Headline and standfirst of a text without markup. Offsets count characters of the text."""

from __future__ import annotations

import re

_FIRST = re.compile(r"\s*(?P<line>[^\n]{3,160}?)[ \t]*\n[ \t]*\n(?=\s*\S)")
_SECOND = re.compile(r"[ \t]*\n\s*\n[ \t]*(?P<line>[^\n]{20,300}?)[ \t]*\n[ \t]*\n(?=\s*\S)")
_ENDED = re.compile(r"[.!?…:;,][\"”’')\]]*$")
_OTHER = re.compile(r"(?:By|BY|Published|Updated|Posted|Source|Date|Photo|Image)\b|[-*•#©(]")


def headline_of(text: str, title: str | None) -> tuple[int, int] | None:
    """Return the place of the headline: the title where the text opens with it, or a first line like one.

    Like a headline is a line of at most 160 characters, with an empty line below it and no full
    stop at its end. Where a title is given, only that is looked for, white space left out of account.
    """
    if title:
        words = r"\s+".join(re.escape(word) for word in title.split())
        match = re.match(rf"\s*(?P<line>{words})(?!\w)", text)
        return match.span("line") if match else None
    match = _FIRST.match(text)
    if match is None or _ENDED.search(match.group("line")) or _OTHER.match(match.group("line")):
        return None
    return match.span("line")


def standfirst_of(text: str, headline: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the place of the standfirst: a paragraph without full stop right below the headline."""
    match = _SECOND.match(text, headline[1]) if headline else None
    if match is None or _ENDED.search(match.group("line")) or _OTHER.match(match.group("line")):
        return None
    return match.span("line")
