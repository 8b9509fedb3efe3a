"""Which blocks of a page are the report: those whose words stand in trafilatura's extraction."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import trafilatura

from counterclaim.documents.blocks import Block, Page
from counterclaim.documents.mapping import visible

MAX_SOURCE = 3_000_000
MAX_TAGS = 100_000
MAX_DEPTH = 200
"""A page with more characters, tags or levels (scripts not counted) is not given to trafilatura."""
MAX_ATTRIBUTES = 1_000
"""Nor is one with more attributes in one tag: the parser below it compares each with all others, so that a
page of one tag could keep it busy for minutes."""
_TAG_BEGINS = re.compile(r"<[a-zA-Z]")
_TAG_REST = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")

_WORD = re.compile(r"\w+")
_SHARE = 0.7
_GAP = 4
_SENTENCE = re.compile(r"[.!?…:][\"”’')\]]*$")

_FURNITURE_CLASS = re.compile(
    r"(?:^|\s)(?:ads?|ad-\S+|advert\S*|adsbygoogle|sponsor\S*)(?:\s|$)", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"(?:advertisement|advert|sponsored)(?:\W+(?:scroll|story|article|continue)\b.{0,30})?"
    r"|(?:scroll to continue|(?:story|article) continues below|read more|share this|follow us)\b.{0,40}",
    re.IGNORECASE,
)

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


class Extraction(NamedTuple):
    """What trafilatura says about a page: the lines of its main text, and metadata as fields."""

    lines: tuple[str, ...]
    title: str | None = None
    author: str | None = None
    description: str | None = None
    sitename: str | None = None
    date: str | None = None
    url: str | None = None


def extract(source: str, page: Page, url: str | None) -> Extraction:
    """Let trafilatura choose the main text of a page and read its metadata.

    Scripts and styles are cut out beforehand. An empty extraction where the page is too big, too
    deep (the parser's C stack is not ours to try) or yields nothing.
    """
    slim = _without(source, page.bulk)
    if len(slim) > MAX_SOURCE or page.size > MAX_TAGS or page.depth > MAX_DEPTH or _has_huge_tag(slim):
        return Extraction(())
    slim = visible(slim).replace("\0", " ")
    found = _bare(slim, url, with_metadata=True) or _bare(slim, url, with_metadata=False)
    if found is None:
        return Extraction(())
    return Extraction(
        tuple(line for line in (found.text or "").splitlines() if line.strip()),
        title=found.title,
        author=found.author,
        description=found.description,
        sitename=found.sitename,
        date=found.date,
        url=found.url,
    )


def _has_huge_tag(source: str) -> bool:
    """Tell whether a tag has too many attributes, by its spaces and by its values in quotation marks.

    A tag that nothing ends reaches to the end of the page, so that each character is looked at once.
    """
    begun = _TAG_BEGINS.search(source)
    while begun:
        ended = _TAG_REST.match(source, begun.end())
        end = ended.end() if ended else len(source)
        if end - begun.start() > 2 * MAX_ATTRIBUTES:
            tag = source[begun.start() : end]
            if max(len(tag.split()), tag.count('="') + tag.count("='")) > MAX_ATTRIBUTES:
                return True
        begun = _TAG_BEGINS.search(source, end)
    return False


def _bare(source: str, url: str | None, *, with_metadata: bool) -> trafilatura.settings.Document | None:
    """Call trafilatura; None where it finds nothing, or fails on a page that is too broken for it."""
    try:
        found = trafilatura.bare_extraction(
            source,
            url=url,
            with_metadata=with_metadata,
            include_comments=False,
            include_tables=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # noqa: BLE001 - whatever it raises (assertions too), the page is read without it
        logging.getLogger(__name__).info("trafilatura failed on a page: %r", error)
        return None
    return None if isinstance(found, dict) else found


def main_blocks(blocks: Sequence[Block], lines: Sequence[str]) -> list[int]:
    """Return the indices of the blocks that make up the report, in order of the page.

    A block is kept where it is one of the extracted lines, or has at least 70 % of its word
    triples in the extraction (white space, list marks and punctuation left out of account); of
    several with the same words, the one with most kept neighbours. Up to four blocks between two kept
    ones of the same parent are kept too, unless they are navigation. Without an extraction,
    paragraphs outside of navigation are taken.
    """
    if not lines:
        return _paragraphs(blocks)
    exact = Counter(solid(line) for line in lines)
    exact.update(solid(cell) for line in lines if "|" in line for cell in line.split("|") if solid(cell))
    triples = {triple for line in lines for triple in _triples(_words(line))}
    words = [_words(block.text) for block in blocks]
    fits = [
        not is_furniture(block) and (solid(block.text) in exact or _stands_in(words[index], triples))
        for index, block in enumerate(blocks)
    ]
    long = [fit and len(words[index]) >= 8 for index, fit in enumerate(fits)]
    kept = _one_of_each(blocks, fits, long, exact)
    near = [index for index in kept if any(long[max(0, index - _GAP) : index + _GAP + 1])]
    return _without_repeats(blocks, _fill(blocks, near or kept)) or _paragraphs(blocks)


def is_furniture(block: Block) -> bool:
    """Tell whether a block is an advertisement, a link elsewhere or a label of the page."""
    few = len(_words(block.text))
    if _FURNITURE_CLASS.search(block.classes) or (block.margin and few < 8):
        return True
    if few < 20 and block.linked >= 0.8 * len(block.text):
        return True
    return len(block.text) <= 60 and _FURNITURE.fullmatch(block.text.strip(" :.·-–—|>»")) is not None


def solid(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case, everything else left out."""
    return "".join(_WORD.findall(text)).casefold()


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _triples(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(words, words[1:], words[2:], strict=False))


def _stands_in(words: list[str], triples: set[tuple[str, ...]]) -> bool:
    if len(words) < 5:
        return False
    own = _triples(words)
    return sum(triple in triples for triple in own) >= _SHARE * len(own)


def _one_of_each(
    blocks: Sequence[Block], fits: list[bool], long: list[bool], exact: Counter[str]
) -> list[int]:
    """Of the fitting blocks with the same words keep as many as were extracted, at least one."""
    places: dict[str, list[int]] = {}
    for index, fit in enumerate(fits):
        if fit:
            places.setdefault(solid(blocks[index].text), []).append(index)
    kept = []
    for words, indices in places.items():
        ranked = sorted(indices, key=lambda index: (-_support(blocks, long, index), index))
        kept.extend(ranked[: max(1, exact[words])])
    return sorted(kept)


def _support(blocks: Sequence[Block], long: list[bool], index: int) -> int:
    near = range(max(0, index - 5), min(len(blocks), index + 6))
    beside = sum(long[other] and other != index for other in near)
    kin = any(
        long[other] and other != index and blocks[other].parent == blocks[index].parent for other in near
    )
    linked = blocks[index].linked * 2 > len(blocks[index].text)
    return beside + 5 * kin - 5 * blocks[index].margin - 5 * linked


def _without_repeats(blocks: Sequence[Block], kept: list[int]) -> list[int]:
    """Leave out pull quotes: what stands in the margin and again, or as a part, in the report."""
    report = "\n".join(solid(blocks[index].text) for index in kept if not blocks[index].margin)
    return [index for index in kept if not (blocks[index].margin and solid(blocks[index].text) in report)]


def _fill(blocks: Sequence[Block], kept: list[int]) -> list[int]:
    filled = list(kept)
    for before, after in pairwise(kept):
        if 1 < after - before <= _GAP + 1:
            kin = {blocks[before].parent, blocks[after].parent}
            filled.extend(
                index
                for index in range(before + 1, after)
                if blocks[index].parent in kin and (is_prose(blocks[index]) or _heads(blocks, index, after))
            )
    return sorted(filled)


def _heads(blocks: Sequence[Block], index: int, after: int) -> bool:
    block = blocks[index]
    below = index + 1 == after and blocks[after].parent == block.parent
    return block.name in ("h2", "h3", "h4") and below and block.linked == 0 and not block.margin


def is_prose(block: Block) -> bool:
    """Tell whether a block reads as running text: not navigation, not mostly links, a sentence long."""
    if block.margin or block.linked * 2 > len(block.text) or is_furniture(block):
        return False
    return len(block.text) >= 80 or (
        len(_WORD.findall(block.text)) >= 4 and bool(_SENTENCE.search(block.text))
    )


def _paragraphs(blocks: Sequence[Block]) -> list[int]:
    """Choose without an extraction: prose in the article or main element, or anywhere, or unlinked words."""
    prose = [index for index, block in enumerate(blocks) if is_prose(block)]
    inside = [index for index in prose if blocks[index].article]
    words = [
        index
        for index, block in enumerate(blocks)
        if len(_words(block.text)) >= 2 and not block.margin and not is_furniture(block)
    ]
    return inside or prose or words


def _without(source: str, places: Sequence[tuple[int, int]]) -> str:
    parts, position = [], 0
    for start, end in places:
        parts.append(source[position:start])
        position = end
    return "".join([*parts, source[position:]])
