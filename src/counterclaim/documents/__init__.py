"""A capture to a document: the text with a map to the source, and what is known about the report."""

from counterclaim.documents.places import SourcePlace, source_place, source_range
from counterclaim.documents.reading import MAX_CHARACTERS, read_document
from counterclaim.documents.recipes import is_mapped, is_recipe, readable, source_of

__all__ = [
    "MAX_CHARACTERS",
    "SourcePlace",
    "is_mapped",
    "is_recipe",
    "read_document",
    "readable",
    "source_of",
    "source_place",
    "source_range",
]
