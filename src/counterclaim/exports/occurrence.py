"""An event that a statement tells of, as tables of conflict events give it: when, where, who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from counterclaim.exports.columns import listed
from counterclaim.exports.source import Source
from counterclaim.exports.told import Told, tell
from counterclaim.model import (
    EventFrame,
    Figure,
    Participant,
    PlaceCandidate,
    PlaceMention,
    PlaceReading,
    Precision,
)
from counterclaim.views.places import precision_of


class Occurrence:
    """The event frame of a statement. What the words do not tell is None."""

    def __init__(self, told: Told, event: EventFrame) -> None:
        self.told = told
        self.event = event

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which it may have happened; None where an end is not known."""
        when = self.event.when or self.told.statement.happened
        if when is None or when.interval.start is None or when.interval.end is None:
            return None
        try:
            days = date.fromisoformat(when.interval.start[:10]), date.fromisoformat(when.interval.end[:10])
        except ValueError:  # before the year 1, or after 9999, which the tables cannot hold
            return None
        return days if days[0] <= days[1] else None

    @property
    def length(self) -> int | None:
        """The number of these days."""
        return (self.days[1] - self.days[0]).days + 1 if self.days else None

    @property
    def vague(self) -> bool:
        """Whether the words give the time as about, or its reading is a guess."""
        when = self.event.when or self.told.statement.happened
        return when is not None and (when.interval.approximate or when.interval.uncertain)

    @property
    def year(self) -> int | None:
        """The year, where it is one."""
        return self.days[0].year if self.days and self.days[0].year == self.days[1].year else None

    @cached_property
    def mention(self) -> PlaceMention | None:
        """The first place named for the event that has a point on the map."""
        annotations = self.told.annotations
        if annotations is None:
            return None
        spans = {(span.start, span.end) for span in self.event.places}
        for mention in annotations.places:
            if (mention.span.start, mention.span.end) in spans and mention.candidates:
                return mention if mention.reading is PlaceReading.LOCATION else None
        return None

    @property
    def place(self) -> PlaceCandidate | None:
        """What the gazetteer says of that place."""
        return self.mention.place if self.mention else None

    @property
    def precision(self) -> Precision | None:
        """How closely the place is known."""
        return precision_of(self.mention) if self.mention else None

    @property
    def agents(self) -> list[str]:
        """The names of those who are said to have done it."""
        return [self._name(each) for each in self.event.agents]

    @property
    def patients(self) -> list[str]:
        """The names of those to whom it is said to have been done."""
        return [self._name(each) for each in self.event.patients]

    @cached_property
    def killed(self) -> Figure | None:
        """The first number of dead that is told."""
        return next((figure for figure in self.event.figures if figure.measure == "killed"), None)

    @property
    def lowest(self) -> int | None:
        """The least number of dead that the words allow."""
        return int(self.killed.low) if self.killed and self.killed.low is not None else None

    @property
    def highest(self) -> int | None:
        """The largest number of dead that the words allow."""
        return int(self.killed.high) if self.killed and self.killed.high is not None else None

    @property
    def stance(self) -> str:
        """Whether the speaker says that it is so, or that it is not."""
        return "affirmed" if self.told.statement.polarity else "denied"

    def _name(self, participant: Participant) -> str:
        if participant.actor is not None and self.told.annotations is not None:
            for actor in self.told.annotations.actors:
                if actor.id == participant.actor and actor.name:
                    return actor.name
        return participant.span.quote


def occurrences(source: Source) -> Iterator[Occurrence]:
    """Give the event of every statement that has one, in order of the documents' keys and of the text."""
    for told in tell(source):
        if told.statement.event is not None:
            yield Occurrence(told, told.statement.event)


def first(names: list[str]) -> str | None:
    """Return the first name, None where there is none."""
    return names[0] if names else None


def others(names: list[str]) -> str | None:
    """Return the names after the first in one cell, None where there are none."""
    return listed(names[1:]) or None
