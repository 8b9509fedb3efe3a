"""How each claim stands at a moment: a pure function of what the ledger knew then. No verdict."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from counterclaim.claims.gist import Gist, gist_of
from counterclaim.disputes.copies import outlet
from counterclaim.disputes.opposition import days_apart
from counterclaim.model import (
    Board,
    Claim,
    ClaimStatus,
    Document,
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
MEANT = 0.6
"""Share of a statement's words that stand in a correction which means it."""

_NOTE = re.compile(
    r"^[^\n]*(?:\b(?:Correction|CORRECTION|Clarification|CLARIFICATION|Editor[’']s note|EDITOR[’']S NOTE)s?\b"
    r" ?[:.—–-]"
    r"|\b[Aa]n (?:earlier|previous) version of (?:this|the) (?:story|article|report|dispatch)\b"
    r"|\b(?:has|have) (?:retracted|withdrawn) (?:this|the|a|an|its) (?:story|article|report)\b)[^\n]*",
    re.MULTILINE,
)
_TAKEN_BACK = re.compile(r"\b(?:retract(?:ed|s|ion)?|withdr(?:awn|awal|ew)|disregard)\b", re.IGNORECASE)
_WORD = re.compile(r"\w{4,}|\d+")


def claim_statuses(snapshot: Snapshot, board: Board) -> dict[str, tuple[StatusNote, ...]]:
    """Return for each claim of a board, by its id, what holds of it, in the order of ``ClaimStatus``."""
    return _Reading(snapshot, board).all()


class _Reading:
    def __init__(self, snapshot: Snapshot, board: Board) -> None:
        self._board = board
        self._documents = {document.key: document for document in snapshot.documents}
        self._statements = {s.id: s for s in snapshot.statements}
        standing = Standing.of(snapshot)
        self._taken_back = {j.left: j for j in standing.judgements if j.kind is JudgementKind.RETRACTED}
        self._verified: dict[str, list[Judgement]] = defaultdict(list)
        for j in standing.judgements:
            if j.kind is JudgementKind.VERIFIED and not by_program(j):
                self._verified[j.left].append(j)
        self._notes = list(_correction_notes(self._documents))
        self._party = {
            statement: voice.key
            for claim in board.claims
            for voice in claim.attestation.asserted_by
            for statement in voice.statements
        }
        self._counting: dict[tuple[str, str], list[Gist]] = defaultdict(list)
        for s in snapshot.statements:
            document = self._documents.get(s.document)
            if document is None or s.id not in self._party:
                continue
            gist = gist_of(s, document)
            if gist is not None and gist.positive:
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
        if counted.attested <= 1 and counted.corroborated <= 1:
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
        yield from self._revised(statements)

    def _taken(self, statements: Sequence[Statement]) -> Iterator[StatusNote]:
        """Give what the outlet corrected or took back, or a person recorded as taken back."""
        for s in statements:
            judgement = self._taken_back.get(s.id) or self._taken_back.get(s.document)
            if judgement is not None:
                reason = (judgement.reason,) if judgement.reason else ()
                yield StatusNote(status=ClaimStatus.RETRACTED, words=reason, statements=(s.id,))
            document = self._documents[s.document]
            for later, note in self._notes:
                if later.key == document.key or not _follows(later, document):
                    continue
                words = {word.casefold() for word in _WORD.findall(s.content_text)}
                told = {word.casefold() for word in _WORD.findall(note)}
                if len(words) > 2 and len(words & told) >= MEANT * len(words):
                    back = bool(_TAKEN_BACK.search(note))
                    status = ClaimStatus.RETRACTED if back else ClaimStatus.CORRECTED
                    yield StatusNote(status=status, words=(" ".join(note.split()),), statements=(s.id,))

    def _revised(self, statements: Sequence[Statement]) -> Iterator[StatusNote]:
        """Give later figures by the same party for the same count, where it no longer gives this one."""
        for s in statements:
            document = self._documents[s.document]
            gist = gist_of(s, document) if s.id in self._party else None
            if gist is None or not gist.positive:
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


def _correction_notes(documents: Mapping[str, Document]) -> Iterator[tuple[Document, str]]:
    for key in sorted(documents):
        for match in _NOTE.finditer(documents[key].text):
            yield documents[key], match.group()


def _follows(later: Document, earlier: Document) -> bool:
    """Tell whether one report is of the same outlet or origin as an earlier one, and not older."""
    house = outlet(later) is not None and outlet(later) == outlet(earlier)
    same = house or later.id == earlier.id or later.origin_key == earlier.origin_key
    return same and (later.published or "9") >= (earlier.published or "")
