"""What people decided: who, what, why, on what evidence, and whether it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import msgspec

from counterclaim.model import Evidence, Judgement, JudgementKind, Snapshot
from counterclaim.model.standing import Standing, State
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.reasons import words_of

_WORDS = {
    JudgementKind.SAME_CLAIM: "the same claim",
    JudgementKind.OPPOSED: "opposed",
    JudgementKind.NOT_SAME_CLAIM: "not the same claim",
    JudgementKind.NOT_OPPOSED: "not opposed",
    JudgementKind.SAME_ACTOR: "the same actor",
    JudgementKind.DIFFERENT_ACTORS: "different actors",
    JudgementKind.MEMBER_OF: "speaks for",
    JudgementKind.NOT_MEMBER_OF: "does not speak for",
    JudgementKind.COPY: "a copy",
    JudgementKind.DERIVED: "derived",
    JudgementKind.REVISES: "a later version",
    JudgementKind.GRADED: "grade",
}


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement of a person.

    ``says`` is what it comes to: who rejects a same-claim edge says not-same-claim. ``left`` and ``right``
    are what that is about, ``answers`` the judgement that is confirmed, rejected or undone. ``against`` are
    the people who decided otherwise, ``undone_by`` is who took it back. ``recorded`` is when the ledger
    learnt it (ISO 8601), where that was asked for.
    """

    id: str
    kind: JudgementKind
    says: JudgementKind
    left: str
    left_name: str
    right: str
    right_name: str
    author: str
    reason: str
    state: State
    against: tuple[str, ...] = ()
    undone_by: str | None = None
    answers: str = ""
    follows: str = ""
    grade: str | None = None
    evidence: tuple[Evidence, ...] = ()
    recorded: str | None = None


def decisions_on(catalogue: Catalogue, identifiers: Iterable[str]) -> tuple[Decision, ...]:
    """List what people decided about statements, documents or actors, and about judgements on them.

    In recorded order; undoings are not listed by themselves, but with what they take back.
    """
    standing = catalogue.standing
    if not catalogue.decided:
        return ()
    wanted = {each for about in identifiers for each in catalogue.decided.get(about, ())}
    return tuple(
        _decision(standing, standing.known[each], lambda key: words_of(catalogue, key))
        for each in standing.order
        if each in wanted
    )


def decision_rows(decided: Snapshot, times: Mapping[str, datetime]) -> list[Decision]:
    """List all that people decided, undoings too, in recorded order, with the times of record."""
    standing = Standing.of(decided)
    return [
        msgspec.structs.replace(
            _decision(standing, standing.known[each], lambda key: key), recorded=times[each].isoformat()
        )
        for each in standing.order
    ]


def decision_words(decision: Decision, about: str = "") -> str:
    """Return a decision as a phrase without its author; ``about`` is the id of what it is shown with."""
    if decision.kind is JudgementKind.UNDONE:
        words = f"takes back {decision.answers}"
    elif decision.grade is not None:
        words = f"grade {decision.grade}"
    elif decision.says in (JudgementKind.CONFIRMED, JudgementKind.REJECTED):
        wrong = decision.says is JudgementKind.REJECTED
        words = (
            ("not so" if wrong else "so") if decision.answers else f"read {'wrongly' if wrong else 'rightly'}"
        )
    elif decision.says not in _WORDS:
        words = str(decision.says)
    else:
        words = _WORDS[decision.says]
    names = [
        f"{name} {key}" if name != key else key
        for key, name in ((decision.left, decision.left_name), (decision.right, decision.right_name))
        if key not in {"", about} and not (about and decision.kind is JudgementKind.UNDONE)
    ]
    if names and decision.kind is not JudgementKind.UNDONE:
        words += f": {', '.join(names)}"
    return words


def disagreeing(decisions: Iterable[Decision]) -> list[str]:
    """Return the people who contradict each other in some of these decisions, sorted."""
    return sorted({each.author for each in decisions if each.state is State.CONFLICT})


def state_words(decision: Decision) -> str:
    """Return why a decision does not stand; nothing where it does."""
    match decision.state:
        case State.REPLACED:
            return f"replaced: {decision.author} decided again later"
        case State.UNDONE:
            return f"taken back by {decision.undone_by}"
        case State.CONFLICT:
            return f"contradicted by {', '.join(decision.against)}; neither stands"
        case _:
            return ""


def short_words(decisions: Iterable[Decision], about: str) -> list[str]:
    """Return what people hold to about one statement, a few words each: readings, checks and grades.

    ``about`` is its id. How it stands to other statements is told where the claims are.
    """
    return [
        f"{decision_words(each, about)} by {each.author}"
        + (f" ({words})" if (words := state_words(each)) else "")
        for each in decisions
        if not each.right and each.state in (State.STANDS, State.CONFLICT)
    ]


def evidence_words(evidence: Evidence) -> str:
    """Return a piece of evidence on one line."""
    file = f"file {evidence.capture}" if evidence.capture else ""
    return ", ".join(filter(None, (evidence.url, file, evidence.note)))


def _decision(standing: Standing, judgement: Judgement, name: Callable[[str], str]) -> Decision:
    stance = standing.stance(judgement.id)
    left, right = (stance.left, stance.right) if stance else (judgement.left, judgement.right)
    undoing = standing.undone_by.get(judgement.id)
    conflict = standing.conflict_of(judgement.id)
    answering = judgement.kind is JudgementKind.UNDONE or (stance is not None and stance.target is not None)
    return Decision(
        id=judgement.id,
        kind=judgement.kind,
        says=stance.kind if stance else judgement.kind,
        left=left,
        left_name=name(left),
        right=right,
        right_name=name(right) if right else "",
        author=judgement.author,
        reason=judgement.reason,
        state=standing.state(judgement.id),
        against=tuple(a for a in conflict.authors if a != judgement.author) if conflict else (),
        undone_by=standing.known[undoing].author if undoing else None,
        answers=judgement.left if answering else "",
        follows=judgement.follows,
        grade=str(judgement.grade) if judgement.grade else None,
        evidence=judgement.evidence,
    )
