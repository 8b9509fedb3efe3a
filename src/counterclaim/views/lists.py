"""Lists that grow with the ledger, a page at a time: reports, actors, and what waits for review."""

from __future__ import annotations

import msgspec

from counterclaim.ledger import Ledger
from counterclaim.ledger.paging import page_of, recorded_after
from counterclaim.model import Claim, Document, Judgement
from counterclaim.views.actor import ActorRow, actor_rows
from counterclaim.views.catalogue import origin_words
from counterclaim.views.quotes import outlet_words
from counterclaim.views.reading import Note, Question, catalogue_for, reading_stored
from counterclaim.views.review import review_queue
from counterclaim.views.review_item import Item
from counterclaim.views.stored import WAITING, stored_actor_rows, stored_claims, stored_review


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a report, and when the ledger learnt it (ISO 8601)."""

    key: str
    document: str
    title: str | None
    outlet: str
    origin: str
    published: str | None
    recorded: str
    analysed: bool


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """Reports, the last recorded first; ``following`` is where the next page begins, None after the last."""

    reports: tuple[ReportRow, ...]
    following: int | None


class ActorPage(msgspec.Struct, frozen=True, kw_only=True):
    """Actors that speak, who speaks most first; ``following`` is where the next page begins."""

    actors: tuple[ActorRow, ...]
    following: int | None


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """One claim in a list."""

    id: str
    text: str


class ClaimPage(msgspec.Struct, frozen=True, kw_only=True):
    """Claims in order of their ids; ``following`` is the cursor of the next page, None after the last."""

    claims: tuple[ClaimRow, ...]
    following: str | None


def read_report_page(
    ledger: Ledger, question: Question, limit: int = 50, before: int | None = None
) -> ReportPage:
    """Return at most ``limit`` reports, after the one whose number ended the page before."""
    with ledger.reading() as connection:
        found = page_of(connection, Document, limit=limit + 1, before=before, until=question.as_of)
    rows = tuple(
        ReportRow(
            key=document.key,
            document=document.id,
            title=document.title,
            outlet=outlet_words(document),
            origin=origin_words(document),
            published=document.published,
            recorded=numbered.recorded.isoformat(),
            analysed=document.analysed,
        )
        for numbered, document in found[:limit]
    )
    return ReportPage(reports=rows, following=found[limit - 1][0].sequence if len(found) > limit else None)


def read_actor_page(
    ledger: Ledger, question: Question, limit: int = 50, offset: int = 0
) -> tuple[ActorPage, Note]:
    """Return at most ``limit`` actors, from the one at ``offset`` on."""
    with reading_stored(ledger, question) as (stored, note):
        if stored is not None:
            rows = stored_actor_rows(stored, limit + 1, offset)
            return _actor_page(rows, limit, offset), note
    rows = list(actor_rows(catalogue_for(ledger, question)))[offset : offset + limit + 1]
    return _actor_page(rows, limit, offset), Note()


def read_claim_page(
    ledger: Ledger, question: Question, limit: int = 50, after: str = ""
) -> tuple[ClaimPage, Note]:
    """Return at most ``limit`` claims in order of their ids, from the first after this one."""
    with reading_stored(ledger, question) as (stored, note):
        if stored is not None:
            claims = stored_claims(stored, after, limit + 1)
            return _claim_page(claims, limit), note
    known = catalogue_for(ledger, question).claims
    chosen = [known[each] for each in sorted(known) if each > after][: limit + 1]
    return _claim_page(chosen, limit), Note()


def _claim_page(claims: list[Claim], limit: int) -> ClaimPage:
    rows = tuple(ClaimRow(id=each.id, text=each.text) for each in claims[:limit])
    return ClaimPage(claims=rows, following=rows[-1].id if len(claims) > limit else None)


def read_review(ledger: Ledger, question: Question) -> tuple[tuple[Item, ...], Note]:
    """Return what should be reviewed, first things first; what was decided since is left out."""
    with reading_stored(ledger, question) as (stored, note):
        if stored is not None:
            items = stored_review(stored)
            since = recorded_after(stored.connection, Judgement, stored.moment, WAITING)
            answered = {judgement.left for judgement in since}
            pairs = {frozenset((judgement.left, judgement.right)) for judgement in since}
            waiting = (
                item
                for item in items
                if not answered & {item.id, *item.also} and frozenset(item.about) not in pairs
            )
            return tuple(waiting), note
    return review_queue(catalogue_for(ledger, question), WAITING), Note()


def _actor_page(rows: list[ActorRow], limit: int, offset: int) -> ActorPage:
    return ActorPage(actors=tuple(rows[:limit]), following=offset + limit if len(rows) > limit else None)
