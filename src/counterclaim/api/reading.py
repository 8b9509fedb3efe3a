"""The routes that only read."""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from counterclaim.api.answers import (
    DocumentList,
    HitList,
    JudgementList,
    LedgerAnswer,
    ProjectAnswer,
    ProjectList,
    RecordedDocument,
    RecordedJudgement,
    RecordedStatement,
    ReviewList,
    StatementList,
)
from counterclaim.api.asked import Asked, AsOf, Cursor, InProject, Limit, Name, moment
from counterclaim.api.describing import DESCRIBED
from counterclaim.ledger.paging import Numbered, page_of
from counterclaim.model import DisputeStatus, Document, Judgement, Statement
from counterclaim.model.errors import Messages, QuestionError, UnknownNameError
from counterclaim.serving.desk import Desk
from counterclaim.serving.visitors import visitor_of
from counterclaim.teams import Access, Action
from counterclaim.views.actor import ActorView
from counterclaim.views.board import DisputeView
from counterclaim.views.board_page import BoardPage, Order, Sought, read_board_page
from counterclaim.views.briefing import Briefing
from counterclaim.views.briefs import read_briefing
from counterclaim.views.claim import ClaimView
from counterclaim.views.diff import DiffView, diff_view
from counterclaim.views.document import DocumentView
from counterclaim.views.happening import parse_happening
from counterclaim.views.lists import ActorPage, ClaimPage, read_actor_page, read_claim_page, read_review
from counterclaim.views.map import MapView
from counterclaim.views.part import read_map, read_timeline
from counterclaim.views.reading import Question, read_answer
from counterclaim.views.search import hits
from counterclaim.views.statement import StatementView
from counterclaim.views.timeline import Lanes, TimelineView

View = TypeVar("View", DisputeView, DocumentView, StatementView, ClaimView, ActorView)
Noun = TypeVar("Noun", Document, Statement, Judgement)
Found = list[tuple[Numbered, Noun]]

Period = Annotated[str | None, Query(max_length=40, description="2021-09-06, 2021-09, or 2021-09..2021-10.")]
Words = Annotated[str, Query(max_length=400)]
Key = Annotated[str | None, Query(max_length=400)]
Start = Annotated[int, Query(ge=0, le=10**9, description="`following` of the page before.")]

router = APIRouter(tags=["reading"])


@router.get("/projects", responses=DESCRIBED.json(ProjectList))
def projects(request: Request) -> Response:
    """List the projects that the asker has a role in."""
    desk: Desk = request.app.state.desk
    answer = ProjectList(projects=tuple(map(_project, desk.projects(visitor_of(request, desk)))))
    return Response(msgspec.json.encode(answer), media_type="application/json")


@router.get("/projects/{project}", responses=DESCRIBED.json(LedgerAnswer))
def ledger(asked: InProject, as_of: AsOf = None) -> Response:
    """Tell how much the project's ledger holds, or held."""
    last = asked.ledger.last_recorded()
    answer = LedgerAnswer(
        project=_project(asked.access),
        counts=asked.ledger.counts(moment(as_of)),
        last_recorded=last.isoformat() if last else None,
    )
    return asked.answer(answer)


@router.get("/projects/{project}/disputes", responses=DESCRIBED.json(BoardPage))
def disputes(
    asked: InProject,
    status: DisputeStatus | None = None,
    actor: Key = None,
    place: Key = None,
    words: Words = "",
    unverified: bool = False,
    happened: Period = None,
    reported: Period = None,
    order: Order = Order.WEIGHT,
    limit: Limit = 20,
    cursor: Cursor = None,
    as_of: AsOf = None,
) -> Response:
    """List disputes in brief: those that have all of what is asked for."""
    sought = Sought(
        status=status,
        actor=actor,
        place=place,
        words=words,
        unverified=unverified,
        happened=parse_happening(happened) if happened else None,
        reported=parse_happening(reported) if reported else None,
    )
    page, note = read_board_page(
        asked.ledger, asked.question(as_of), sought, order=order, limit=limit, cursor=cursor
    )
    return asked.answer(page, note)


