"""A trigger in its sentence, and the names of ACLED and PLOVER that it can get."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from counterclaim.events.lexicon import Entry, words
from counterclaim.events.words import Token

Codes = tuple[str | None, str | None, str | None]
"""ACLED's sub-event type, PLOVER's type and mode; None where none fits."""

ASSAULT = "ASSAULT"
AIR: Codes = ("Air/drone strike", ASSAULT, "aerial")
SHELLING: Codes = ("Shelling/artillery/missile attack", ASSAULT, "heavy-weapons")
EXPLOSIVE: Codes = ("Remote explosive/landmine/IED", ASSAULT, "explosives")
CLASH: Codes = ("Armed clash", ASSAULT, None)
ATTACK: Codes = ("Attack", ASSAULT, None)
EXCESSIVE: Codes = ("Excessive force against protesters", ASSAULT, "firearms")
INTERVENTION: Codes = ("Protest with intervention", "PROTEST", "demo")
GOVERNMENT: Codes = ("Government regains territory", "COERCE", "seize")
OVERTAKES: Codes = ("Non-state actor overtakes territory", "COERCE", "seize")
DISRUPTED: Codes = ("Disrupted weapons use", "COERCE", "seize")
UNTYPED: Codes = (None, None, None)
UNTYPED_ASSAULT: Codes = (None, ASSAULT, None)

NEAR = 7
"""Words after a trigger in which what goes with it is looked for."""


class Scene(msgspec.Struct, frozen=True):
    """A trigger at ``first`` to ``last`` (exclusive) of a sentence; whose roles are given in small letters.

    ``war`` tells that the report is about armed conflict.
    """

    sentence: Sequence[Token]
    first: int
    last: int
    entry: Entry
    agents: frozenset[str]
    patients: frozenset[str]
    war: bool

    def has(self, name: str) -> bool:
        """Tell whether the sentence holds a word of a list."""
        known = words(name)
        return any(token.lower in known for token in self.sentence)

    def near(self, name: str, before: int = 4, after: int = NEAR) -> bool:
        """Tell whether a word of a list stands near the trigger, itself left out."""
        known = words(name)
        around = [
            *self.sentence[max(0, self.first - before) : self.first],
            *self.sentence[self.last : self.last + after],
        ]
        return any(token.lower in known for token in around)

    def follows(self, *wanted: str) -> bool:
        """Tell whether one of the words comes right after the trigger."""
        return self.last < len(self.sentence) and self.sentence[self.last].lower in wanted

    def preceded(self, *wanted: str) -> bool:
        """Tell whether one of the words comes right before the trigger."""
        return self.first > 0 and self.sentence[self.first - 1].lower in wanted
