"""The engine of one machine: as many processes as wanted, each of which gets a shard when it asks for one."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, repeat

from counterclaim.engines.contract import Settings, Shard
from counterclaim.engines.supervisor import Noted, Stored, Supervisor

_WAIT = 0.2
"""Seconds after which it is looked whether anything failed."""


def run(shards: Iterator[Shard], settings: Settings, workers: int, stored: Stored, noted: Noted) -> None:
    """Have the shards read; ``stored`` is called with the outcome of each, from several threads.

    No more than two shards for each process are held in memory. Raises what ``shards`` or ``stored`` raise,
    and CounterclaimError where no process can be started, after all processes are ended.
    """
    waiting: queue.Queue[Shard | None] = queue.Queue(maxsize=workers)
    failed: list[BaseException] = []
    stopping = threading.Event()
    supervisors = [Supervisor(settings, noted, stopping) for _ in range(workers)]

    def work(supervisor: Supervisor) -> None:
        try:
            while (shard := waiting.get()) is not None:
                started = time.monotonic()
                stored(shard, supervisor.run(shard), time.monotonic() - started)
        except BaseException as error:  # noqa: BLE001  raised again in the thread that waits
            failed.append(error)
            stopping.set()
        finally:
            supervisor.close()

    threads = [threading.Thread(target=work, args=(each,), daemon=True) for each in supervisors]
    for thread in threads:
        thread.start()
    try:
        for shard in chain(shards, repeat(None, workers)):
            while not stopping.is_set():
                try:
                    waiting.put(shard, timeout=_WAIT)
                except queue.Full:
                    continue
                break
            if stopping.is_set():
                break
        while not stopping.is_set() and any(thread.is_alive() for thread in threads):
            for thread in threads:
                thread.join(_WAIT)
    finally:
        stopping.set()
        for supervisor in supervisors:
            supervisor.kill()
        with suppress(queue.Empty):
            while True:
                waiting.get_nowait()
        for _ in supervisors:
            waiting.put(None)
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]
