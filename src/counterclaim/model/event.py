"""What a statement says happened."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from counterclaim.model.span import Span
from counterclaim.model.times import StatedTime


class FigureBound(StrEnum):
    """How a number bounds what it counts."""

    EXACT = "exact"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    ABOUT = "about"
    RANGE = "range"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How many people or things of one ``measure`` (killed, wounded, displaced, detained, ...).

    ``low`` and ``high`` are the least and the most that the words allow, None where they leave that
    end open; both are the number itself for an exact one.
    """

    measure: str
    low: float | None
    high: float | None
    bound: FigureBound
    span: Span


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom the claim says took part: the words, and the actor's id where it is known."""

    span: Span
    actor: str | None = None


class EventFrame(msgspec.Struct, frozen=True, kw_only=True):
    """The event that a statement asserts, denies or asks for, whatever its stance.

    ``type`` is the sub-event type of ACLED's codebook ("Air/drone strike") and ``plover`` the type
    of PLOVER's codebook ("ASSAULT") with its ``plover_mode``, None where none fits. ``agents`` did it
    to ``patients``. ``places`` are the spans of places named for it. ``trigger`` is the word that
    names the event. ``confidence`` between 0 and 1.
    """

    type: str | None
    trigger: Span
    plover: str | None = None
    plover_mode: str | None = None
    agents: tuple[Participant, ...] = ()
    patients: tuple[Participant, ...] = ()
    places: tuple[Span, ...] = ()
    when: StatedTime | None = None
    figures: tuple[Figure, ...] = ()
    confidence: float = 1.0
