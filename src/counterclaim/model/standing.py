"""Which judgements stand at a moment: what people decided, took back, and contradict each other on.

The rules (docs/judgements.md tells them to users):

- A judgement that is undone does not stand, until the undoing is undone. Programs undo nothing of people.
- Of one person's answers to one question the last stands; answers that go together stand together.
- Where standing answers of two people contradict each other, none of these stands, and the question falls
  back to what programs say; the conflict is listed with both names, until one of them is taken back.
- What stands of people goes before everything by programs, also what programs find later.

All of this depends on the set of judgements and on the recorded order of people's decisions, and
on nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from counterclaim.model.judgement import Judgement, JudgementKind, by_program
from counterclaim.model.report import Snapshot
from counterclaim.model.stances import COPY, FACT, READING, Stance, stance_of

BASIS = "analyst"
"""The basis of what people decide."""


class State(StrEnum):
    """Whether a decision of a person stands, and if not, why."""

    STANDS = "stands"
    REPLACED = "replaced"
    """Its author has answered the question again."""
    UNDONE = "undone"
    CONFLICT = "conflict"
    """Another person decided otherwise; neither stands."""


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions of different people that contradict each other.

    ``about`` are the ids of what is judged, ``decisions`` the ids of the judgements in the order in which
    they were recorded, ``authors`` who made them, sorted.
    """

    topic: str
    about: tuple[str, ...]
    decisions: tuple[str, ...]
    authors: tuple[str, ...]


class Standing:
    """What stands of the judgements of one snapshot.

    ``judgements`` are those in effect, sorted by id: a program's judgement that a person confirmed has
    that person as its author and confidence 1; a person's rejection says its contrary. ``decisions``
    are the ids of those by people among them, in recorded order. ``rejected`` and ``confirmed`` give for
    a statement who said that it was read wrongly, or rightly. ``independent`` are pairs of
    documents of which people say that neither comes from the other.
    """

    def __init__(self, judgements: Sequence[Judgement], decisions: Sequence[str] = ()) -> None:
        people = {j.id for j in judgements if not by_program(j)}
        decided = people or any(j.kind is JudgementKind.UNDONE for j in judgements)
        self.known = {judgement.id: judgement for judgement in judgements} if decided else {}
        recorded = [each for each in decisions if each in people]
        self.order = (*sorted(people.difference(recorded)), *recorded)
        """The ids of all decisions of people, in the order in which they were recorded."""
        self.judgements: tuple[Judgement, ...] = tuple(judgements)
        self.decisions: tuple[str, ...] = ()
        self.conflicts: tuple[Conflict, ...] = ()
        self.rejected: dict[str, tuple[str, ...]] = {}
        self.confirmed: dict[str, tuple[str, ...]] = {}
        self.independent: frozenset[tuple[str, str]] = frozenset()
        self.undone_by = _undone(self.known)
        self._states: dict[str, State] = {}
        self._stances: dict[str, Stance] = {}
        self._about: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        self._conflict_of: dict[str, Conflict] = {}
        if decided:
            self._decide()
            self._apply()

    @classmethod
    def of(cls, snapshot: Snapshot) -> Standing:
        """Read off a snapshot what stands."""
        return cls(snapshot.judgements, snapshot.decisions)

    @property
    def plain(self) -> bool:
        """Tell whether no person has decided anything."""
        return not self.order and not self.undone_by

    def applied(self, snapshot: Snapshot) -> Snapshot:
        """Return the snapshot with the judgements in effect alone; the same one where no person decided."""
        if self.plain:
            return snapshot
        return replace(snapshot, judgements=self.judgements, decisions=self.decisions)

    def state(self, judgement_id: str) -> State:
        """Tell whether a person's decision stands."""
        return self._states.get(judgement_id, State.STANDS)

    def stance(self, judgement_id: str) -> Stance | None:
        """Return what a person's decision says, None for an undoing and where nothing known is answered."""
        return self._stances.get(judgement_id)

    def held_by(self, author: str, subject: tuple[str, ...]) -> list[Judgement]:
        """Return the decisions of one person about a question to which that person holds.

        One in conflict with another person's is among them: its author has not taken it back.
        """
        held = (State.STANDS, State.CONFLICT)
        return [
            self.known[each]
            for each in self._about.get(subject, ())
            if self.known[each].author == author and self.state(each) in held
        ]

    def overruled_by(self, judgement: Judgement) -> tuple[str, ...]:
        """Return the people whose decisions, which stand, say otherwise than a program's judgement."""
        stance = stance_of(judgement, self.known) if self._about else None
        if stance is None or not by_program(judgement):
            return ()
        against = [
            each
            for each in self._about.get(stance.subject, ())
            if self.state(each) is State.STANDS and self._stances[each].clashes(stance)
        ]
        return tuple(sorted({self.known[each].author for each in against}))

    def last_about(self, subject: tuple[str, ...]) -> str:
        """Return the id of the last decision, or undoing of one, about a question; "" where there is none."""
        for each in reversed(self.order):
            judged = self.known[each]
            while judged.kind is JudgementKind.UNDONE and judged.left in self.known:
                judged = self.known[judged.left]
            stance = self._stances.get(judged.id)
            if stance is not None and stance.subject == subject:
                return each
        return ""

    def conflict_of(self, judgement_id: str) -> Conflict | None:
        """Return the conflict in which a decision stands, None where nobody contradicts it."""
        return self._conflict_of.get(judgement_id)

    def of_kind(self, kind: JudgementKind, about: str) -> list[Judgement]:
        """Return what people decided of one kind about one thing and still hold to, as recorded."""
        return [
            judgement
            for each in self.order
            if (judgement := self.known[each]).kind is kind
            and judgement.left == about
            and self.state(each) is State.STANDS
        ]

    def _decide(self) -> None:
        """Find what each person still holds to, and where people contradict each other."""
        held: defaultdict[tuple[str, ...], dict[str, list[str]]] = defaultdict(dict)
        for each in self.order:
            judgement = self.known[each]
            stance = stance_of(judgement, self.known)
            if stance is not None:
                self._stances[each] = stance
                self._about[stance.subject].append(each)
            if each in self.undone_by:
                self._states[each] = State.UNDONE
                continue
            if stance is None:
                continue
            mine = held[stance.subject].setdefault(judgement.author, [])
            for earlier in [e for e in mine if stance.replaces(self._stances[e])]:
                self._states[earlier] = State.REPLACED
                mine.remove(earlier)
            mine.append(each)
        self.conflicts = tuple(self._conflicts(held))
        self._conflict_of = {each: conflict for conflict in self.conflicts for each in conflict.decisions}

    def _conflicts(self, held: Mapping[tuple[str, ...], Mapping[str, list[str]]]) -> Iterator[Conflict]:
        place = {each: index for index, each in enumerate(self.order)}
        for subject in sorted(held):
            clashing: set[str] = set()
            people = sorted(held[subject])
            for number, one in enumerate(people):
                for other in people[number + 1 :]:
                    for a in held[subject][one]:
                        for b in held[subject][other]:
                            if self._stances[a].clashes(self._stances[b]):
                                clashing |= {a, b}
            if clashing:
                self._states.update(dict.fromkeys(clashing, State.CONFLICT))
                yield Conflict(
                    topic=subject[0],
                    about=tuple(filter(None, subject[1:3])),
                    decisions=tuple(sorted(clashing, key=place.__getitem__)),
                    authors=tuple(sorted({self.known[each].author for each in clashing})),
                )

    def _apply(self) -> None:
        """Make the judgements in effect: those of programs as people left them, and those of people."""
        stands = [each for each in self.order if self.state(each) is State.STANDS]
        stances = {each: self._stances[each] for each in stands if each in self._stances}
        refused = {s.subject for s in stances.values() if s.topic in (COPY, FACT) and s.negative}
        effect = {
            each: judgement
            for each, judgement in self.known.items()
            if by_program(judgement) and each not in self.undone_by
        }
        if refused:
            effect = {
                each: judgement
                for each, judgement in effect.items()
                if (stance := stance_of(judgement, self.known)) is None or stance.subject not in refused
            }
        decided = []
        for each in stands:
            standing = self._effective(self.known[each], stances.get(each))
            effect[standing.id] = standing
            decided.append(standing.id)
        self.judgements = tuple(effect[each] for each in sorted(effect))
        self.decisions = tuple(reversed(dict.fromkeys(reversed(decided))))
        self.independent = frozenset(
            (s.left, s.right) for s in stances.values() if s.topic == COPY and s.negative
        )
        for each, stance in stances.items():
            if stance.topic == READING:
                said = self.rejected if stance.negative else self.confirmed
                author = self.known[each].author
                said[stance.left] = tuple(sorted({*said.get(stance.left, ()), author}))

    @staticmethod
    def _effective(decision: Judgement, stance: Stance | None) -> Judgement:
        """Return a decision as what it says of the things judged, where it answers another judgement."""
        if stance is None or stance.target is None or stance.negative:
            return decision
        if stance.kind is stance.target.kind and by_program(stance.target):
            return replace(stance.target, author=decision.author, confidence=1.0)
        return replace(decision, kind=stance.kind, left=stance.left, right=stance.right)


