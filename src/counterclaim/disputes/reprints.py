"""Statements that copies repeat, folded into one before claims are grouped.

Grouping weighs how much of one group stands in another, and how alike two claims are on average. A
story that ten outlets reprint would be heard ten times there, though it tells nothing more. So each
statement that a report takes over from another one is stood for by the first of them while groups are
made, and comes back to the side on which that one stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from counterclaim.actors import ActorIndex
from counterclaim.disputes.clusters import Group, by_program
from counterclaim.disputes.lineage import Lineage
from counterclaim.model import Judgement, JudgementKind, Snapshot, Statement

ALIKE = 0.8
"""Share of words that two statements have in common where one repeats the other."""

_WORD = re.compile(r"\w+")
_COUNT = re.compile(r"\d")
_OF_STATEMENTS = frozenset(
    {
        JudgementKind.SAME_CLAIM,
        JudgementKind.OPPOSED,
        JudgementKind.NOT_SAME_CLAIM,
        JudgementKind.NOT_OPPOSED,
    }
)
_APART = frozenset({JudgementKind.OPPOSED, JudgementKind.NOT_SAME_CLAIM})


class Reprints:
    """Which statements stand for which, in one snapshot: by copies of reports, speaker and words.

    Two statements are one where their
    reports are copies, actor, act and polarity agree, the same numbers stand in both and four fifths of
    the words. What a person judged to be two claims stays two. The first published stands for the rest.
    """

    def __init__(self, snapshot: Snapshot, lineage: Lineage, actors: ActorIndex) -> None:
        published = {document.key: document.published or "9999" for document in snapshot.documents}
        blocks: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for s in snapshot.statements:
            group = lineage.groups.get(lineage.home(s))
            if group is not None:
                speaker = actors.of_statement(s)
                blocks[group, s.act, s.polarity, speaker, s.reported_by is None, s.part_of is None].append(s)
        apart = {(j.left, j.right) for j in snapshot.judgements if j.kind in _APART and not by_program(j)}
        self._stands_for: dict[str, str] = {}
        for members in blocks.values():
            if len({s.document for s in members}) > 1:
                members.sort(key=lambda s: (published[s.document], s.document, s.content[0].start, s.id))
                self._fold(members, apart)
        self._repeated: dict[str, list[str]] = defaultdict(list)
        for member, first in self._stands_for.items():
            self._repeated[first].append(member)

    def _fold(self, block: Sequence[Statement], apart: set[tuple[str, str]]) -> None:
        firsts: list[tuple[Statement, frozenset[str]]] = []
        for s in block:
            words = frozenset(_WORD.findall(s.content_text.casefold()))
            for first, theirs in firsts:
                pair = (min(s.id, first.id), max(s.id, first.id))
                if first.document != s.document and alike(words, theirs) and pair not in apart:
                    self._stands_for[s.id] = first.id
                    break
            else:
                firsts.append((s, words))

    def first(self, statement_id: str) -> str:
        """Return the id of the statement that stands for this one: itself where it repeats none."""
        return self._stands_for.get(statement_id, statement_id)

    def judgements(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """Return the judgements as they are about the statements that stand for others.

        Of several that say the same of one pair the surest is left, and of those the one on the very
        statements; each keeps its id, by which it can be followed back.
        """
        best: dict[tuple[str, ...], tuple[tuple[object, ...], Judgement]] = {}
        others = []
        for j in judgements:
            if j.kind not in _OF_STATEMENTS:
                others.append(j)
                continue
            left, right = sorted((self.first(j.left), self.first(j.right)))
            if left == right:
                continue
            rank = (-j.confidence, (left, right) != (j.left, j.right), j.id)
            pair = (j.kind, j.basis, left, right, "program" if by_program(j) else j.author)
            if pair not in best or rank < best[pair][0]:
                best[pair] = (rank, replace(j, left=left, right=right))
        return sorted([*others, *(j for _, j in best.values())], key=lambda j: j.id)

    def unfold(self, groups: Iterable[Group]) -> list[Group]:
        """Return the groups with every statement back on the side of the one that stood for it, sorted."""
        whole = []
        for group in groups:
            sides = (
                tuple(sorted([*side, *(again for s in side for again in self._repeated.get(s, ()))]))
                for side in group.sides
            )
            whole.append(replace(group, sides=tuple(sorted(sides))))
        return sorted(whole, key=lambda group: group.sides)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets of words are one statement: the same numbers, and nearly the same words."""
    if {word for word in one ^ other if _COUNT.search(word)}:
        return False
    return len(one & other) >= ALIKE * len(one | other)
