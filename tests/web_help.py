"""A real web server on loopback, for tests that fetch."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from counterclaim.fetching import FetchLimits

LOOPBACK = ("127.0.0.0/8", "::1/128")

Page = tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


class Web:
    """Serves ``pages`` by path, 404 for others, and keeps what it was asked: method, path, headers, body."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self._counting = threading.Lock()
        self._at_once = 0
        self.most_at_once = 0
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.answer(self)

            do_POST = do_GET  # noqa: N815 (http.server's name)

            def log_message(self, *_: Any) -> None:
                """Keep the output of the tests clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._counting:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.asked.append((handler.command, handler.path, headers, body))
        page = self.pages.get(handler.path, (404, {}, b"nothing here"))
        with self._counting:  # before the answer: its reader may ask again before we are back here
            self._at_once -= 1
        try:
            if callable(page):
                page(handler)
                return
            status, fields, content = page
            handler.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **fields}.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for _method, path, _headers, _body in self.asked]

    def limits(self, **more: Any) -> FetchLimits:
        given = {"allow_private": LOOPBACK, "ports": (80, 443, self.port), "seconds": 5.0, **more}
        return FetchLimits(**given)


@contextmanager
def serving() -> Iterator[Web]:
    web = Web()
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.server.shutdown()
        web.server.server_close()
        thread.join()


def page(title: str, text: str) -> bytes:
    """Make a page of one report."""
    paragraphs = "".join(f"<p>{each}</p>" for each in text.split("\n"))
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def html(content: bytes, **fields: str) -> Page:
    return 200, {"Content-Type": "text/html; charset=utf-8", **fields}, content
