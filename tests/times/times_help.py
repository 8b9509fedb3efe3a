"""Documents for the tests of temporal expressions."""

from __future__ import annotations

from counterclaim.model import Document, TimeExpression
from counterclaim.times import find_times


def document(text: str, published: str | None = "2021-09-06") -> Document:
    return Document(id="report", key="d1", capture="0" * 64, text=text, published=published)


def read(text: str, published: str | None = "2021-09-06") -> tuple[TimeExpression, ...]:
    return find_times(document(text, published))


def values(text: str, published: str | None = "2021-09-06") -> dict[str, str]:
    """Return the values by the words of the expressions."""
    return {time.span.quote: time.value for time in read(text, published)}
