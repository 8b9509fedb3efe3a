"""Comparing the reports of shards with the ledger and with one another, in several processes.

A report is compared with what the ledger holds, found by its keys, and with those reports before it in the
run that are not in the ledger yet: these are read from the shards. Two reports decide about two reports, so
who compares them, and when, makes no difference.
"""

from __future__ import annotations

import os
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from counterclaim.disputes import DefaultLinker
from counterclaim.engines.folder import DOCUMENTS, RunFolder
from counterclaim.engines.plan import Manifest
from counterclaim.ledger import Ledger
from counterclaim.ledger.loading import last_place
from counterclaim.ledger.neighbours import neighbours
from counterclaim.model import Form, Keys, dump

KEPT = 8
"""Shards that a process keeps in memory as they are compared."""


class Compared(NamedTuple):
    """What was judged of each report of a task, by id, and the last place of the log that was looked at."""

    last: int
    found: list[dict[str, bytes]]


class Shelf(NamedTuple):
    """The reports of one shard as they are compared, and where each of their keys is held."""

    forms: list[Form]
    keys: list[Keys]
    holders: dict[str, list[int]]


class Comparer:
    """Compares reports of a run's shards, in one process."""

    def __init__(self, place: str, folder: Path) -> None:
        self._ledger = Ledger.open(place)
        self._folder = RunFolder(folder)
        self._linker = DefaultLinker()
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()

    def compare(self, manifest: Manifest, start: int, end: int, recent: Sequence[Manifest]) -> Compared:
        """Return what is judged of the reports ``start`` to ``end`` (exclusive) of a shard.

        ``recent`` are the shards before it that may not be in the ledger yet.
        """
        own = self._shelf(manifest)
        before = [self._shelf(each) for each in recent]
        found = []
        with self._ledger.reading() as connection:
            last = last_place(connection)
            for index in range(start, end):
                keys, form = own.keys[index], own.forms[index]
                near = {each.document: each for each in neighbours(connection, keys, self._linker)}
                for shelf in before:
                    near |= self._near(shelf, keys, len(shelf.forms))
                near |= self._near(own, keys, index)
                near.pop(form.document, None)
                judged = self._linker.judge_form(form, [near[key] for key in sorted(near)])
                found.append({each.id: dump(each) for each in judged})
        return Compared(last, found)

    def _near(self, shelf: Shelf, keys: Keys, until: int) -> dict[str, Form]:
        shared: defaultdict[int, set[str]] = defaultdict(set)
        for key in keys.sought:
            for index in shelf.holders.get(key, ()):
                if index < until:
                    shared[index].add(key)
        near = (shelf.forms[index] for index, common in shared.items() if self._linker.near(common))
        return {form.document: form for form in near}

    def _shelf(self, manifest: Manifest) -> Shelf:
        name = manifest.tables[DOCUMENTS]
        shelf = self._shelves.get(name)
        if shelf is None:
            shelf = self._shelves[name] = _shelf_of(self._folder.rows(manifest, DOCUMENTS))
            if len(self._shelves) > KEPT:
                self._shelves.popitem(last=False)
        self._shelves.move_to_end(name)
        return shelf

    def close(self) -> None:
        """Close the ledger."""
        self._ledger.close()


def _shelf_of(rows: list[dict[str, Any]]) -> Shelf:
    forms = [Form(document=row["key"], payload=row["form"]) for row in rows]
    keys = [Keys(held=tuple(row["keys_held"]), sought=tuple(row["keys_sought"])) for row in rows]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(keys):
        for key in each.held:
            holders[key].append(index)
    return Shelf(forms, keys, dict(holders))


_COMPARER: list[Comparer] = []
"""The one of this process, where it is one of a pool."""


def _begin(place: str, folder: Path) -> None:
    _COMPARER.append(Comparer(place, folder))


def _compare(manifest: Manifest, start: int, end: int, recent: Sequence[Manifest]) -> Compared:
    return _COMPARER[0].compare(manifest, start, end, recent)


class Pool:
    """Processes that compare; with one worker the program compares itself. A context manager."""

    def __init__(self, place: str, folder: Path, workers: int) -> None:
        self.workers = workers
        self._own = Comparer(place, folder) if workers == 1 else None
        self._pool = None
        if self._own is None:
            # each process has one core's share of work: threads of their own would only wait for one another
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(place, folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._own is not None:
            self._own.close()

    def submit(self, manifest: Manifest, recent: Sequence[Manifest]) -> list[Future[Compared]]:
        """Have the reports of a shard compared; return what will hold their parts, in order."""
        if self._own is not None:
            done: Future[Compared] = Future()
            done.set_result(self._own.compare(manifest, 0, manifest.documents, recent))
            return [done]
        assert self._pool is not None
        size = max(1, -(-manifest.documents // (2 * self.workers)))
        return [
            self._pool.submit(_compare, manifest, start, min(start + size, manifest.documents), recent)
            for start in range(0, manifest.documents, size)
        ]
