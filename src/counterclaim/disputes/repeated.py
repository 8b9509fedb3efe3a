"""Statements that one report repeats from another of which it is a copy: what need not be judged twice.

A copy says again what the other report says, and how its statements stand to one another was judged when
that one came in. So of a statement that both have, word for word, only the two are held against each other;
what else could be said of it is said within its own report. When claims are grouped, the one stands
for the other (``reprints``).
"""

from __future__ import annotations

from typing import NamedTuple, Self

from counterclaim.claims.gist import Gist
from counterclaim.claims.sketch import Sketch
from counterclaim.disputes.forms import Compared
from counterclaim.model import Act, Statement


class Wording(NamedTuple):
    """Who says what, and how: two statements of two reports with one wording are one statement."""

    content: str
    act: Act
    polarity: bool
    actor: str | None
    reported: bool


class Repeated:
    """The statements that two reports have in the same words, by id, with their wordings."""

    def __init__(self, wordings: dict[str, Wording]) -> None:
        self._wordings = wordings

    @classmethod
    def of(cls, one: Compared, other: Compared) -> Self:
        """Find what two reports both say word for word."""
        mine, theirs = ({s.id: wording(s) for s in each.statements} for each in (one, other))
        both = set(mine.values()) & set(theirs.values())
        return cls({key: said for key, said in (mine | theirs).items() if said in both})

    def leaves(self, one: Gist | Sketch, other: Gist | Sketch) -> bool:
        """Tell whether a pair is to be judged: neither is repeated, or they are the two that repeat."""
        return self._wordings.get(one.statement.id) == self._wordings.get(other.statement.id)


NOTHING = Repeated({})
"""Of two reports that are independent."""


def wording(statement: Statement) -> Wording:
    """Return what two statements have in common that are one."""
    speaker = statement.speaker
    return Wording(
        statement.content_text,
        statement.act,
        statement.polarity,
        speaker.actor if speaker else None,
        statement.reported_by is not None,
    )
