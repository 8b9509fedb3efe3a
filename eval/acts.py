"""Speech acts, polarity, hedges and verification links, against our own labels in ``training/acts``.

Run it from anywhere::

    python eval/acts.py [--part train|test|check] [--errors]

The spans are given; what is measured is what the program makes of them. Labels on the corpora of
``../shared`` are places only, and are left out, with a message, where that folder is missing.
``--errors`` lists what is wrong, for the train part alone: nobody is to look at the others. The part
``check`` was drawn from other reports and labelled after the rules were written.
docs/acts-guideline.md says what the labels mean.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
import shared

from counterclaim import pipeline
from counterclaim.model import Act, Capture, Document, VerificationStatus
from counterclaim.statements.candidate import Candidate
from counterclaim.statements.classify import Manner, candidate_at, classify
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.paragraphs import paragraphs
from counterclaim.statements.parser import parse
from counterclaim.statements.quotations import quotations
from counterclaim.statements.remarks import find_verification

LABELS = shared.ROOT / "training" / "acts"
FILES = {
    "polnear-train": shared.CORPORA / "polnear" / "train.jsonl",
    "fakes": shared.CORPORA / "fakes" / "reports.jsonl",
}
Range = tuple[int, int]


class Label(msgspec.Struct, frozen=True):
    """One labelled statement: where it stands, and what its act, polarity and hedge are."""

    corpus: str
    doc: str
    source: list[Range]
    cue: list[Range]
    content: list[Range]
    act: Act
    polarity: bool
    hedged: bool
    part: str
    drawn: str


class Place(msgspec.Struct, frozen=True):
    """Source, cue and content of one statement, as offsets."""

    source: list[Range]
    cue: list[Range]
    content: list[Range]


class Remark(msgspec.Struct, frozen=True):
    """One remark of the reporter on verification and the indices of the statements that it speaks of."""

    span: Range
    status: VerificationStatus
    statements: list[int]


class Passage(msgspec.Struct, frozen=True):
    """A passage with its statements and the remarks in it; offsets count from its start."""

    id: str
    text: str
    statements: list[Place]
    remarks: list[Remark]
    part: str


class Counts(msgspec.Struct):
    """What was found, what was expected, and how much of it is the same."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was expected that was found."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.expected) if self.right else 0.0


class Score(msgspec.Struct, frozen=True):
    """Figures on some labels: per act, and the shares whose polarity and hedge are right."""

    acts: dict[Act, Counts]
    act_accuracy: float
    polarity: float
    negative: Counts
    hedged: Counts
    hedge_accuracy: float
    size: int

    @property
    def macro_f1(self) -> float:
        """The mean of the F1 of the acts that have labels."""
        wanted = [counts.f1 for counts in self.acts.values() if counts.expected]
        return sum(wanted) / len(wanted) if wanted else 0.0


@cache
def texts(corpus: str) -> dict[str, str]:
    """Return the texts of a corpus by report id."""
    if corpus == "samples":
        documents = [i[1] for i in pipeline.read(shared.ROOT / "samples" / "reports") if isinstance(i, tuple)]
        names = {document.id: document.text for document in documents}
        return names | {name.rpartition("-")[0]: text for name, text in names.items()}
    lines = FILES[corpus].read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


def is_here(corpus: str) -> bool:
    """Tell whether the texts of a corpus are on this machine."""
    return corpus == "samples" or FILES[corpus].is_file()


def as_document(name: str, text: str) -> Document:
    """Make a bare document of a text."""
    capture = Capture.of(f"{name}.txt", text.encode(), "text/plain")
    return Document(
        id=name, key=Document.key_of(name, capture.sha256), capture=capture.sha256, text=text, language="en"
    )


def read_labels(part: str, *, only_own: bool = False) -> list[Label]:
    """Return the labels of one part whose texts are here."""
    lines = (LABELS / "labels.jsonl").read_bytes().splitlines()
    labels = [msgspec.json.decode(line, type=Label) for line in lines]
    wanted = [label for label in labels if not only_own or label.corpus == "samples"]
    return [label for label in wanted if label.part == part and is_here(label.corpus)]


def read_passages(part: str, *, only_own: bool = False) -> list[Passage]:
    """Return the passages of one part on verification whose texts are here."""
    own = (LABELS / "verification-own.jsonl").read_bytes().splitlines()
    passages = [msgspec.json.decode(line, type=Passage) for line in own]
    if not only_own:
        rows = [json.loads(line) for line in (LABELS / "verification.jsonl").read_bytes().splitlines()]
        passages += [_cut(row) for row in rows if is_here(row["corpus"])]
    return [passage for passage in passages if passage.part == part]


def _cut(row: dict[str, Any]) -> Passage:
    start, end = row["passage"]

    def moved(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(first - start, last - start) for first, last in ranges]

    return Passage(
        id=f"{row['doc']}:{start}",
        text=texts(row["corpus"])[row["doc"]][start:end],
        statements=[
            Place(moved(s["source"]), moved(s["cue"]), moved(s["content"])) for s in row["statements"]
        ],
        remarks=[
            Remark(moved([r["span"]])[0], VerificationStatus(r["status"]), r["statements"])
            for r in row["remarks"]
        ],
        part=row["part"],
    )


