"""The immutable text of one report, and the way back to its capture."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

import msgspec

from counterclaim.model.digest import identifier
from counterclaim.model.errors import SelectorError
from counterclaim.model.span import Span


class Run(msgspec.Struct, frozen=True, array_like=True):
    r"""One stretch of a text and the stretch of the source it was made from.

    ``text_start`` and ``text_length`` count characters of the document's text, ``source_start``
    and ``source_length`` characters of the decoded source. Where both lengths are equal the
    stretch is the same, character by character; otherwise the whole was made from the whole (a
    character reference ``&amp;``, an escape ``\u2019``, white space that was folded). A run with
    ``source_length`` 0 was inserted (a paragraph break between two elements).
    """

    text_start: int
    text_length: int
    source_start: int
    source_length: int


class OffsetMap(msgspec.Struct, frozen=True):
    """The map from every character of a text back to the source it was decoded from.

    The runs are in order of the text, without gap or overlap. An empty map is the identity.
    """

    runs: tuple[Run, ...] = ()

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Map characters ``start`` to ``end`` (exclusive) of the text to characters of the source.

        A boundary inside a run that was made as a whole is widened to the whole run. Raises
        SelectorError for an empty range or one outside the map.
        """
        if start >= end or start < 0:
            raise SelectorError(f"no source for the empty or negative range {start}:{end}")
        if not self.runs:
            return start, end
        source_start = self._position(start, first=True)
        source_end = self._position(end - 1, first=False)
        return source_start, max(source_start, source_end)

    def _position(self, offset: int, *, first: bool) -> int:
        index = bisect_right(self.runs, offset, key=lambda run: run.text_start) - 1
        run = self.runs[index]
        if index < 0 or offset >= run.text_start + run.text_length:
            raise SelectorError(f"the offset {offset} lies outside the mapped text")
        if run.text_length == run.source_length:
            return run.source_start + offset - run.text_start + (0 if first else 1)
        return run.source_start if first else run.source_start + run.source_length


class OriginBasis(StrEnum):
    """What in the report names the origin; from the strongest to the weakest."""

    COPYRIGHT = "copyright"
    CREDIT = "credit"
    BYLINE = "byline"
    DATELINE = "dateline"
    PUBLISHER = "publisher"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Whose reporting it is, and the words that say so (None where only metadata say so)."""

    name: str
    basis: OriginBasis
    span: Span | None = None

    @property
    def key(self) -> str:
        """The name by which two origins are compared: case, article and punctuation removed."""
        words = "".join(c if c.isalnum() else " " for c in self.name.casefold()).split()
        return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


class Document(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="document"):
    """One report: its text, what is known about it, and the map back to the capture.

    ``id`` is the name that users and contracts know (the ``id`` of a JSON line, the file's stem
    with the first digits of its hash otherwise). ``key`` names this very version: it is made of
    ``id`` and ``capture`` (the SHA-256 of the bytes). ``encoding`` is the one that the bytes were
    decoded with (``surrogateescape``, so that encoding again gives the same bytes), or, where the characters
    do not stand in the bytes, the recipe by which the source is made from them: ``pdf/1/pdfium-159.0`` or
    ``mail/1.2/utf-8`` (:func:`counterclaim.documents.source_of`). ``published``
    is ISO 8601, a date or a moment with zone; so is ``modified``, when the outlet says that it last
    changed the report. ``analysed`` is False for a text that was stored
    but could not be read for statements, with ``unanalysed_because`` the code of the reason.
    ``parts`` gives the spans of ``headline`` and ``standfirst`` where they stand in the text.
    """

    id: str
    key: str
    capture: str
    text: str
    offsets: OffsetMap = OffsetMap()
    encoding: str = "utf-8"
    title: str | None = None
    byline: str | None = None
    dateline: Span | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None
    origin: Origin | None = None
    headline: Span | None = None
    standfirst: Span | None = None
    analysed: bool = True
    unanalysed_because: str | None = None

    @staticmethod
    def key_of(document_id: str, capture_sha256: str) -> str:
        """Return the key of the version of ``document_id`` made from the capture."""
        return identifier("d", document_id, capture_sha256)

    def span(self, start: int, end: int) -> Span:
        """Return the span of characters ``start`` to ``end`` (exclusive) of the text."""
        return Span.of(self.text, start, end)

    @property
    def origin_key(self) -> str:
        """The key of the origin, or of the publisher, or the document's own key: never empty."""
        if self.origin:
            return self.origin.key
        if self.publisher:
            return Origin(name=self.publisher, basis=OriginBasis.PUBLISHER).key
        return self.key
