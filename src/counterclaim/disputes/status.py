"""How each claim stands at a moment: a pure function of what the ledger knew then. No verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from counterclaim.claims.gist import Gist, gist_of
from counterclaim.claims.quantities import quantities
from counterclaim.disputes.changes import Change, ChangeKind, withdrawn
from counterclaim.disputes.corrections import Correction, read_corrections, told
from counterclaim.disputes.lineage import Lineage, read_lineage
from counterclaim.disputes.opposition import days_apart
from counterclaim.model import (
    Board,
    Claim,
    ClaimStatus,
    Judgement,
    JudgementKind,
    Snapshot,
    Statement,
    StatusNote,
)
from counterclaim.model.judgement import by_program
from counterclaim.model.standing import Standing

REVISED_DAYS = 14
"""Days after which another figure counts another event."""


def claim_statuses(
    snapshot: Snapshot, board: Board, lineage: Lineage | None = None
) -> dict[str, tuple[StatusNote, ...]]:
    """Return for each claim of a board, by its id, what holds of it, in the order of ``ClaimStatus``.

    ``lineage`` is read off the snapshot where None.
    """
    known = read_lineage(snapshot.documents, snapshot.judgements) if lineage is None else lineage
    return _Reading(snapshot, board, known).all()


class _Reading:
    def __init__(self, snapshot: Snapshot, board: Board, lineage: Lineage) -> None:
        self._board = board
        self._documents = {document.key: document for document in snapshot.documents}
        self._statements = {s.id: s for s in snapshot.statements}
        standing = Standing.of(snapshot)
        self._taken_back = {j.left: j for j in standing.judgements if j.kind is JudgementKind.RETRACTED}
        self._verified: dict[str, list[Judgement]] = defaultdict(list)
        for j in standing.judgements:
            if j.kind is JudgementKind.VERIFIED and not by_program(j):
                self._verified[j.left].append(j)
        self._versions = lineage.versions
        self._withdrawn = withdrawn(snapshot, lineage.versions)
        self._corrections: dict[str, list[Correction]] = defaultdict(list)
        for correction in read_corrections(snapshot.documents, lineage.versions, lineage):
            for key in (*correction.certain, *correction.possible):
                self._corrections[key].append(correction)
        self._party = {
            statement: voice.key
            for claim in board.claims
            for voice in claim.attestation.asserted_by
            for statement in voice.statements
        }
        self._counting: dict[tuple[str, str], list[Gist]] = defaultdict(list)
        self._counted: dict[str, Gist] = {}
        for s in snapshot.statements:
            document = self._documents.get(s.document)
            if document is None or s.id not in self._party or not quantities(s.content_text):
                continue  # most statements count nothing, and a gist takes long to read
            gist = gist_of(s, document)
            if gist is not None and gist.positive:
                self._counted[s.id] = gist
                for quantity in gist.quantities:
                    self._counting[self._party[s.id], quantity.measure].append(gist)
        self._against: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for dispute in board.disputes:
            for position in dispute.positions:
                others = (s for p in dispute.positions if p.id != position.id for s in p.statements)
                for claim in position.claims:
                    self._against[claim].append((dispute.question, tuple(sorted(set(others)))))

    def all(self) -> dict[str, tuple[StatusNote, ...]]:
        order = list(ClaimStatus)
        return {
            claim.id: tuple(sorted(self._of(claim), key=lambda note: (order.index(note.status), note.words)))
            for claim in self._board.claims
        }

    def _of(self, claim: Claim) -> Iterator[StatusNote]:
        counted = claim.attestation
        if max(counted.attested, counted.corroborated) == 1:
            yield StatusNote(status=ClaimStatus.SINGLE_VOICE, statements=claim.statements)
        if counted.attested > 1:
            words = f"{counted.attested} independent origins"
            yield StatusNote(status=ClaimStatus.ATTESTED, words=(words,), statements=claim.statements)
        if counted.corroborated > 1:
            words = f"{counted.corroborated} independent parties"
            told = tuple(sorted(s for voice in counted.asserted_by for s in voice.statements))
            yield StatusNote(status=ClaimStatus.CORROBORATED, words=(words,), statements=told)
        for question, others in self._against[claim.id]:
            yield StatusNote(status=ClaimStatus.CONTESTED, words=(question,), statements=others)
        statements = [self._statements[each] for each in claim.statements]
        unverified = [s for s in statements if s.id in claim.unverified and s.verification is not None]
        if unverified:
            said = sorted({s.verification.span.quote for s in unverified if s.verification is not None})
            yield StatusNote(
                status=ClaimStatus.UNVERIFIED, words=tuple(said), statements=tuple(s.id for s in unverified)
            )
        if counted.conceded_by:
            yield StatusNote(status=ClaimStatus.CONCEDED, words=counted.conceded_by)
        for s in statements:
            for judgement in self._verified.get(s.id, ()):
                by = ": ".join(filter(None, (judgement.author, judgement.reason)))
                yield StatusNote(status=ClaimStatus.VERIFIED, words=(by,), statements=(s.id,))
        yield from self._taken(statements)
        yield from self._dropped(statements)
        yield from self._revised(statements)

    def _taken(self, statements: Sequence[Statement]) -> Iterator[StatusNote]:
        """Give what the outlet corrected or took back, or a person recorded as taken back."""
        for s in statements:
            judgement = self._taken_back.get(s.id) or self._taken_back.get(s.document)
            if judgement is not None:
                reason = (judgement.reason,) if judgement.reason else ()
                yield StatusNote(status=ClaimStatus.RETRACTED, words=reason, statements=(s.id,))
            change = self._withdrawn.get(s.id)
            gone = _gone(s, change) if change else None
            for correction in self._corrections.get(s.document, ()):
                if correction.means(s, gone):
                    yield StatusNote(
                        status=ClaimStatus.RETRACTED if correction.back else ClaimStatus.CORRECTED,
                        words=(" ".join(correction.span.quote.split()),),
                        statements=(s.id,),
                        document=correction.document,
                        span=correction.span,
                    )

    def _dropped(self, statements: Sequence[Statement]) -> Iterator[StatusNote]:
        """Give the statements that only an older version holds, with what the latest says instead."""
        for s in statements:
            change = self._withdrawn.get(s.id)
            if change is None:
                continue
            latest = self._versions.latest(s.document)
            now = self._statements[change.new].content_text if change.new else ""
            name = self._documents[latest].id
            was, now = " ".join(s.content_text.split()), " ".join(now.split())
            words = f"{name} no longer has “{was}”" + (f" but “{now}”" if now else "")
            yield StatusNote(
                status=ClaimStatus.WITHDRAWN, words=(words,), statements=(s.id,), document=latest
            )

    def _revised(self, statements: Sequence[Statement]) -> Iterator[StatusNote]:
        """Give later figures by the same party for the same count, where it no longer gives this one."""
        for s in statements:
            gist = self._counted.get(s.id)
            if gist is None:
                continue
            for quantity in gist.quantities:
                later = [
                    other
                    for other in self._counting[self._party[s.id], quantity.measure]
                    if (other.published or "") > (gist.published or "9")
                    and days_apart(gist.published, other.published) <= REVISED_DAYS
                    and _one_count(gist, other)
                ]
                if not later:
                    continue
                last = max(later, key=lambda other: (other.published or "", other.statement.id))
                value = next(each.value for each in last.quantities if each.measure == quantity.measure)
                if value != quantity.value:
                    words = f"{quantity.value:g} {quantity.measure}, later {value:g}"
                    yield StatusNote(
                        status=ClaimStatus.SUPERSEDED, words=(words,), statements=(last.statement.id,)
                    )


def _one_count(one: Gist, other: Gist) -> bool:
    """Tell whether two numbers count one thing: names or words in common, in reports that lead alike."""
    common = bool(one.names & other.names) or len(one.terms & other.terms) >= 3
    return common and bool((one.lead | one.names) & (other.lead | other.names))


def _gone(s: Statement, change: Change) -> frozenset[str]:
    """Return the words of a statement that the latest version no longer has.

    For one that was dropped these are its words without its numbers, which stand for too little alone.
    """
    if change.kind is ChangeKind.DROPPED:
        return frozenset(word for word in told(s.content_text) if not word.isdigit())
    return told(" ".join(each.old.quote for each in change.words if each.old is not None))
