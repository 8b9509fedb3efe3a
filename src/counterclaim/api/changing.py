"""The routes that add to a ledger: reports, and what people decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from counterclaim import pipeline
from counterclaim.api.answers import Address, Judged
from counterclaim.api.asked import Asked, InProject
from counterclaim.api.describing import DESCRIBED, FILES, union
from counterclaim.model import Capture, Problem
from counterclaim.model.errors import Messages, RefusedError
from counterclaim.pipeline import Summary
from counterclaim.serving.deciding import Request as Decision
from counterclaim.serving.deciding import decide
from counterclaim.serving.taking import add_address
from counterclaim.sources import read_stream
from counterclaim.teams import Action

router = APIRouter(tags=["changing"])

MOST_FILES = 1_000
"""Files of one request; all together they are as large as a request may be."""


@router.post(
    "/projects/{project}/documents",
    responses=DESCRIBED.json(Summary, "What became of them."),
    openapi_extra=FILES,
)
async def add(asked: InProject, request: Request) -> Response:
    """Add reports: web pages, texts, JSON, JSON Lines. One that cannot be used is named, the rest goes on."""
    asked.access.require(Action.INGEST)
    # Read here, and not by FastAPI, which would take the files in before it is known who sends them.
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as fields:
        files = [each for each in fields.getlist("files") if isinstance(each, UploadFile)]
        if not files or len(files) < len(fields.getlist("files")):
            raise RefusedError(Messages.parameters_wrong("body.files: files are needed"))
        return await run_in_threadpool(_add, asked, files)


def _add(asked: Asked, files: list[UploadFile]) -> Response:
    return asked.answer(pipeline.add_captures(asked.ledger, _captures(files)))


@router.post(
    "/projects/{project}/documents/by-address",
    responses=DESCRIBED.json(Summary, "What became of it."),
    openapi_extra=DESCRIBED.body(Address),
)
async def add_by_address(asked: InProject, request: Request) -> Response:
    """Fetch a report from its public address and add it."""
    asked.access.require(Action.INGEST)
    content = await request.body()
    return await run_in_threadpool(_add_by_address, asked, content)


def _add_by_address(asked: Asked, content: bytes) -> Response:
    address = _decoded(content, Address)
    return asked.answer(add_address(asked.desk.settings, asked.ledger, address.url))


@router.post(
    "/projects/{project}/judgements",
    responses=DESCRIBED.json(Judged, "What was recorded; nothing where the asker held to it already."),
    openapi_extra=union(get_args(Decision)),
)
async def judge(asked: InProject, request: Request) -> Response:
    """Record a decision in the asker's name."""
    asked.access.require(Action.JUDGE)
    content = await request.body()
    return await run_in_threadpool(_judge, asked, content)


def _judge(asked: Asked, content: bytes) -> Response:
    decision = _decoded(content, Decision)
    made = decide(asked.ledger, decision, asked.catalogue)
    return asked.answer(Judged(judgements=tuple(made)))


def _decoded(content: bytes, kind: Any) -> Any:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RefusedError(Messages.body_wrong(str(error))) from error


def _captures(files: list[UploadFile]) -> Iterator[Capture | Problem]:
    for each in files:
        name = (each.filename or "report").replace("\\", "/").rpartition("/")[2] or "report"
        yield from read_stream(name, each.file)
