"""Attested and corroborated: how many independent origins, how many independent parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from counterclaim.actors import ActorIndex
from counterclaim.disputes.lineage import CREDITED, Lineage
from counterclaim.documents.media import medium_named, told_through
from counterclaim.model import (
    Act,
    ActorKind,
    Attestation,
    Document,
    Origin,
    OriginBasis,
    Snapshot,
    Speaker,
    Statement,
    Voice,
)

UNNAMED = "unnamed"
"""The party of all sources that are described and not named."""


class Independence:
    """What is independent of what, in one snapshot: documents by origin, speakers by party.

    Statements that are ``withdrawn``, by their ids, are not counted: the latest version of their report
    does not hold them.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        lineage: Lineage,
        actors: ActorIndex,
        withdrawn: Container[str] = frozenset(),
    ) -> None:
        self.actors = actors
        self._withdrawn = withdrawn
        self._lineage = lineage
        self._published: dict[str, str] = {}
        members: dict[str, list[Document]] = defaultdict(list)
        for document in snapshot.documents:
            self._published[document.key] = (document.published or "")[:10]
            members[lineage.groups.get(document.key, document.key)].append(document)
        self._members = members
        self._origin = {group: _origin_of(copies) for group, copies in members.items()}
        self._documents = {document.key: document for document in snapshot.documents}
        self._statements = {s.id: s for s in snapshot.statements}
        self._within: dict[str, list[Statement]] = defaultdict(list)
        for s in snapshot.statements:
            if s.reported_by is not None:
                self._within[s.reported_by].append(s)
        self._parties: dict[str, str | None] = {}
        self._hands: dict[str, tuple[str, str] | None] = {}

    def origin(self, document_key: str) -> str:
        """Return the origin of a document: for copies, the one whose reporting they all carry."""
        return self._origin[self._lineage.groups.get(document_key, document_key)]

    def hand(self, statement: Statement) -> tuple[str, str] | None:
        """Return the origin from which the report has the statement, and the words that say so.

        "He told AFP", "according to SANA", "The Post reports that sources said": the chain of who reports
        whom is followed to its end. None where the report has it at first hand, or does not say.
        """
        if statement.id not in self._hands:
            self._hands[statement.id] = None  # a chain that comes back to itself ends there
            self._hands[statement.id] = self._find_hand(statement)
        return self._hands[statement.id]

    def _find_hand(self, statement: Statement) -> tuple[str, str] | None:
        document = self._documents.get(statement.document)
        if document is None or statement.own_voice:
            return None
        around = (*statement.source, *statement.cue)
        inside = [(span.start, span.end) for span in statement.content]
        start, end = min(span.start for span in around), max(span.end for span in around)
        told = told_through(document.text, start, end, inside)
        if told is not None:
            return _key(told.name), document.text[told.start : told.end]
        name = medium_named(statement.source_text)
        if name is not None:
            return _key(name), f"{statement.source_text} {statement.cue_text}"
        outer = self._statements.get(statement.reported_by) if statement.reported_by else None
        return self.hand(outer) if outer is not None else None

    def _last_speaker(self, statement: Statement) -> Statement | None:
        """Return the statement in which a medium is not the speaker: what it reports others as saying."""
        seen = {statement.id}
        while medium_named(statement.source_text) is not None:
            inner = [s for s in self._within.get(statement.id, ()) if s.id not in seen]
            if not inner:
                return None
            statement = min(inner, key=lambda s: (s.content[0].start, s.id))
            seen.add(statement.id)
        return statement

    def party(self, statement: Statement) -> str | None:
        """Return the party that asserts; None for a report's own voice, and for another outlet's.

        Where a report has it from an outlet that others told, those others are the party.
        Sources that are only described ("rebels", "a shopkeeper") are one party together, unless the
        report says whose official they are: nobody can tell whether two of them are independent,
        and the count errs on the low side.
        """
        if statement.id not in self._parties:
            self._parties[statement.id] = self._find_party(statement)
        return self._parties[statement.id]

    def _find_party(self, statement: Statement) -> str | None:
        last = self._last_speaker(statement)
        speaker = (last or statement).speaker
        actor = self.actors.of_statement(last or statement)
        if speaker is None or actor is None:
            return None
        party = self.actors.party(actor)
        if last is None:
            return party if party != actor else None
        identity = self.actors.identities.get(actor)
        general = identity is not None and identity.general
        if not speaker.anonymous and not general and not _is_description(speaker):
            return party
        return party if party != actor and self._is_named(party) else UNNAMED

    def _is_named(self, party: str) -> bool:
        """Tell whether a party has a name: "the company" of a report that names none has not."""
        identity = self.actors.identities.get(party)
        return identity is None or any(unit.named and unit.shared for unit in identity.units)

    def _gave_way(
        self,
        party: str,
        taken: Sequence[Statement],
        opponents: Sequence[Statement],
        admissions: set[tuple[str, str | None]],
    ) -> bool:
        """Tell whether a party now says what it contradicted before, in a report that calls it an admission.

        The admission there must be its own or that of somebody whom the report does not name.
        """
        admitted = {document for document, who in admissions if who in {party, UNNAMED, None}}
        if not admitted:
            return False
        now = [s for s in taken if self.party(s) == party and s.document in admitted]
        return bool(now) and self._last(party, now) > self._last(party, opponents)

    def _last(self, party: str, statements: Iterable[Statement]) -> str:
        """Return when the party last said so: the date of the report, empty where none has one."""
        return max((self._published[s.document] for s in statements if self.party(s) == party), default="")

    def standing(self, statements: Sequence[Statement]) -> list[Statement]:
        """Return the statements that are not withdrawn; all of them where all are."""
        return [s for s in statements if s.id not in self._withdrawn] or list(statements)

    def attestation(
        self, statements: Iterable[Statement], opponents: Sequence[Statement] = ()
    ) -> Attestation:
        """Count origins and parties of the statements that take one position.

        ``opponents`` are the statements of the other positions: a party concedes where it admits
        what its own side denies, or says now, in a report that calls it an admission, what it
        contradicted before.
        """
        taken = [s for s in statements if s.id not in self._withdrawn]
        against = {party for s in opponents if (party := self.party(s))}
        parties = {party for s in taken if (party := self.party(s))}
        admissions = {(s.document, self.party(s)) for s in taken if s.act is Act.ADMIT}
        conceding = {party for _, party in admissions if party in against}
        conceding |= {p for p in parties & against if self._gave_way(p, taken, opponents, admissions)}
        conceding.discard(UNNAMED)
        told, asserted = self._told_by(taken), self._asserted_by(taken)
        return Attestation(
            origins=tuple(voice.key for voice in told),
            parties=tuple(voice.key for voice in asserted),
            conceded_by=tuple(sorted(conceding)),
            told_by=told,
            asserted_by=asserted,
        )

    def _told_by(self, taken: Sequence[Statement]) -> tuple[Voice, ...]:
        """Fold statements by the origin from which they come, sorted by its key.

        What a party says in copies of one report comes from where any of them says that it does: a copy
        that leaves out "told AFP" is no second origin.
        """
        named: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        group = {s.id: self._lineage.groups.get(self._lineage.home(s), s.document) for s in taken}
        for s in taken:
            if hand := self.hand(s):
                named[group[s.id], self.party(s)].add(hand[0])
        folded: dict[str, list[Statement]] = defaultdict(list)
        why: dict[str, set[str]] = defaultdict(set)
        for s in taken:
            hand = self.hand(s)
            others = named.get((group[s.id], self.party(s)))
            key = hand[0] if hand else min(others) if others else self._origin[group[s.id]]
            folded[key].append(s)
            why[key].update([f"“{hand[1]}”"] if hand else [] if others else self._reasons(group[s.id]))
            if self._lineage.sources(s.document) and self._lineage.home(s) != s.document:
                why[key].add("a passage taken from another report")
        for key, statements in folded.items():
            for each in sorted({group[s.id] for s in statements}):
                held = {s.document for s in statements if group[s.id] == each}
                if len(held) > 1:
                    why[key].add(f"{len(held)} copies of one report")
        return tuple(
            Voice(
                key=key, statements=tuple(sorted(s.id for s in folded[key])), because=tuple(sorted(why[key]))
            )
            for key in sorted(folded)
        )

    def _reasons(self, group: str) -> list[str]:
        """Return why a group of reports has its origin: the lines that name it, or the first outlet."""
        key = self._origin[group]
        bases = {
            str(document.origin.basis)
            for document in self._members[group]
            if document.origin is not None
            and document.origin.key == key
            and document.origin.basis in CREDITED
        }
        return [f"{basis} line" for basis in sorted(bases)] or ["its own report"]

    def _asserted_by(self, taken: Sequence[Statement]) -> tuple[Voice, ...]:
        """Fold statements by the party that asserts them, sorted by its id."""
        folded: dict[str, list[Statement]] = defaultdict(list)
        why: dict[str, set[str]] = defaultdict(set)
        for s in taken:
            party = self.party(s)
            if party is None:
                continue
            folded[party].append(s)
            last = self._last_speaker(s) or s
            if party == UNNAMED:
                why[party].add("sources without a name count as one")
            elif self.actors.of_statement(last) != party and last.speaker is not None:
                why[party].add(f"{last.speaker.label} speaks for it")
        return tuple(
            Voice(
                key=key, statements=tuple(sorted(s.id for s in folded[key])), because=tuple(sorted(why[key]))
            )
            for key in sorted(folded)
        )


def _key(name: str) -> str:
    return Origin(name=name, basis=OriginBasis.CREDIT).key


def _is_description(speaker: Speaker) -> bool:
    """Tell whether a group has no name of its own: "rebels", "separatists in the east"."""
    return speaker.kind is ActorKind.GROUP and speaker.name is None


def _origin_of(copies: list[Document]) -> str:
    """Return the origin that a group of copies shares.

    A credit or copyright line that any of them carries names it, the most frequent first; without
    one it is the report published first.
    """
    named: dict[str, int] = defaultdict(int)
    for document in copies:
        if document.origin is not None and document.origin.basis in CREDITED:
            named[document.origin.key] += 1
    if named:
        return min(named, key=lambda key: (-named[key], key))
    first = min(copies, key=lambda document: (document.published or "9999", document.key))
    return first.origin_key
