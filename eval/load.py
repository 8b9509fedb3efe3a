"""Many at once: writers and readers on one ledger of a million statements.

``python eval/load.py build --ledger PLACE --statements 1000000`` makes the ledger from the samples: each
is written again and again with other names of the same length, so that every offset stays right, and
with the judgements that the program made about the samples. ``python eval/load.py run --ledger PLACE`` lets
8 processes write and 16 read for five minutes, and prints p50, p95 and p99 of board, search and show in
milliseconds, the memory of the largest process, and what was refused or lost.

Writers add reports of the same making through ``Ledger.add`` with the program's own linker, as fast as they
can, at a lower priority (``--nice``), as an ingest beside people who read should be run. Readers wait between
two questions (``--pause``): sixteen people, not sixteen loops.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence, Set
from functools import partial
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.ledger import Ledger
from counterclaim.model import Capture, Document, Form, Judgement, Keys, OffsetMap, Report, Span, Statement
from counterclaim.model.digest import sha256
from counterclaim.views.reading import Question, read_answer, read_board_brief, read_board_view
from counterclaim.views.search import hits

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
PAGE = 25
"""Disputes on one page of the board."""
POOL = 2_000
"""Words of each length that stand for the common words of the samples."""
RENAMED = 0.7
"""Share of the common words that each variant has others for: or all reports would be about one thing."""
JUDGED = 4
"""Of so many variants one has judgements: most of what an archive holds is disputed by nobody."""
_WORD = re.compile(r"[A-Za-z]+")
_YEAR = re.compile(r"\b20[0-9]{2}\b")
_ID = re.compile(r"\b[sd]-[0-9a-f]{16}\b")
_WORDS = {"text", "title", "byline", "publisher", "name", "description", "party_name", "role", "aliases"}
"""Fields that hold words as a report writes them."""
_SLUGS = {"id", "actor", "party", "of"}
"""Fields that hold ids made of lower-case names."""


class Maker:
    """Makes variants of the sample reports: other names, same lengths, so that all offsets hold."""

    def __init__(self) -> None:
        self.reports: list[tuple[Capture, Report]] = []
        for item in pipeline.read(SAMPLES):
            if isinstance(item, tuple) and (report := pipeline.analyse(item[1])).statements:
                self.reports.append((item[0], report))
        snapshot = pipeline.gather([report for _capture, report in self.reports], DefaultLinker())
        self.judgements = snapshot.judgements
        self.statements = sum(len(report.statements) for _capture, report in self.reports)
        words = {
            word
            for _capture, report in self.reports
            for actor in (report.annotations.actors if report.annotations else ())
            for word in (actor.name or "").split()
            if word.isalpha() and word[0].isupper() and len(word) > 3
        }
        words |= {
            word
            for _capture, report in self.reports
            for place in (report.annotations.places if report.annotations else ())
            for word in place.span.quote.split()
            if word.isalpha() and word[0].isupper() and len(word) > 3
        }
        self.words = sorted(words)
        texts = " ".join(report.document.text for _capture, report in self.reports)
        self.common = sorted({word for word in _WORD.findall(texts) if word.islower() and len(word) > 3})
        known = {word.casefold() for word in _WORD.findall(texts) if word.islower()}
        self.capitals = {
            word
            for word in _WORD.findall(texts)
            if word[0].isupper() and len(word) > 2 and word.casefold() not in known
        }
        chance = random.Random(0)
        lengths = sorted({len(word) for word in self.common})
        self.pool = {length: [_name(chance, length) for _ in range(POOL)] for length in lengths}

    def variant(
        self, number: int, *, fresh: bool = False
    ) -> tuple[list[tuple[Capture, Report]], list[Judgement]]:
        """Return all sample reports under other names, and the judgements about them.

        A ``fresh`` one shares no longer word with the others: its reports are about one another, and not
        about what three thousand others say in nearly the same words.
        """
        chance = random.Random(number)
        names = {word: _name(chance, len(word)).capitalize() for word in self.words}
        names |= {word.upper(): name.upper() for word, name in list(names.items())}
        names |= {
            word: chance.choice(self.pool[len(word)])
            for word in self.common
            if len(word) > 4 and chance.random() < RENAMED
        }
        if fresh:
            names |= {word: _name(chance, len(word)) for word in self.common}
            names |= {word: _name(chance, len(word)).capitalize() for word in self.capitals - names.keys()}
        # An archive is of many years. Every 28 years weekdays and leap days fall on the same days.
        shift = 28 * chance.randrange(-14, 250)
        names |= {str(year): str(year + shift) for year in range(2000, 2100)}
        renamed: dict[str, str] = {}
        made = [self._report(number, report, names, renamed) for _capture, report in self.reports]
        judgements = []
        for each in self.judgements:
            left, right = (_renamed(end, renamed) for end in (each.left, each.right))
            judgements.append(
                Judgement.of(
                    each.kind,
                    left,
                    right,
                    basis=each.basis,
                    author=each.author,
                    confidence=each.confidence,
                    reason=each.reason,
                )
            )
        return made, judgements

    def _report(
        self, number: int, report: Report, names: dict[str, str], renamed: dict[str, str]
    ) -> tuple[Capture, Report]:
        old = report.document
        text = _replace(old.text, names)
        content = text.encode()
        digest = sha256(content)
        identifier = f"{old.id}-{number}"
        key = Document.key_of(identifier, digest)
        renamed[old.key] = key
        for each in report.statements:
            cue, parts = (
                tuple(Span.of(text, span.start, span.end) for span in spans)
                for spans in (each.cue, each.content)
            )
            renamed[each.id] = Statement.id_of(key, cue, parts)
        plain = _everywhere(msgspec.to_builtins(report), names, text, "")
        plain["document"] |= {
            "id": identifier,
            "published": plain["document"]["published"] or f"{names['2024']}-05-15",
            "capture": digest,
            "encoding": "utf-8",
            "url": f"{old.url}?{number}" if old.url else None,  # or all variants would be versions of one
            "offsets": msgspec.to_builtins(OffsetMap()),
        }
        written = _ID.sub(lambda match: renamed.get(match.group(), match.group()), json.dumps(plain))
        capture = Capture(name=f"{identifier}.txt", sha256=digest, content=content, media_type="text/plain")
        return capture, msgspec.json.decode(written, type=Report)


def _name(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(length))[:length]


def _replace(text: str, names: dict[str, str]) -> str:
    return _years(_WORD.sub(lambda match: names.get(match.group(), match.group()), text), names)


def _years(text: str, names: dict[str, str]) -> str:
    return _YEAR.sub(lambda match: names[match.group()], text)


def _everywhere(value: Any, names: dict[str, str], text: str, field: str) -> Any:
    """Rename within plain data; a span is cut anew from the text, with what stands around it."""
    if isinstance(value, dict):
        if {"start", "end", "quote", "prefix"} <= value.keys():
            return msgspec.to_builtins(Span.of(text, value["start"], value["end"]))
        return {
            key: each if key == "text" and each == text else _everywhere(each, names, text, key)
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_everywhere(each, names, text, field) for each in value]
    if not isinstance(value, str):
        return value
    if field in _SLUGS:
        return _WORD.sub(lambda match: names.get(match.group().capitalize(), match.group()).lower(), value)
    return _replace(value, names) if field in _WORDS else _years(value, names)


def _renamed(end: str, renamed: dict[str, str]) -> str:
    key, slash, rest = end.partition("/")
    return renamed.get(key, key) + slash + rest


class Ready:
    """The program's linker, but that the judgements are known beforehand."""

    def __init__(self) -> None:
        self._linker = DefaultLinker()
        self.version = self._linker.version
        self.judgements: Sequence[Judgement] = ()

    def keys(self, report: Report) -> Keys:
        """Return the keys that the program's linker gives, to be found by and not to look with."""
        return Keys(held=self._linker.keys(report).held)

    def near(self, shared: Set[str]) -> bool:  # noqa: ARG002
        """Compare nothing."""
        return False

    def form(self, report: Report) -> Form:
        """Return the form that the program's linker gives."""
        return self._linker.form(report)

    def judge(self, report: Report, neighbours: Sequence[Form]) -> Sequence[Judgement]:  # noqa: ARG002
        """Return what is known."""
        return self.judgements


