"""What the reader of one format makes of a capture, before what holds for every format is added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.documents.blocks import Piece
from counterclaim.documents.composing import Place, compose, words_of
from counterclaim.model import InputError, OffsetMap
from counterclaim.model.errors import Messages

LONGEST_ID = 300
"""An identifier with more characters is none that people could use; the file's name is taken instead."""


class Draft(NamedTuple):
    """What the reader of one format found: text, map, and fields named as in the JSON contract.

    ``marked`` is True where the format itself says what is headline and standfirst, so that they are not
    looked for. ``withdrawn`` is the code of why the provider does not want the report used, if so.
    """

    text: str
    offsets: OffsetMap
    encoding: str
    fields: dict[str, str]
    headline: Place | None = None
    standfirst: Place | None = None
    dateline: Place | None = None
    marked: bool = False
    withdrawn: str | None = None


class Parts(NamedTuple):
    """The pieces of a report in the order in which its text has them; empty where it has none."""

    title: Sequence[Piece] = ()
    standfirst: Sequence[Piece] = ()
    dateline: Sequence[Piece] = ()
    paragraphs: Sequence[Sequence[Piece]] = ()


def draft_of(
    name: str, encoding: str, fields: dict[str, str], parts: Parts, withdrawn: str | None = None
) -> Draft:
    """Make the text of a report from its parts, separated by empty lines, with the places of its parts.

    A first paragraph that repeats the headline or the standfirst is left out; a standfirst that the
    first paragraph begins with too. Raises InputError where no part has any words.
    """
    title, above = words_of(parts.title), words_of(parts.standfirst)
    paragraphs = [each for each in parts.paragraphs if words_of(each)]
    while paragraphs and words_of(paragraphs[0]) in {title, above}:
        paragraphs = paragraphs[1:]
    first = words_of(paragraphs[0]) if paragraphs else ""
    kept = {
        "title": parts.title if title else (),
        "standfirst": parts.standfirst if above and above != title and not first.startswith(above) else (),
        "dateline": parts.dateline if words_of(parts.dateline) else (),
    }
    order = [key for key in kept if kept[key]]
    if not order and not paragraphs:
        raise InputError(Messages.report_without_text(name))
    text, offsets, places = compose([*(kept[key] for key in order), *paragraphs])
    place = dict(zip(order, places, strict=False))
    if title:
        fields = {**fields, "title": title}
    return Draft(
        text,
        offsets,
        encoding,
        {key: value for key, value in fields.items() if value and (key != "id" or len(value) <= LONGEST_ID)},
        place.get("title"),
        place.get("standfirst"),
        place.get("dateline"),
        marked=True,
        withdrawn=withdrawn,
    )
