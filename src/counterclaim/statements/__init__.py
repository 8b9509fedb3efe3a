"""Step 3: from a document to its statements, who said what, each to the character."""

from counterclaim.statements.rules import extract as extract_statements

__all__ = ["extract_statements"]
