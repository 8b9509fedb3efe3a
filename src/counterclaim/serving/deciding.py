"""What a person can decide over the page or the API, one typed request each, and the judgements it makes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

import msgspec

from counterclaim.actors import shipped_knowledge
from counterclaim.actors.judging import Judge
from counterclaim.disputes.judging import parse_grade
from counterclaim.model import Capture, Evidence, Judgement, JudgementKind
from counterclaim.model.errors import Messages, RefusedError
from counterclaim.teams.project_ledger import ProjectLedger
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.find import claims_of_all, find_claim, find_speaking

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Words = Annotated[str, msgspec.Meta(max_length=2_000)]


class Decision(msgspec.Struct, frozen=True, kw_only=True, tag_field="decision"):
    """What every decision has: why, in a few words that are kept with it."""

    reason: Words = ""


class Relate(Decision, frozen=True, kw_only=True, tag="relate"):
    """Two statements make the same claim, cannot both be true, or not so."""

    kind: Literal["same-claim", "not-same-claim", "opposed", "not-opposed"]
    one: Name
    other: Name


class Answer(Decision, frozen=True, kw_only=True, tag="answer"):
    """A judgement, or a statement as it was read, is right (confirmed) or wrong (rejected)."""

    kind: Literal["confirmed", "rejected"]
    about: Name


class Merge(Decision, frozen=True, kw_only=True, tag="merge"):
    """Two claims are one."""

    one: Name
    other: Name


class Split(Decision, frozen=True, kw_only=True, tag="split"):
    """These statements do not make the claim in which they stand."""

    statements: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=100)]


class Copies(Decision, frozen=True, kw_only=True, tag="copies"):
    """Of two reports one is a copy of the other, made from it, or neither."""

    kind: Literal["copy", "derived", "independent"]
    one: Name
    other: Name


class Verify(Decision, frozen=True, kw_only=True, tag="verified"):
    """A statement was checked and is borne out, by addresses, notes and files that come with the request."""

    about: Name
    urls: Annotated[tuple[Words, ...], msgspec.Meta(max_length=20)] = ()
    notes: Annotated[tuple[Words, ...], msgspec.Meta(max_length=20)] = ()


class GradeSet(Decision, frozen=True, kw_only=True, tag="grade"):
    """An Admiralty grade of a statement or a report, such as B2."""

    about: Name
    grade: Annotated[str, msgspec.Meta(min_length=2, max_length=2)]


class SameActor(Decision, frozen=True, kw_only=True, tag="same-actor"):
    """Two names are one actor."""

    one: Name
    other: Name


class DifferentActors(Decision, frozen=True, kw_only=True, tag="different-actors"):
    """Two names are two actors."""

    one: Name
    other: Name


class SpeaksFor(Decision, frozen=True, kw_only=True, tag="speaks-for"):
    """An actor speaks for a party, or where ``denied`` does not."""

    actor: Name
    party: Name
    denied: bool = False


class Protect(Decision, frozen=True, kw_only=True, tag="protect"):
    """The names of a statement's speaker, or of an actor, are kept from readers."""

    about: Name
    words: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1, max_length=50)]


class Undo(Decision, frozen=True, kw_only=True, tag="undo"):
    """A judgement of a person is taken back."""

    judgement: Name


Request = (
    Relate
    | Answer
    | Merge
    | Split
    | Copies
    | Verify
    | GradeSet
    | SameActor
    | DifferentActors
    | SpeaksFor
    | Protect
    | Undo
)


def checked(request: Request) -> Request:
    """Return a request that was put together here, once its parts are found to be within their bounds.

    Raises RefusedError where one is missing or too long.
    """
    try:
        whole: Request = msgspec.convert(msgspec.to_builtins(request), type=Request)
    except msgspec.ValidationError as error:
        raise RefusedError(Messages.decision_incomplete(str(error))) from error
    return whole


def decide(
    ledger: ProjectLedger,
    request: Request,
    catalogue: Callable[[], Catalogue],
    files: Sequence[Capture] = (),
) -> list[Judgement]:
    """Record what a person decides, all of it or nothing; return the judgements, none where they hold to it.

    ``catalogue`` gives everything that is known, for decisions about claims and actors; it may take long.
    ``files`` bear a verification out, and go with no other decision. Raises LedgerError, or NotAllowedError.
    """
    if files and not isinstance(request, Verify):
        raise RefusedError(Messages.attachment_unused(files[0].name))
    judgements = _made(ledger, request, catalogue, files)
    ledger.judge_all(judgements, files if judgements else ())
    return judgements


def _made(
    ledger: ProjectLedger, request: Request, catalogue: Callable[[], Catalogue], files: Sequence[Capture]
) -> list[Judgement]:
    if isinstance(request, SameActor | DifferentActors | SpeaksFor):
        return _of_actors(ledger, request, catalogue())
    analyst = ledger.analyst(request.reason)
    match request:
        case Relate():
            pair = ledger.statement(request.one).id, ledger.statement(request.other).id
            return analyst.relate(JudgementKind(request.kind), [pair])
        case Answer():
            kind = JudgementKind(request.kind)
            if request.about.startswith("s-"):
                return analyst.answer(kind, ledger.statement(request.about).id)
            judged = ledger.judgement(request.about)
            return analyst.answer(kind, judged.id, judged)
        case Merge():
            known = catalogue()
            return analyst.merge(find_claim(known, request.one), find_claim(known, request.other))
        case Split():
            ids = [ledger.statement(each).id for each in request.statements]
            return analyst.split(claims_of_all(catalogue(), ids), ids)
        case Copies():
            one, other = ledger.document(request.one).key, ledger.document(request.other).key
            if request.kind == "independent":
                return analyst.independent(ledger.judgements(), one, other)
            return analyst.copies(one, other, JudgementKind(request.kind))
        case Verify():
            evidence = [Evidence(url=url) for url in request.urls]
            evidence += [Evidence(capture=each.sha256, note=each.name) for each in files]
            evidence += [Evidence(note=note) for note in request.notes]
            return analyst.verified(ledger.statement(request.about).id, evidence)
        case GradeSet():
            is_statement = request.about.startswith("s-")
            about = ledger.statement(request.about).id if is_statement else ledger.document(request.about).key
            return analyst.grade(about, parse_grade(request.grade))
        case Protect():
            return analyst.protect(find_speaking(catalogue(), request.about).id, request.words)
        case Undo():
            return analyst.undo(ledger.judgement(request.judgement))


def _of_actors(
    ledger: ProjectLedger, request: SameActor | DifferentActors | SpeaksFor, known: Catalogue
) -> list[Judgement]:
    judge = Judge(
        known.snapshot, known.index, shipped_knowledge(), author=ledger.access.user, reason=request.reason
    )
    if isinstance(request, SameActor):
        return judge.merge(request.one, request.other)
    if isinstance(request, DifferentActors):
        return judge.split(request.one, request.other)
    return judge.party(request.actor, request.party, denied=request.denied)
