"""The steps on one page: inputs, captures, documents, statements, judgements, claims and disputes.

Every function takes the inputs as the user gives them (a path, or several: files, folders, ``-``)
and gives a :class:`~counterclaim.model.Problem` for each that cannot be used; the rest goes on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from counterclaim.actors import ActorIndex, KnowledgeBase, resolve_actors
from counterclaim.disputes import (
    MOST_COMPARED,
    DefaultLinker,
    Pair,
    copy_pairs,
    pairs_of,
    read_board,
    read_lineage,
    revisions,
    version_keys,
)
from counterclaim.documents import read_document
from counterclaim.events import find_events
from counterclaim.ledger import Ledger
from counterclaim.ledger.stored_boards import last_entry, store_board, stored_board
from counterclaim.ledger.tombstones import erased_problem
from counterclaim.model import (
    Annotations,
    Board,
    Capture,
    Document,
    Form,
    InputError,
    Judgement,
    Linker,
    Problem,
    Report,
    Severity,
    Snapshot,
)
from counterclaim.model.errors import Messages
from counterclaim.places import find_places
from counterclaim.sources import MAX_BYTES, read_captures
from counterclaim.statements import Extraction, read_statements
from counterclaim.times import find_times, time_roles, time_speakers, time_statements
from counterclaim.views.board import board_view
from counterclaim.views.reading import STORED_AS, read_catalogue
from counterclaim.views.stored import content_of, summary_of

Inputs: TypeAlias = str | Path | Sequence[str | Path]
"""One path or several: files, folders, or ``-`` for standard input."""

Progress: TypeAlias = Callable[[str], None]
"""Called with the name of each report when it is done with."""

KnowledgeOf: TypeAlias = Callable[[Snapshot], KnowledgeBase]
"""What is known of the actors of a snapshot."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What an ingest did: reports added, reports the ledger already held, and the problems met."""

    added: int = 0
    known: int = 0
    statements: int = 0
    unanalysed: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> int:
        """How many inputs could not be used."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def notices(self) -> int:
        """How many remarks there are on inputs that were used all the same."""
        return len(self.problems) - self.errors


class Refreshed(msgspec.Struct, frozen=True, kw_only=True):
    """Of what moment the stored board is, how many entries it knows, and whether it was made anew."""

    moment: datetime
    entries: int
    fresh: bool


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """What :func:`link` read off some reports without a ledger."""

    snapshot: Snapshot
    board: Board
    actors: ActorIndex
    problems: tuple[Problem, ...] = ()


def read(inputs: Inputs, *, max_bytes: int = MAX_BYTES) -> Iterator[tuple[Capture, Document] | Problem]:
    """Give each report of ``inputs`` as its bytes and its document, and a problem for what holds none.

    The notices about a document come right after it.
    """
    return _documents(read_captures(_several(inputs), max_bytes=max_bytes))


def _documents(
    captures: Iterable[Capture | Problem], ids: Mapping[str, str] | None = None
) -> Iterator[tuple[Capture, Document] | Problem]:
    for capture in captures:
        if isinstance(capture, Problem):
            yield capture
            continue
        try:
            document, notices = read_document(capture)
        except InputError as error:
            yield error.problem
            continue
        if ids and capture.name in ids:
            name = ids[capture.name]
            document = replace(document, id=name, key=Document.key_of(name, capture.sha256))
        yield capture, document
        yield from notices


def analyse(document: Document, extraction: Extraction | None = None) -> Report:
    """Return the document with its statements, actors, times and places; none where it is not analysed."""
    if not document.analysed:
        return Report(document=document)
    times, places = find_times(document), find_places(document)
    found = read_statements(document, extraction, places)
    actors = time_roles(document, found.actors, times)
    annotations = Annotations(document=document.key, actors=actors, times=times, places=places)
    timed = time_statements(document, time_speakers(document, found.statements, times), times)
    events = find_events(document, timed, annotations)
    statements = tuple(
        replace(statement, event=event) if event else statement
        for statement, event in zip(timed, events, strict=True)
    )
    return Report(document=document, statements=statements, annotations=annotations)


def extract(
    inputs: Inputs, *, max_bytes: int = MAX_BYTES, extraction: Extraction | None = None
) -> Iterator[Report | Problem]:
    """Give each report of ``inputs`` with its statements, in the order of the inputs."""
    for item in read(inputs, max_bytes=max_bytes):
        yield item if isinstance(item, Problem) else analyse(item[1], extraction)


def annotate(inputs: Inputs, only: str, *, max_bytes: int = MAX_BYTES) -> Iterator[Report | Problem]:
    """Give each report of ``inputs`` with its ``times`` or its ``places`` alone, without statements."""
    for item in read(inputs, max_bytes=max_bytes):
        if isinstance(item, Problem):
            yield item
            continue
        document = item[1]
        wanted = only if document.analysed else ""
        annotations = Annotations(
            document=document.key,
            times=find_times(document) if wanted == "times" else (),
            places=find_places(document) if wanted == "places" else (),
        )
        yield Report(document=document, annotations=annotations)


def gather(reports: Iterable[Report], linker: Linker) -> Snapshot:
    """Return what a ledger would know that held ``reports``: each with every judgement about it.

    A report given twice is taken once.
    """
    kept: dict[str, Report] = {}
    forms: dict[str, Form] = {}
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    versions: defaultdict[str, list[str]] = defaultdict(list)
    judgements: dict[str, Judgement] = {}
    for report in reports:
        key = report.document.key
        if key in kept:
            continue
        keys = linker.keys(report)
        shared: defaultdict[str, set[str]] = defaultdict(set)
        for sought in keys.sought:
            for other in blocks.get(sought, ()):
                shared[other].add(sought)
        neighbours = sorted(other for other, common in shared.items() if linker.near(common))
        found = linker.judge(report, [forms[other] for other in neighbours])
        judgements.update((judgement.id, judgement) for judgement in found)
        named = {other for each in version_keys(report.document) for other in versions[each]}
        held = [kept[other].document for other in kept if other in named] if named else []
        judgements.update((judgement.id, judgement) for judgement in revisions(report.document, held))
        for version_key in version_keys(report.document):
            versions[version_key].append(key)
        kept[key] = report
        forms[key] = linker.form(report)
        for block in keys.held:
            blocks[block].append(key)
    statements = [statement for report in kept.values() for statement in report.statements]
    return Snapshot(
        documents=tuple(kept[key].document for key in sorted(kept)),
        annotations=tuple(
            annotations for key in sorted(kept) if (annotations := kept[key].annotations) is not None
        ),
        statements=tuple(sorted(statements, key=lambda statement: statement.id)),
        judgements=tuple(judgements[key] for key in sorted(judgements)),
    )


def link(
    inputs: Inputs,
    *,
    max_bytes: int = MAX_BYTES,
    extraction: Extraction | None = None,
    progress: Progress | None = None,
    knowledge: KnowledgeOf | None = None,
) -> Linked:
    """Read the claims and disputes off ``inputs``, in memory.

    ``knowledge`` gives what is known of actors beforehand, for the snapshot of the inputs; where None
    it is what comes with the program.
    """
    problems: list[Problem] = []

    def reports() -> Iterator[Report]:
        for item in extract(inputs, max_bytes=max_bytes, extraction=extraction):
            if isinstance(item, Problem):
                problems.append(item)
                continue
            yield item
            if progress:
                progress(item.document.id)

    snapshot = gather(reports(), DefaultLinker())
    actors = resolve_actors(snapshot, knowledge(snapshot) if knowledge else None)
    board = read_board(snapshot, actors)
    return Linked(snapshot=snapshot, board=board, actors=actors, problems=tuple(problems))


def ingest(
    ledger: Ledger,
    inputs: Inputs,
    *,
    max_bytes: int = MAX_BYTES,
    extraction: Extraction | None = None,
    progress: Progress | None = None,
    problem: Callable[[Problem], None] | None = None,
) -> Summary:
    """Add each report of ``inputs`` to the ledger, whole or not at all, one transaction each.

    A report that the ledger already holds is not read for statements again, so that a run that was
    stopped goes on where it ended. ``problem`` is told each problem as it comes.
    """
    captures = read_captures(_several(inputs), max_bytes=max_bytes)
    return add_captures(ledger, captures, extraction=extraction, progress=progress, problem=problem)


def add_captures(
    ledger: Ledger,
    captures: Iterable[Capture | Problem],
    *,
    ids: Mapping[str, str] | None = None,
    extraction: Extraction | None = None,
    progress: Progress | None = None,
    problem: Callable[[Problem], None] | None = None,
) -> Summary:
    """Add reports that are there as captures already, fetched or uploaded, as :func:`ingest` adds files.

    A problem among them is told and counted like those met here. ``ids`` gives by a capture's name the id
    that its report has, where it is known to be a version of one that the ledger holds.
    """
    linker = DefaultLinker()
    problems: list[Problem] = []
    added = known = statements = unanalysed = 0

    def tell(found: Problem) -> None:
        problems.append(found)
        if problem:
            problem(found)

    for item in _documents(captures, ids):
        if isinstance(item, Problem):
            tell(item)
            continue
        capture, document = item
        with ledger.reading() as connection:
            gone = erased_problem(connection, document, capture)
        if gone:
            tell(gone)
            continue
        report = None if ledger.holds(document.key) else analyse(document, extraction)
        if report and ledger.add(capture, report, linker):
            added += 1
            statements += sum(statement.part_of is None for statement in report.statements)
            unanalysed += not document.analysed
            if len(report.statements) > MOST_COMPARED:
                tell(Messages.statements_many(capture.name, len(report.statements), MOST_COMPARED))
        else:
            known += 1
        if progress:
            progress(document.id)
    return Summary(
        added=added, known=known, statements=statements, unanalysed=unanalysed, problems=tuple(problems)
    )


def refresh(ledger: Ledger, *, now: datetime | None = None) -> Refreshed | None:
    """Read the board off all that the ledger holds, and store it; None where the ledger is empty.

    Nothing is done where the stored board knows everything already. The ledger can be read and written
    meanwhile; what comes in then is for the next refresh.
    """
    with ledger.reading() as connection:
        last = last_entry(connection)
        stored = stored_board(connection, STORED_AS)
    if last is None:
        return None
    sequence, moment = last
    if stored is not None and stored.sequence == sequence:
        return Refreshed(moment=moment, entries=sequence, fresh=False)
    catalogue = read_catalogue(ledger, moment)
    board = board_view(catalogue)
    content = content_of(catalogue, board)
    store_board(ledger, sequence, moment, STORED_AS, summary_of(board), content, now or datetime.now(UTC))
    return Refreshed(moment=moment, entries=sequence, fresh=True)


def copies(documents: Iterable[Document]) -> list[Judgement]:
    """Return the judgements that say which of the documents are not independent."""
    return copy_pairs(list(documents))


def kin(documents: Iterable[Document], judgements: Iterable[Judgement]) -> list[Pair]:
    """Return the pairs of documents that are not independent: how they hang together, what they share."""
    several = list(documents)
    return pairs_of(several, read_lineage(several, judgements))


def _several(inputs: Inputs) -> Sequence[str | Path]:
    return [inputs] if isinstance(inputs, str | Path) else inputs
