"""Event frames against our own labels in ``training/events``.

Run it from anywhere::

    python eval/events.py [--part dev|second|check] [--errors] [--speed]

The contents are given; what is measured is the frame that the program makes of each. Labels hold
places only, no text, and are scored where the corpora of ``../shared`` are. ``--errors`` lists what
is wrong, for the parts ``dev`` and ``second``, on which the rules were made; the part ``check`` was
labelled when they were finished. ``--speed`` tells the words per CPU-second of
``find_events`` over reports whose statements are given. docs/events-guideline.md says what the
labels mean.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
import shared

from counterclaim import pipeline
from counterclaim.events import find_events
from counterclaim.model import Act, Annotations, Capture, Document, EventFrame, Kind, Span, Statement
from counterclaim.places import find_places
from counterclaim.statements import Extraction, read_statements

LABELS = shared.ROOT / "training" / "events" / "labels.jsonl"
FILES = {
    "polnear-train": shared.CORPORA / "polnear" / "train.jsonl",
    "fakes": shared.CORPORA / "fakes" / "reports.jsonl",
}
UNCLEAR = "unclear"
Range = tuple[int, int]


class Event(msgspec.Struct, frozen=True):
    """What a labelled statement says happened; figures are measure, low, high and bound."""

    type: str | None
    plover: str | None
    agents: list[Range]
    patients: list[Range]
    places: list[Range]
    figures: list[tuple[str, float | None, float | None, str]]


class Label(msgspec.Struct, frozen=True):
    """One labelled statement; ``event`` is None for none, "unclear" where both would do."""

    part: str
    corpus: str
    doc: str
    content: list[Range]
    act: Act
    event: Event | str | None


class Counts(msgspec.Struct):
    """What was found, what was expected, and how much of it is the same."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def add(self, right: int, found: int, expected: int) -> None:
        """Count one more statement."""
        self.right, self.found, self.expected = (
            self.right + right,
            self.found + found,
            self.expected + expected,
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was expected that was found."""
        return self.right / self.expected if self.expected else 0.0


class Score(msgspec.Struct):
    """Figures on some labels.

    ``frames``: a frame where there is an event. ``types``: a frame with a type of ACLED where the
    label has the same one. ``whole``: a frame where there is an event, of the label's type or both
    without. Participants are right where they overlap a labelled one, figures where measure and
    both ends are the same; both are counted where frame and label are there.
    """

    frames: Counts = msgspec.field(default_factory=Counts)
    types: Counts = msgspec.field(default_factory=Counts)
    whole: Counts = msgspec.field(default_factory=Counts)
    agents: Counts = msgspec.field(default_factory=Counts)
    patients: Counts = msgspec.field(default_factory=Counts)
    places: Counts = msgspec.field(default_factory=Counts)
    figures: Counts = msgspec.field(default_factory=Counts)


def read_labels(part: str) -> list[Label]:
    """Return the labels of a part; none where the texts are not on this machine."""
    if shared.missing() is not None:
        return []
    rows = [msgspec.json.decode(line, type=Label) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row.part == part]


@cache
def texts(corpus: str) -> dict[str, str]:
    """Return the texts of a corpus by report id."""
    lines = FILES[corpus].read_text(encoding="utf-8").splitlines()
    return {row["id"]: row["text"] for row in map(json.loads, lines)}


@cache
def _document(corpus: str, doc: str) -> tuple[Document, Annotations]:
    text = texts(corpus)[doc]
    capture = Capture.of(f"{doc}.txt", text.encode(), "text/plain")
    document = Document(
        id=doc, key=Document.key_of(doc, capture.sha256), capture=capture.sha256, text=text, language="en"
    )
    return document, Annotations(document=document.key, places=find_places(document))


def frame_of(label: Label) -> EventFrame | None:
    """Return the frame that the program makes of a labelled content."""
    document, annotations = _document(label.corpus, label.doc)
    content = tuple(Span.of(document.text, start, end) for start, end in label.content)
    statement = Statement(
        id="label",
        document=document.key,
        source=(),
        cue=(),
        content=content,
        kind=Kind.INDIRECT,
        act=label.act,
    )
    return find_events(document, [statement], annotations)[0]


def score(pairs: Sequence[tuple[Label, EventFrame | None]]) -> Score:
    """Compare frames with labels; what the label calls unclear is left out."""
    result = Score()
    for label, frame in pairs:
        if label.event == UNCLEAR:
            continue
        event = label.event if isinstance(label.event, Event) else None
        result.frames.add(int(bool(frame and event)), int(frame is not None), int(event is not None))
        same = frame is not None and event is not None and frame.type == event.type
        result.whole.add(int(same), int(frame is not None), int(event is not None))
        typed = frame is not None and frame.type is not None
        wanted = event is not None and event.type is not None
        result.types.add(int(same and typed), int(typed), int(wanted))
        if frame is not None and event is not None:
            _overlap(result.agents, [p.span for p in frame.agents], event.agents)
            _overlap(result.patients, [p.span for p in frame.patients], event.patients)
            _overlap(result.places, list(frame.places), event.places)
            found = [(f.measure, f.low, f.high) for f in frame.figures]
            expected = [(f[0], f[1], f[2]) for f in event.figures]
            result.figures.add(sum(each in expected for each in found), len(found), len(expected))
    return result


def _overlap(counts: Counts, found: list[Span], expected: list[Range]) -> None:
    """Count spans that overlap a labelled one; one label is expected where there are several."""
    right = sum(any(span.start < end and start < span.end for start, end in expected) for span in found)
    missed = bool(expected) and not right
    counts.add(right, len(found), right + int(missed))


def speed(extractor: str = "fast", reports: int = 150) -> float:
    """Return how many words of reports ``find_events`` reads in a CPU-second."""
    documents = [item[1] for item in pipeline.read(FILES["fakes"]) if isinstance(item, tuple)][:reports]
    read = [(d, read_statements(d, Extraction(extractor=extractor)).statements) for d in documents]
    find_events(*read[0], Annotations(document=read[0][0].key))
    started = time.process_time()
    for document, statements in read:
        find_events(document, statements, Annotations(document=document.key))
    return sum(len(d.text.split()) for d in documents) / (time.process_time() - started)


def figures() -> dict[str, float]:
    """Return the figures of ``make bench``."""
    found: dict[str, float] = {}
    for part in ("dev", "second", "check"):
        result = score([(label, frame_of(label)) for label in read_labels(part)])
        for name in ("frames", "types", "agents", "patients", "figures"):
            counts: Counts = getattr(result, name)
            found[f"events, {part}: {name}, precision"] = counts.precision
            found[f"events, {part}: {name}, recall"] = counts.recall
    return found | {"events: words per CPU-second": round(speed())}


def report(part: str, *, errors: bool) -> None:
    """Print the figures of one part."""
    pairs = [(label, frame_of(label)) for label in read_labels(part)]
    result = score(pairs)
    print(f"{part}: {len(pairs)} statements, {result.frames.expected} with an event")
    for name in result.__struct_fields__:
        counts: Counts = getattr(result, name)
        print(
            f"  {name:10} P {counts.precision:.3f} ({counts.right} of {counts.found})"
            f"  R {counts.recall:.3f} ({counts.right} of {counts.expected})"
        )
    if errors:
        for label, frame in pairs:
            _explain(label, frame)


def _explain(label: Label, frame: EventFrame | None) -> None:
    if label.event == UNCLEAR or (frame is None and label.event is None):
        return
    text = texts(label.corpus)[label.doc]
    event: Any = label.event if isinstance(label.event, Event) else None

    def quotes(ranges: Sequence[Range]) -> list[str]:
        return [text[start:end] for start, end in ranges]

    part = Score()
    wrong = frame is None or event is None or frame.type != event.type
    if frame is not None and event is not None:
        part = score([(label, frame)])
        wrong = wrong or any(
            c.right < max(c.found, c.expected)
            for c in (part.agents, part.patients, part.figures, part.places)
        )
    if not wrong:
        return
    content = " // ".join(text[start:end] for start, end in label.content)
    print("-", content[:280].replace("\n", " "))
    if event is not None:
        print(
            "   want",
            event.type,
            quotes(event.agents),
            quotes(event.patients),
            [f[:2] for f in event.figures],
        )
    if frame is not None:
        print(
            "   got ", frame.type, f"<{frame.trigger.quote}>", [p.span.quote for p in frame.agents],
            [p.span.quote for p in frame.patients], [(f.measure, f.low) for f in frame.figures],
            [place.quote for place in frame.places],
        )  # fmt: skip


def main() -> int:
    """Measure and print; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--part", choices=("dev", "second", "check"), default="check")
    parser.add_argument("--errors", action="store_true", help="list what is wrong; with --part dev only")
    parser.add_argument("--speed", action="store_true", help="measure the words per CPU-second")
    options = parser.parse_args()
    if options.errors and options.part == "check":
        parser.error("--errors shows the parts dev and second only; the last is not to be looked at")
    why = shared.missing()
    if why is not None:
        print(f"Nothing is scored: {why}.")
        return 0
    report(options.part, errors=options.errors)
    if options.speed:
        print(f"find_events: {speed():,.0f} words per CPU-second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
