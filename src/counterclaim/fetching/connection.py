"""Connections to addresses that were checked, within the time that is left.

The name is resolved once; each of its addresses is checked; the connection goes to one of these very
addresses. So there is no moment between the check and the connection in which a name server could
answer otherwise. TLS is verified against the name, as the pool above it asks.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from counterclaim.fetching.addresses import Address, Network, in_networks, is_public, read_address


class RefusedAddress(Exception):  # noqa: N818 (what happened, not that it is an error)
    """A name leads to an address that must not be reached."""

    def __init__(self, host: str, address: Address) -> None:
        super().__init__(f"{host} is {address}")
        self.host = host
        self.address = address


class Deadline:
    """A moment by which all must be done, by the clock that never goes back."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float | None, late: type[Exception]) -> float:
        """Return how many seconds are left, at most ``most``; raises ``late`` where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise late("the time limit for the whole fetch is over")
        return left if most is None else min(left, most)


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of a name, or the one that a literal in any notation stands for."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(read_address(str(entry[4][0])) for entry in found))


Resolver = Callable[[str, int], Sequence[Address]]


class CheckedBackend(httpcore.NetworkBackend):
    """Opens TCP connections to checked addresses only.

    ``private`` tells after a connection whether its address was one that an administrator allows.
    """

    def __init__(self, deadline: Deadline, networks: Sequence[Network], resolver: Resolver | None = None):
        self._deadline = deadline
        self._networks = networks
        self._resolver = resolver or resolve
        self._plain = httpcore.SyncBackend()
        self.private = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check, and connect to the first address that takes the connection.

        Raises RefusedAddress where even one of the addresses must not be reached.
        """
        addresses = self._resolved(host, port)
        for address in addresses:
            if not in_networks(address, self._networks) and not is_public(address):
                raise RefusedAddress(host, address)
        failure: Exception | None = None
        for address in addresses:
            left = self._deadline.left(timeout, httpcore.ConnectTimeout)
            try:
                stream = self._plain.connect_tcp(str(address), port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            self.private = not is_public(address)
            return _TimedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _resolved(self, host: str, port: int) -> Sequence[Address]:
        """Resolve in a thread of its own: the system's resolver knows no time limit."""
        found: list[Sequence[Address]] = []
        failed: list[Exception] = []

        def work() -> None:
            try:
                found.append(self._resolver(host, port))
            except (OSError, ValueError) as error:  # a label that is too long is a ValueError
                failed.append(error)

        thread = threading.Thread(target=work, daemon=True, name=f"resolve {host}")
        thread.start()
        thread.join(self._deadline.left(None, httpcore.ConnectTimeout))
        if failed:
            raise httpcore.ConnectError(f"the name {host} was not found ({failed[0]})") from failed[0]
        if not found:
            raise httpcore.ConnectTimeout(f"the name {host} was not resolved in time")
        return found[0]


class _TimedStream(httpcore.NetworkStream):
    """A stream on which each step has no more time than the whole fetch has left."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout, httpcore.ConnectTimeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
