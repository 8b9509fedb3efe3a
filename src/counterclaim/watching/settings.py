"""What is watched, how often, and who is told."""

from __future__ import annotations

import ipaddress
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from counterclaim.fetching import FetchLimits
from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

SETTLED_SECONDS = 2.0
"""A file that was changed less long ago is perhaps still being written."""

_LENGTH = re.compile(r"\s*(\d{1,6})\s*([smhd]?)\s*")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Encryption(StrEnum):
    """How mail goes to its server."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """To whom alerts go by mail, and over which server. The password is read when it is needed."""

    to: tuple[str, ...]
    host: str
    port: int
    sender: str
    encryption: Encryption = Encryption.STARTTLS
    user: str | None = None
    password_file: Path | None = None

    def __post_init__(self) -> None:
        for address in (*self.to, self.sender):
            if not re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", address):
                raise CounterclaimError(Messages.address_unreadable(address))
        if self.encryption is Encryption.NONE and not is_here(self.host):
            raise CounterclaimError(Messages.smtp_bare(self.host))


class WatchSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What is watched: feeds by address, folders and files by path.

    ``every`` is how often each is looked at, ``pause`` how long a host is left alone between two requests,
    both in seconds; ``most`` how many items of one feed are fetched in a round.
    """

    sources: tuple[str, ...]
    every: float = 900.0
    pause: float = 2.0
    most: int = 100
    limits: FetchLimits = FetchLimits()
    webhooks: tuple[str, ...] = ()
    webhook_secret_file: Path | None = None
    webhook_private: tuple[str, ...] = ()
    mail: MailSettings | None = None
    settled: float = SETTLED_SECONDS


def read_length(given: str) -> float:
    """Return the seconds of ``30s``, ``15m``, ``2h`` or ``1d``; raises CounterclaimError for what is none."""
    match = _LENGTH.fullmatch(given)
    seconds = int(match.group(1)) * _SECONDS[match.group(2)] if match else 0
    if seconds < 1:
        raise CounterclaimError(Messages.duration_unreadable(given))
    return float(seconds)


def read_sources(place: Path) -> tuple[str, ...]:
    """Return the feeds and folders of a TOML file; a path in it counts from the file's own folder.

    Raises CounterclaimError where it cannot be read or has no list ``sources`` of strings.
    """
    try:
        given: Any = tomllib.loads(place.read_text(encoding="utf-8"))
        found = msgspec.convert(given.get("sources"), list[str])
    except (OSError, ValueError) as error:  # msgspec and tomllib raise kinds of ValueError
        raise CounterclaimError(Messages.watch_sources_unreadable(str(place), str(error))) from error
    return tuple(each if is_feed(each) else str(place.parent / each) for each in found)


def read_server(given: str) -> tuple[str, int]:
    """Return host and port of ``mail.example.org:587`` or ``[::1]:25``."""
    match = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([\w.-]+)):(\d{1,5})", given.strip())
    if match is None or not 0 < int(match.group(3)) < 65_536:
        raise CounterclaimError(Messages.smtp_unreadable(given))
    return match.group(1) or match.group(2), int(match.group(3))


def read_secret(place: Path | None, value: str | None, what: str, variable: str) -> bytes:
    """Return a secret from its file, else from the environment; raises CounterclaimError without one."""
    if place is None:
        if not value:
            raise CounterclaimError(Messages.secret_missing(what, variable))
        return value.strip().encode("utf-8")
    try:
        found = place.read_bytes().strip()
    except OSError as error:
        raise CounterclaimError(Messages.secret_unreadable(str(place), error.strerror or "")) from error
    if not found:
        raise CounterclaimError(Messages.secret_unreadable(str(place), "it is empty"))
    return found


def is_feed(source: str) -> bool:
    """Tell whether a source is the address of a feed, and no path."""
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def is_here(host: str) -> bool:
    """Tell whether a host is this machine by its very name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"
