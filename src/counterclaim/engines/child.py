"""The process that reads reports, one at a time, and can be killed without harm to anybody."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from counterclaim.engines.contract import Analysed, Settings
from counterclaim.model import Capture


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the process says: ready (with nothing), the outcome of one report, or why it failed.

    ``memory`` are the bytes that the process holds.
    """

    outcome: Analysed | None = None
    failure: str | None = None
    memory: int = 0


_ENCODER = msgspec.msgpack.Encoder()
_CAPTURE = msgspec.msgpack.Decoder(Capture)


def serve(connection: Connection, settings: bytes) -> None:
    """Read the reports that come in, and send what became of each, until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started this one ends it
    chosen = msgspec.msgpack.decode(settings, type=Settings)
    from counterclaim.engines.analyst import Analyst

    analyst = Analyst(chosen)
    try:
        analyst.warm_up()
        _bound(chosen.limits.memory)
        connection.send_bytes(_ENCODER.encode(Told(memory=memory_held())))
        while True:
            capture = _CAPTURE.decode(connection.recv_bytes())
            connection.send_bytes(_ENCODER.encode(_told(analyst.read, capture)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        sys.exit(0)


def _told(read: Callable[[Capture], Analysed], capture: Capture) -> Told:
    try:
        return Told(outcome=read(capture), memory=memory_held())
    except Exception as error:  # noqa: BLE001  whatever it is, it is told, and the report is set aside
        return Told(failure=_reason(error), memory=memory_held())


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "it needs more memory than it may have"
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}: {str(error)[:200]}"


def _bound(memory: int) -> None:
    """Refuse this process more private memory than this; where the system cannot, the size is watched."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def memory_held() -> int:
    """Return the resident size of this process in bytes; its largest one where the present is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return pages * resource.getpagesize()
