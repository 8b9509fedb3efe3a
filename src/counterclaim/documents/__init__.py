"""A capture to a document: the text with a map to the source, and what is known about the report."""

from counterclaim.documents.places import source_range
from counterclaim.documents.reading import MAX_CHARACTERS, read_document

__all__ = ["MAX_CHARACTERS", "read_document", "source_range"]