@router.get("/projects/{project}/disputes/{name}", responses=DESCRIBED.json(DisputeView))
def dispute(asked: InProject, name: Name, as_of: AsOf = None) -> Response:
    """Return a dispute whole."""
    return _one(asked, name, as_of, DisputeView)


@router.get("/projects/{project}/disputes/{name}/brief", responses=DESCRIBED.json(Briefing))
def brief(asked: InProject, name: Name, as_of: AsOf = None) -> Response:
    """Return one page on a dispute: sentences, each with footnotes to the words in the reports."""
    return asked.answer(*read_briefing(asked.ledger, asked.question(as_of), name))


@router.get("/projects/{project}/claims", responses=DESCRIBED.json(ClaimPage))
def claims(asked: InProject, limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None) -> Response:
    """List claims, in order of their ids."""
    page, note = read_claim_page(asked.ledger, asked.question(as_of), limit, cursor or "")
    return asked.answer(page, note)


@router.get("/projects/{project}/claims/{name}", responses=DESCRIBED.json(ClaimView))
def claim(asked: InProject, name: Name, as_of: AsOf = None) -> Response:
    """Return a claim with the statements that make it."""
    return _one(asked, name, as_of, ClaimView)


@router.get("/projects/{project}/actors", responses=DESCRIBED.json(ActorPage))
def actors(asked: InProject, limit: Limit = 50, start: Start = 0, as_of: AsOf = None) -> Response:
    """List the actors that speak, who speaks most first."""
    page, note = read_actor_page(asked.ledger, asked.question(as_of), limit, start)
    return asked.answer(page, note)


@router.get("/projects/{project}/actors/{name:path}", responses=DESCRIBED.json(ActorView))
def actor(asked: InProject, name: Name, as_of: AsOf = None) -> Response:
    """Return an actor: names, roles, positions and everything said."""
    return _one(asked, name, as_of, ActorView)


@router.get("/projects/{project}/documents", responses=DESCRIBED.json(DocumentList))
def documents(asked: InProject, limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None) -> Response:
    """List versions of reports, the last recorded first."""
    found, following = _page(asked, Document, limit, cursor, as_of)
    rows = (RecordedDocument(recorded=n.recorded.isoformat(), document=each) for n, each in found)
    return asked.answer(DocumentList(documents=tuple(rows), following=following))


@router.get("/projects/{project}/documents/{name:path}", responses=DESCRIBED.json(DocumentView))
def document(asked: InProject, name: Name, version: Key = None, as_of: AsOf = None) -> Response:
    """Return a report with its statements marked in the text; `version` is a number or a key."""
    return _one(asked, name, as_of, DocumentView, version)


@router.get("/projects/{project}/statements", responses=DESCRIBED.json(StatementList))
def statements(
    asked: InProject, document: Key = None, limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None
) -> Response:
    """List statements, the last recorded first; those of one report where `document` names it."""
    key = asked.ledger.document(document, moment(as_of)).key if document else None
    found, following = _page(asked, Statement, limit, cursor, as_of, key)
    rows = (RecordedStatement(recorded=n.recorded.isoformat(), statement=each) for n, each in found)
    return asked.answer(StatementList(statements=tuple(rows), following=following))


@router.get("/projects/{project}/statements/{name}", responses=DESCRIBED.json(StatementView))
def statement(asked: InProject, name: Name, as_of: AsOf = None) -> Response:
    """Return a statement with the way back to the bytes of its source."""
    return _one(asked, name, as_of, StatementView)


@router.get("/projects/{project}/judgements", responses=DESCRIBED.json(JudgementList))
def judgements(asked: InProject, limit: Limit = 50, cursor: Cursor = None, as_of: AsOf = None) -> Response:
    """List judgements of programs and of people, the last recorded first."""
    found, following = _page(asked, Judgement, limit, cursor, as_of)
    rows = (RecordedJudgement(recorded=n.recorded.isoformat(), judgement=each) for n, each in found)
    return asked.answer(JudgementList(judgements=tuple(rows), following=following))


