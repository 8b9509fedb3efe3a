"""Check samples/gold.json against the sample reports, and put its quotes in their places.

The gold gives quotes, not offsets, so that a person can read and mend it. :func:`place` turns the
quotes of one statement into offsets of a text; :func:`problems` lists everything that does not
fit together. Run it from anywhere::

    python eval/check_samples_gold.py

Exit code 0 where all is well, 1 where not (each problem is printed on a line of its own).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import msgspec

SAMPLES = Path(__file__).resolve().parent.parent / "samples"

INLINE = frozenset(
    ["a", "abbr", "b", "cite", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup"]
)
UNSEEN = frozenset(["head", "noscript", "script", "style", "template"])

Offsets = list[tuple[int, int]]


class GoldDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One report: the file it stands in, whose reporting it is, of which report it is a copy."""

    id: str
    file: str
    published: str | None
    origin: str
    language: str
    analysed: bool
    copy_of: str | None = None
    copy_kind: str | None = None


class GoldSpeaker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One speaker and the party on whose side the speaker speaks."""

    id: str
    name: str | None
    party: str
    kind: str
    role: str | None = None
    anonymous: bool = False
    description: str | None = None


class GoldStatement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement, by its quotes."""

    id: str
    doc: str
    speaker: str
    act: str
    kind: str
    source: tuple[str, ...]
    cue: tuple[str, ...]
    content: tuple[str, ...]
    hedged: bool = False
    channel: str | None = None
    verification: str | None = None
    reported_by: str | None = None
    note: str = ""


class GoldPosition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer to the question of a dispute, and how it must be counted.

    ``optional`` are statements that may be put with the position or left out; they are not
    counted. ``corroborated_accept`` lists the counts that a careful reader could also defend.
    """

    id: str
    label: str
    actors: tuple[str, ...]
    statements: tuple[str, ...]
    origins: tuple[str, ...]
    parties: tuple[str, ...]
    attested: int
    corroborated: int
    optional: tuple[str, ...] = ()
    conceded_by: tuple[str, ...] = ()
    corroborated_accept: tuple[int, ...] = ()
    note: str = ""


class GoldDispute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question on which the reports' speakers conflict."""

    id: str
    question: str
    status: str
    positions: tuple[GoldPosition, ...]


class GoldUpdate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Statements that differ because something was revised or corrected: not a dispute."""

    id: str
    question: str
    why: str
    statements: tuple[str, ...]


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of gold.json."""

    about: str
    documents: tuple[GoldDocument, ...]
    speakers: tuple[GoldSpeaker, ...]
    statements: tuple[GoldStatement, ...]
    disputes: tuple[GoldDispute, ...]
    updates: tuple[GoldUpdate, ...]


class _Stripper(HTMLParser):
    """Collects the text of a page: tags gone, references decoded, a space for each tag that is not inline."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in UNSEEN
        self._separate(tag)
        self._mark(tag, "“")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN
        self._mark(tag, "”")
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)

    def _mark(self, tag: str, mark: str) -> None:
        """Write the quotation marks that a browser shows for a ``q``."""
        if tag == "q":
            self.handle_data(mark)

    def _separate(self, tag: str) -> None:
        if tag not in INLINE:
            self.parts.append(" ")


def strip_tags(page: str) -> str:
    """Return the text of an HTML page with white space folded."""
    stripper = _Stripper()
    stripper.feed(page)
    stripper.close()
    return " ".join("".join(stripper.parts).split())


def read_gold(path: Path = SAMPLES / "gold.json") -> Gold:
    """Read the gold; raises msgspec.ValidationError where it has another form."""
    return msgspec.json.decode(path.read_bytes(), type=Gold)


def read_texts(folder: Path = SAMPLES / "reports") -> dict[str, tuple[str, str]]:
    """Return the text of every sample report by its id, with the name of its file."""
    texts: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.iterdir()):
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            for line in content.splitlines():
                report = json.loads(line)
                texts[report["id"]] = (report["text"], path.name)
        elif path.suffix == ".html":
            texts[path.stem] = (strip_tags(content), path.name)
        elif path.suffix == ".txt":
            texts[path.stem] = (content, path.name)
    return texts


def place(text: str, statement: GoldStatement) -> tuple[Offsets, Offsets, Offsets]:
    """Return the offsets of source, cue and content of a statement in ``text``.

    Where a quote stands several times ("said", "he"), the places are taken that lie closest
    together; source and cue stand outside the content. Raises ValueError where a quote does not
    stand in the text.
    """
    best: tuple[Offsets, Offsets, Offsets] | None = None
    width = 0
    for first in _places(text, statement.content[0]):
        content = [first]
        for quote in statement.content[1:]:
            content.append(min(p for p in _places(text, quote) if p[0] >= content[-1][1]))
        for cue in _choices(text, statement.cue, content):
            for source in _choices(text, statement.source, content):
                extent = _gap(cue, content) + _gap(source, cue or content)
                if best is None or extent < width:
                    best, width = (source, cue, content), extent
    if best is None:
        raise ValueError("source and cue stand nowhere but inside the content")
    return best


def _choices(text: str, quotes: tuple[str, ...], content: Offsets) -> Iterator[Offsets]:
    """Yield every way to place the quotes, in order of the text and outside the content."""
    places = [[p for p in _places(text, quote) if not _gap([p], content) < 0] for quote in quotes]
    for choice in product(*places):
        if list(choice) == sorted(choice):
            yield list(choice)


def _places(text: str, quote: str) -> Offsets:
    """List where ``quote`` stands as whole words; ValueError where it does not."""
    before = r"\b" if quote[:1].isalnum() else ""
    after = r"\b" if quote[-1:].isalnum() else ""
    places = [match.span() for match in re.finditer(before + re.escape(quote) + after, text)]
    if not places:
        raise ValueError(f"not in the text: {quote!r}")
    return places


def _gap(one: Offsets, other: Offsets) -> int:
    """Return the smallest number of characters between the two, negative where they overlap."""
    return min((max(q[0] - p[1], p[0] - q[1]) for p in one for q in other), default=0)


def problems(gold: Gold, texts: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Yield a line for everything in the gold that does not fit the texts or itself."""
    yield from _twice("document", [d.id for d in gold.documents])
    yield from _twice("speaker", [s.id for s in gold.speakers])
    yield from _twice("statement", [s.id for s in gold.statements])
    yield from _twice("dispute", [d.id for d in gold.disputes] + [u.id for u in gold.updates])
    yield from _document_problems(gold, texts)
    yield from _statement_problems(gold, texts)
    for dispute in gold.disputes:
        yield from _dispute_problems(gold, dispute)
    disputed = {s for d in gold.disputes for p in d.positions for s in p.statements + p.optional}
    known = {s.id for s in gold.statements}
    for update in gold.updates:
        for statement in update.statements:
            if statement not in known:
                yield f"{update.id}: no statement {statement}"
            if statement in disputed:
                yield f"{update.id}: {statement} is disputed, so it is not only an update"


