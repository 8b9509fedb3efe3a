"""Claims with citations: who makes one, how well it is borne out, in whose words."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from counterclaim.model import ClaimStatus, LedgerError
from counterclaim.model.errors import Messages
from counterclaim.views.board import holders_by_name
from counterclaim.views.brief import NAMES
from counterclaim.views.cited.citation import Quotation, quotations_of
from counterclaim.views.cited.known import Known
from counterclaim.views.cited.naming import what_it_is
from counterclaim.views.cited.paging import Page, Place, page_of
from counterclaim.views.cited.positions import (
    Count,
    HolderNamed,
    attested,
    corroborated,
    holder_named,
    statuses,
)
from counterclaim.views.claim import ClaimView
from counterclaim.views.names import Named


class ClaimAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One claim: who makes it, how well it is borne out, the disputes it is part of."""

    as_of: Annotated[str, Meta(description="The moment of the ledger; ask again with as_of for the same.")]
    id: str
    text: str
    held_by: tuple[HolderNamed, ...]
    more_holders: int
    attested: Count
    corroborated: Count
    conceded_by: tuple[str, ...]
    statuses: tuple[ClaimStatus, ...]
    disputes: tuple[Named, ...]
    quotations: tuple[Quotation, ...]
    page: Annotated[Page, Meta(description="Of the quotations.")]


def show_claim(known: Known, name: str, place: Place, limit: int) -> ClaimAnswer:
    """Return a claim with a page of its quotations. Raises LedgerError where the name is of none."""
    view = known.answer(name)
    if not isinstance(view, ClaimView):
        kind, tool = what_it_is(view)
        raise LedgerError(Messages.something_else(name, kind, "claim", tool))
    held = holders_by_name(view.holders)
    shown, left = page_of(view.quotes, place.offset, limit, known.moment)
    part = known.part(statements=[each.statement for each in shown])
    return ClaimAnswer(
        as_of=known.as_of,
        id=view.id,
        text=view.text,
        held_by=tuple(map(holder_named, held[:NAMES])),
        more_holders=max(0, len(held) - NAMES),
        attested=attested(view.evidence),
        corroborated=corroborated(view.evidence),
        conceded_by=tuple(each.name for each in view.evidence.conceded_by)[:NAMES],
        statuses=statuses(view.statuses),
        disputes=view.disputes[:NAMES],
        quotations=quotations_of(part, shown),
        page=left,
    )
