"""Step 3: from a document to its statements, who said what, each to the character."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from counterclaim.model import Document, Statement
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


def extract_statements(document: Document, extractor: str = DEFAULT) -> tuple[Statement, ...]:
    """Find the statements of a document; none where it is not to be analysed.

    ``extractor`` is one of ``EXTRACTORS``.
    """
    return extract(document, finder(extractor))


__all__ = ["DEFAULT", "EXTRACTORS", "extract_statements", "finder"]
