"""A small real mail server on loopback that keeps what it is sent."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any, cast


class Sink:
    """Speaks as much SMTP (RFC 5321) as a client needs that neither logs in nor encrypts."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        sink = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"220 sink\r\n")
                while line := self.rfile.readline():
                    verb = line[:4].upper()
                    if verb == b"QUIT":
                        self.wfile.write(b"221 bye\r\n")
                        return
                    if verb == b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        sink.keep(iter(self.rfile.readline, b".\r\n"))
                    elif verb == b"RCPT":
                        sink.recipients.append(line.decode().partition("<")[2].partition(">")[0])
                    self.wfile.write(b"250 ok\r\n")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.port: int = cast(Any, self.server.server_address)[1]

    def keep(self, lines: Iterator[bytes]) -> None:
        letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.letters.append(cast(EmailMessage, letter))


@contextmanager
def mail_sink() -> Iterator[Sink]:
    sink = Sink()
    thread = threading.Thread(target=sink.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.server.shutdown()
        sink.server.server_close()
        thread.join()
