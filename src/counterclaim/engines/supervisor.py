"""Has reports read by a process of its own: ended when it takes too long, started again when it dies.

A report that ends its process, or fails, twice is set aside with the reason, and the rest goes on.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

import msgspec

from counterclaim.engines.child import Told, serve
from counterclaim.engines.contract import Analysed, Settings, Shard
from counterclaim.model import Capture, CounterclaimError, Problem
from counterclaim.model.errors import Messages

TRIES = 2
"""How often a report is tried before it is set aside."""
STARTING = 300.0
"""Seconds that a process has to load its models."""
RECYCLED = 0.8
"""Share of the memory it may have from which a process is ended between two reports: caches grow."""
_CAPTURES = msgspec.msgpack.Encoder()
_TOLD = msgspec.msgpack.Decoder(Told)

Noted = Callable[[str, dict[str, object]], None]
"""Told what happened, by a name, with what belongs to it."""


Stored = Callable[[Shard, list[Analysed], float], object]
"""Given a shard, what became of each of its items, and the seconds that took."""


class StoppedError(Exception):
    """The work was ended from another thread."""


class LostError(Exception):
    """The process is gone, or was ended, before it was done with a report."""


class Supervisor:
    """One process that reads reports, and who watches it. A context manager; for one thread.

    Where ``stopping`` is set, no process is started any more, and StoppedError is raised.
    """

    def __init__(
        self, settings: Settings, noted: Noted | None = None, stopping: threading.Event | None = None
    ) -> None:
        self._settings = settings
        self._noted = noted or (lambda _event, _details: None)
        self._stopping = stopping or threading.Event()
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The process that reads, where one runs."""
        return self._process.pid if self._process else None

    def run(self, shard: Shard) -> list[Analysed]:
        """Return what became of each item of a shard, in order.

        Raises CounterclaimError where no process can be started.
        """
        return [
            Analysed(problems=(item,)) if isinstance(item, Problem) else self.read(item)
            for item in shard.items
        ]

    def read(self, capture: Capture) -> Analysed:
        """Return what became of one capture, set aside with the reason where it failed twice."""
        reason = ""
        for number in range(1, TRIES + 1):
            try:
                return self._once(capture)
            except LostError as error:
                reason = str(error)
                if self._stopping.is_set():
                    raise StoppedError from error
                self._noted("report-failed", {"name": capture.name, "try": number, "reason": reason})
                self.close()
        return Analysed(problems=(Messages.set_aside(capture.name, reason, TRIES),), set_aside=True)

    def _once(self, capture: Capture) -> Analysed:
        connection = self._started()
        try:
            connection.send_bytes(_CAPTURES.encode(capture))
            if not connection.poll(self._settings.limits.seconds):
                raise LostError(Messages.too_slow(self._settings.limits.seconds))
            told = _TOLD.decode(connection.recv_bytes())
        except (EOFError, OSError) as error:
            raise LostError(self._end()) from error
        if told.outcome is None:
            raise LostError(told.failure or "")
        if told.memory > self._settings.limits.memory * RECYCLED:
            self._noted("process-recycled", {"process": self.process_id, "memory": told.memory})
            self.close()
        return told.outcome

    def _started(self) -> Connection:
        if self._stopping.is_set():
            raise StoppedError
        if self._connection is not None:
            return self._connection
        context = multiprocessing.get_context("spawn")
        connection, other = context.Pipe()
        process = context.Process(
            target=serve, args=(other, msgspec.msgpack.encode(self._settings)), daemon=True
        )
        try:
            process.start()
        except OSError as error:
            connection.close()
            raise CounterclaimError(Messages.process_unstartable(error.strerror or str(error))) from error
        finally:
            other.close()
        self._process, self._connection = process, connection
        try:
            ready = connection.poll(STARTING) and _TOLD.decode(connection.recv_bytes())
        except (EOFError, OSError):
            ready = None
        if not ready:
            reason = self._end()
            self.close()
            raise CounterclaimError(Messages.process_unstartable(reason))
        self._noted("process-started", {"process": self.process_id, "memory": ready.memory})
        return connection

    def _end(self) -> str:
        """Return how the process ended."""
        assert self._process is not None
        self._process.join(5)
        code = self._process.exitcode
        if code is None:
            return "its process does not answer"
        if code < 0:
            return f"its process was ended by {signal.Signals(-code).name}"
        return f"its process ended with status {code}"

    def kill(self) -> None:
        """End the process from another thread; the thread that waits for it goes on."""
        process = self._process
        if process is not None:
            with suppress(ValueError):  # it was closed meanwhile
                process.kill()

    def close(self) -> None:
        """End the process, at once; the next report starts another."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._connection = None
