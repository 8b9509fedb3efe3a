"""A typed client of the REST API: one method for each question, iterators over lists of any length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import msgspec

from counterclaim.api.answers import (
    Address,
    DocumentList,
    FormatList,
    HitList,
    Judged,
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
from counterclaim.client.transport import Transport, written
from counterclaim.model import Judgement
from counterclaim.pipeline import Summary
from counterclaim.serving.deciding import Request as Decision
from counterclaim.serving.deciding import Undo
from counterclaim.views.actor import ActorRow, ActorView
from counterclaim.views.board import DisputeView
from counterclaim.views.board_page import BoardPage
from counterclaim.views.brief import DisputeBrief
from counterclaim.views.briefing import Briefing
from counterclaim.views.claim import ClaimView
from counterclaim.views.diff import DiffView
from counterclaim.views.document import DocumentView
from counterclaim.views.lists import ActorPage, ClaimPage, ClaimRow
from counterclaim.views.map import MapView
from counterclaim.views.review_item import Item
from counterclaim.views.search import Hit
from counterclaim.views.statement import StatementView
from counterclaim.views.timeline import TimelineView

Moment = datetime | str | None
"""A moment with zone, a day or a moment as it is written, or None for now."""
Kind = TypeVar("Kind")


class News(msgspec.Struct, frozen=True, kw_only=True):
    """That the log of a ledger has grown up to this number, and when (ISO 8601)."""

    sequence: int
    recorded: str


class Client:
    """A project of a server. Close it, or use it as a context manager; one thread at a time.

    What the server refuses is raised as the package's own exceptions (UnknownNameError and others), and as
    ApiError for the rest. ``wait`` is how many seconds a call waits at most where the server asks to come
    again; it is repeated once then.
    """

    def __init__(
        self,
        address: str = "http://127.0.0.1:8000",
        *,
        project: str = "ledger",
        token: str | None = None,
        timeout: float = 60.0,
        wait: float = 30.0,
    ) -> None:
        self._transport = Transport(address, token, timeout, wait)
        self._base = f"/projects/{quote(project, safe='')}"

    def close(self) -> None:
        """Let the connection go."""
        self._transport.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Reading.

    def projects(self) -> tuple[ProjectAnswer, ...]:
        """Return the projects that the token, or this machine's user, may open."""
        return self._transport.get("/projects", ProjectList).projects

    def ledger(self, *, as_of: Moment = None) -> LedgerAnswer:
        """Return how much the ledger holds."""
        return self._transport.get(self._base, LedgerAnswer, {"as_of": as_of})

    def disputes(self, *, as_of: Moment = None, limit: int = 50, **sought: Any) -> Iterator[DisputeBrief]:
        """Give disputes in brief, page after page.

        ``sought``: status, actor, place, words, unverified, happened, reported, order, as the API has them.
        """
        cursor = None
        while True:
            page = self.board(as_of=as_of, limit=limit, cursor=cursor, **sought)
            yield from page.disputes
            cursor = page.following
            if cursor is None:
                return

    def board(self, **asked: Any) -> BoardPage:
        """Return one page of the board, with its counts and what it can be narrowed down by."""
        return self._get("disputes", BoardPage, asked)

    def dispute(self, name: str, *, as_of: Moment = None) -> DisputeView:
        """Return a dispute whole."""
        return self._get(f"disputes/{_part(name)}", DisputeView, {"as_of": as_of})

    def brief(self, dispute: str, *, as_of: Moment = None) -> Briefing:
        """Return one page on a dispute."""
        return self._get(f"disputes/{_part(dispute)}/brief", Briefing, {"as_of": as_of})

    def claims(self, *, as_of: Moment = None, limit: int = 200) -> Iterator[ClaimRow]:
        """Give all claims, in order of their ids."""
        cursor = None
        while True:
            page = self._get("claims", ClaimPage, {"as_of": as_of, "limit": limit, "cursor": cursor})
            yield from page.claims
            cursor = page.following
            if cursor is None:
                return

    def claim(self, name: str, *, as_of: Moment = None) -> ClaimView:
        """Return a claim with the statements that make it."""
        return self._get(f"claims/{_part(name)}", ClaimView, {"as_of": as_of})

    def actors(self, *, as_of: Moment = None, limit: int = 200) -> Iterator[ActorRow]:
        """Give the actors that speak, who speaks most first."""
        start: int | None = 0
        while start is not None:
            page = self._get("actors", ActorPage, {"as_of": as_of, "limit": limit, "start": start})
            yield from page.actors
            start = page.following

    def actor(self, name: str, *, as_of: Moment = None) -> ActorView:
        """Return an actor by id or name."""
        return self._get(f"actors/{_part(name)}", ActorView, {"as_of": as_of})

    def documents(self, *, as_of: Moment = None, limit: int = 200) -> Iterator[RecordedDocument]:
        """Give the versions of reports, the last recorded first."""
        cursor = None
        while True:
            page = self._get("documents", DocumentList, {"as_of": as_of, "limit": limit, "cursor": cursor})
            yield from page.documents
            cursor = page.following
            if cursor is None:
                return

    def document(self, name: str, *, version: str | None = None, as_of: Moment = None) -> DocumentView:
        """Return a report with its statements marked."""
        return self._get(f"documents/{_part(name)}", DocumentView, {"version": version, "as_of": as_of})

    def statements(
        self, document: str | None = None, *, as_of: Moment = None, limit: int = 200
    ) -> Iterator[RecordedStatement]:
        """Give statements, of one report or of all, the last recorded first."""
        cursor = None
        while True:
            asked = {"document": document, "as_of": as_of, "limit": limit, "cursor": cursor}
            page = self._get("statements", StatementList, asked)
            yield from page.statements
            cursor = page.following
            if cursor is None:
                return

    def statement(self, name: str, *, as_of: Moment = None) -> StatementView:
        """Return a statement with the way back to its source."""
        return self._get(f"statements/{_part(name)}", StatementView, {"as_of": as_of})

    def judgements(self, *, as_of: Moment = None, limit: int = 200) -> Iterator[RecordedJudgement]:
        """Give the judgements of programs and of people, the last recorded first."""
        cursor = None
        while True:
            page = self._get("judgements", JudgementList, {"as_of": as_of, "limit": limit, "cursor": cursor})
            yield from page.judgements
            cursor = page.following
            if cursor is None:
                return

    def judgement(self, name: str, *, as_of: Moment = None) -> Judgement:
        """Return one judgement."""
        return self._get(f"judgements/{_part(name)}", Judgement, {"as_of": as_of})

    def search(self, words: str, *, limit: int = 20, as_of: Moment = None) -> tuple[Hit, ...]:
        """Return the statements and reports that hold all the words, best first."""
        return self._get("search", HitList, {"q": words, "limit": limit, "as_of": as_of}).hits

    def diff(self, since: Moment, until: Moment = None) -> DiffView:
        """Return what became known between two moments."""
        return self._get("diff", DiffView, {"since": since, "until": until})

    def review(self, *, limit: int = 50) -> tuple[Item, ...]:
        """Return what waits to be decided, first things first."""
        return self._get("review", ReviewList, {"limit": limit}).items

    def map(self, of: str | None = None, *, happened: str | None = None, as_of: Moment = None) -> MapView:
        """Return the places of a dispute or an actor, or of the whole board."""
        return self._get("map", MapView, {"of": of, "happened": happened, "as_of": as_of})

    def timeline(
        self, of: str | None = None, *, happened: str | None = None, as_of: Moment = None
    ) -> TimelineView:
        """Return the times of a dispute or an actor, or of the whole board."""
        return self._get("timeline", TimelineView, {"of": of, "happened": happened, "as_of": as_of})

    # Adding.

    def add(self, paths: Iterable[str | Path]) -> Summary:
        """Add reports from files."""
        files = [("files", (Path(each).name, Path(each).read_bytes())) for each in paths]
        return self._transport.post(f"{self._base}/documents", Summary, files=files)

    def add_address(self, url: str) -> Summary:
        """Let the server fetch a report and add it."""
        return self._post("documents/by-address", Summary, Address(url=url))

    def decide(self, decision: Decision) -> tuple[Judgement, ...]:
        """Record a decision; see :mod:`counterclaim.serving.deciding` for those that there are."""
        return self._post("judgements", Judged, decision).judgements

    def undo(self, judgement: str, reason: str = "") -> tuple[Judgement, ...]:
        """Take a judgement of a person back."""
        return self.decide(Undo(judgement=judgement, reason=reason))

    # Streams.

    def formats(self) -> FormatList:
        """Return the formats that the ledger can be exported in."""
        return self._get("exports", FormatList, {})

    def export(self, form: str, path: str | Path, *, as_of: Moment = None) -> int:
        """Write an export to a file, piece by piece, whole or not at all; return how many bytes it has."""
        size = 0
        target = Path(path)
        unfinished = target.with_name(f".{target.name}.unfinished")
        asked = {"as_of": written(as_of)} if as_of is not None else {}
        try:
            with (
                self._transport.stream(f"{self._base}/exports/{_part(form)}", params=asked) as response,
                unfinished.open("wb") as file,
            ):
                for piece in response.iter_bytes():
                    size += file.write(piece)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
        return size

    def capture(self, sha256: str) -> bytes:
        """Return the bytes that came in, by their SHA-256."""
        with self._transport.stream(f"{self._base}/captures/{_part(sha256)}") as response:
            return response.read()

    def events(self, after: int | None = None) -> Iterator[News]:
        """Give what is new as it comes in, for ever; ``after`` is the last number that is known.

        Close the iterator to end it. Raises UnavailableError where the connection breaks.
        """
        headers = {"Last-Event-ID": str(after)} if after is not None else {}
        address = f"{self._base}/events"
        with self._transport.stream(address, headers=headers, timeout=None) as response:
            for line in response.iter_lines():
                if line.startswith("data:"):
                    yield msgspec.json.decode(line.removeprefix("data:").strip(), type=News)

    def _get(self, path: str, kind: type[Kind], asked: Mapping[str, Any]) -> Kind:
        return self._transport.get(f"{self._base}/{path}", kind, asked)

    def _post(self, path: str, kind: type[Kind], body: Any) -> Kind:
        content, headers = msgspec.json.encode(body), {"Content-Type": "application/json"}
        return self._transport.post(f"{self._base}/{path}", kind, content=content, headers=headers)


def _part(name: str) -> str:
    return quote(name, safe="")
