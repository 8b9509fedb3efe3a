"""What is on the way from an input to its reports: something opened, and something that holds reports."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from counterclaim.sources.budget import Budget
from counterclaim.sources.feed import Feed
from counterclaim.sources.recognising import Container
from counterclaim.sources.unpacking import Unpacked


class Opened(NamedTuple):
    """An input, or a member of an archive, whose bytes can be read.

    ``name`` is what the user sees, ``hint`` the name to tell the format from. ``stream`` is the input
    itself where nothing has been unpacked, ``unpacked`` what unpacks it where it is packed. ``depth``
    counts the archives around it, ``packed`` the packings.
    """

    name: str
    hint: str
    feed: Feed
    budget: Budget
    depth: int = 0
    packed: int = 0
    unpacked: Unpacked | None = None
    stream: BinaryIO | None = None


class Leaf(NamedTuple):
    """A report, or a file of many reports, with its bytes to read. ``inside`` tells that it was unpacked."""

    name: str
    hint: str
    feed: Feed
    container: Container | None
    unpacked: Unpacked | None
    stream: BinaryIO | None
    inside: bool


def member_name(archive: str, member: str) -> str:
    """Name a member of an archive: ``archive.zip!folder/page.html``; what cannot be printed is U+FFFD."""
    plain = member.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return f"{archive}!{''.join(each if each.isprintable() else chr(0xFFFD) for each in plain)}"


def is_hidden(member: str) -> bool:
    """Tell whether a member is hidden, or was left there by the system that made the archive."""
    parts = [part for part in member.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
