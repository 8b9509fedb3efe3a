"""The routes that add to a ledger: reports, and what people decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, get_args

import msgspec
from fastapi import APIRouter, File, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from counterclaim import pipeline
from counterclaim.api.answers import Judged
from counterclaim.api.asked import InProject
from counterclaim.api.describing import DESCRIBED, union
from counterclaim.model import Capture, Problem
from counterclaim.model.errors import Messages, RefusedError
from counterclaim.pipeline import Summary
from counterclaim.serving.deciding import Request as Decision
from counterclaim.serving.deciding import decide
from counterclaim.sources import read_stream
from counterclaim.teams import Action

router = APIRouter(tags=["changing"])
_decoder = msgspec.json.Decoder(Decision)


@router.post("/projects/{project}/documents", responses=DESCRIBED.json(Summary, "What became of them."))
def add(asked: InProject, files: Annotated[list[UploadFile], File(description="Reports.")]) -> Response:
    """Add reports: web pages, texts, JSON, JSON Lines. One that cannot be used is named, the rest goes on."""
    asked.access.require(Action.INGEST)
    return asked.answer(pipeline.add_captures(asked.ledger, _captures(files)))


@router.post(
    "/projects/{project}/judgements",
    responses=DESCRIBED.json(Judged, "What was recorded; nothing where the asker held to it already."),
    openapi_extra=union(get_args(Decision)),
)
async def judge(asked: InProject, request: Request) -> Response:
    """Record a decision in the asker's name."""
    content = await request.body()
    return await run_in_threadpool(_judge, asked, content)


def _judge(asked: InProject, content: bytes) -> Response:
    asked.access.require(Action.JUDGE)
    try:
        decision = _decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusedError(Messages.decision_incomplete(str(error))) from error
    made = decide(asked.ledger, decision, asked.catalogue)
    return asked.answer(Judged(judgements=tuple(made)))


def _captures(files: list[UploadFile]) -> Iterator[Capture | Problem]:
    for each in files:
        name = (each.filename or "report").replace("\\", "/").rpartition("/")[2] or "report"
        yield from read_stream(name, each.file)
