"""What the API answers beside the views: lists a page at a time, and what became of a request."""

from __future__ import annotations

import msgspec

from counterclaim.model import Document, Judgement, Statement
from counterclaim.teams import Action, Role
from counterclaim.views.review_item import Item
from counterclaim.views.search import Hit


class ProjectAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A project, what the asker may do there, and how much its ledger holds."""

    name: str
    role: Role
    actions: tuple[Action, ...]


class LedgerAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How much a ledger holds, and when it learnt the last of it (ISO 8601)."""

    project: ProjectAnswer
    counts: dict[str, int]
    last_recorded: str | None


class ProjectList(msgspec.Struct, frozen=True, kw_only=True):
    """The projects that the asker has a role in."""

    projects: tuple[ProjectAnswer, ...]


class RecordedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a report, and when it was recorded (ISO 8601)."""

    recorded: str
    document: Document


class RecordedStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, and when it was recorded (ISO 8601)."""

    recorded: str
    statement: Statement


class RecordedJudgement(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement, and when it was recorded (ISO 8601)."""

    recorded: str
    judgement: Judgement


class DocumentList(msgspec.Struct, frozen=True, kw_only=True):
    """Versions of reports, the last recorded first; ``following`` is the cursor of the next page."""

    documents: tuple[RecordedDocument, ...]
    following: str | None


class StatementList(msgspec.Struct, frozen=True, kw_only=True):
    """Statements, the last recorded first; ``following`` is the cursor of the next page."""

    statements: tuple[RecordedStatement, ...]
    following: str | None


class JudgementList(msgspec.Struct, frozen=True, kw_only=True):
    """Judgements, the last recorded first; ``following`` is the cursor of the next page."""

    judgements: tuple[RecordedJudgement, ...]
    following: str | None


class HitList(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, best first."""

    hits: tuple[Hit, ...]


class ReviewList(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for review, first things first, and how many things wait in all."""

    items: tuple[Item, ...]
    waiting: int


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """The judgements that a decision made; none where its author held to it already."""

    judgements: tuple[Judgement, ...]


class FormatAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A format of exports."""

    name: str
    what: str
    media_type: str
    ending: str


class FormatList(msgspec.Struct, frozen=True, kw_only=True):
    """The formats that there are."""

    formats: tuple[FormatAnswer, ...]


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """The address of a report that is to be fetched and added."""

    url: str
