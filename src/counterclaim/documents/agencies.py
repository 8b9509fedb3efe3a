"""The names of news agencies, from the lexicon ``agencies.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_ENDINGS = re.compile(
    r"[\s,]*\b(?:Limited|Ltd|Incorporated|Inc|LLC|L\.L\.C|PLC|plc|LLP|GmbH|Corporation|Corp|Pty|Co)\.?$"
)
_RIGHTS = re.compile(r"[\s.,;|–—-]*\b(?:all rights\b.*|rights reserved\b.*)$", re.IGNORECASE | re.DOTALL)
_YEARS = re.compile(r"^(?:\d{4}\s*[-–]?\s*)+|[\s,]*\b\d{4}$")


@cache
def names() -> dict[str, str]:
    """Return every name of an agency with the one under which it is shown."""
    lexicon = tomllib.loads(files("counterclaim").joinpath("lexicons/agencies.toml").read_text("utf-8"))
    known = {}
    for agency in lexicon["agency"]:
        for name in (agency["name"], *agency["aliases"]):
            known[name] = agency["name"]
            if len(name) > 4:
                known[name.upper()] = agency["name"]
    return known


@cache
def pattern() -> str:
    """Return a regular expression, without groups, that matches the name of an agency."""
    longest_first = sorted(names(), key=lambda name: (-len(name), name))
    return rf"(?:\b(?:[Tt]he )?(?:{'|'.join(re.escape(name) for name in longest_first)})\b)"


def agency_in(words: str) -> str | None:
    """Return the first agency that ``words`` name, by the name under which it is shown."""
    match = re.search(pattern(), words)
    return normal_name(match.group()) if match else None


def normal_name(name: str) -> str:
    """Return the name of an agency or outlet as it is shown.

    ``The Example Times Limited 2021`` and ``Example Times Ltd. All rights reserved`` are both
    ``Example Times``; an agency has its name in the lexicon.
    """
    bare = _RIGHTS.sub("", " ".join(name.split()))
    previous = None
    while bare != previous:
        previous = bare
        bare = _ENDINGS.sub("", _YEARS.sub("", bare)).strip(" .,;:|–—-()[]")
    if bare in names():
        return names()[bare]
    bare = re.sub(r"^(?:The|THE|the)\s+(?=\S)", "", bare)
    return names().get(bare, bare)
