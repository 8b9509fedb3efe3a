"""A real server on loopback, for the tests of the pages and of the client."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import uvicorn

from counterclaim.desk.application import make_application
from counterclaim.serving.settings import Settings


def serving(settings: Settings) -> Iterator[str]:
    """Run a server in a thread, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            make_application(settings),
            host="127.0.0.1",
            port=port,
            log_level="warning",
            timeout_graceful_shutdown=2,
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
