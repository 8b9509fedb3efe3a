"""What a new version of a report changes in its statements: kept, changed, dropped, added.

Statements are aligned by words: first those that are the same, then the most alike of the same speaker
(Ratcliff and Obershelp 1988, as in Python's ``difflib``, over words), then the most alike of all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from counterclaim.disputes.corrections import notes_in
from counterclaim.disputes.reprints import alike
from counterclaim.disputes.versions import Versions
from counterclaim.model import Document, Snapshot, Span, Statement

ALIKE = 0.5
"""Ratio of two statements of one speaker from which the later is the earlier one, changed."""
ALIKE_ELSEWHERE = 0.8
"""The same for statements of two speakers."""

_WORD = re.compile(r"\w+(?:[.,’'-]\w+)*")
_EARLIER = re.compile(r"\b(?:earlier|previous) version\b")


class ChangeKind(StrEnum):
    """What became of a statement from one version to the other."""

    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the older version and those that stand in their place; None for none."""

    old: Span | None
    new: Span | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One statement in two versions, by its ids there; None where a version does not have it.

    A kept statement has one id alone where the other version says the same words and they were read
    otherwise there. ``words`` are the words that differ, in order of the text.
    """

    kind: ChangeKind
    old: str | None = None
    new: str | None = None
    words: tuple[Replaced, ...] = ()


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a report with its statements, in order of the text."""

    document: Document
    statements: tuple[Statement, ...]


def changes(older: Version, newer: Version) -> tuple[Change, ...]:
    """Return what became of each statement, in order of the older text, then what was added.

    What a correction in the newer version repeats is not kept: it is said to have been wrong.
    """
    noted = list(notes_in(newer.document))
    left_old = list(older.statements)
    left_new = [s for s in newer.statements if not any(note.overlaps(s.content[0]) for note in noted)]
    found = [Change(kind=ChangeKind.ADDED, new=s.id) for s in newer.statements if s not in left_new]
    pairs: list[tuple[Statement, Statement, ChangeKind]] = []
    exact: dict[object, list[Statement]] = defaultdict(list)
    for s in left_new:
        exact[_wording(s)].append(s)
    for s in older.statements:
        same = exact[_wording(s)]
        if same:
            pairs.append((s, same.pop(0), ChangeKind.KEPT))
    left_old, left_new = _without(left_old, left_new, pairs)
    texts = (_flat(older.document.text), _without_notes(newer.document.text, noted))
    found += [
        Change(kind=ChangeKind.KEPT, old=s.id) for s in left_old if _extent(older.document, s) in texts[1]
    ]
    found += [
        Change(kind=ChangeKind.KEPT, new=s.id) for s in left_new if _extent(newer.document, s) in texts[0]
    ]
    read = {each.old for each in found if each.old} | {each.new for each in found if each.new}
    left_old = [s for s in left_old if s.id not in read]
    left_new = [s for s in left_new if s.id not in read]
    for elsewhere in (False, True):
        pairs += _most_alike(left_old, left_new, elsewhere=elsewhere)
        left_old, left_new = _without(left_old, left_new, pairs)
    for one, other, kind in pairs:
        words = () if kind is ChangeKind.KEPT else tuple(_replaced(older, one, newer, other))
        found.append(Change(kind=kind, old=one.id, new=other.id, words=words))
    found += [Change(kind=ChangeKind.DROPPED, old=s.id) for s in left_old]
    found += [Change(kind=ChangeKind.ADDED, new=s.id) for s in left_new]
    order = {
        s.id: (turn, place) for turn, v in enumerate((older, newer)) for place, s in enumerate(v.statements)
    }
    return tuple(sorted(found, key=lambda each: order[each.old or each.new or ""]))


def withdrawn(snapshot: Snapshot, versions: Versions) -> dict[str, Change]:
    """Return the statements that only older versions of a report hold, and what became of each.

    Each is compared with the latest version that was analysed. A statement that was put in other words
    stands; one with another figure, another act, another polarity or another speaker does not.
    """
    documents = {document.key: document for document in snapshot.documents}
    said: dict[str, list[Statement]] = defaultdict(list)
    for s in snapshot.statements:
        said[s.document].append(s)
    found: dict[str, Change] = {}
    for chain in versions.chains:
        analysed = [version_of(documents[key], said[key]) for key in chain if documents[key].analysed]
        for older in analysed[:-1]:
            known = {s.id: s for v in (older, analysed[-1]) for s in v.statements}
            for change in changes(older, analysed[-1]):
                if change.old is not None and not _stands(change, known):
                    found[change.old] = change
    return found


def recalls(statement: Statement) -> bool:
    """Tell whether a report says what an earlier version said: a correction, and no claim of anybody's."""
    return bool(_EARLIER.search(statement.source_text))


