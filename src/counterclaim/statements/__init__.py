"""Step 3: from a document to its statements, who said what, each to the character."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from counterclaim.model import (
    ActorKind,
    Document,
    DocumentActor,
    PlaceMention,
    PlaceReading,
    Statement,
)
from counterclaim.statements.extraction import extract
from counterclaim.statements.finding import Finder, ModelFinder, RuleFinder

DEFAULT = "accurate"
EXTRACTORS = ("accurate", "fast", "rules")
"""What finds statements: the trained model with a parser, a smaller one without, or rules alone."""


@cache
def finder(name: str = DEFAULT) -> Finder:
    """Return the finder with this name, loaded once. Raises ValueError for a name that is none."""
    if name == "rules":
        return RuleFinder()
    if name not in EXTRACTORS:
        raise ValueError(f"{name!r} is none of {', '.join(EXTRACTORS)}")
    folder = Path(str(files("counterclaim"))) / "weights" / f"attribution-{name}"
    from counterclaim.statements.neural.extractor import NeuralExtractor

    return ModelFinder(NeuralExtractor(folder), parses=name == "accurate")


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """How statements are found: with which extractor, and from what confidence on they are kept."""

    extractor: str = DEFAULT
    min_confidence: float = 0.0


class StatementsRead(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of a document in order of their content, and the actors that it names or describes."""

    statements: tuple[Statement, ...] = ()
    actors: tuple[DocumentActor, ...] = ()


def read_statements(
    document: Document, extraction: Extraction | None = None, places: Sequence[PlaceMention] = ()
) -> StatementsRead:
    """Find the statements and the actors of a document; none where it is not to be analysed.

    ``places`` are the names of places found in the document, which tell cities from governments.
    """
    chosen = extraction or Extraction()
    statements, actors = extract(document, finder(chosen.extractor), chosen.min_confidence, places)
    return StatementsRead(statements=statements, actors=_without_places(actors, statements, places))


def _without_places(
    actors: Sequence[DocumentActor], statements: Sequence[Statement], places: Sequence[PlaceMention]
) -> tuple[DocumentActor, ...]:
    """Leave out what is nothing but the name of a place, and neither speaks nor is a party."""
    named = {(place.span.start, place.span.end) for place in places if place.reading is PlaceReading.LOCATION}
    speaking = {each.speaker.actor for each in statements if each.speaker}
    held = {affiliation.party for actor in actors for affiliation in actor.affiliations}
    return tuple(
        actor
        for actor in actors
        if actor.id in speaking | held
        or actor.kind is ActorKind.GOVERNMENT
        or not all((span.start, span.end) in named for span in actor.mentions)
    )


def extract_statements(document: Document, extraction: Extraction | None = None) -> tuple[Statement, ...]:
    """Find the statements of a document; none where it is not to be analysed."""
    return read_statements(document, extraction).statements


__all__ = [
    "DEFAULT",
    "EXTRACTORS",
    "Extraction",
    "StatementsRead",
    "extract_statements",
    "finder",
    "read_statements",
]
