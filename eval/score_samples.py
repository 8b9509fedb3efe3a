"""Compare what the program reads in the sample reports with what their writer meant.

Run it from anywhere::

    python eval/score_samples.py

It prints how many of the gold statements are found, which of the gold disputes, which disputes of
the board are in no gold (invented), and for each position *attested* and *corroborated* beside the
expected numbers. Exit code 0 where every dispute is found and none invented, 1 otherwise.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Sequence

import msgspec
from check_samples_gold import SAMPLES, Gold, GoldDispute, GoldStatement, Offsets, place, read_gold

from counterclaim import pipeline
from counterclaim.model import Dispute, Document, Position, Statement

OVERLAP = 0.5
"""How large a share of the shorter content must be common to two statements that are the same."""


class PositionScore(msgspec.Struct, frozen=True):
    """One expected position and its counts: expected and got, None where it was not found."""

    id: str
    attested: tuple[int, int | None]
    corroborated: tuple[int, int | None]
    accepted: tuple[int, ...]
    statements: tuple[int, int]

    @property
    def right(self) -> bool:
        """Whether both counts are as expected."""
        return self.attested[0] == self.attested[1] and self.corroborated[1] in self.accepted


class Score(msgspec.Struct, frozen=True):
    """How a board compares with the gold.

    ``found`` maps each found gold dispute to the ids of the board's disputes that match it (several
    where the board splits it), ``invented`` are the board's disputes that match none.
    """

    statements_expected: int
    statements_found: int
    found: dict[str, tuple[str, ...]]
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    positions: dict[str, tuple[PositionScore, ...]]

    @property
    def perfect(self) -> bool:
        """Whether every dispute is found whole, and none invented."""
        return not self.missed and not self.invented and all(len(ids) == 1 for ids in self.found.values())


class _Matcher:
    """Which gold statements stand behind a statement of the program."""

    def __init__(self, gold: Gold, documents: Sequence[Document]) -> None:
        self._documents = {document.key: _gold_id(gold, document) for document in documents}
        texts = {_gold_id(gold, document): document.text for document in documents}
        self._gold: defaultdict[str, list[tuple[GoldStatement, Offsets]]] = defaultdict(list)
        for statement in gold.statements:
            if statement.doc not in texts:
                continue
            try:
                content = place(texts[statement.doc], statement)[2]
            except ValueError:
                continue
            self._gold[statement.doc].append((statement, content))

    def behind(self, statement: Statement) -> list[str]:
        """Return the ids of the gold statements whose content the statement's content covers."""
        content = [(span.start, span.end) for span in statement.content]
        return [
            gold.id
            for gold, expected in self._gold[self._documents[statement.document]]
            if _common(content, expected) >= OVERLAP * min(_length(content), _length(expected))
        ]


def _gold_id(gold: Gold, document: Document) -> str:
    """Return the gold's name of a document: files have a piece of their hash in their id."""
    known = {d.id for d in gold.documents}
    return document.id if document.id in known else document.id.rpartition("-")[0]


def _length(offsets: Offsets) -> int:
    return sum(end - start for start, end in offsets)


def _common(one: Offsets, other: Offsets) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def compare(gold: Gold, linked: pipeline.Linked) -> Score:
    """Compare the board of ``linked`` with the gold."""
    matcher = _Matcher(gold, linked.snapshot.documents)
    behind = {s.id: matcher.behind(s) for s in linked.snapshot.statements}
    found: defaultdict[str, list[Dispute]] = defaultdict(list)
    invented: list[str] = []
    for dispute in linked.board.disputes:
        match = _match(gold, dispute, behind)
        if match:
            found[match.id].append(dispute)
        else:
            invented.append(dispute.id)
    return Score(
        statements_expected=len(gold.statements),
        statements_found=len({name for names in behind.values() for name in names}),
        found={name: tuple(dispute.id for dispute in disputes) for name, disputes in found.items()},
        missed=tuple(dispute.id for dispute in gold.disputes if dispute.id not in found),
        invented=tuple(invented),
        positions={d.id: _positions(d, found[d.id], behind) for d in gold.disputes if d.id in found},
    )


def _match(gold: Gold, dispute: Dispute, behind: dict[str, list[str]]) -> GoldDispute | None:
    """Return the gold dispute of which two positions stand against each other in ``dispute``."""
    best: tuple[int, GoldDispute] | None = None
    for candidate in gold.disputes:
        pairs = [_best_side(candidate, position, behind) for position in dispute.positions]
        sides = [side for side, _ in pairs if side]
        weight = sum(count for _, count in pairs)
        if len(set(sides)) > 1 and (best is None or weight > best[0]):
            best = (weight, candidate)
    return best[1] if best else None


def _best_side(dispute: GoldDispute, position: Position, behind: dict[str, list[str]]) -> tuple[str, int]:
    names = [name for statement in position.statements for name in behind.get(statement, [])]
    counts = Counter(side.id for side in dispute.positions for name in names if name in side.statements)
    return min(counts.items(), key=lambda item: (-item[1], item[0])) if counts else ("", 0)


def _positions(
    gold: GoldDispute, disputes: list[Dispute], behind: dict[str, list[str]]
) -> tuple[PositionScore, ...]:
    scores = []
    for side in gold.positions:
        held = [p for d in disputes for p in d.positions if _best_side(gold, p, behind)[0] == side.id]
        best = max(held, key=lambda p: _best_side(gold, p, behind)[1]) if held else None
        names = {name for p in held for s in p.statements for name in behind.get(s, [])}
        scores.append(
            PositionScore(
                id=side.id,
                attested=(side.attested, best.attestation.attested if best else None),
                corroborated=(side.corroborated, best.attestation.corroborated if best else None),
                accepted=side.corroborated_accept or (side.corroborated,),
                statements=(len(side.statements), len(names & set(side.statements))),
            )
        )
    return tuple(scores)


def main() -> int:
    """Compare and print; return the exit code."""
    gold = read_gold()
    linked = pipeline.link(SAMPLES / "reports")
    score = compare(gold, linked)
    print(f"statements: {score.statements_found} of {score.statements_expected} found")
    for dispute in gold.disputes:
        matches = score.found.get(dispute.id, ())
        state = "missed" if not matches else "found" if len(matches) == 1 else f"split in {len(matches)}"
        print(f"{dispute.id}: {state}  {' '.join(matches)}")
        for position in score.positions.get(dispute.id, ()):
            print(
                f"   {position.id:<4} attested {position.attested[1]} (expected {position.attested[0]}), "
                f"corroborated {position.corroborated[1]} (expected {position.corroborated[0]}), "
                f"statements {position.statements[1]} of {position.statements[0]}"
                f"{'' if position.right else '   <- counts differ'}"
            )
    questions = {dispute.id: dispute.question for dispute in linked.board.disputes}
    for name in score.invented:
        print(f"invented: {name}  {questions[name]}")
    return 0 if score.perfect else 1


if __name__ == "__main__":
    sys.exit(main())
