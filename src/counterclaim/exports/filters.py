"""How the templates show words, numbers and dates; every text still goes through autoescape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from counterclaim.model import ClaimStatus, StatusNote
from counterclaim.views.board import DisputeView, holders_by_name, letter
from counterclaim.views.decisions import decision_words, short_words, state_words
from counterclaim.views.document import Note
from counterclaim.views.names import Named
from counterclaim.views.quotes import Check, Quote
from counterclaim.views.quotes import telling as most_telling
from counterclaim.views.reasons import reasons_by_basis
from counterclaim.views.segments import Mark, Role

TONES = 6
QUOTES = 3
"""How many quotes of a position stand open; the others are folded."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ANCHOR = re.compile(r"[^A-Za-z0-9_-]")
_ROLE_CLASSES = {Role.SOURCE: "source", Role.CUE: "cue", Role.CHECK: "checked"}
_TAKEN_BACK = frozenset(
    {ClaimStatus.RETRACTED, ClaimStatus.CORRECTED, ClaimStatus.WITHDRAWN, ClaimStatus.SUPERSEDED}
)
_PLURALS = {"party": "parties"}


def kept(text: str) -> str:
    """Return text with characters that HTML forbids shown as U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def shown(text: str) -> str:
    """Return text on one line."""
    return " ".join(text.split())


def anchor(identifier: str) -> str:
    """Return an id as the name of a place in the page."""
    return _ANCHOR.sub("-", identifier)


def day(published: str | None) -> str:
    """Return the day of a moment."""
    return published[:10] if published else "no date"


def moment(published: str | None) -> str:
    """Return a moment as given."""
    return published.replace("T", " ") if published else "no date"


def dates(view: DisputeView) -> str:
    """Return the first and the last day on which a dispute was reported."""
    first, last = day(view.first_published), day(view.last_published)
    return first if first == last else f"{first} to {last}"


def counted(noun: str, number: int) -> str:
    """Return the noun as it stands after the number."""
    return noun if number == 1 else _PLURALS.get(noun, f"{noun}s")


def tone(index: int) -> int:
    """Return the tint of a position."""
    return index % TONES + 1


def speaker_tone(number: int) -> int:
    """Return the tint of a speaker, 0 for the report itself."""
    return (number - 1) % TONES + 1 if number else 0


def names(named: Iterable[Named]) -> str:
    """Return names, separated by commas."""
    return ", ".join(shown(each.name) for each in named)


def wordings(checks: Iterable[Check]) -> list[tuple[str, str]]:
    """Return what reports say about checks, each wording once."""
    return sorted({(str(check.status), check.words) for check in checks})


def taken_back(notes: Iterable[StatusNote]) -> list[tuple[str, str]]:
    """Return how the outlets themselves took back or changed what they said, each wording once."""
    found = (
        (str(note.status), words) for note in notes if note.status in _TAKEN_BACK for words in note.words
    )
    return list(dict.fromkeys(found))


def telling(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Return the quotes that stand open."""
    return most_telling(quotes, QUOTES)


def without(quotes: Iterable[Quote], others: Iterable[Quote]) -> list[Quote]:
    """Return the quotes that are not among the others."""
    left_out = {quote.statement for quote in others}
    return [quote for quote in quotes if quote.statement not in left_out]


def of_role(marks: Iterable[Mark], role: str) -> list[Mark]:
    """Return the marks that show one part of their statement."""
    return [mark for mark in marks if mark.role == role]


def roles(marks: Iterable[Mark]) -> list[str]:
    """Return the style classes of the marks that are not content."""
    return sorted({_ROLE_CLASSES[mark.role] for mark in marks if mark.role in _ROLE_CLASSES})


def by_number(notes: Iterable[Note]) -> dict[int, Note]:
    """Return the notes by their number."""
    return {note.number: note for note in notes}


def is_web(url: str) -> bool:
    """Tell whether an address may stand in a link: http or https, never a script."""
    try:
        return urlsplit(url).scheme in {"http", "https"} and kept(url) == url
    except ValueError:
        return False


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        anchor,
        by_number,
        counted,
        dates,
        decision_words,
        day,
        holders_by_name,
        is_web,
        letter,
        moment,
        names,
        of_role,
        reasons_by_basis,
        roles,
        short_words,
        shown,
        speaker_tone,
        state_words,
        taken_back,
        telling,
        tone,
        without,
        wordings,
    )
}
