"""Which reports are compared: those that name the same and were written, or tell of events, at one time.

A key is a name and the week in which a report came out or an event in it happened. Two reports meet where
they share, in weeks not far apart, two names, or one that stands in both their leads and is no country's:
one name alone ("the president", a country) says too little on what a report is about, unless both say who
did a thing of one kind, or how many it hit. They also meet, however long after, where both say who did a
rare kind of thing at a place, and where they share runs of words. Every name counts alike, whoever bears
it, and all of it depends on the two reports alone. A report without a date meets those of any date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from counterclaim.claims.blame import rare_events
from counterclaim.claims.gist import Gist, lead_names
from counterclaim.disputes.copies import copy_keys
from counterclaim.disputes.forms import Compared
from counterclaim.model import Keys

WEEK = 7
"""Days in one bucket of time."""
REACH = 3
"""Buckets between two reports that can tell of one event: 21 days are always within reach, 28 never."""
LONGEST = 31
"""Days of an event beyond which its time is no key."""
NAMES = 2
"""Names that two reports must share; one is enough that stands in both leads."""
SHINGLES = 2
"""Sampled shingles that two reports must share to be compared as copies."""
_UNDATED = "-"
_ANY = "*"
_NAME, _LEAD, _KIND, _RARE, _SHINGLE = "n", "l", "k", "e", "c"
"""What the keys of each sort begin with; those of shingles are made by ``copies``."""


def keys_of(known: Compared) -> Keys:
    """Return the blocking keys of a report, each sort sorted."""
    topics = _topics(known)
    always = {
        f"{_RARE}{kind}:{name}"
        for gist in known.gists
        if gist.blame is not None
        for kind in gist.blame.events & rare_events()
        for name in gist.scene
    }
    always |= set(copy_keys(known.document))
    if known.document.published is None:
        held = {f"{topic}@{bucket}" for topic in topics for bucket in (_UNDATED, _ANY)}
        sought = {f"{topic}@{_ANY}" for topic in topics}
    else:
        weeks = {(topic, _week(known.document.published)) for topic in topics}
        weeks |= set(_events(known.gists))
        held = {f"{topic}@{week}" for topic, week in weeks} | {f"{topic}@{_ANY}" for topic in topics}
        sought = {f"{topic}@{week + step}" for topic, week in weeks for step in range(-REACH, REACH + 1)}
        sought |= {f"{topic}@{_UNDATED}" for topic in topics}
    return Keys(held=tuple(sorted(held | always)), sought=tuple(sorted(sought | always)))


def are_near(shared: Set[str]) -> bool:
    """Tell whether reports that share these keys are compared."""
    if any(key.startswith((_LEAD, _KIND, _RARE)) for key in shared):
        return True
    named = {key.rpartition("@")[0] for key in shared if key.startswith(_NAME)}
    return len(named) >= NAMES or sum(key.startswith(_SHINGLE) for key in shared) >= SHINGLES


def _topics(known: Compared) -> set[str]:
    """Return the names of a report as keys: those of all its claims, and those of its lead."""
    lead = lead_names(known.document)
    names = lead.union(*(gist.names for gist in known.gists))
    scenes = frozenset().union(*(gist.scene for gist in known.gists))
    kinds = {(kind, name) for gist in known.gists for kind in _kinds(gist) for name in gist.lead}
    return (
        {f"{_NAME}{name}" for name in names}
        | {f"{_LEAD}{name}" for name in lead & scenes}
        | {f"{_KIND}{kind}:{name}" for kind, name in kinds}
    )


def _kinds(gist: Gist) -> frozenset[str]:
    """Return the kinds of event of which a claim says who did it, or how many it hit."""
    blamed = gist.blame.events if gist.blame else frozenset()
    return blamed | (gist.events if gist.quantities else frozenset())


def _events(gists: Iterable[Gist]) -> Iterator[tuple[str, int]]:
    """Give the names about each event of which a report says when it was, with the week."""
    for gist in gists:
        setting = gist.setting
        if not setting.stated or setting.start is None or setting.end is None:
            continue
        first, last = (date.fromisoformat(day[:10]).toordinal() for day in (setting.start, setting.end))
        if last - first <= LONGEST:
            yield from ((f"{_NAME}{name}", first // WEEK) for name in gist.names | gist.lead)


def _week(moment: str) -> int:
    return date.fromisoformat(moment[:10]).toordinal() // WEEK
