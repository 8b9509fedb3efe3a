"""One thing in the review queue, and what it weighs."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

import msgspec

from counterclaim.views.catalogue import Catalogue

LEAST = 0.01
"""The uncertainty of what a program holds for certain."""


class Why(StrEnum):
    """Why a thing should be reviewed. The words are stable."""

    CONFLICT = "conflict"
    """People contradict each other on it."""
    DISPUTE = "deciding-edge"
    """Without it the dispute may fall away or fall apart."""
    CORROBORATION = "corroborating-edge"
    """It alone makes two parts one claim."""
    READING = "unsure-reading"
    """A statement that stands in a dispute was read with little confidence."""
    COPY = "copy"
    """If it is wrong, a claim has one origin more."""
    ACTOR = "thin-merge"
    """One weak piece of evidence makes one actor of two who speak in one dispute or claim."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to decide.

    ``id`` is that of the judgement or statement, of a thin merge its two ends; ``about`` the ids of what is
    judged, ``texts`` their words or names; ``within`` the dispute or claim that changes. ``commands`` decide
    it, one each way. ``also`` are other judgements that say the same of the same two, to be decided with it.
    """

    id: str
    why: Why
    kind: str
    score: float
    uncertainty: float
    weight: int
    origins: int
    parties: int
    statements: int
    about: tuple[str, ...]
    texts: tuple[str, ...]
    commands: tuple[str, ...]
    within: str = ""
    author: str = ""
    reason: str = ""
    also: tuple[str, ...] = ()


def make_item(
    catalogue: Catalogue,
    identifier: str,
    why: Why,
    kind: str,
    uncertainty: float,
    hanging: Collection[str],
    *,
    about: tuple[str, ...],
    commands: tuple[str, ...],
    within: str = "",
    author: str = "",
    reason: str = "",
    also: tuple[str, ...] = (),
    texts: tuple[str, ...] = (),
) -> Item:
    """Make an item: ``hanging`` are the statements that change place with the answer."""
    unsure = round(max(LEAST, uncertainty), 4)
    origins = len({catalogue.document_of(catalogue.statements[each]).origin_key for each in hanging})
    parties = len(parties_of(catalogue, hanging))
    weight = origins + parties + len(hanging)
    return Item(
        id=identifier,
        why=why,
        kind=kind,
        score=round(unsure * weight, 4),
        uncertainty=unsure,
        weight=weight,
        origins=origins,
        parties=parties,
        statements=len(hanging),
        about=about,
        texts=texts or tuple(text_of(catalogue, each) for each in about),
        commands=commands,
        within=within,
        author=author,
        reason=reason,
        also=also,
    )


def parties_of(catalogue: Catalogue, statements: Collection[str]) -> frozenset[str]:
    """Return the parties for which some statements are made."""
    actors = (catalogue.actor_id_of(catalogue.statements[each]) for each in statements)
    return frozenset(catalogue.index.party(actor) for actor in actors if actor)


def text_of(catalogue: Catalogue, identifier: str) -> str:
    """Return the words of a statement, the title of a report, or the name of an actor."""
    if statement := catalogue.statements.get(identifier):
        return statement.content_text
    if document := catalogue.documents.get(identifier):
        return document.title or document.id
    return catalogue.actor_name(identifier)