def judge(label: Label) -> Manner:
    """Ask the program for the manner of a labelled statement."""
    document = as_document(label.doc, texts(label.corpus)[label.doc])
    return classify(document, label.source, label.cue, label.content)


def score(pairs: list[tuple[Label, Manner]]) -> Score:
    """Compare labels with what the program says."""
    acts = {act: Counts() for act in Act}
    negative, hedged = Counts(), Counts()
    for label, manner in pairs:
        acts[label.act].expected += 1
        acts[manner.act].found += 1
        acts[label.act].right += label.act is manner.act
        for counts, gold, said in (
            (negative, not label.polarity, not manner.polarity),
            (hedged, label.hedged, manner.hedged),
        ):
            counts.expected += gold
            counts.found += said
            counts.right += gold and said
    size = len(pairs)

    def share(values: Iterable[bool]) -> float:
        return sum(values) / size if size else 0.0

    return Score(
        acts=acts,
        act_accuracy=share(a.act is b.act for a, b in pairs),
        polarity=share(a.polarity == b.polarity for a, b in pairs),
        negative=negative,
        hedged=hedged,
        hedge_accuracy=share(a.hedged == b.hedged for a, b in pairs),
        size=size,
    )


def links(passages: list[Passage], *, errors: bool = False) -> tuple[Counts, int]:
    """Compare verification links; also how many of the right links have the right status."""
    counts, status_right = Counts(), 0
    for passage in passages:
        expected = {index: remark.status for remark in passage.remarks for index in remark.statements}
        found = {index: each.status for index, each in _verified(passage).items()}
        both = expected.keys() & found.keys()
        counts.expected += len(expected)
        counts.found += len(found)
        counts.right += len(both)
        status_right += sum(expected[index] is found[index] for index in both)
        if errors and expected != found:
            print(f"  {passage.id}: expected {expected}, found {found}: {passage.text}")
    return counts, status_right


def _verified(passage: Passage) -> dict[int, Any]:
    document = as_document(passage.id, passage.text)
    ranges = paragraphs(passage.text)
    parsed = parse([passage.text[start:end] for start, end in ranges])
    read = [
        Paragraph(passage.text, doc, start, index, quotations(passage.text, start, end))
        for index, ((start, end), doc) in enumerate(zip(ranges, parsed, strict=True))
    ]

    def candidate(place: Place) -> Candidate:
        first = place.content[0][0]
        home = next(p for p in reversed(read) if p.offset <= first)
        return candidate_at(home, place.source, place.cue, place.content)

    return find_verification(document, read, [candidate(place) for place in passage.statements])


def report(part: str, *, errors: bool = False) -> None:
    """Measure one part and print the table."""
    pairs = [(label, judge(label)) for label in read_labels(part)]
    result = score(pairs)
    print(f"{part}: {result.size} statements with their spans given")
    print(f"{'':12}{'P':>8}{'R':>8}{'F1':>8}{'labels':>8}")
    for act, counts in result.acts.items():
        print(f"{act:12}{counts.precision:8.3f}{counts.recall:8.3f}{counts.f1:8.3f}{counts.expected:8d}")
    print(f"{'macro F1':28}{result.macro_f1:8.3f}   accuracy {result.act_accuracy:.3f}")
    drawn = score([pair for pair in pairs if pair[0].drawn == "random"])
    if drawn.size:
        print(
            f"{'drawn at random':28}{drawn.macro_f1:8.3f}   accuracy {drawn.act_accuracy:.3f} of {drawn.size}"
        )
    for name, counts, accuracy in (
        ("negative", result.negative, result.polarity),
        ("hedged", result.hedged, result.hedge_accuracy),
    ):
        print(
            f"{name:12}{counts.precision:8.3f}{counts.recall:8.3f}{counts.f1:8.3f}{counts.expected:8d}"
            f"   accuracy {accuracy:.3f}"
        )
    if errors:
        for label, manner in pairs:
            _explain(label, manner)
    passages = read_passages(part)
    if not passages:
        return
    counts, right = links(passages, errors=errors)
    print(
        f"verification links in {len(passages)} passages: P {counts.precision:.3f} ({counts.right} of "
        f"{counts.found})  R {counts.recall:.3f} ({counts.right} of {counts.expected})  "
        f"status right {right} of {counts.right}"
    )


def _explain(label: Label, manner: Manner) -> None:
    if (label.act, label.polarity, label.hedged) == (manner.act, manner.polarity, manner.hedged):
        return
    text = texts(label.corpus)[label.doc]
    cue = " ".join(text[start:end] for start, end in label.cue)
    content = " ".join(text[start:end] for start, end in label.content)[:160]
    wanted = f"{label.act}{'' if label.polarity else '-'}{' h' if label.hedged else ''}"
    got = f"{manner.act}{'' if manner.polarity else '-'}{' h' if manner.hedged else ''}"
    print(f"  {wanted:12} got {got:12} <{cue}> [{content}]".replace("\n", " "))


def main() -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=("train", "test", "check"), default="test")
    parser.add_argument("--errors", action="store_true", help="list what is wrong; with --part train only")
    options = parser.parse_args()
    if options.errors and options.part != "train":
        parser.error("--errors shows the train part only; the others are not to be looked at")
    why = shared.missing()
    if why is not None:
        print(f"Only our own labels are scored: {why}.")
    report(options.part, errors=options.errors)
    return 0


if __name__ == "__main__":
    sys.exit(main())
