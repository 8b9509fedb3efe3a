"""Which reports stand or fall together, in one snapshot: groups of copies, and composites of several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from counterclaim.disputes.alignment import stretches
from counterclaim.disputes.copies import AUTHOR, NONE, background_of, judge_copy
from counterclaim.disputes.shingles import Shingles
from counterclaim.disputes.versions import Versions, read_versions
from counterclaim.model import Document, Judgement, JudgementKind, OriginBasis, Statement
from counterclaim.model.judgement import by_program

CREDITED = frozenset(OriginBasis) - {OriginBasis.PUBLISHER}
"""What names an origin in the report itself."""
SPLICED = 8
"""Shingles that each source of a composite gives at least."""
WHOLE = 0.6
"""Share of a text from which it is taken from one source and is no composite."""
TWICE = 0.25
"""Share of the smaller of two passages up to which they are different ones."""


class Lineage:
    """The judgements on copies that stand, the groups that they make, and the composites.

    ``groups`` names for each document's key its group of copies, by the smallest key in it; versions of
    one report are of one group, however little of the text is left. A composite,
    which splices passages of reports that are independent of each other, joins no group: what it says
    in a passage is as independent as the source of the passage.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        judgements: Sequence[Judgement],
        repeated: Shingles,
        groups: dict[str, str],
        composites: Mapping[str, tuple[str, ...]],
        versions: Versions,
    ) -> None:
        self.judgements = judgements
        self.repeated = repeated
        self.groups = groups
        self.composites = composites
        self.versions = versions
        self._documents = documents
        self._related: dict[str, set[str]] = defaultdict(set)
        for judgement in judgements:
            self._related[judgement.left].add(judgement.right)
            self._related[judgement.right].add(judgement.left)
        for chain in versions.chains:
            for key in chain:
                self._related[key].update(set(chain) - {key})

    def sources(self, key: str) -> tuple[str, ...]:
        """Return the documents whose passages a composite splices, sorted; none where it is none."""
        return self.composites.get(key, ())

    def neighbours(self, key: str) -> tuple[str, ...]:
        """Return the documents that are judged not to be independent of this one, sorted."""
        return tuple(sorted(self._related.get(key, ())))

    def related(self, one: str, other: str) -> bool:
        """Tell whether two documents are judged not to be independent."""
        return other in self._related.get(one, ())

    def home(self, statement: Statement) -> str:
        """Return the document from which a statement comes: for a composite, the source of its passage."""
        best, longest = statement.document, 0
        document = self._documents.get(statement.document)
        for key in self.sources(statement.document) if document is not None else ():
            assert document is not None
            passages = stretches(document.text, self._documents[key].text, self.repeated)
            covered = sum(
                max(0, min(span.end, each.end) - max(span.start, each.start))
                for span in statement.content
                for each in passages
            )
            if covered > longest:
                best, longest = key, covered
        told = sum(span.end - span.start for span in statement.content)
        return best if 2 * longest >= told else statement.document


def read_lineage(
    documents: Iterable[Document],
    judgements: Iterable[Judgement],
    independent: Collection[tuple[str, str]] = (),
) -> Lineage:
    """Read off a snapshot which reports hang together; any order gives the same.

    ``judgements`` are those that stand. ``independent`` are pairs of keys of which people say that neither
    report comes from the other: they are in no group together, not by way of a third report either.
    """
    held = {document.key: document for document in documents}
    known = list(judgements)
    standing, repeated = _standing(held, known)
    composites = _composites(held, standing, repeated)
    parent = {key: key for key in held}
    for judgement in _surest_first(standing) if independent else standing:
        spliced = judgement.right in composites.get(judgement.left, ()) or judgement.left in composites.get(
            judgement.right, ()
        )
        if not spliced and not _held_apart(parent, judgement, independent):
            _union(parent, judgement.left, judgement.right)
    versions = read_versions(held.values(), known)
    for chain in versions.chains:
        for key in chain[1:]:
            _union(parent, chain[0], key)
    groups = {key: _find(parent, key) for key in parent}
    return Lineage(held, standing, repeated, groups, composites, versions)


def _surest_first(judgements: Iterable[Judgement]) -> list[Judgement]:
    return sorted(
        judgements, key=lambda j: (by_program(j), j.kind is not JudgementKind.COPY, -j.confidence, j.id)
    )


