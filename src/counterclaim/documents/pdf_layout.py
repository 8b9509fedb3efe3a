"""The lines of a PDF to paragraphs, by where they stand: what a page repeats is left out.

Lengths are in points, upwards from the foot of the page. Offsets count characters of the source.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from counterclaim.documents.pdf_source import Pdf

_EDGE = 3
"""How many lines at the head and at the foot of a page may be running ones."""

_REPEATED = 0.4
"""The share of pages on which a running line stands: it may differ on left and right pages."""

_APART = 1.25
"""How many times the usual distance between lines a running row stands from the text, at least."""

_FLUSH = 2.5

_NUMBER = re.compile(
    r"\W*(?:page|p\.|seite)?\W*(?:\d{1,4}|[ivxlc]{1,6})\W*(?:(?:of|/|von)\W*\d{1,4})?\W*", re.IGNORECASE
)
_ENDED = re.compile(r"[.!?…:][\"”’»)\]]*$")
_BULLET = re.compile(r"(?:[•‣▪■●◦*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
HYPHENS = "-\u2010\u00ad"
"""What stands for a hyphen at the end of a line."""


class Line(NamedTuple):
    """One line of a page."""

    text: str
    start: int
    end: int
    page: int
    left: float
    base: float
    right: float
    height: float


class Margins(NamedTuple):
    """Where the lines of a column begin and end; ``flush`` where most end at the very same place."""

    left: float
    right: float
    flush: bool


class Layout(NamedTuple):
    """The lines of a headline, and the paragraphs below it, each as its lines."""

    title: list[Line]
    paragraphs: list[list[Line]]


def lay_out(pdf: Pdf) -> Layout:
    """Find the headline and the paragraphs of a PDF, running heads, feet and page numbers left out."""
    lines = _body_lines(_lines(pdf), len(pdf.pages))
    title = _title(lines)
    rest = [line for line in lines if line not in title] if title else lines
    return Layout(title, _paragraphs(rest))


def _lines(pdf: Pdf) -> list[Line]:
    found = []
    before = 0
    for number, page in enumerate(pdf.pages):
        for first, last, left, base, right, height in page.lines:
            start, end = int(first), int(last)
            words = page.text[start:end]
            if words.strip():
                found.append(
                    Line(words, before + start, before + end, number, left, base, right, max(height, 0.1))
                )
        before += len(page.text) + 1
    return found


def _body_lines(lines: Sequence[Line], pages: int) -> list[Line]:
    """Leave out the rows at the head and foot of pages that other pages have too, and page numbers.

    Such rows stand apart from the text: further than its lines stand from each other.
    """
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    rows = {page: _rows(own) for page, own in by_page.items()}
    ends = [end for each in rows.values() for end in (each[:_EDGE], each[::-1][:_EDGE])]
    seen = Counter(
        key for key, _ in {(_running(line), line.page) for end in ends for row in end for line in row}
    )
    least = max(2, pages * _REPEATED)
    apart = _APART * min(_usual_pitch(lines), 40.0)
    gone: set[int] = set()
    for each in rows.values():
        for ordered in (each, each[::-1]):
            gone |= _running_lines(ordered, apart, {key for key, count in seen.items() if count >= least})
    return [line for line in lines if line.start not in gone]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a page as rows, from the head to the foot."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and rows[-1][0].base - line.base < 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _running_lines(rows: Sequence[Sequence[Line]], apart: float, repeated: set[tuple[str, int]]) -> set[int]:
    """Return the starts of the running lines among rows that are given from the edge inwards."""
    gone: set[int] = set()
    held: set[int] = set()
    for row, inner in pairwise(rows[: _EDGE + 1]):
        if not all(_running(line) in repeated or _NUMBER.fullmatch(line.text) for line in row):
            break
        held |= {line.start for line in row}
        if abs(row[0].base - inner[0].base) > apart:
            gone |= held
    return gone


def _running(line: Line) -> tuple[str, int]:
    """Return what a line has in common with the same line of another page: its words, and its height."""
    return re.sub(r"\d+", "#", " ".join(line.text.split())).casefold(), round(line.base / 6)


def _title(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of the first page in the largest type, where that is larger than that of the text."""
    first = [line for line in lines if line.page == lines[0].page][:25] if lines else []
    if len(lines) < 3 or not first:
        return []
    usual = median(line.height for line in lines)
    largest = max(first, key=lambda line: (round(line.height, 1), -line.start))
    if largest.height < usual * 1.15 or len(largest.text.split()) < 2:
        return []
    found: list[Line] = []
    for line in first:
        if abs(line.height - largest.height) < 0.5:
            found.append(line)
        elif found:
            break
    return found if len(found) <= 5 else []


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    if not lines:
        return []
    pitch = _usual_pitch(lines)
    margins = _margins(lines)
    found = [[lines[0]]]
    for index in range(1, len(lines)):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _goes_on(lines[index - 1], lines[index], following, pitch, margins):
            found[-1].append(lines[index])
        else:
            found.append([lines[index]])
    return found


def _usual_pitch(lines: Sequence[Line]) -> float:
    steps = [
        one.base - other.base
        for one, other in pairwise(lines)
        if _below(one, other) and one.base - other.base < 3 * one.height
    ]
    return median(steps) if steps else 1e9


def _below(one: Line, other: Line) -> bool:
    """Tell whether the other line stands below this one, in the same column."""
    return (
        one.page == other.page
        and other.base < one.base - 0.2 * one.height
        and min(one.right, other.right) > max(one.left, other.left)
    )


def _margins(lines: Sequence[Line]) -> dict[tuple[int, int], Margins]:
    """Return the left and right margin of each column, by its page and where its lines begin, in tens."""
    found: dict[tuple[int, int], Margins] = {}
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    for page, own in by_page.items():
        columns = sorted({round(line.left / 10) for line in own})
        for column in columns:
            near = [line for line in own if abs(round(line.left / 10) - column) <= 3]
            rights = sorted(line.right for line in near)
            lefts = sorted(line.left for line in near)
            right = rights[-1 - len(rights) // 20]
            flush = sum(abs(each - right) < _FLUSH for each in rights) > len(rights) * 0.6
            found[page, column] = Margins(lefts[len(lefts) // 10], right, flush)
    return found


def _goes_on(
    one: Line,
    other: Line,
    following: Line | None,
    pitch: float,
    margins: dict[tuple[int, int], Margins],
) -> bool:
    """Tell whether the other line goes on with the paragraph of the one before it."""
    if abs(one.height - other.height) > 0.15 * max(one.height, other.height):
        return False
    ended = _ENDED.search(one.text) is not None
    if _BULLET.match(other.text) and (ended or _below(one, other)):
        return False
    left, right, _ = margins[other.page, round(other.left / 10)]
    indented = (
        other.left - left > 0.5 * other.height
        and (
            following is None
            or not _below(other, following)
            or following.left < other.left - 0.4 * other.height
        )
        and not _BULLET.match(one.text)
    )
    own = margins[one.page, round(one.left / 10)]
    slack = own.right - one.right
    word = (len(other.text.split()[0]) + 1) * (other.right - other.left) / max(1, len(other.text))
    early = slack > (0.4 * one.height if own.flush else 1.3 * word)
    if one.text[-1] in HYPHENS and other.text[0].islower():
        return True
    if not _below(one, other):  # the next column or page
        return not (ended and (early or indented))
    if one.base - other.base > 1.35 * pitch or indented:
        return False
    return not (early and (ended or slack > 0.45 * (right - left)))
