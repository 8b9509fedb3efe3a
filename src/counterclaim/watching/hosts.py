"""How often one host is asked: one request at a time, and a pause between two."""

from __future__ import annotations

import threading
import time
from urllib.parse import urlsplit


class Stopped(Exception):  # noqa: N818 (a request, and no error)
    """The user wants the watch to end."""


class Hosts:
    """Waits until a host may be asked again.

    Everything is fetched by one thread, so that there is never more than one request at a time.
    """

    def __init__(self, pause: float, stop: threading.Event) -> None:
        self._pause = pause
        self._stop = stop
        self._last: dict[str, float] = {}

    def wait(self, url: str, wish: float = 0.0) -> None:
        """Wait for the host of ``url``: the pause, or what the site wishes where that is longer.

        Raises Stopped where the user ends the watch meanwhile.
        """
        host = urlsplit(url).hostname or ""
        last = self._last.get(host)
        if last is not None:
            left = last + max(self._pause, wish) - time.monotonic()
            if left > 0:
                self._stop.wait(left)
        if self._stop.is_set():
            raise Stopped
        self._last[host] = time.monotonic()
