"""From candidates to what is kept: quotations completed, split halves joined, nesting settled."""

from __future__ import annotations

from counterclaim.statements.candidate import Candidate, Range, covers, shared, total, trim
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.quotations import Quotation

_REPORTING = frozenset({"clause", "quotation", "phrase"})


def resolve(
    paragraph: Paragraph, candidates: list[Candidate]
) -> tuple[list[Candidate], dict[int, Candidate]]:
    """Settle the candidates of one paragraph.

    Returns the candidates kept, in order of their content, and for each nested one, by its place
    in that list, the candidate inside whose content it stands.
    """
    for candidate in candidates:
        candidate.content = _complete(paragraph, candidate)
    candidates = [c for c in candidates if c.content]
    _follow_quotations(paragraph, candidates)
    candidates = [c for c in candidates if _says_something(paragraph, c)]
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-total(c.content), c.start, c.cue[0])):
        if not any(_same(candidate, other) for other in kept):
            kept.append(candidate)
    kept.sort(key=lambda c: (c.start, c.cue[0] if c.cue else (0, 0)))
    nested = {}
    kept = [candidate for candidate in kept if not _stray(paragraph, candidate, kept)]
    for index, candidate in enumerate(kept):
        around = [
            other
            for other in kept
            if other is not candidate and any(covers(part, candidate.cue[0]) for part in other.content)
        ]
        if around:
            nested[index] = min(around, key=lambda other: total(other.content))
    return kept, nested


def _complete(paragraph: Paragraph, candidate: Candidate) -> list[Range]:
    """Widen the content to whole quotations, and take the cue and source out of it."""
    parts: list[Range] = []
    for part in candidate.content:
        start, end = part
        for quotation in paragraph.quotations:
            if any(shared((quotation.start, quotation.end), cue) for cue in candidate.cue):
                continue
            common = shared((start, end), (quotation.start, quotation.end))
            if common and (
                common >= 0.5 * (quotation.end - quotation.start) or quotation.start <= start < quotation.end
            ):
                start, end = min(start, quotation.start), max(end, quotation.end)
        parts.append((start, end))
    holes = [*candidate.cue, *candidate.source]
    for hole in holes:
        parts = [piece for part in parts for piece in _without(paragraph, part, hole)]
    trimmed = [piece for part in parts if (piece := trim(paragraph.text, part, " \t\n\r,;:"))]
    return sorted(piece for piece in trimmed if any(c.isalnum() for c in paragraph.text[piece[0] : piece[1]]))


def _without(paragraph: Paragraph, part: Range, hole: Range) -> list[Range]:
    """Take ``hole`` out of ``part``; keep the side away from the cue only where it says something."""
    if not shared(part, hole):
        return [part]
    sides = [(part[0], hole[0]), (hole[1], part[1])]
    return [side for side in sides if len(paragraph.text[side[0] : side[1]].split()) > 2]


def _follow_quotations(paragraph: Paragraph, candidates: list[Candidate]) -> None:
    """Give each quotation that nobody claims to the reported speech just before it.

    "..., " X said. "..." is one statement with two content spans (PolNeAR's guideline); so is a
    quotation that opens the paragraph and is only closed by the cue of its second half.
    """
    for quotation in paragraph.quotations:
        whole = (quotation.start, quotation.end)
        if any(_takes(candidate, whole) for candidate in candidates):
            continue
        if len(paragraph.text[whole[0] : whole[1]].split()) < 4:
            continue
        before = [
            c
            for c in candidates
            if c.form in _REPORTING
            and _stands_free(paragraph, c, quotation)
            and max(c.cue[-1][1], c.extent[1]) <= quotation.start
        ]
        if before:
            nearest = max(before, key=lambda c: max(c.cue[-1][1], c.extent[1]))
            if _has_quotation(paragraph, nearest):
                nearest.content = sorted([*nearest.content, whole])


def _takes(candidate: Candidate, whole: Range) -> bool:
    """Tell whether the quotation is spoken for: by content that a cue outside it introduces, or by a cue."""
    if any(covers(whole, cue) for cue in candidate.cue):
        return False
    return any(shared(part, whole) for part in [*candidate.content, *candidate.source])


def _stands_free(paragraph: Paragraph, candidate: Candidate, quotation: Quotation) -> bool:
    """Tell whether only the end of the cue's sentence stands between the candidate and the quotation."""
    end = max(candidate.cue[-1][1], candidate.extent[1], *(part[1] for part in candidate.source or [(0, 0)]))
    between = paragraph.text[end : quotation.start]
    return end <= quotation.start and "”" not in between and len(between.split()) <= 14


def _has_quotation(paragraph: Paragraph, candidate: Candidate) -> bool:
    return any(
        shared(part, (quotation.start, quotation.end))
        for part in candidate.content
        for quotation in paragraph.quotations
    )


def _says_something(paragraph: Paragraph, candidate: Candidate) -> bool:
    """Tell whether the content is more than a scare quote or a single word."""
    words = sum(len(paragraph.text[start:end].split()) for start, end in candidate.content)
    return words >= (3 if candidate.form == "quotation" else 2)


def _same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates are rivals for the same words rather than one within the other."""
    common = sum(shared(a, b) for a in one.content for b in other.content)
    if not common:
        return False
    smaller, larger = sorted((total(one.content), total(other.content)))
    return common >= 0.8 * larger or (one.cue == other.cue and common >= 0.5 * smaller)


def _stray(paragraph: Paragraph, candidate: Candidate, kept: list[Candidate]) -> bool:
    """Tell whether the cue stands inside a quotation that nobody was found to have said.

    "I think" there is part of somebody's words, not the report's attribution.
    """
    around = paragraph.quotation_around(candidate.cue[0][0])
    if around is None or not around.closed:
        return False
    return not any(
        covers(part, candidate.cue[0]) for other in kept if other is not candidate for part in other.content
    )