def build(place: str, wanted: int) -> None:
    """Make a ledger of at least so many statements, and store its board."""
    maker, linker = Maker(), Ready()
    begun = time.time()
    with Ledger.open(place, create=True) as ledger:
        held = ledger.counts()["statements"]
        for number in range(held // maker.statements, -(-wanted // maker.statements)):
            made, judgements = maker.variant(number)
            for capture, report in made:
                linker.judgements = judgements if report is made[-1][1] and not number % JUDGED else ()
                ledger.add(capture, report, linker)
            if number % 50 == 0:
                print(
                    f"{(number + 1) * maker.statements:,} statements, {time.time() - begun:.0f} s", flush=True
                )
        begun = time.time()
        pipeline.refresh(ledger)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{ledger.counts()}; board stored in {time.time() - begun:.0f} s, {memory:,.0f} MB", flush=True)


def write(place: str, number: int, nice: int, stop: Event, results: Any) -> None:
    """Add variants that nobody else adds; tell what was acknowledged, and how long each took."""
    os.nice(nice)
    maker, linker = Maker(), DefaultLinker()
    told: list[tuple[str, float]] = []
    refused: list[str] = []
    variant = 10_000_000 + number * 100_000
    with Ledger.open(place) as ledger:
        results.put(("ready", None))
        while not stop.is_set():
            for capture, report in maker.variant(variant, fresh=True)[0]:
                if stop.is_set():
                    break
                begun = time.perf_counter()
                try:
                    ledger.add(capture, report, linker)
                except Exception as error:  # noqa: BLE001  it is counted and told
                    refused.append(repr(error))
                else:
                    told.append((report.document.key, time.perf_counter() - begun))
            variant += 1
    results.put(("writer", (told, refused, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)))


def read(place: str, number: int, pause: float, stop: Event, results: Any) -> None:
    """Ask for the board, for words, and for single things, and tell how long each took."""
    chance = random.Random(number)
    took: dict[str, list[float]] = {"board": [], "search": [], "show": []}
    refused: list[str] = []
    stored = Question(stored=True)
    with Ledger.open(place) as ledger:
        view = read_board_view(ledger, stored, limit=PAGE)[0]
        names = [each.id for each in view.disputes]
        names += [quote.statement for each in view.disputes for p in each.positions for quote in p.quotes]
        names += [named.id for each in view.disputes for named in each.documents]
        words = sorted({word for each in view.disputes for word in _WORD.findall(each.question)})
        asks: dict[str, Callable[[], object]] = {
            "board": lambda: read_board_brief(ledger, stored, limit=PAGE),
            "search": lambda: hits(ledger.search(" ".join(chance.sample(words, chance.choice([1, 1, 2]))))),
            "show": lambda: read_answer(ledger, stored, chance.choice(names)),
        }
        results.put(("ready", None))
        while not stop.is_set():
            kind = chance.choice(list(asks))
            begun = time.perf_counter()
            try:
                asks[kind]()
            except Exception as error:  # noqa: BLE001  it is counted and told
                refused.append(f"{kind}: {error!r}")
            else:
                took[kind].append(time.perf_counter() - begun)
            stop.wait(chance.expovariate(1 / pause) if pause else 0)
    results.put(("reader", (took, refused, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)))


def run(place: str, writers: int, readers: int, seconds: float, pause: float, nice: int) -> int:
    """Let them all work at once, and tell how it went; 1 where anything was refused or lost."""
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    works = [partial(write, place, number, nice, stop, results) for number in range(writers)]
    works += [partial(read, place, number, pause, stop, results) for number in range(readers)]
    processes = [context.Process(target=work) for work in works]
    for process in processes:
        process.start()
    for _ in processes:
        kind, _value = results.get()
        assert kind == "ready", kind
    time.sleep(seconds)
    stop.set()
    told: list[tuple[str, float]] = []
    refused: list[str] = []
    took: dict[str, list[float]] = {}
    memory = {"writer": 0, "reader": 0}
    for _ in processes:
        kind, (found, failed, size) = results.get()
        refused += failed
        memory[kind] = max(memory[kind], size // 1024)
        if kind == "writer":
            told += found
        else:
            for name, times in found.items():
                took.setdefault(name, []).extend(times)
    for process in processes:
        process.join()
    for name, times in {**took, "add": [each for _key, each in told]}.items():
        p50, p95, p99 = (1000 * np.percentile(times or [0], each) for each in (50, 95, 99))
        print(f"{name:7} {len(times):6,} times  p50 {p50:7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f} ms")
    with Ledger.open(place) as ledger:
        lost = [key for key, _ in told if not ledger.holds(key)]
        print(ledger.counts())
    print(
        f"memory: reader {memory['reader']:,} MB, writer {memory['writer']:,} MB; "
        f"{len(refused)} refused, {len(lost)} of {len(told)} writes lost"
    )
    for each in sorted(set(refused))[:10]:
        print("refused:", each)
    return 1 if refused or lost else 0


def main() -> int:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["build", "run"])
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two questions, on average")
    parser.add_argument("--nice", type=int, default=10, help="how far the writers' priority is lowered")
    chosen = parser.parse_args()
    if chosen.what == "build":
        build(chosen.ledger, chosen.statements)
        return 0
    return run(chosen.ledger, chosen.writers, chosen.readers, chosen.seconds, chosen.pause, chosen.nice)


if __name__ == "__main__":
    sys.exit(main())
