"""What it costs to add one report to a ledger: analysis, and linking with storing, in CPU-seconds.

    python eval/add_report.py CACHE [--sizes 1000 2700 5000 20000] [--kind topics|years]
        [--reports PICKLE ...]

Ledgers of the given numbers of reports (about 38 statements each: 2,700 reports hold 100,000) are made
once in the folder CACHE. Their reports are PolNeAR train and FA-KES as the pipeline reads them (pickled in
CACHE), and variants of these: in each variant a third of the words, and the names but those of countries and
the commonest, are replaced by others of the same length from the same collection, so that every span stays
in its place and shingles and topics differ. With ``topics`` the variants keep their dates, so that more
and more is told in the same weeks; with ``years`` each variant is of another year. The reports are put into
the ledger in bulk, with keys and forms and without judgements. Then reports that it does not hold are added
by ``Ledger.add``, each with a linker that remembers nothing, as by a program that has just been started.
"""

from __future__ import annotations

import argparse
import gc
import pickle
import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import shared
from sqlalchemy import func, select

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.ledger import Ledger, schema
from counterclaim.ledger.entries import Appender
from counterclaim.ledger.neighbours import keep, neighbours
from counterclaim.lexicons import read_lexicon
from counterclaim.model import Capture, Document, Report, Statement
from counterclaim.statements.parser import language

SOURCES = (shared.CORPORA / "polnear" / "train.jsonl", shared.CORPORA / "fakes" / "reports.jsonl")
ADDED = 25
"""Reports added to each ledger."""
KEPT = 12
"""Names that so many of the commonest keep in every variant: what all topics share."""
_MOVED = ("text", "title", "quote", "name", "description", "party_name", "label")
"""Fields whose words are replaced."""


def sources(cache: Path, pickles: list[Path]) -> list[Report]:
    """Return the real reports, read by the pipeline once."""
    if pickles:
        return [report for place in pickles for report in pickle.loads(place.read_bytes())]
    place = cache / "reports.pkl"
    if not place.exists():
        found = [item for item in pipeline.extract(list(SOURCES)) if isinstance(item, Report)]
        place.write_bytes(pickle.dumps(found))
    return list(pickle.loads(place.read_bytes()))


class Words:
    """The words of a collection, by length and sort, so that one can be put in the place of another."""

    def __init__(self, reports: Iterable[Report]) -> None:
        counted: Counter[str] = Counter()
        for report in reports:
            counted.update(shared_words(report.document.text))
        self.kinds: dict[str, list[str]] = defaultdict(list)
        lower = {word for word, _ in counted.items() if word[0].islower()}
        for word, count in sorted(counted.items()):
            if count >= 2 and (word[0].islower() or word.lower() not in lower):
                self.kinds[_sort(word)].append(word)
        names = [word for word, _ in counted.most_common() if word[0].isupper() and word.lower() not in lower]
        listed = read_lexicon("countries")["countries"]
        countries = {part for name, _, adjectives in listed for part in (name, *adjectives)}
        self.fixed = {*names[:KEPT], *countries, *(word for word, count in counted.items() if count > 2000)}

    def other(self, word: str, variant: int) -> str:
        """Return the word that stands for ``word`` in a variant: itself, or one of its length and sort."""
        number = int.from_bytes(blake2b(f"{variant} {word}".encode(), digest_size=8).digest(), "big")
        choice = self.kinds.get(_sort(word))
        if word in self.fixed or not choice or (word[0].islower() and number % 3):
            return word
        return choice[(number >> 8) % len(choice)]


def shared_words(text: str) -> list[str]:
    """Return the words of letters of a text."""
    return [part for part in _parts(text) if part.isalpha()]


