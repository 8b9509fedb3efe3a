"""Addresses of pages: which may be asked for, read by the very library that asks."""

from __future__ import annotations

import re
from urllib.parse import urldefrag

import httpx

from counterclaim.fetching.limits import FetchError, FetchLimits
from counterclaim.model.errors import Messages

PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
"""Characters; servers need not take a longer request line (RFC 9110, section 4.1)."""
_NOT_IN_A_URL = re.compile(r"[\x00-\x20\x7f\\]")


def read_url(url: str, limits: FetchLimits) -> httpx.URL:
    """Return an address that may be asked for, without its fragment.

    Whether its host may be reached is seen when it is resolved. Raises FetchError for another scheme,
    a name or password, a port that is not allowed, and what is no address.
    """
    given = urldefrag(url.strip()).url
    shown = shown_url(given)
    if len(given) > _LONGEST:
        raise FetchError(Messages.url_unreadable(shown[:200], f"it has {len(given):,} characters"))
    if _NOT_IN_A_URL.search(given):
        raise FetchError(Messages.url_unreadable(shown, "it has a space, a backslash or a control character"))
    try:
        parsed = httpx.URL(given)
        host = parsed.host
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(Messages.url_unreadable(shown, str(error))) from error
    if parsed.scheme not in PORTS:
        raise FetchError(Messages.url_unreadable(shown, f"its scheme is {parsed.scheme or 'missing'!r}"))
    if parsed.userinfo:
        raise FetchError(Messages.url_with_credentials(shown))
    if not host:
        raise FetchError(Messages.url_unreadable(shown, "it names no host"))
    port = port_of(parsed)
    if port not in limits.ports:
        raise FetchError(Messages.port_refused(shown, port, limits.ports))
    return parsed


def port_of(url: httpx.URL) -> int:
    """Return the port of an address, that of its scheme where it names none."""
    return PORTS[url.scheme] if url.port is None else url.port


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port of an address: what a robots.txt holds for."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    return f"{url.scheme}://{host}:{port_of(url)}"


def shown_url(url: str) -> str:
    """Return an address as it may be told: without a name and password that may stand in it."""
    return re.sub(r"^([^/?#]*//)[^/?#]*@", r"\1", url)