def _twice(noun: str, ids: list[str]) -> Iterator[str]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield f"{noun} {name} stands {count} times"


def _document_problems(gold: Gold, texts: dict[str, tuple[str, str]]) -> Iterator[str]:
    origins = {d.id: d.origin for d in gold.documents}
    for name in texts.keys() - origins.keys():
        yield f"{name}: a report without gold"
    for document in gold.documents:
        if document.id not in texts:
            yield f"{document.id}: gold without a report"
        elif texts[document.id][1] != document.file:
            yield f"{document.id}: stands in {texts[document.id][1]}, not in {document.file}"
        if document.copy_of and origins.get(document.copy_of) != document.origin:
            yield f"{document.id}: its origin is not that of {document.copy_of}, of which it is a copy"


def _statement_problems(gold: Gold, texts: dict[str, tuple[str, str]]) -> Iterator[str]:
    speakers = {s.id for s in gold.speakers}
    ids = {s.id for s in gold.statements}
    spoken = {s.doc for s in gold.statements}
    for document in gold.documents:
        if document.analysed != (document.id in spoken):
            yield f"{document.id}: statements where none are expected, or none where some are"
    for speaker in speakers - {s.speaker for s in gold.statements}:
        yield f"{speaker}: a speaker who says nothing"
    for statement in gold.statements:
        if statement.speaker not in speakers:
            yield f"{statement.id}: no speaker {statement.speaker}"
        if statement.reported_by and statement.reported_by not in ids:
            yield f"{statement.id}: no statement {statement.reported_by}"
        text = texts.get(statement.doc, ("", ""))[0]
        for quote in (statement.verification, statement.channel):
            if quote and quote not in text:
                yield f"{statement.id}: not in the text: {quote!r}"
        try:
            place(text, statement)
        except ValueError as error:
            yield f"{statement.id}: {error}"


def _dispute_problems(gold: Gold, dispute: GoldDispute) -> Iterator[str]:
    statements = {s.id: s for s in gold.statements}
    origin = {d.id: d.origin for d in gold.documents}
    party = {s.id: s.party for s in gold.speakers}
    yield from _twice(f"{dispute.id}: statement", [s for p in dispute.positions for s in p.statements])
    if dispute.status not in {"contested", "conceded"}:
        yield f"{dispute.id}: no status {dispute.status}"
    if (dispute.status == "conceded") != any(p.conceded_by for p in dispute.positions):
        yield f"{dispute.id}: conceded without anybody who concedes, or the reverse"
    for position in dispute.positions:
        name = f"{dispute.id}/{position.id}"
        missing = [s for s in position.statements + position.optional if s not in statements]
        if missing:
            yield f"{name}: no statements {missing}"
            continue
        held = [statements[s] for s in position.statements]
        if {s.speaker for s in held} != set(position.actors):
            yield f"{name}: the actors are not those of its statements"
        if {origin[s.doc] for s in held} != set(position.origins) or len(
            position.origins
        ) != position.attested:
            yield f"{name}: attested is not the number of origins of its statements"
        if {party[s.speaker] for s in held} != set(position.parties) or len(
            position.parties
        ) != position.corroborated:
            yield f"{name}: corroborated is not the number of parties of its statements"
        if position.corroborated_accept and position.corroborated not in position.corroborated_accept:
            yield f"{name}: the expected count is not among those accepted"
        for conceder in position.conceded_by:
            if not any(s.act == "admit" and party[s.speaker] == conceder for s in held):
                yield f"{name}: {conceder} admits nothing"


def main() -> int:
    """Check and print; return the exit code."""
    gold = read_gold()
    found = list(problems(gold, read_texts()))
    for line in found:
        print(line)
    if found:
        return 1
    for dispute in gold.disputes:
        print(f"{dispute.question}  ({dispute.id}, {dispute.status})")
        for position in dispute.positions:
            print(
                f"   {position.id:<4} attested {position.attested}, corroborated {position.corroborated}, "
                f"{len(position.statements)} statements: {position.label}"
            )
    print(
        f"{len(gold.documents)} reports, {len(gold.statements)} statements, "
        f"{len(gold.disputes)} disputes, {len(gold.updates)} updates: all quotes stand verbatim."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
