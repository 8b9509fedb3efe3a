"""Corrections in place: the forms of the pages, each as the decision that it stands for."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response

from counterclaim.model.errors import Messages, QuestionError
from counterclaim.serving.deciding import (
    Answer,
    Copies,
    DifferentActors,
    GradeSet,
    Relate,
    Request,
    SameActor,
    SpeaksFor,
    Split,
    Undo,
    Verify,
    checked,
    decide,
)
from counterclaim.views.decisions import decision_rows
from counterclaim.web.asking import Asking

_MOST_ROWS = 500


def decisions(asking: Asking) -> Response:
    """List what people decided, the last first."""
    rows = decision_rows(*asking.ledger.decided(asking.as_of))
    return asking.page("decisions.html.j2", "What people decided", rows=rows[::-1][:_MOST_ROWS])


def judge(asking: Asking, fields: FormData) -> Response:
    """Record a decision and go back to where it was made."""
    request = checked(_request(fields))
    decide(asking.ledger, request, lambda: asking.catalogue(None))
    return asking.back(asking.to.page())


def _request(fields: FormData) -> Request:
    def given(name: str) -> str:
        value = fields.get(name)
        return value.strip() if isinstance(value, str) else ""

    reason = given("reason")
    match given("decision"):
        case "same-claim" | "not-same-claim" | "opposed" | "not-opposed" as kind:
            return Relate(kind=kind, one=given("one"), other=given("other"), reason=reason)
        case "confirmed" | "rejected" as kind:
            return Answer(kind=kind, about=given("about"), reason=reason)
        case "split":
            return Split(statements=(given("about"),), reason=reason)
        case "verified":
            evidence = given("evidence")
            is_address = evidence.startswith(("http://", "https://"))
            borne = {"urls" if is_address else "notes": (evidence,)} if evidence else {}
            return Verify(about=given("about"), reason=reason, **borne)
        case "grade":
            return GradeSet(about=given("about"), grade=given("grade").upper(), reason=reason)
        case "copy" | "derived" | "independent" as kind:
            return Copies(kind=kind, one=given("one"), other=given("other"), reason=reason)
        case "same-actor":
            return SameActor(one=given("one"), other=given("other"), reason=reason)
        case "different-actors":
            return DifferentActors(one=given("one"), other=given("other"), reason=reason)
        case "speaks-for" | "not-speaks-for" as kind:
            denied = kind == "not-speaks-for"
            return SpeaksFor(actor=given("one"), party=given("other"), denied=denied, reason=reason)
        case "undo":
            return Undo(judgement=given("judgement"), reason=reason)
        case other:
            raise QuestionError(Messages.decision_unknown(other))