def version_of(document: Document, statements: Iterable[Statement]) -> Version:
    """Return a document with its statements in order of the text."""
    ordered = sorted(statements, key=lambda s: (s.content[0].start, -s.content[-1].end, s.id))
    return Version(document=document, statements=tuple(ordered))


def _stands(change: Change, known: dict[str, Statement]) -> bool:
    if change.kind is ChangeKind.KEPT:
        return True
    if change.kind is not ChangeKind.CHANGED:
        return False
    one, other = known[change.old or ""], known[change.new or ""]
    same = (one.act, one.polarity) == (other.act, other.polarity) and _one_speaker(one, other)
    return same and alike(frozenset(_words(one.content_text)), frozenset(_words(other.content_text)))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _wording(s: Statement) -> object:
    """Return what two statements have in common that are the same."""
    speaker = s.speaker.label.casefold() if s.speaker else None
    whole = (s.part_of is None, s.reported_by is None)
    return whole, speaker, s.act, s.polarity, tuple(_words(s.cue_text)), tuple(_words(s.content_text))


def _one_speaker(one: Statement, other: Statement) -> bool:
    """Tell whether two statements are of one speaker: by id, or by the last word of the name."""
    if one.speaker is None or other.speaker is None:
        return one.speaker is other.speaker
    if one.speaker.actor == other.speaker.actor:
        return True
    names = [_words(s.speaker.name or "")[-1:] for s in (one, other) if s.speaker]
    return bool(names[0]) and names[0] == names[1]


def _flat(text: str) -> str:
    return f" {' '.join(_words(text))} "


def _without_notes(text: str, notes: Sequence[Span]) -> str:
    """Return the words of a text but those of its corrections, which repeat what no longer holds."""
    start, parts = 0, []
    for note in notes:
        parts.append(text[start : note.start])
        start = note.end
    return _flat(" | ".join([*parts, text[start:]]))


def _extent(document: Document, s: Statement) -> str:
    """Return the words of the text from the first to the last word of a statement."""
    spans = (*s.source, *s.cue, *s.content)
    return _flat(document.text[min(span.start for span in spans) : max(span.end for span in spans)])


def _without(
    old: list[Statement], new: list[Statement], pairs: Sequence[tuple[Statement, Statement, ChangeKind]]
) -> tuple[list[Statement], list[Statement]]:
    taken = {each.id for one, other, _ in pairs for each in (one, other)}
    return [s for s in old if s.id not in taken], [s for s in new if s.id not in taken]


def _most_alike(
    old: Sequence[Statement], new: Sequence[Statement], *, elsewhere: bool
) -> list[tuple[Statement, Statement, ChangeKind]]:
    """Pair statements, the most alike first, ties in order of the text."""
    least = ALIKE_ELSEWHERE if elsewhere else ALIKE
    words = {s.id: _words(s.content_text) for s in (*old, *new)}
    ranked = []
    for place, one in enumerate(old):
        for turn, other in enumerate(new):
            kin = (one.part_of is None) == (other.part_of is None)
            if not kin or (not elsewhere and not _one_speaker(one, other)):
                continue
            matcher = SequenceMatcher(None, words[one.id], words[other.id], autojunk=False)
            if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
                ranked.append((-matcher.ratio(), place, turn))
    pairs, taken = [], set[tuple[str, int]]()
    for distance, place, turn in sorted(ranked):
        if -distance >= least and not {("old", place), ("new", turn)} & taken:
            taken |= {("old", place), ("new", turn)}
            pairs.append((old[place], new[turn], ChangeKind.CHANGED))
    return pairs


def _replaced(older: Version, one: Statement, newer: Version, other: Statement) -> Iterator[Replaced]:
    """Give the words that differ in source, cue and content, with their places in both texts."""
    parts = ((one.source, other.source), (one.cue, other.cue), (one.content, other.content))
    for before, after in parts:
        was, now = _places(before), _places(after)
        matcher = SequenceMatcher(None, [w for w, _, _ in was], [w for w, _, _ in now], autojunk=False)
        for tag, first, last, start, end in matcher.get_opcodes():
            if tag != "equal":
                yield Replaced(
                    old=_covering(older.document, was[first:last]),
                    new=_covering(newer.document, now[start:end]),
                )


def _places(spans: Iterable[Span]) -> list[tuple[str, int, int]]:
    return [
        (match.group().casefold(), span.start + match.start(), span.start + match.end())
        for span in spans
        for match in _WORD.finditer(span.quote)
    ]


def _covering(document: Document, words: Sequence[tuple[str, int, int]]) -> Span | None:
    return document.span(words[0][1], words[-1][2]) if words else None
