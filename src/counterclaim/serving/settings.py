"""What a server is told when it starts."""

from __future__ import annotations

import ipaddress
from typing import Self

import msgspec

from counterclaim.model.errors import LedgerError, Messages

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is served, where, and within which limits.

    Either ``ledger`` is served, to whoever sits at this machine, or the projects of ``team`` to its users.
    ``author`` is the name under which the one without users decides. ``hosts`` are the names under which
    browsers may ask, those of this machine always; ``secure`` says that they come by HTTPS. ``upload`` is the
    most bytes of a request, ``per_minute`` the most requests of one visitor, ``small`` the most entries of a
    ledger whose board is read again at once when it changes. ``fetch`` allows to add reports by address,
    ``private`` lists networks (as 10.0.0.0/8) that may be asked though they are not public.
    """

    ledger: str | None = None
    team: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()
    author: str = "analyst"
    secure: bool = False
    upload: int = 20_000_000
    per_minute: int = 600
    small: int = 20_000
    fetch: bool = True
    private: tuple[str, ...] = ()

    def checked(self) -> Self:
        """Return the settings. Raises LedgerError where anybody could reach a ledger without users."""
        if self.team is None and not is_loopback(self.host):
            raise LedgerError(Messages.listening_unguarded(self.host))
        return self

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The names under which this server may be asked; any other could be a page of somebody else's."""
        return tuple(dict.fromkeys((*LOOPBACK, self.host, *self.hosts)))


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine alone, whatever the machine's own table of names says."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
