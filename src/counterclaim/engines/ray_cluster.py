"""The engine of a Ray cluster: an actor for each core, each with a watched process of its own.

The program itself reads the inputs and writes the shards, so that machines of the cluster need no folder in
common. A shard whose machine is lost goes to another one.
"""

from __future__ import annotations

import socket
import time
from collections import deque
from collections.abc import Iterator
from typing import Any

import msgspec

from counterclaim.engines.contract import Analysed, Settings, Shard
from counterclaim.engines.supervisor import Noted, Stored, Supervisor
from counterclaim.engines.tables import library
from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

LOSSES = 5
"""How often one shard may be lost with the machine that works at it."""
STARTING = 300.0
"""Seconds in which a cluster must have a core for the first worker."""
STORE = 200_000_000
"""Bytes of Ray's object store where it is started here: a shard for each worker is all it holds."""
_SHARD = msgspec.msgpack.Decoder(Shard)
_SETTINGS = msgspec.msgpack.Decoder(Settings)
_OUTCOMES = msgspec.msgpack.Decoder(list[Analysed])


class Worker:
    """Reads shards on whatever machine Ray puts it."""

    def __init__(self, settings: bytes) -> None:
        self._events: list[tuple[str, dict[str, Any]]] = []
        self._supervisor = Supervisor(
            _SETTINGS.decode(settings), lambda event, details: self._events.append((event, dict(details)))
        )

    def ready(self) -> bool:
        """Tell that the worker runs."""
        return True

    def run(self, shard: bytes) -> tuple[bytes, list[tuple[str, dict[str, Any]]], float]:
        """Return what became of a shard's items, what happened on the way, and the seconds that took."""
        started = time.monotonic()
        outcomes = self._supervisor.run(_SHARD.decode(shard))
        events, self._events[:] = list(self._events), []
        return msgspec.msgpack.encode(outcomes), events, time.monotonic() - started


class RayEngine:
    """An engine that works on the cluster at ``address``; without one, on one that is started here."""

    def __init__(self, address: str | None = None) -> None:
        self._address = address

    def __call__(
        self, shards: Iterator[Shard], settings: Settings, workers: int, stored: Stored, noted: Noted
    ) -> None:
        """Have the shards read by so many actors; see :class:`counterclaim.engines.running.Engine`."""
        ray = library("ray")
        self._connect(ray, workers)
        try:
            _Cluster(ray, settings, stored, noted).run(shards, workers)
        finally:
            ray.shutdown()

    def _connect(self, ray: Any, workers: int) -> None:
        if self._address:
            _refuse_nobody(self._address)
        own = {} if self._address else {"num_cpus": workers, "object_store_memory": STORE}
        try:
            ray.init(
                address=self._address or "local",  # else Ray joins what it finds on this machine
                include_dashboard=None if self._address else False,
                log_to_driver=False,
                configure_logging=False,
                **own,
            )
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise CounterclaimError(Messages.cluster_unreachable(str(error))) from error


def _refuse_nobody(address: str) -> None:
    """Raise CounterclaimError where nobody listens at ``host:port``: Ray itself would try for minutes."""
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdigit() or "/" in host:
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
    except OSError as error:
        raise CounterclaimError(
            Messages.cluster_unreachable(f"{address}: {error.strerror or error}")
        ) from error


class _Cluster:
    """Actors at work, each with one shard at a time; a lost one is replaced where there is a core for it."""

    def __init__(self, ray: Any, settings: Settings, stored: Stored, noted: Noted) -> None:
        self._ray = ray
        self._settings = msgspec.msgpack.encode(settings)
        self._actor = ray.remote(num_cpus=1, max_restarts=0)(Worker)
        self._stored = stored
        self._noted = noted
        self._starting: dict[Any, Any] = {}
        self._under_way: dict[Any, tuple[Any, Shard, int]] = {}
        self._again: deque[tuple[Shard, int]] = deque()
        self._lost = (ray.exceptions.RayActorError, ray.exceptions.ObjectLostError)

    def run(self, shards: Iterator[Shard], workers: int) -> None:
        """Have all shards read. An actor gets a shard once it runs: until then another can have it."""
        idle: list[Any] = []
        for _ in range(workers):
            self._start()
        while True:
            while idle and (task := self._next(shards)) is not None:
                shard, losses = task
                actor = idle.pop()
                asked = actor.run.remote(msgspec.msgpack.encode(shard))
                self._under_way[asked] = (actor, shard, losses)
            if idle and not self._under_way:
                return
            self._wait(idle)

    def _start(self) -> None:
        actor = self._actor.remote(self._settings)
        self._starting[actor.ready.remote()] = actor

    def _wait(self, idle: list[Any]) -> None:
        """Wait until an actor is ready or done with its shard, and add it to those that wait for work."""
        asked = [*self._under_way, *self._starting]
        timeout = None if self._under_way else STARTING
        ready, _ = self._ray.wait(asked, num_returns=1, timeout=timeout)
        if not ready:
            raise CounterclaimError(Messages.cluster_without_cores(int(STARTING)))
        for each in ready:
            actor = self._finish(each) if each in self._under_way else self._started(each)
            if actor is not None:
                idle.append(actor)

    def _started(self, asked: Any) -> Any:
        actor = self._starting.pop(asked)
        try:
            self._ray.get(asked)
        except self._lost as error:
            self._noted("worker-lost", {"reason": str(error)[:300]})
            self._start()
            return None
        return actor

    def _next(self, shards: Iterator[Shard]) -> tuple[Shard, int] | None:
        if self._again:
            return self._again.popleft()
        shard = next(shards, None)
        return None if shard is None else (shard, 0)

    def _finish(self, asked: Any) -> Any:
        """Store what an actor did and return it; None where it was lost with its machine."""
        actor, shard, losses = self._under_way.pop(asked)
        try:
            outcomes, events, seconds = self._ray.get(asked)
        except self._lost as error:
            self._noted("worker-lost", {"shard": shard.number, "reason": str(error)[:300]})
            if losses + 1 >= LOSSES:
                raise CounterclaimError(Messages.cluster_lost(LOSSES)) from error
            self._again.append((shard, losses + 1))
            self._start()
            return None
        except self._ray.exceptions.RayTaskError as error:
            raise CounterclaimError(Messages.process_unstartable(str(error.cause))) from error
        for event, details in events:
            self._noted(event, details)
        self._stored(shard, _OUTCOMES.decode(outcomes), seconds)
        return actor
