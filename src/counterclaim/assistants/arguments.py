"""What each tool may be asked: the arguments, with what a model has to know about each."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from counterclaim.model import Act

Name = Annotated[str, Meta(min_length=1, max_length=400)]
Short = Annotated[str, Meta(max_length=400)]
Moment = Annotated[
    Short | None,
    Meta(
        description="What the ledger knew then: 2021-09-06 (the end of that day, UTC) or "
        "2021-09-06T14:30:00+02:00. Leave out for now. A cursor brings its own moment."
    ),
]
Cursor = Annotated[Short | None, Meta(description="page.cursor of an earlier answer, to go on after it.")]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every tool may be asked."""

    as_of: Moment = None


class AskedDisputes(Asked, frozen=True, kw_only=True):
    """What ``list_disputes`` may be asked."""

    words: Annotated[
        Short | None,
        Meta(
            description="Only disputes whose question, positions or holders have all these words.",
        ),
    ] = None
    limit: Annotated[int, Meta(ge=1, le=20, description="Disputes to list.")] = 8
    cursor: Cursor = None


class AskedDispute(Asked, frozen=True, kw_only=True):
    """What ``show_dispute`` may be asked."""

    dispute: Annotated[Name, Meta(description="The id of a dispute or a position, or a unique beginning.")]
    limit: Annotated[int, Meta(ge=1, le=30, description="Quotations to give.")] = 10
    cursor: Cursor = None


class AskedClaim(Asked, frozen=True, kw_only=True):
    """What ``show_claim`` may be asked."""

    claim: Annotated[Name, Meta(description="The id of a claim, or a unique beginning.")]
    limit: Annotated[int, Meta(ge=1, le=30, description="Quotations to give.")] = 10
    cursor: Cursor = None


class AskedActor(Asked, frozen=True, kw_only=True):
    """What ``show_actor`` may be asked."""

    actor: Annotated[Name, Meta(description="An actor's name, words of it, or its id.")]
    act: Annotated[Act | None, Meta(description="Only what it said in this way, such as deny.")] = None
    limit: Annotated[int, Meta(ge=1, le=30, description="Quotations to give.")] = 10
    cursor: Cursor = None


class AskedStatement(Asked, frozen=True, kw_only=True):
    """What ``show_statement`` may be asked."""

    statement: Annotated[Name, Meta(description="The id of a statement, or a unique beginning.")]


class AskedReport(Asked, frozen=True, kw_only=True):
    """What ``read_report`` may be asked."""

    report: Annotated[
        Name, Meta(description="The id of a report (its latest version), or the key of a version.")
    ]
    version: Annotated[
        Short | None, Meta(description="An older version: its number (1 is the oldest) or key.")
    ] = None
    start: Annotated[int, Meta(ge=0, description="First character to read; next_start goes on.")] = 0
    length: Annotated[int, Meta(ge=1, le=12_000, description="Characters to read.")] = 4_000


class AskedWords(Asked, frozen=True, kw_only=True):
    """What ``search`` may be asked."""

    words: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=400,
            description='All must stand in one statement or report; a phrase stands in "double quotes".',
        ),
    ]
    limit: Annotated[int, Meta(ge=1, le=30, description="Matches to give.")] = 10
    cursor: Cursor = None


class AskedChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``what_changed`` may be asked."""

    since: Annotated[
        Short, Meta(description="The earlier moment: a date (its end, UTC) or a time with its zone.")
    ]
    until: Annotated[
        Short | None, Meta(description="The later moment, written likewise; now if left out.")
    ] = None
    limit: Annotated[int, Meta(ge=1, le=25, description="Changes to give.")] = 15
    cursor: Cursor = None
