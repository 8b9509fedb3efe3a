"""One parsed paragraph, as the rules look at it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from counterclaim.statements.candidate import Range
from counterclaim.statements.quotations import Quotation


class Paragraph:
    """One parsed paragraph: the document's text, the parse, where it starts, and its quotations."""

    def __init__(self, text: str, doc: Doc, offset: int, index: int, quotations: list[Quotation]) -> None:
        self.text = text
        self.doc = doc
        self.offset = offset
        self.index = index
        self.quotations = quotations
        self.end = offset + len(doc.text)

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins, in characters of the paragraph."""
        return [word.idx for word in self.doc]

    def quotation_around(self, place: int) -> Quotation | None:
        """Return the quotation inside which the character at ``place`` stands."""
        return next((q for q in self.quotations if q.start < place < q.end), None)

    def sentence(self, token: Token) -> Range:
        """Return the range of the sentence of ``token``."""
        sentence = token.sent
        return self.offset + sentence.start_char, self.offset + sentence.end_char
