"""The shards of a run into the ledger, in order, each in one transaction."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import msgspec

from counterclaim.disputes import DefaultLinker
from counterclaim.engines.folder import DOCUMENTS, STATEMENTS, RunFolder
from counterclaim.engines.linking import Compared, Pool
from counterclaim.engines.plan import Manifest
from counterclaim.ledger import Ledger
from counterclaim.ledger.loading import Loaded, Prepared, load
from counterclaim.ledger.moments import to_microseconds
from counterclaim.ledger.neighbours import bring_up_to_date
from counterclaim.model import CounterclaimError, Form, Keys, Problem
from counterclaim.model.errors import Messages

AHEAD = 3
"""Shards that are compared while one is recorded."""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """How many reports of a run were added to the ledger, how many it held, and those that were refused."""

    added: int = 0
    held: int = 0
    problems: tuple[Problem, ...] = ()


def load_run(
    ledger: Ledger,
    place: str,
    folder: RunFolder,
    workers: int,
    progress: Callable[[Manifest], None] | None = None,
) -> Added:
    """Compare the reports of a run and record them; what is recorded already is passed over.

    ``place`` is where the ledger is, for the processes that read it. Raises CounterclaimError where a shard
    is damaged, or the processes are ended.
    """
    manifests = [each for each in folder.manifests() if each.documents]
    waiting = deque(manifests[_recorded(ledger, folder, manifests) :])
    linker = DefaultLinker()
    ledger.write(lambda connection: bring_up_to_date(connection, linker, 0))
    added = held = 0
    problems: list[Problem] = []
    with Pool(place, folder.place, workers) as pool:
        for manifest, compared, recent in _compared(pool, waiting):
            loaded = _record(ledger, folder, manifest, compared, recent, linker)
            added, held = added + loaded.added, held + loaded.held
            problems += [Messages.input_erased(each.name, each.key) for each in loaded.erased]
            folder.set_state(loaded=manifest.number + 1)
            if progress:
                progress(manifest)
    return Added(added=added, held=held, problems=tuple(problems))


def _compared(
    pool: Pool, waiting: deque[Manifest]
) -> Iterator[tuple[Manifest, list[Compared], list[Manifest]]]:
    """Give each shard with what was judged of its reports, while the next ones are compared already.

    The last of the three are the shards that were compared with, beside what was in the ledger.
    """
    under_way: deque[tuple[Manifest, list[Future[Compared]], list[Manifest]]] = deque()
    ahead = AHEAD if pool.workers > 1 else 1
    while waiting or under_way:
        while waiting and len(under_way) < ahead:
            manifest = waiting.popleft()
            recent = [each for each, _parts, _recent in under_way]
            under_way.append((manifest, pool.submit(manifest, recent), recent))
        manifest, parts, recent = under_way[0]
        try:
            found = [part.result() for part in parts]
        except BrokenProcessPool as error:
            raise CounterclaimError(Messages.comparing_broke_off(str(error))) from error
        yield manifest, found, recent
        under_way.popleft()


def _record(
    ledger: Ledger,
    folder: RunFolder,
    manifest: Manifest,
    compared: Sequence[Compared],
    recent: Sequence[Manifest],
    linker: DefaultLinker,
) -> Loaded:
    rows = folder.rows(manifest, DOCUMENTS)
    found = [each for part in compared for each in part.found]
    prepared = _prepared(rows, folder.rows(manifest, STATEMENTS), found)
    known = {each.key for each in prepared}
    for other in recent:
        known.update(row["key"] for row in folder.rows(other, DOCUMENTS))
    since = min((part.last for part in compared), default=0)
    return ledger.write(
        lambda connection: load(
            connection, prepared, linker, known, since, lambda: to_microseconds(ledger.clock())
        )
    )


def _prepared(
    documents: list[dict[str, Any]], statements: list[dict[str, Any]], found: list[dict[str, bytes]]
) -> list[Prepared]:
    # by id: a shard may hold one report twice (a feed that repeats an item), with its statements
    said: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in statements:
        said[row["document"]].setdefault(row["id"], row)
    prepared = []
    for row, judged in zip(documents, found, strict=True):
        own = said[row["key"]].values()
        texts = [("document", row["key"], row["words"], row["body"])]
        texts += [("statement", each["id"], each["words"], each["body"]) for each in own]
        prepared.append(
            Prepared(
                key=row["key"],
                id=row["id"],
                name=row["id"],
                capture=row["capture"],
                capture_record=row["capture_record"],
                capture_content=row["capture_content"],
                document_record=row["document_record"],
                annotations_record=row["annotations_record"],
                statements=tuple((each["id"], each["statement_record"]) for each in own),
                form=Form(document=row["key"], payload=row["form"]),
                keys=Keys(held=tuple(row["keys_held"]), sought=tuple(row["keys_sought"])),
                version_keys=tuple(row["version_keys"]),
                texts=tuple(texts),
                found=judged,
            )
        )
    return prepared


def _recorded(ledger: Ledger, folder: RunFolder, manifests: Sequence[Manifest]) -> int:
    """Return how many of the shards are in this ledger already, by the last report of the last of them."""
    loaded = folder.state().loaded
    before = [each for each in manifests if each.number < loaded]
    if not before:
        return 0
    last = folder.rows(before[-1], DOCUMENTS)[-1]
    return len(before) if ledger.holds(last["key"]) else 0
