"""Attested and corroborated: how many independent origins, how many independent parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from counterclaim.model import Act, Attestation, Document, OriginBasis, Statement

_STRONG = frozenset({OriginBasis.COPYRIGHT, OriginBasis.CREDIT, OriginBasis.BYLINE, OriginBasis.DATELINE})


class Independence:
    """What is independent of what, in one snapshot: documents by origin, speakers by party."""

    def __init__(self, documents: Iterable[Document], groups: dict[str, str]) -> None:
        self._groups = groups
        members: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            members[groups.get(document.key, document.key)].append(document)
        self._origin = {group: _origin_of(copies) for group, copies in members.items()}

    def origin(self, document_key: str) -> str:
        """Return the origin of a document: for copies, the one whose reporting they all carry."""
        return self._origin[self._groups.get(document_key, document_key)]

    def party(self, statement: Statement) -> str | None:
        """Return the party that speaks; None for the report's own voice and unnamed sources.

        An anonymous source is a party of its own within its report and the report's copies, unless
        the report says whose official it is.
        """
        speaker = statement.speaker
        if speaker is None:
            return None
        if not speaker.anonymous or speaker.party != speaker.actor:
            return speaker.party
        group = self._groups.get(statement.document, statement.document)
        return speaker.actor.replace(statement.document, group, 1)

    def attestation(
        self, statements: Iterable[Statement], opponents: Iterable[Statement] = ()
    ) -> Attestation:
        """Count origins and parties of the statements that take one position.

        ``opponents`` are the statements of the other positions: a party that stands on both sides,
        or admits what its own side denies, concedes.
        """
        taken = list(statements)
        against = {party for s in opponents if (party := self.party(s))}
        parties = {party for s in taken if (party := self.party(s))}
        conceding = {
            party for s in taken if s.act is Act.ADMIT and (party := self.party(s)) and party in against
        }
        return Attestation(
            origins=tuple(sorted({self.origin(s.document) for s in taken})),
            parties=tuple(sorted(parties)),
            conceded_by=tuple(sorted(conceding)),
        )


def _origin_of(copies: list[Document]) -> str:
    """Return the origin that a group of copies shares.

    A credit or copyright line that any of them carries names it, the most frequent first; without
    one it is the report published first.
    """
    named: dict[str, int] = defaultdict(int)
    for document in copies:
        if document.origin is not None and document.origin.basis in _STRONG:
            named[document.origin.key] += 1
    if named:
        return min(named, key=lambda key: (-named[key], key))
    first = min(copies, key=lambda document: (document.published or "9999", document.key))
    return first.origin_key