def protecting(judgements: Iterable[Judgement], held: Iterable[str] = ()) -> list[Judgement]:
    """Return those judgements that protect words, or take back one that does (or that is ``held``)."""
    found: list[Judgement] = []
    known = set(held)
    rest = [each for each in judgements if each.kind in (JudgementKind.PROTECTED, JudgementKind.UNDONE)]
    while True:
        new = [j for j in rest if j.kind is JudgementKind.PROTECTED or j.left in known]
        if not new:
            return found
        found += new
        known |= {each.id for each in new}
        rest = [each for each in rest if each not in new]


def rejected_statements(standing: Standing, snapshot: Snapshot) -> frozenset[str]:
    """Return the ids of the statements that people say were read wrongly, with their parts."""
    if not standing.rejected:
        return frozenset()
    return frozenset(s.id for s in snapshot.statements if {s.id, s.part_of} & standing.rejected.keys())


def _undone(known: Mapping[str, Judgement]) -> dict[str, str]:
    """Return for each judgement that is taken back the undoing that does so (the smallest id of several).

    An undoing that is itself undone takes nothing back.
    """
    undoings: defaultdict[str, list[str]] = defaultdict(list)
    for judgement in known.values():
        target = known.get(judgement.left) if judgement.kind is JudgementKind.UNDONE else None
        if target is not None and (not by_program(judgement) or by_program(target)):
            undoings[target.id].append(judgement.id)
    depth: dict[str, int] = {}
    for each in undoings:
        chain = [each]
        while known[chain[-1]].kind is JudgementKind.UNDONE and known[chain[-1]].left in known:
            chain.append(known[chain[-1]].left)
            if len(chain) > len(known):
                break  # ids are hashes of what they name, so only a forged ledger has a circle
        depth[each] = len(chain)
    found: dict[str, str] = {}
    for each in sorted(undoings, key=lambda key: (-depth[key], key)):
        acting = [undoing for undoing in undoings[each] if undoing not in found]
        if acting:
            found[each] = min(acting)
    return found
