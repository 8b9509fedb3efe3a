"""HTML: the report on a page, as text with a map to the source of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.documents.blocks import Block, read_page
from counterclaim.documents.mapping import TextBuilder
from counterclaim.documents.metadata import page_fields, titles
from counterclaim.documents.region import extract, main_blocks, solid
from counterclaim.model import InputError, OffsetMap
from counterclaim.model.errors import Messages

BREAK = "\n\n"
_STANDFIRST = re.compile(
    r"stand-?first|sub-?title|sub-?head|\bdek\b|\bdeck\b|-dek|-deck|\blede\b|summary|strapline|article-?intro|excerpt",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)


class Reading(NamedTuple):
    """The text of a page with its map, its metadata, and the places of headline and standfirst."""

    text: str
    offsets: OffsetMap
    fields: dict[str, str]
    headline: tuple[int, int] | None
    standfirst: tuple[int, int] | None


def declared_encoding(content: bytes) -> str | None:
    """Return the label that a ``meta`` element within the first 4,096 bytes declares."""
    match = _CHARSET.search(content[:4096])
    return match.group(1).decode("ascii") if match else None


def read_webpage(name: str, source: str, url: str | None = None) -> Reading:
    """Make the text of the report on a page: headline, standfirst and paragraphs.

    ``source`` is the decoded page. Paragraphs are separated by an empty line, and every character
    is mapped to ``source``. Raises InputError where the page has no text.
    """
    page = read_page(source)
    extraction = extract(source, page, url)
    fields = page_fields(page, extraction)
    chosen = main_blocks(page.blocks, extraction.lines)
    if not chosen:
        page = read_page(source, show_hidden=True)
        chosen = main_blocks(page.blocks, extraction.lines)
    headline = _headline(page.blocks, chosen, titles(page, fields))
    standfirst = _standfirst(page.blocks, chosen, headline, solid(fields.pop("description", "")))
    first = [index for index in (headline, standfirst) if index is not None]
    said = {solid(page.blocks[index].text) for index in first}
    body = [index for index in chosen if index not in first and solid(page.blocks[index].text) not in said]
    order = [*first, *body]
    if not order:
        raise InputError(Messages.html_without_text(name))
    text, offsets, places = _compose([page.blocks[index] for index in order])
    if headline is not None:
        fields["title"] = page.blocks[headline].text.replace("\n", " ")
    found = dict(zip(order, places, strict=True))
    return Reading(
        text,
        offsets,
        fields,
        found[headline] if headline is not None else None,
        found[standfirst] if standfirst is not None else None,
    )


def _compose(blocks: Sequence[Block]) -> tuple[str, OffsetMap, list[tuple[int, int]]]:
    builder = TextBuilder()
    places = []
    for block in blocks:
        if builder.length:
            builder.insert(BREAK)
        start = builder.length
        for text, source_start, source_length in block.pieces:
            builder.replace(text, source_start, source_length)
        places.append((start, builder.length))
    text, offsets = builder.build()
    return text, offsets, places


def _headline(blocks: Sequence[Block], chosen: list[int], names: list[str]) -> int | None:
    """Return the block that is the report's headline: what the page is called, or its only h1."""
    tops = [index for index, block in enumerate(blocks) if block.name == "h1"]
    for name in names:
        for index in [*tops, *(index for index, block in enumerate(blocks) if len(block.text) < 400)]:
            if solid(blocks[index].text) == name:
                return index
    for index in tops:
        words = solid(blocks[index].text)
        if len(words) >= 12 and any(words in name or name in words for name in names):
            return index
    within = [index for index in tops if index in chosen or blocks[index].article]
    only = within if len(within) == 1 else tops
    return only[0] if len(only) == 1 and len(blocks[only[0]].text.split()) > 2 else None


def _standfirst(
    blocks: Sequence[Block], chosen: list[int], headline: int | None, description: str
) -> int | None:
    """Return the block below the headline that sums the report up, and is not its first paragraph."""
    if headline is None:
        return None
    body = [index for index in chosen if index > headline]
    stop = min(headline + 8, len(blocks))
    for index in range(headline + 1, stop):
        block = blocks[index]
        if block.margin or block.linked * 2 > len(block.text) or len(block.text.split()) < 4:
            continue
        following = [other for other in body if other > index][:1]
        sequel = any(
            blocks[other].parent == block.parent and blocks[other].name == block.name for other in following
        )
        named = _STANDFIRST.search(block.classes) is not None
        words = solid(block.text)
        described = len(words) >= 20 and (
            words == description or (len(description) > 20 and words.startswith(description))
        )
        if (
            named
            or (described and not sequel)
            or (block.name == "h2" and index == headline + 1 and len(words) > 30)
        ):
            return index
    return None
