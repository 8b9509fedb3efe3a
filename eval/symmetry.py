"""Swap the names of two parties throughout a report, and tell what changes but the names.

    python eval/symmetry.py [--limit 50] [--show 10]

The two parties of a report are the two actors of one sort (two bodies, two men, two women) that its text
names most often; a person's full name takes the place of the other's full name and a surname that of the
surname. Statements are compared by their places (mapped from the one text to the other), kind, act,
polarity, hedges, verification and the mapped name of the speaker, and judgements by the statements that
they join. A side must never be believed more for who it is: what remains unlike is what the parser or the
word lists know of a name (gender, a country's adjective, a person read as a place), and is printed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import shared

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.model import ActorKind, Document, DocumentActor, Problem, Report, Severity, Span, Statement
from counterclaim.statements.actors.member import gender_of_name

_BODIES = frozenset({ActorKind.ORGANISATION, ActorKind.GOVERNMENT, ActorKind.GROUP})
_PLACE = "{}:{}"
_NAME = re.compile(r"[^\W\d_][\w’'.-]{2,}(?: [^\W\d_][\w’'.-]*)*")


class Swap(NamedTuple):
    """Two parties' names, each with the one that takes its place, longest first."""

    names: dict[str, str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Match any of the names as whole words."""
        longest = sorted(self.names, key=lambda name: (-len(name), name))
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")

    def text(self, text: str) -> str:
        """Return the text with the names swapped."""
        return self.pattern.sub(lambda match: self.names[match.group()], text)

    def places(self, text: str) -> dict[int, int]:
        """Return where each character offset of ``text``, its end included, stands after the swap.

        Offsets inside a name that is swapped are mapped to the start of the new one.
        """
        moved: dict[int, int] = {}
        at = shift = 0
        for match in self.pattern.finditer(text):
            for offset in range(at, match.start() + 1):
                moved[offset] = offset + shift
            for offset in range(match.start() + 1, match.end()):
                moved[offset] = match.start() + shift
            shift += len(self.names[match.group()]) - len(match.group())
            at = match.end()
        for offset in range(at, len(text) + 1):
            moved[offset] = offset + shift
        return moved


class Compared(NamedTuple):
    """One report: statements and judgements alike in both readings, and in either."""

    report: str
    names: tuple[str, ...]
    statements: tuple[int, int]
    judgements: tuple[int, int]
    parts: dict[str, tuple[int, int]]
    unlike: tuple[str, ...]


def parties(report: Report) -> Swap | None:
    """Return the swap of the two actors of one sort that the report names most, None where it has no two."""
    actors = report.annotations.actors if report.annotations else ()
    ranked: list[tuple[int, str, DocumentActor]] = []
    for actor in actors:
        if actor.name and _NAME.fullmatch(actor.name) and actor.kind in {*_BODIES, ActorKind.PERSON}:
            names = _names(actor)
            count = sum(len(_word(name).findall(report.document.text)) for name in names)
            ranked.append((-count, actor.name, actor))
    ranked.sort(key=lambda row: row[:2])
    for number, (_, _, first) in enumerate(ranked):
        for _, _, second in ranked[number + 1 :]:
            if not _sort(first) or _sort(first) != _sort(second):
                continue
            one, other = _names(first), _names(second)
            if len(one) == len(other) and not any(a[:4] == b[:4] for a in _words(one) for b in _words(other)):
                pairs = list(zip(one, other, strict=True))
                return Swap(dict(pairs) | {b: a for a, b in pairs})
    return None


def _names(actor: DocumentActor) -> list[str]:
    """Return the actor's name, and a person's surname after it."""
    name = actor.name or ""
    parts = name.split()
    return [name, parts[-1]] if actor.kind is ActorKind.PERSON and len(parts) > 1 else [name]


def _sort(actor: DocumentActor) -> str:
    """Return what another actor must share so that the report stays sensible when their names change places.

    Pronouns and titles are not swapped, so that persons must be of one known gender; empty where it is not.
    """
    if actor.kind is not ActorKind.PERSON:
        return "body"
    return gender_of_name(actor.name or "") or ""


def _words(names: Sequence[str]) -> set[str]:
    return {word for name in names for word in name.split()}


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def compare(before: Report, after: Report, swap: Swap) -> Compared:
    """Compare two readings of one report, before and after the names were swapped."""
    moved = swap.places(before.document.text)
    same = dict(zip(range(len(after.document.text) + 1), range(len(after.document.text) + 1), strict=True))
    one = {s.id: _shape(s, moved, swap.text) for s in before.statements}
    other = {s.id: _shape(s, same, str) for s in after.statements}
    wholes = [
        [shapes[s.id] for s in report.statements if s.part_of is None]
        for report, shapes in ((before, one), (after, other))
    ]
    parts = _parts(*wholes)
    here, there = Counter(one.values()), Counter(other.values())
    known = {_key(shape) for shape in one.values()} & {_key(shape) for shape in other.values()}
    left, right = Counter(_edges(before, one, known)), Counter(_edges(after, other, known))
    unlike = [f"- {shape}" for shape in (here - there).elements()]
    unlike += [f"+ {shape}" for shape in (there - here).elements()]
    return Compared(
        before.document.id,
        tuple(swap.names),
        ((here & there).total(), (here | there).total()),
        ((left & right).total(), (left | right).total()),
        parts,
        tuple(unlike),
    )


def _shape(statement: Statement, moved: dict[int, int], renamed: Any) -> str:
    """Return what must not change about a statement, as one line."""

    def at(spans: Iterable[Span]) -> str:
        return " ".join(_PLACE.format(moved[span.start], moved[span.end]) for span in spans)

    speaker = statement.speaker
    check = statement.verification
    return " | ".join(
        (
            at(statement.source),
            at(statement.cue),
            at(statement.content),
            statement.kind,
            statement.act,
            str(statement.polarity),
            str(statement.hedged),
            check.status if check else "",
            renamed(speaker.label) if speaker else "",
        )
    )


PARTS = ("source", "cue", "content", "kind", "act", "polarity", "hedged", "verification", "speaker")


def _parts(one: Sequence[str], other: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Count, over the statements whose cue was found in both readings, how many agree on each part."""
    there: dict[str, list[str]] = {}
    for shape in other:
        fields = shape.split(" | ")
        if fields[1]:
            there[fields[1]] = fields
    counts = dict.fromkeys(PARTS, 0)
    total = found = 0
    for shape in one:
        fields = shape.split(" | ")
        if not fields[1]:
            continue
        total += 1
        twin = there.get(fields[1])
        found += twin is not None
        for name, mine, theirs in zip(PARTS, fields, twin or (), strict=False):
            counts[name] += mine == theirs
    return {name: (count, found) for name, count in counts.items()} | {"cue": (found, total)}


def _key(shape: str) -> str:
    """Return by what a statement is known in both readings: its cue, or where its content begins."""
    _, cue, content, *_ = shape.split(" | ")
    return cue or content.split(":")[0]


def _edges(report: Report, shapes: dict[str, str], known: set[str]) -> Iterator[str]:
    """Give the judgements within a report about statements that both readings have."""
    for judgement in DefaultLinker().judge(report, ()):
        one, other = sorted((_key(shapes[judgement.left]), _key(shapes[judgement.right])))
        if {one, other} <= known:
            yield f"{judgement.kind} {one} {other}"


def read(documents: Sequence[dict[str, Any]]) -> list[Report]:
    """Read reports given as rows of JSON Lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = shared.write_lines(Path(folder) / "reports.jsonl", documents)
        found = list(pipeline.extract(str(path)))
    problems = [p for p in found if isinstance(p, Problem) and p.severity is Severity.ERROR]
    if problems:
        raise SystemExit(f"eval/symmetry.py: {problems[0]}")
    return [item for item in found if isinstance(item, Report)]


def row_of(document: Document, swap: Swap | None = None) -> dict[str, Any]:
    """Return a document as a row of JSON Lines, its names swapped where a swap is given."""
    row = {"id": document.id, "text": document.text, "title": document.title, "publisher": document.publisher}
    if document.published is not None:
        row["published"] = str(document.published)
    renamed = swap.text if swap else str
    return {key: renamed(value) if key in {"text", "title"} else value for key, value in row.items() if value}


def compare_all(reports: Sequence[Report]) -> Iterator[Compared]:
    """Swap the parties of each report and compare what is read."""
    for report in reports:
        swap = parties(report)
        if swap is None:
            continue
        before, after = read([row_of(report.document), row_of(report.document, swap)])
        yield compare(before, after, swap)


def boards(reports: Sequence[Report], swap: Swap) -> tuple[list[Any], list[Any]]:
    """Return the disputes of the reports by their counts, before and after the swap."""

    def counts(rows: Sequence[dict[str, Any]]) -> list[Any]:
        with tempfile.TemporaryDirectory() as folder:
            linked = pipeline.link(str(shared.write_lines(Path(folder) / "reports.jsonl", rows)))
        return sorted(
            sorted(
                (len(p.statements), p.attestation.attested, p.attestation.corroborated)
                for p in dispute.positions
            )
            for dispute in linked.board.disputes
        )

    documents = [report.document for report in reports]
    return counts([row_of(d) for d in documents]), counts([row_of(d, swap) for d in documents])


def main() -> int:
    """Print the share that is identical; exit 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--limit", type=int, default=50, help="how many of PolNeAR's dev reports (50)")
    parser.add_argument("--show", type=int, default=0, help="how many unlike statements to print")
    options = parser.parse_args()
    sets = {"samples": list(pipeline.extract(str(shared.ROOT / "samples/reports")))}
    if shared.missing() is None:
        rows = [json.loads(line) for line in shared.POLNEAR_DEV.read_text().splitlines()]
        sets["dev"] = list(read(rows[: options.limit]))
    for name, found in sets.items():
        results = list(compare_all([item for item in found if isinstance(item, Report)]))
        _print(name, results, options.show)
    return 0


def _print(name: str, results: Sequence[Compared], show: int) -> None:
    def share(pairs: Iterable[tuple[int, int]]) -> str:
        alike, either = (sum(column) for column in zip(*pairs, strict=True))
        return f"{alike}/{either} = {alike / either:.3f}" if either else "none"

    whole = sum(r.statements[0] == r.statements[1] and r.judgements[0] == r.judgements[1] for r in results)
    print(
        f"{name}: {len(results)} reports with two parties; identical reports {whole}, "
        f"statements {share(r.statements for r in results)}, "
        f"judgements {share(r.judgements for r in results)}"
    )
    print(
        "  of statements with a cue: " + ", ".join(f"{p} {share(r.parts[p] for r in results)}" for p in PARTS)
    )
    for result in sorted(results, key=lambda r: r.statements[0] - r.statements[1])[:show]:
        print(f"  {result.report} {result.names} {result.statements}")
        for line in result.unlike[:6]:
            print(f"    {line}")


if __name__ == "__main__":
    sys.exit(main())
