"""Statements that copies repeat, folded into one before claims are grouped.

Grouping weighs how much of one group stands in another, and how alike two claims are on average. A
story that ten outlets reprint would be heard ten times there, though it tells nothing more. So each
statement that a report takes over from another one is stood for by the first of them while groups are
made, and comes back to the side on which that one stands. Statements that a person judged to make one
claim are folded too: whatever a program finds about one of them holds for all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from counterclaim.actors import ActorIndex
from counterclaim.disputes.clusters import Group
from counterclaim.disputes.keeping import Bars
from counterclaim.disputes.lineage import Lineage
from counterclaim.model import Judgement, JudgementKind, Snapshot, Statement
from counterclaim.model.judgement import by_program

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


class Reprints:
    """Which statements stand for which, in one snapshot: by copies of reports, speaker and words.

    Two statements are one where their
    reports are copies, actor, act and polarity agree, the same numbers stand in both and four fifths of
    the words. What a person judged to be two claims stays two, and what a person judged to be one is one.
    The first published stands for the rest.
    """

    def __init__(self, snapshot: Snapshot, lineage: Lineage, actors: ActorIndex) -> None:
        published = {document.key: document.published or "9999" for document in snapshot.documents}
        blocks: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for s in snapshot.statements:
            group = lineage.groups.get(lineage.home(s))
            if group is not None:
                speaker = actors.of_statement(s)
                blocks[group, s.act, s.polarity, speaker, s.reported_by is None, s.part_of is None].append(s)
        self._bars = Bars(snapshot.judgements)
        self.joined: set[str] = set()
        """Statements that stand for others because a person said so: they make a claim in any case."""
        self._stands_for: dict[str, str] = {}
        self._repeated: dict[str, list[str]] = defaultdict(list)
        for members in blocks.values():
            if len({s.document for s in members}) > 1:
                members.sort(key=lambda s: (published[s.document], s.document, s.content[0].start, s.id))
                self._fold(members)
        self._fold_decided(snapshot, published)

    def _fold(self, block: Sequence[Statement]) -> None:
        firsts: list[tuple[Statement, frozenset[str]]] = []
        for s in block:
            words = frozenset(_WORD.findall(s.content_text.casefold()))
            for first, theirs in firsts:
                if first.document != s.document and alike(words, theirs) and self._may_join(first.id, s.id):
                    self._stands_for[s.id] = first.id
                    self._repeated[first.id].append(s.id)
                    break
            else:
                firsts.append((s, words))

    def _fold_decided(self, snapshot: Snapshot, published: dict[str, str]) -> None:
        """Fold what people judged to be one claim, the last decision first."""
        place = {each: number for number, each in enumerate(snapshot.decisions)}
        same = [j for j in snapshot.judgements if j.kind is JudgementKind.SAME_CLAIM and not by_program(j)]
        known = {s.id: s for s in snapshot.statements} if same else {}
        for judgement in sorted(same, key=lambda j: (-place.get(j.id, 0), j.id)):
            ends = {self.first(judgement.left), self.first(judgement.right)}
            if len(ends) < 2 or not ends <= known.keys():
                continue
            first, again = sorted(
                ends, key=lambda e: (published.get(known[e].document, "9999"), known[e].document, e)
            )
            if self._may_join(first, again):
                moved = [again, *self._repeated.pop(again, ())]
                self._stands_for.update(dict.fromkeys(moved, first))
                self.joined.add(first)
                self._repeated[first] += moved

    def _may_join(self, first: str, again: str) -> bool:
        """Tell whether no person holds apart what these two stand for."""
        if not self._bars:
            return True
        one, other = (dict.fromkeys((each, *self._repeated.get(each, ())), 0) for each in (first, again))
        return self._bars.allow(one, other)

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
