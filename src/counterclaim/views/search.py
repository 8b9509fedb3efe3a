"""What a search found: statements, and reports of which only the text holds the words."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from counterclaim.ledger import SearchHit
from counterclaim.model import Act
from counterclaim.views.quotes import joined, outlet_words


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One match. All but what belongs to the report is null where no statement holds the words."""

    document: str
    key: str
    title: str | None
    outlet: str
    published: str | None
    statement: str | None
    speaker: str | None
    act: Act | None
    content: str | None
    offsets: tuple[tuple[int, int], ...]


def hits(found: Iterable[SearchHit]) -> tuple[Hit, ...]:
    """Return the matches in the order in which they were found: best first."""
    return tuple(_hit(each) for each in found)


def _hit(found: SearchHit) -> Hit:
    document, statement = found.document, found.statement
    return Hit(
        document=document.id,
        key=document.key,
        title=document.title,
        outlet=outlet_words(document),
        published=document.published,
        statement=statement.id if statement else None,
        speaker=statement.speaker.label if statement and statement.speaker else None,
        act=statement.act if statement else None,
        content=joined(statement.content) if statement else None,
        offsets=tuple((span.start, span.end) for span in statement.content) if statement else (),
    )
