"""The claims within one statement: the clauses of a long content, each a statement of its own.

"The army shelled the market, killing nine, and has lied about it since" is one statement that makes three
claims; another report can deny one of them. Each clause of a content (``own_clauses``: the same joints at
which the report's own voice is cut) becomes a part, with the source, the cue and the speaker of the whole
and its own content, act, polarity and event. A part points to its whole by ``part_of``; what somebody asks or
promises is parted too, for each of the things can be asked for by somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from counterclaim.model import Act, Document, Statement
from counterclaim.statements.acts import act_of, polarity_of
from counterclaim.statements.candidate import Candidate, Range, shared, total, trim
from counterclaim.statements.own_clauses import clauses, word_count
from counterclaim.statements.paragraph import Paragraph

FEWEST = 4
"""Words in a part at least."""
LONG = 10
"""Words from which a content can hold more than one claim."""
WHOLE = 0.8
"""Share of the content from which a clause is as good as the whole."""
INNER = 0.5
"""Share of a clause from which it is what somebody else is reported to say."""
MODEL = "parts/1"
_JOINT = re.compile(r"[\s,;]+(?:and|but|or|while|as|that)[\s,;]*\Z")
"""What joins a clause to the next one, left at its end."""


def parts_of(
    document: Document,
    paragraph: Paragraph,
    candidate: Candidate,
    statement: Statement,
    inner: Sequence[Range] = (),
) -> Iterator[Statement]:
    """Yield the parts of a statement in order of the text; none where its content is one clause.

    ``inner`` is what somebody else is reported to say within it: a clause that lies there is theirs.
    """
    text = document.text
    if word_count(text, candidate.content) < LONG:
        return
    size = total(candidate.content)
    seen = set()
    for sentence in paragraph.doc.sents:
        start, end = paragraph.offset + sentence.start_char, paragraph.offset + sentence.end_char
        if end <= candidate.content[0][0] or candidate.content[-1][1] <= start:
            continue
        for clause in clauses(paragraph, sentence):
            ranges = _within(text, clause, candidate.content)
            if not ranges or word_count(text, ranges) < FEWEST or total(ranges) >= WHOLE * size:
                continue
            theirs = sum(shared(piece, other) for piece in ranges for other in inner)
            if theirs >= INNER * total(ranges):
                continue
            content = tuple(document.span(*piece) for piece in ranges)
            identity = Statement.id_of(document.key, statement.cue, content)
            if identity in seen or identity == statement.id:
                continue
            seen.add(identity)
            own = msgspec.structs.replace(candidate, content=ranges)
            # what denies the whole may stand in one clause alone ("..., which is wrong")
            act = act_of(paragraph, own) if statement.act is Act.DENY else statement.act
            yield msgspec.structs.replace(
                statement,
                id=identity,
                content=content,
                act=act,
                polarity=polarity_of(paragraph, own, act),
                refers_to=(),
                part_of=statement.id,
                model=f"{statement.model}+{MODEL}",
            )


def _within(text: str, clause: Sequence[Range], content: Sequence[Range]) -> list[Range]:
    """Return what of a clause stands in the content, trimmed."""
    common = [
        (max(start, first), min(end, last))
        for start, end in clause
        for first, last in content
        if max(start, first) < min(end, last)
    ]
    found = sorted(piece for part in common if (piece := trim(text, part)) and word_count(text, [piece]))
    if found:
        start, end = found[-1]
        joint = _JOINT.search(text, start, end)
        found[-1:] = [(start, joint.start())] if joint and joint.start() > start else [(start, end)]
    return found
