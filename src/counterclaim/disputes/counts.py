"""Attested and corroborated: how many independent origins, how many independent parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from counterclaim.actors import ActorIndex
from counterclaim.disputes.lineage import CREDITED, Lineage
from counterclaim.model import Act, ActorKind, Attestation, Document, Snapshot, Speaker, Statement

UNNAMED = "unnamed"
"""The party of all sources that are described and not named."""


class Independence:
    """What is independent of what, in one snapshot: documents by origin, speakers by party."""

    def __init__(self, snapshot: Snapshot, lineage: Lineage, actors: ActorIndex) -> None:
        self.actors = actors
        self._lineage = lineage
        self._published: dict[str, str] = {}
        members: dict[str, list[Document]] = defaultdict(list)
        for document in snapshot.documents:
            self._published[document.key] = (document.published or "")[:10]
            members[lineage.groups.get(document.key, document.key)].append(document)
        self._origin = {group: _origin_of(copies) for group, copies in members.items()}

    def origin(self, document_key: str) -> str:
        """Return the origin of a document: for copies, the one whose reporting they all carry."""
        return self._origin[self._lineage.groups.get(document_key, document_key)]

    def party(self, statement: Statement) -> str | None:
        """Return the party that speaks; None for the report's own voice.

        Sources that are only described ("rebels", "a shopkeeper") are one party together, unless the
        report says whose official they are: nobody can tell whether two of them are independent,
        and the count errs on the low side.
        """
        speaker = statement.speaker
        actor = self.actors.of_statement(statement)
        if speaker is None or actor is None:
            return None
        party = self.actors.party(actor)
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
        now = [s for s in taken if self.party(s) == party and s.document in admitted]
        return bool(now) and self._last(party, now) > self._last(party, opponents)

    def _last(self, party: str, statements: Iterable[Statement]) -> str:
        """Return when the party last said so: the date of the report, empty where none has one."""
        return max((self._published[s.document] for s in statements if self.party(s) == party), default="")

    def attestation(
        self, statements: Iterable[Statement], opponents: Sequence[Statement] = ()
    ) -> Attestation:
        """Count origins and parties of the statements that take one position.

        ``opponents`` are the statements of the other positions: a party concedes where it admits
        what its own side denies, or says now, in a report that calls it an admission, what it
        contradicted before.
        """
        taken = list(statements)
        against = {party for s in opponents if (party := self.party(s))}
        parties = {party for s in taken if (party := self.party(s))}
        admissions = {(s.document, self.party(s)) for s in taken if s.act is Act.ADMIT}
        conceding = {party for _, party in admissions if party in against}
        conceding |= {p for p in parties & against if self._gave_way(p, taken, opponents, admissions)}
        conceding.discard(UNNAMED)
        return Attestation(
            origins=tuple(sorted({self.origin(s.document) for s in taken})),
            parties=tuple(sorted(parties)),
            conceded_by=tuple(sorted(conceding)),
        )


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
