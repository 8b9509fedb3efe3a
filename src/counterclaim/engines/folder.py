"""The folder of a run: its plan, its shards, its state and its journal, each file whole or not there."""

from __future__ import annotations

import fcntl
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from counterclaim.engines import tables
from counterclaim.engines.contract import Analysed, Shard
from counterclaim.engines.plan import Manifest, Plan, State, moment
from counterclaim.model import Capture, CounterclaimError
from counterclaim.model.errors import Messages

DOCUMENTS, STATEMENTS = "documents", "statements"
_MANIFEST = msgspec.json.Decoder(Manifest)
_STATE = msgspec.json.Decoder(State)
_PLAN = msgspec.json.Decoder(Plan)
Read = TypeVar("Read")


class RunFolder:
    """One run on disk. Shards can be stored from several threads; one program works at a run at a time."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._journal = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the run."""
        return self.place.name

    @contextmanager
    def working(self, plan: Plan) -> Iterator[None]:
        """Make the folder where there is none, and keep other programs from working at this run.

        Raises CounterclaimError where one does, or the folder cannot be made.
        """
        with self._writing(self.place):
            (self.place / "shards").mkdir(parents=True, exist_ok=True)
            lock = (self.place / "lock").open("a")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CounterclaimError(Messages.run_busy(str(self.place))) from error
            for unfinished in self.place.rglob(".*.part"):
                unfinished.unlink(missing_ok=True)
            self._write(self.place / "plan.json", msgspec.json.format(msgspec.json.encode(plan), indent=1))
            yield

    # What is done.

    def done(self, shard: Shard) -> bool:
        """Tell whether this very shard is done, and its tables are there."""
        manifest = self._manifest(self._named(shard.number, "json"))
        return (
            manifest is not None
            and manifest.digest == shard.digest
            and all(self._table(shard.number, name).is_file() for name in manifest.tables)
        )

    def store(self, shard: Shard, outcomes: Sequence[Analysed], seconds: float) -> Manifest:
        """Write what became of a shard: its tables first, then the manifest that says that it is done."""
        rows = {
            DOCUMENTS: [each.document for each in outcomes if each.document is not None],
            STATEMENTS: [row for each in outcomes for row in each.statements],
        }
        columns = {DOCUMENTS: tables.DOCUMENTS, STATEMENTS: tables.STATEMENTS}
        digests = {}
        for name, several in rows.items():
            data = tables.to_parquet(several, columns[name])
            digests[name] = hashlib.sha256(data).hexdigest()
            self._write(self._table(shard.number, name), data)
        manifest = Manifest(
            number=shard.number,
            digest=shard.digest,
            captures=shard.captures,
            documents=len(rows[DOCUMENTS]),
            statements=len(rows[STATEMENTS]),
            unanalysed=sum(each.unanalysed for each in outcomes),
            words=sum(len(row["text"].split()) for row in rows[DOCUMENTS]),
            bytes=sum(len(item.content) for item in shard.items if isinstance(item, Capture)),
            tables=digests,
            set_aside=tuple(each.problems[0].name for each in outcomes if each.set_aside),
            problems=tuple(problem for each in outcomes for problem in each.problems),
            seconds=round(seconds, 3),
            done=moment(),
        )
        self._write(self._named(shard.number, "json"), msgspec.json.encode(manifest))
        return manifest

    def manifests(self) -> list[Manifest]:
        """Return the manifests of the shards that are done, in order."""
        found = (self._manifest(path) for path in sorted(self.place.glob("shards/[0-9]*.json")))
        return [each for each in found if each is not None]

    def forget_after(self, count: int) -> None:
        """Delete the shards from this number on: the inputs hold fewer than they did."""
        for path in self.place.glob("shards/[0-9]*"):
            if int(path.name.partition(".")[0]) >= count:
                path.unlink()

    def rows(self, manifest: Manifest, name: str) -> list[dict[str, Any]]:
        """Return the rows of a shard's table. Raises CounterclaimError where the file is damaged."""
        path = self._table(manifest.number, name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CounterclaimError(Messages.run_damaged(str(path), error.strerror or str(error))) from error
        if hashlib.sha256(data).hexdigest() != manifest.tables[name]:
            self._named(manifest.number, "json").unlink(missing_ok=True)
            raise CounterclaimError(Messages.run_damaged(str(path), "its SHA-256 is another"))
        return tables.from_parquet(data)

    # How far it is.

    def plan(self) -> Plan | None:
        """Return what the run is to do; None where that cannot be read."""
        return self._read("plan.json", _PLAN.decode)

    def state(self) -> State:
        """Return how far the run is."""
        return self._read("state.json", _STATE.decode) or State()

    def set_state(self, **changed: Any) -> State:
        """Change how far the run is, and return it."""
        state = msgspec.structs.replace(self.state(), updated=moment(), **changed)
        self._write(self.place / "state.json", msgspec.json.encode(state))
        return state

    def note(self, event: str, details: dict[str, object] | None = None) -> None:
        """Add a line to the journal: JSON, with the moment and what happened. From any thread."""
        line = msgspec.json.encode({"at": moment(), "event": event} | (details or {}))
        with self._journal, self._writing(self.place), (self.place / "journal.jsonl").open("ab") as journal:
            journal.write(line + b"\n")

    def is_busy(self) -> bool:
        """Tell whether a program works at this run."""
        try:
            with (self.place / "lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _manifest(self, path: Path) -> Manifest | None:
        return self._read(str(path.relative_to(self.place)), _MANIFEST.decode)

    def _read(self, name: str, decode: Callable[[bytes], Read]) -> Read | None:
        """Return a file of the run, None where there is none or it is not one that this version wrote."""
        try:
            return decode((self.place / name).read_bytes())
        except (OSError, msgspec.DecodeError):
            return None

    def _table(self, number: int, name: str) -> Path:
        return self._named(number, f"{name}.parquet")

    def _named(self, number: int, end: str) -> Path:
        return self.place / "shards" / f"{number:06d}.{end}"

    def _write(self, path: Path, data: bytes) -> None:
        """Write a file whole, or leave the old one: it outlives a crash when this returns."""
        unfinished = path.with_name(f".{path.name}.part")
        with self._writing(path):
            try:
                with unfinished.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                unfinished.replace(path)
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise

    @contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise CounterclaimError(Messages.run_folder_unwritable(str(path), reason)) from error


def runs_in(place: Path) -> list[RunFolder]:
    """Return the runs in a folder, by name."""
    return [RunFolder(path.parent) for path in sorted(place.glob("*/plan.json"))]


def run_named(place: Path, name: str) -> RunFolder:
    """Return the one run whose name begins so. Raises CounterclaimError where there is none, or several."""
    found = [each for each in runs_in(place) if each.name.startswith(name)]
    if len(found) != 1:
        raise CounterclaimError(Messages.run_unknown(name, str(place)))
    return found[0]


def noting(folder: RunFolder) -> Callable[[str, dict[str, object]], None]:
    """Return what notes an event in a run's journal."""
    return partial(folder.note)
