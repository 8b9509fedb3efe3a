"""Corrections and retractions: what a report says, in its own words, of an earlier report.

The words that say so are looked for in the text alone; which reports they are about is read off what
else the ledger holds: earlier versions of the same report, near-copies by the same outlet, reports of an
outlet that is named as having retracted one, and else whatever the same outlet said before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from counterclaim.disputes.copies import outlet
from counterclaim.disputes.lineage import Lineage
from counterclaim.disputes.versions import UNDATED, Versions, moment
from counterclaim.model import Document, Span, Statement

MEANT = 0.6
"""Share of a statement's words that stand in a correction which means it."""

_REPORT = r"(?:story|article|report|dispatch|item)"
_BEGIN = r"(?:^|(?<=[.!?][ \u201d\"]))[^\n.!?]*?"
_END = r"\b[^\n.!?]*[.!?]?"
_NOTE = re.compile(
    rf"{_BEGIN}\b(?:Correction|CORRECTION|Clarification|CLARIFICATION|Retraction|RETRACTION"
    r"|Editor[’']s note|EDITOR[’']S NOTE)s?\b ?[:.—–-][^\n]*"
    rf"|{_BEGIN}\b[Aa]n (?:earlier|previous) version of (?:this|the) {_REPORT}\b[^\n]*"
    rf"|{_BEGIN}\b(?:has|have) (?:retracted|withdrawn) (?:this|the|a|an|its|their) (?:\w+ )?{_REPORT}{_END}"
    rf"|{_BEGIN}\b[Tt]his {_REPORT} (?:has been|is|was) (?:retracted|withdrawn){_END}",
    re.MULTILINE,
)
_TAKEN_BACK = re.compile(r"\b(?:retract(?:ed|s|ion)?|withdr(?:awn|awal|ew)|disregard)\b", re.IGNORECASE)
_WHOLE = re.compile(
    rf"\b(?:retracted|withdrawn) (?:this|its|their|the) (?:\w+ )?{_REPORT}\b"
    rf"|\b[Tt]his {_REPORT} (?:has been|is|was) (?:retracted|withdrawn)\b"
)
_NAMED = re.compile(rf"\b(?:has|have) (?:retracted|withdrawn) (?:a|an|its|the|their) (?:\w+ )?{_REPORT}\b")
_WORD = re.compile(r"\w{4,}|\d+")
_LONGEST_NAME = 8
"""Words of the longest name of an outlet."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says of earlier ones, and where.

    ``back`` where it takes something back rather than sets it right; ``whole`` where that is a whole
    report. ``certain`` are the keys of the documents that it is about for certain (other versions,
    near-copies by the same outlet); ``possible`` those that it may be about, if its words are theirs.
    """

    document: str
    span: Span
    back: bool
    whole: bool
    certain: tuple[str, ...]
    possible: tuple[str, ...]

    def means(self, statement: Statement, gone: frozenset[str] | None = None) -> bool:
        """Tell whether a statement is what is corrected or taken back.

        ``gone`` are the words (as :func:`told` gives them) that the latest version no longer has, for
        a statement that it does not hold; None for one that stands.
        """
        certain = statement.document in self.certain
        if not certain and statement.document not in self.possible:
            return False
        if certain and self.back and self.whole:
            return True
        note, words = told(self.span.quote), told(statement.content_text)
        if len(words) > 2 and len(words & note) >= MEANT * len(words):
            return True
        if not certain or not gone:
            return False
        figures = {word for word in gone if word.isdigit()}
        return bool(figures & note) or 2 * len(gone & note) >= max(2, len(gone))


def told(text: str) -> frozenset[str]:
    """Return the words of a text that tell something: of four letters and more, and numbers."""
    return frozenset(word.casefold() for word in _WORD.findall(text))


def notes_in(document: Document) -> Iterator[Span]:
    """Give the sentences of a report that say that something reported before was wrong or is withdrawn."""
    for match in _NOTE.finditer(document.text):
        yield document.span(match.start(), match.end())


def read_corrections(
    documents: Iterable[Document], versions: Versions, lineage: Lineage
) -> tuple[Correction, ...]:
    """Return every correction and retraction in the reports, in order of key and text."""
    held = {document.key: document for document in documents}
    houses = _Houses(held)
    found = []
    for key in sorted(held):
        for span in notes_in(held[key]):
            certain = _certain(held, key, span, versions, lineage, houses)
            found.append(
                Correction(
                    document=key,
                    span=span,
                    back=bool(_TAKEN_BACK.search(span.quote)),
                    whole=bool(_WHOLE.search(span.quote)),
                    certain=certain,
                    possible=tuple(sorted(houses.before(key, span) - set(certain))),
                )
            )
    return tuple(found)


def _certain(
    held: dict[str, Document], key: str, span: Span, versions: Versions, lineage: Lineage, houses: _Houses
) -> tuple[str, ...]:
    """Return the earlier versions that do not carry the note, and near-copies by the same outlet."""
    chain = versions.chain(key)
    earlier = set(chain[: versions.number(key) - 1])
    copies = {
        other
        for other in lineage.neighbours(key)
        if other in held and other not in chain and houses.one(key, other)
        if moment(held[other]) <= moment(held[key])
    }
    return tuple(sorted(other for other in earlier | copies if span.quote not in held[other].text))


class _Houses:
    """Whose reports are whose: by outlet, by origin and by id."""

    def __init__(self, held: dict[str, Document]) -> None:
        self._held = held
        self._outlet = {key: outlet(document) for key, document in held.items()}
        self._of: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key, document in held.items():
            for name in self._names(document):
                self._of[name].add(key)

    def _names(self, document: Document) -> list[tuple[str, str]]:
        names = [("id", document.id), ("origin", document.origin_key)]
        house = self._outlet[document.key]
        return [*names, ("outlet", house)] if house is not None else names

    def one(self, one: str, other: str) -> bool:
        """Tell whether two reports are of one outlet."""
        return self._outlet[one] is not None and self._outlet[one] == self._outlet[other]

    def before(self, key: str, note: Span) -> set[str]:
        """Return reports, none later, of the same outlet or origin, or of an outlet that a note names."""
        later = self._held[key]
        found = {other for name in self._names(later) for other in self._of[name]} - {key}
        before = [note.quote[: match.start()] for match in _NAMED.finditer(note.quote)]
        for words in (" ".join(re.findall(r"\w+", each.casefold())).split() for each in before):
            for start in range(max(0, len(words) - _LONGEST_NAME), len(words)):
                found |= self._of.get(("outlet", " ".join(words[start:])), set())
        last = later.published or UNDATED
        return {other for other in found if (self._held[other].published or "") <= last}
