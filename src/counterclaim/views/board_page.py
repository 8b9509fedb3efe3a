"""A page of the board: the disputes that somebody looks for, in the order wanted, from a place on."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

import msgspec

from counterclaim.ledger import Ledger
from counterclaim.model import DisputeStatus, QuestionError
from counterclaim.model.errors import Messages
from counterclaim.views.board import BoardCounts, board_view
from counterclaim.views.brief import DisputeBrief, dispute_brief
from counterclaim.views.facets import Facets, facets_of
from counterclaim.views.happening import Happening
from counterclaim.views.names import Named
from counterclaim.views.quotes import moment_of
from counterclaim.views.reading import Note, Question, catalogue_for, reading_stored
from counterclaim.views.stored import stored_briefs, stored_counts, stored_facets

CHOICES = 200
"""Actors, and places, that are offered to filter by: those of most disputes."""

Key = tuple[int, str, str, str]


class Order(StrEnum):
    """In which order disputes are shown."""

    WEIGHT = "weight"
    """Those with most independent origins first."""
    RECENT = "recent"
    """Those last reported on first."""


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """Which disputes are looked for; what is None, or empty, makes no difference.

    ``actor`` and ``place`` are ids, ``words`` must all stand in the question or among the names of actors and
    places. ``reported`` is a stretch of days in which a report was published, ``happened`` one in which
    something is said to have happened. ``among`` are ids.
    """

    status: DisputeStatus | None = None
    actor: str | None = None
    place: str | None = None
    words: str = ""
    unverified: bool = False
    happened: Happening | None = None
    reported: Happening | None = None
    among: frozenset[str] | None = None

    def takes(self, facets: Facets) -> bool:
        """Tell whether a dispute is one of those."""
        return (
            (self.status is None or facets.status is self.status)
            and (self.actor is None or any(each.id == self.actor for each in facets.actors))
            and (self.place is None or any(each.id == self.place for each in facets.places))
            and (not self.unverified or facets.unverified)
            and (self.among is None or facets.id in self.among)
            and _meets(self.happened, facets.happened)
            and _meets(self.reported, facets.reported)
            and _has_words(self.words, facets)
        )


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """An actor or a place to filter by, and in how many disputes it stands."""

    id: str
    name: str
    disputes: int


class BoardPage(BoardCounts, frozen=True, kw_only=True):
    """A page of the board in brief.

    ``matching`` counts the disputes that were looked for, ``following`` is the cursor of the next page, None
    where this is the last. ``by_actor`` and ``by_place`` are those of all disputes, to filter by.
    """

    disputes: tuple[DisputeBrief, ...]
    matching: int
    following: str | None
    by_actor: tuple[Choice, ...]
    by_place: tuple[Choice, ...]


def read_board_page(
    ledger: Ledger,
    question: Question,
    sought: Sought,
    *,
    order: Order = Order.WEIGHT,
    limit: int = 20,
    cursor: str | None = None,
) -> tuple[BoardPage, Note]:
    """Return at most ``limit`` of the disputes that are looked for, after those that ``cursor`` tells of.

    A cursor holds though the board changes: the next page begins after the last dispute that was
    shown, wherever that stands by then. Raises QuestionError for a cursor that is none.
    """
    with reading_stored(ledger, question) as (stored, note):
        if stored is not None:
            facets = stored_facets(stored)
            shown, matching, following = _page(facets, sought, order, limit, cursor)
            briefs = stored_briefs(stored, [each.id for each in shown])
            return _made(stored_counts(stored), facets, briefs, matching, following), note
    catalogue = catalogue_for(ledger, question)
    view = board_view(catalogue)
    views = {each.id: each for each in view.disputes}
    facets = [facets_of(catalogue, each) for each in view.disputes]
    shown, matching, following = _page(facets, sought, order, limit, cursor)
    briefs = [dispute_brief(views[each.id]) for each in shown]
    return _made(view, facets, briefs, matching, following), Note()


def _page(
    facets: Sequence[Facets], sought: Sought, order: Order, limit: int, cursor: str | None
) -> tuple[list[Facets], int, str | None]:
    key = _KEYS[order]
    found = sorted(filter(sought.takes, facets), key=key)
    after = _read_cursor(cursor) if cursor else None
    rest = [each for each in found if after is None or key(each) > after]
    shown = rest[:limit]
    return shown, len(found), _cursor(key(shown[-1])) if len(rest) > limit else None


def _by_weight(facets: Facets) -> Key:
    return -facets.origins, moment_of(facets.reported[0] if facets.reported else None), *_last(facets)


def _by_last(facets: Facets) -> Key:
    day = facets.reported[1] if facets.reported else "0000-00-00"
    return -int(day[:10].replace("-", "")), "", *_last(facets)


def _last(facets: Facets) -> tuple[str, str]:
    return facets.question, facets.id


_KEYS: dict[Order, Callable[[Facets], Key]] = {Order.WEIGHT: _by_weight, Order.RECENT: _by_last}


def _cursor(key: Key) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode("ascii").rstrip("=")


def _read_cursor(cursor: str) -> Key:
    try:
        written = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        key: Key = msgspec.json.decode(written, type=Key)
    except (binascii.Error, ValueError):  # msgspec's errors are ValueErrors
        raise QuestionError(Messages.cursor_invalid(cursor)) from None
    return key


def _made(
    counts: BoardCounts,
    facets: Sequence[Facets],
    briefs: Iterable[DisputeBrief],
    matching: int,
    following: str | None,
) -> BoardPage:
    return BoardPage(
        **{name: getattr(counts, name) for name in BoardCounts.__struct_fields__},
        disputes=tuple(briefs),
        matching=matching,
        following=following,
        by_actor=_choices(each.actors for each in facets),
        by_place=_choices(each.places for each in facets),
    )


def _choices(named: Iterable[tuple[Named, ...]]) -> tuple[Choice, ...]:
    counted: Counter[str] = Counter()
    names: dict[str, str] = {}
    for several in named:
        for each in several:
            counted[each.id] += 1
            names[each.id] = min(each.name, names.get(each.id, each.name))
    most = sorted(counted, key=lambda each: (-counted[each], names[each], each))[:CHOICES]
    chosen = (Choice(id=each, name=names[each], disputes=counted[each]) for each in most)
    return tuple(sorted(chosen, key=lambda each: (each.name.casefold(), each.id)))


def _meets(wanted: Happening | None, days: tuple[str, str] | None) -> bool:
    if wanted is None:
        return True
    if days is None:
        return wanted.unknown
    return (wanted.end is None or days[0] <= wanted.end) and (wanted.start is None or days[1] >= wanted.start)


def _has_words(words: str, facets: Facets) -> bool:
    wanted = words.casefold().split()
    if not wanted:
        return True
    text = " ".join([facets.question, *(each.name for each in (*facets.actors, *facets.places))]).casefold()
    return all(word in text for word in wanted)