@router.get("/projects/{project}/judgements/{name}", responses=DESCRIBED.json(Judgement))
def judgement(asked: InProject, name: Name, as_of: AsOf = None) -> Response:
    """Return one judgement."""
    return asked.answer(asked.ledger.judgement(name, moment(as_of)))


@router.get("/projects/{project}/search", responses=DESCRIBED.json(HitList))
def search(asked: InProject, q: Words, limit: Limit = 20, as_of: AsOf = None) -> Response:
    """Find statements and reports that hold all the words; a phrase stands in double quotes."""
    asked.access.require(Action.SEARCH)
    return asked.answer(HitList(hits=hits(asked.ledger.search(q, limit, moment(as_of)))))


@router.get("/projects/{project}/diff", responses=DESCRIBED.json(DiffView))
def diff(
    asked: InProject,
    since: Annotated[str, Query(max_length=40, description="A day, or a moment with zone.")],
    until: AsOf = None,
) -> Response:
    """Return what became known between two moments."""
    if until and moment(since) > moment(until):  # type: ignore[operator]
        raise QuestionError(Messages.moments_reversed(since, until))
    return asked.answer(diff_view(asked.catalogue(since), asked.catalogue(until)))


@router.get("/projects/{project}/map", responses=DESCRIBED.json(MapView))
def places(asked: InProject, of: Key = None, happened: Period = None, as_of: AsOf = None) -> Response:
    """Return the places of what is said in a dispute or by an actor (`of`), or on the whole board."""
    answer = read_map(asked.ledger, _within(asked, happened, as_of), of)
    return asked.answer(answer.view, answer.note)


@router.get("/projects/{project}/timeline", responses=DESCRIBED.json(TimelineView))
def timeline(
    asked: InProject,
    of: Key = None,
    lanes: Lanes | None = None,
    happened: Period = None,
    as_of: AsOf = None,
) -> Response:
    """Return what is said in a dispute or by an actor (`of`), or in the disputes of the board, in time."""
    answer = read_timeline(asked.ledger, _within(asked, happened, as_of), of, lanes_of=lanes)
    return asked.answer(answer.view, answer.note)


@router.get("/projects/{project}/review", responses=DESCRIBED.json(ReviewList))
def review(asked: InProject, limit: Limit = 50) -> Response:
    """Return what waits for review, first things first."""
    asked.access.require(Action.REVIEW)
    items, note = read_review(asked.ledger, asked.question())
    return asked.answer(ReviewList(items=items[:limit], waiting=len(items)), note)


def _within(asked: Asked, happened: str | None, as_of: str | None) -> Question:
    question = asked.question(as_of)
    return question._replace(happening=parse_happening(happened)) if happened else question


def _one(
    asked: Asked, name: str, as_of: str | None, kind: type[View], version: str | None = None
) -> Response:
    view, note = read_answer(asked.ledger, asked.question(as_of), name, version)
    if not isinstance(view, kind):
        raise UnknownNameError(Messages.name_unknown(name))
    return asked.answer(view, note)


def _page(
    asked: Asked,
    kind: type[Noun],
    limit: int,
    cursor: str | None,
    as_of: str | None,
    document: str | None = None,
) -> tuple[list[tuple[Numbered, Noun]], str | None]:
    before = None
    if cursor is not None:
        if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
            raise QuestionError(Messages.cursor_invalid(cursor))
        before = int(cursor)
    with asked.ledger.reading() as connection:
        found = page_of(
            connection, kind, limit=limit + 1, before=before, until=moment(as_of), document=document
        )
    following = str(found[limit - 1][0].sequence) if len(found) > limit else None
    return found[:limit], following


def _project(access: Access) -> ProjectAnswer:
    actions = tuple(action for action in Action if access.may(action))
    return ProjectAnswer(name=access.project, role=access.role, actions=actions)