def _held_apart(
    parent: dict[str, str], judgement: Judgement, independent: Collection[tuple[str, str]]
) -> bool:
    """Tell whether joining these two would bring together reports that people hold apart."""
    joined = {_find(parent, judgement.left), _find(parent, judgement.right)}
    return len(joined) > 1 and any(
        {_find(parent, one), _find(parent, other)} == joined
        for one, other in independent
        if one in parent and other in parent
    )


def standing_copies(documents: Iterable[Document], judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements on copies that stand when background is left out, and those of people.

    In order of their ids.
    """
    return _standing({document.key: document for document in documents}, judgements)[0]


def copy_groups(documents: Iterable[Document], judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return for each document's key the key that names its group of copies (the smallest of them)."""
    return read_lineage(documents, judgements).groups


def age(document: Document) -> tuple[str, int, str]:
    """Return the key by which documents are sorted from the earliest on; of one moment the shortest first."""
    return document.published or "9999", len(document.text), document.key


def _standing(
    held: Mapping[str, Document], judgements: Iterable[Judgement]
) -> tuple[list[Judgement], Shingles]:
    edges = [
        judgement
        for judgement in judgements
        if judgement.kind in {JudgementKind.COPY, JudgementKind.DERIVED}
        and judgement.left in held
        and judgement.right in held
    ]
    by_shingles = any(judgement.basis == "shingles" for judgement in edges)
    repeated = background_of(held.values()) if by_shingles else NONE
    standing = [
        each
        for each in edges
        if each.basis != "shingles"
        or not by_program(each)
        or judge_copy(held[each.left], held[each.right], repeated) is not None
    ]
    return sorted(standing, key=lambda judgement: judgement.id), repeated


def _composites(
    held: Mapping[str, Document], standing: Sequence[Judgement], repeated: Shingles
) -> dict[str, tuple[str, ...]]:
    """Find the documents that splice passages of earlier ones that are independent of each other."""
    related: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for judgement in standing:
        related[judgement.left][judgement.right] = judgement
        related[judgement.right][judgement.left] = judgement
    found: dict[str, tuple[str, ...]] = {}
    for key in sorted(related, key=lambda key: age(held[key])):
        earlier = [
            other for other in related[key] if age(held[other]) < age(held[key]) and other not in found
        ]
        if len(earlier) < 2 or any(
            related[key][other].kind is JudgementKind.COPY or related[key][other].author != AUTHOR
            for other in related[key]
        ):
            continue
        parent = {other: other for other in earlier}
        for one in earlier:
            for other in earlier:
                if other in related[one] or _one_origin(held[one], held[other]):
                    _union(parent, one, other)
        families: dict[str, list[str]] = defaultdict(list)
        for other in sorted(earlier):
            families[_find(parent, other)].append(other)
        if len(families) > 1 and _splices(
            held[key], [[held[k] for k in f] for f in families.values()], repeated
        ):
            found[key] = tuple(sorted(earlier))
    return found


def _splices(document: Document, families: Sequence[Sequence[Document]], repeated: Shingles) -> bool:
    """Tell whether at least two families give passages of their own, none of them most of the text."""
    passages: list[list[tuple[int, int]]] = []
    for family in families:
        shared = [each for source in family for each in stretches(document.text, source.text, repeated)]
        covered = _covered([(each.start, each.end) for each in shared])
        if _length(covered) > WHOLE * len(document.text):
            return False
        if max((each.runs for each in shared), default=0) >= SPLICED:
            passages.append(covered)
    return any(
        _length(one) + _length(other) - _length(_covered(one + other))
        <= TWICE * min(_length(one), _length(other))
        for index, one in enumerate(passages)
        for other in passages[index + 1 :]
    )


def _covered(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges joined where they touch, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _length(ranges: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in ranges)


def _one_origin(one: Document, other: Document) -> bool:
    first, second = one.origin, other.origin
    if first is None or second is None or not {first.basis, second.basis} <= CREDITED:
        return False
    return first.key == second.key


def _find(parent: dict[str, str], key: str) -> str:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key


def _union(parent: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_find(parent, one), _find(parent, other)))
    parent[second] = first
