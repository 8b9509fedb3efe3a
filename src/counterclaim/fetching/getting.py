"""One address asked for, with every redirect checked anew; and the report that it holds."""

from __future__ import annotations

import functools
import os
import ssl
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import httpcore
import httpx

from counterclaim.fetching.addresses import Network, read_networks
from counterclaim.fetching.connection import CheckedBackend, Deadline, RefusedAddress
from counterclaim.fetching.limits import Answer, Fetched, FetchError, FetchLimits, Validators
from counterclaim.fetching.pages import capture_of
from counterclaim.fetching.retrying import retry_after
from counterclaim.fetching.targets import read_url, shown_url
from counterclaim.fetching.unpacking import ACCEPTED, PackingError, TooMuchError, unpacked
from counterclaim.model.errors import Messages

MOVED = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_PAGES = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1"


def fetch(url: str, limits: FetchLimits | None = None, validators: Validators | None = None) -> Fetched:
    """Fetch the report at an address, as a capture like those that :mod:`counterclaim.sources` makes.

    ``validators`` are those of an earlier fetch of the same address. Raises FetchError, which carries a
    problem that names the address, for everything that does not bring a report.
    """
    answer = get(url, limits, validators, accept=_PAGES)
    if answer.status == _NOT_MODIFIED:
        kept = validators or (None, None)
        new = answer.validators
        return Fetched(
            asked=url,
            url=answer.url,
            capture=None,
            validators=(new[0] or kept[0], new[1] or kept[1]),
            private=answer.private,
        )
    received = datetime.now(UTC).isoformat(timespec="seconds")
    return Fetched(
        asked=url,
        url=answer.url,
        capture=capture_of(answer, received),
        validators=answer.validators,
        private=answer.private,
    )


def get(
    url: str,
    limits: FetchLimits | None = None,
    validators: Validators | None = None,
    *,
    accept: str = "*/*",
) -> Answer:
    """Return the body at an address (status 200), or status 304 where validators were given.

    At most ``limits.redirects`` redirects are followed, each read and checked as the address itself was.
    One that leads from the public network into an inner one is refused, even where who runs the program
    allows that network. Raises FetchError for every other status too.
    """
    limits = limits or FetchLimits()
    headers = {"Accept": accept, **_conditions(validators)}
    deadline = Deadline(limits.seconds)
    networks = read_networks(limits.allow_private)
    here = read_url(url, limits)
    for _ in range(limits.redirects + 1):
        answer = _ask("GET", here, limits, headers, b"", deadline, networks)
        if answer.status not in MOVED or "location" not in answer.headers:
            return _good(answer, conditional=validators is not None)
        networks = networks if answer.private else ()
        try:
            here = read_url(str(here.join(answer.headers["location"])), limits)
        except (FetchError, httpx.InvalidURL, ValueError) as error:
            reason = error.problem.message if isinstance(error, FetchError) else str(error)
            raise FetchError(Messages.redirect_refused(shown_url(url), reason)) from error
    raise FetchError(Messages.redirects_endless(shown_url(url), limits.redirects))


def post(url: str, content: bytes, headers: Mapping[str, str], limits: FetchLimits | None = None) -> Answer:
    """Send ``content`` to an address by POST, under the same rules; a redirect is not followed.

    Raises FetchError for everything but a status from 200 to 299.
    """
    limits = limits or FetchLimits()
    here = read_url(url, limits)
    deadline = Deadline(limits.seconds)
    answer = _ask("POST", here, limits, headers, content, deadline, read_networks(limits.allow_private))
    if not 200 <= answer.status < 300:
        raise _status_error(answer)
    return answer


def _conditions(validators: Validators | None) -> dict[str, str]:
    tag, modified = validators or (None, None)
    wanted = {"If-None-Match": tag, "If-Modified-Since": modified}
    return {name: value for name, value in wanted.items() if value}


def _good(answer: Answer, *, conditional: bool) -> Answer:
    if answer.status == 200 or (conditional and answer.status == _NOT_MODIFIED):
        return answer
    raise _status_error(answer)


def _status_error(answer: Answer) -> FetchError:
    return FetchError(
        Messages.fetch_status(answer.url, answer.status),
        status=answer.status,
        retry_after=retry_after(answer.headers.get("retry-after")),
        passing=answer.status in {408, 425, 429} or answer.status >= 500,
    )


def _ask(
    method: str,
    url: httpx.URL,
    limits: FetchLimits,
    headers: Mapping[str, str],
    content: bytes,
    deadline: Deadline,
    networks: Sequence[Network],
) -> Answer:
    """Send one request over a connection of its own: no cookie, no proxy, no password is ever sent."""
    shown = shown_url(str(url))
    backend = CheckedBackend(deadline, networks)
    sent = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": limits.agent,
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
        **headers,
    }
    if method == "POST":
        sent["Content-Length"] = str(len(content))
    times = dict.fromkeys(("connect", "read", "write", "pool"), limits.seconds)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_context(), network_backend=backend) as pool,
            pool.stream(
                method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=[(name.encode("ascii"), value.encode("latin-1")) for name, value in sent.items()],
                content=content or None,
                extensions={"timeout": times},
            ) as response,
        ):
            fields = _fields(response.headers)
            wanted = response.status == 200 or method == "POST"
            packing = fields.get("content-encoding", "")
            body = unpacked(response.iter_stream(), packing, limits.max_bytes) if wanted else b""
            return Answer(
                url=shown, status=response.status, headers=fields, content=body, private=backend.private
            )
    except RefusedAddress as error:
        raise FetchError(Messages.address_refused(shown, error.host)) from error
    except TooMuchError as error:
        raise FetchError(Messages.fetch_too_large(shown, limits.max_bytes)) from error
    except PackingError as error:
        raise FetchError(Messages.fetch_packed(shown, str(error))) from error
    except httpcore.TimeoutException as error:
        raise FetchError(Messages.fetch_late(shown, limits.seconds), passing=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise FetchError(Messages.fetch_failed(shown, str(error)), passing=True) from error
    except UnicodeEncodeError as error:
        raise FetchError(Messages.url_unreadable(shown, str(error))) from error


def _fields(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers by lower-case name; of one that stands several times, the first."""
    found: dict[str, str] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())
    return found


def _context() -> ssl.SSLContext:
    return _context_for(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@functools.lru_cache(maxsize=4)
def _context_for(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Make what checks certificates: by certifi's list, or by the one that the environment names."""
    return httpx.create_ssl_context()