def _parts(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+|\d|[\W_]", text)


def _sort(word: str) -> str:
    shape = "a" if word.islower() else "A" if word.isupper() else "Aa" if word.istitle() else word
    return f"{len(word)}{shape}"


def variant_of(report: Report, variant: int, words: Words, *, years: bool) -> tuple[Capture, Report]:
    """Return a variant of a report with its capture; variant 0 has the words of the report itself."""
    cached: dict[str, str] = {}

    def moved(text: str) -> str:
        if text not in cached:
            cached[text] = "".join(
                words.other(part, variant) if part.isalpha() else part for part in _parts(text)
            )
        return cached[text]

    def walked(value: Any, field: str = "") -> Any:
        if isinstance(value, dict):
            return {key: walked(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [walked(inner, field) for inner in value]
        return moved(value) if variant and isinstance(value, str) and field in _MOVED else value

    made = walked(msgspec.to_builtins(report))
    document = made["document"]
    capture = Capture.of(
        f"{document['id']}-{variant}.txt", document["text"].encode("utf-8", "replace"), "text/plain"
    )
    key = Document.key_of(f"{document['id']}-{variant}", capture.sha256)
    document |= {"id": f"{document['id']}-{variant}", "key": key, "capture": capture.sha256}
    if years and document["published"]:
        told = date.fromisoformat(document["published"][:10]).replace(day=1)
        document["published"] = told.replace(year=told.year + variant).isoformat()
    if made["annotations"]:
        made["annotations"]["document"] = key
    found = msgspec.convert(made, Report)
    renamed = {s.id: Statement.id_of(key, s.cue, s.content) for s in found.statements}
    said = tuple(
        msgspec.structs.replace(
            s,
            id=renamed[s.id],
            document=key,
            refers_to=tuple(renamed.get(each, each) for each in s.refers_to),
            reported_by=renamed.get(s.reported_by, s.reported_by) if s.reported_by else None,
        )
        for s in found.statements
    )
    return capture, msgspec.structs.replace(found, statements=said)


def variants(reports: list[Report], words: Words, *, years: bool) -> Iterator[tuple[Capture, Report]]:
    """Give the reports, then their first variants, and so on without end; every 40th report is left out."""
    variant = 0
    while True:
        for number, report in enumerate(reports):
            if number % 40:
                yield variant_of(report, variant, words, years=years)
        variant += 1


def make(place: Path, size: int, reports: list[Report], words: Words, *, years: bool) -> None:
    """Make a ledger of so many reports, in bulk."""
    half = place.with_suffix(".part")
    half.unlink(missing_ok=True)
    ledger = Ledger.open(str(half), create=True)
    rows = variants(reports, words, years=years)
    captured: set[str] = set()
    for start in range(0, size, 500):
        linker = DefaultLinker()
        with ledger._writing() as connection:  # noqa: SLF001 (a measurement looks inside)
            appender = Appender(connection, start + 1)
            several = [next(rows) for _ in range(min(500, size - start))]
            for capture, report in several:
                if capture.sha256 not in captured:
                    appender.capture(capture)
                captured.add(capture.sha256)
                appender.document(report.document)
                if report.annotations:
                    appender.annotations(report.annotations)
                for statement in report.statements:
                    appender.statement(statement)
            appender.write()
            for _, report in several:
                keep(connection, report, linker.keys(report), linker)
    ledger.close()
    half.rename(place)


def measure(place: Path, new: list[tuple[Capture, Report]]) -> list[tuple[float, int, int]]:
    """Return for each report added: CPU-seconds, the reports that it was compared with, and judgements."""
    found = []
    with Ledger.open(str(place)) as ledger:
        held = ledger.counts()["judgements"]
        gc.collect()
        gc.freeze()  # what this script holds is no part of the program: the collector is not to visit it
        for capture, report in new:
            linker = DefaultLinker()
            with ledger._engine.connect() as connection:  # noqa: SLF001 (a measurement looks inside)
                near = len(neighbours(connection, DefaultLinker().keys(report), linker))
            started = time.process_time()
            added = ledger.add(capture, report, linker)
            spent = time.process_time() - started
            if not added:
                raise ValueError(f"{place} holds {report.document.id}: delete it and run again")
            with ledger._engine.connect() as connection:  # noqa: SLF001 (a measurement looks inside)
                now = connection.execute(select(func.count()).select_from(schema.judgements)).scalar_one()
            found.append((spent, near, now - held))
            held = now
    return found


def analysis(reports: list[Report]) -> list[float]:
    """Return the CPU-seconds that it takes to analyse each of the reports, the models being loaded."""
    language()
    pipeline.analyse(reports[0].document)
    spent = []
    for report in reports:
        started = time.process_time()
        pipeline.analyse(report.document)
        spent.append(time.process_time() - started)
    return spent


def main() -> None:
    """Make the ledgers that are missing and print the curve."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 2700, 5000, 20000])
    parser.add_argument("--kind", choices=("topics", "years"), default="topics")
    parser.add_argument("--reports", type=Path, nargs="*", default=[], help="pickled lists of reports")
    chosen = parser.parse_args()
    why = shared.missing()
    if why and not chosen.reports:
        print(f"skipped: {why}")
        return
    chosen.cache.mkdir(parents=True, exist_ok=True)
    reports = sorted(sources(chosen.cache, chosen.reports), key=lambda report: report.document.id)
    random.Random(0).shuffle(reports)
    words = Words(reports)
    fresh = [report for number, report in enumerate(reports) if number % 40 == 0]
    new = [variant_of(report, 0, words, years=False) for report in fresh[:ADDED]]
    spent = analysis([report for _, report in new])
    said = [len(report.statements) for _, report in new]
    print(
        f"{len(new)} new reports of {statistics.mean(said):.0f} statements; analysis of one: median "
        f"{statistics.median(spent):.2f} s, most {max(spent):.2f} s of CPU"
    )
    for size in chosen.sizes:
        place = chosen.cache / f"{chosen.kind}-{size}.db"
        if not place.exists():
            make(place, size, reports, words, years=chosen.kind == "years")
        copied = chosen.cache / "measured.db"
        copied.write_bytes(place.read_bytes())
        found = measure(copied, new)
        with Ledger.open(str(copied)) as ledger:
            counts = ledger.counts()
        copied.unlink()
        times = [each[0] for each in found]
        print(
            f"{chosen.kind} {size:>6} reports, {counts['statements']:>7} statements, "
            f"{place.stat().st_size / 1e6:.0f} MB: linking and storing one: "
            f"median {statistics.median(times):.3f} s, "
            f"mean {statistics.mean(times):.3f} s, most {max(times):.3f} s; compared with "
            f"{statistics.mean(each[1] for each in found):.0f} reports, "
            f"{statistics.mean(each[2] for each in found):.0f} judgements"
        )


if __name__ == "__main__":
    main()
