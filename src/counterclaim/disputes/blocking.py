"""Which reports are compared: those that name the same and were written, or tell of events, at one time.

Every key is a name and the week in which a report came out or an event in it happened; two reports meet
where they share names in weeks not far apart. How much a name tells is read from the data file of term
weights, so that a name in every other report does not block by itself, but two or three do together.
All of it depends on the two reports alone. A report without a date meets every report with its names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from datetime import date

from counterclaim.claims.gist import Gist, lead_names
from counterclaim.claims.sketch import rarity
from counterclaim.disputes.copies import copy_keys
from counterclaim.disputes.forms import Compared
from counterclaim.model import Keys

WEEK = 7
"""Days in one bucket of time."""
REACH = 30
"""Buckets between two reports that can tell of one event: 21 days are always within reach, 28 never."""
LONGEST = 31
"""Days of an event beyond which its time is no key."""
TELLING = 2.5
"""Summed weight of the names that two reports must share: the logarithm of one over their share of reports."""
SHINGLES = 2
"""Sampled shingles that two reports must share to be compared as copies."""
_UNDATED = "-"
_ANY = "*"


def keys_of(known: Compared) -> Keys:
    """Return the blocking keys of a report, each sort sorted."""
    names = lead_names(known.document).union(*(gist.names for gist in known.gists))
    held: set[str] = set()
    sought: set[str] = set()
    if known.document.published is None:
        held |= {_key(name, bucket) for name in names for bucket in (_UNDATED, _ANY)}
        sought |= {_key(name, _ANY) for name in names}
    else:
        weeks = {(name, _week(known.document.published)) for name in names}
        weeks |= set(_events(known.gists, lead_names(known.document)))
        held |= {_key(name, _ANY) for name in names} | {_key(name, str(week)) for name, week in weeks}
        sought |= {_key(name, _UNDATED) for name in names}
        sought |= {
            _key(name, str(week + step)) for name, week in weeks for step in range(-REACH, REACH + 1)
        }
    sampled = set(copy_keys(known.document))
    return Keys(held=tuple(sorted(held | sampled)), sought=tuple(sorted(sought | sampled)))


def are_near(shared: Set[str]) -> bool:
    """Tell whether reports that share these keys are compared."""
    names = {key[1:].rpartition("@")[0] for key in shared if key.startswith("n")}
    return len(shared) - len({key for key in shared if key.startswith("n")}) >= SHINGLES or _tell(names)


def _tell(names: Set[str]) -> bool:
    return bool(names) and rarity().weight(frozenset(names)) >= TELLING


def _events(gists: Iterable[Gist], lead: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Give the names about each event of which a report says when it was, with the week."""
    for gist in gists:
        setting = gist.setting
        if setting.stated and setting.start and setting.end:
            first, last = (date.fromisoformat(day[:10]).toordinal() for day in (setting.start, setting.end))
            if last - first <= LONGEST:
                for name in gist.names | lead:
                    yield name, first // WEEK


def _key(name: str, bucket: str) -> str:
    return f"n{name}@{bucket}"


def _week(moment: str) -> int:
    return date.fromisoformat(moment[:10]).toordinal() // WEEK
