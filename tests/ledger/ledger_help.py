"""What the tests of the ledger share: small reports, a cheap linker, a clock, and ledgers as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL, Engine, create_engine, make_url, text

from counterclaim.ledger import Ledger
from counterclaim.model import (
    Annotations,
    Board,
    Capture,
    Document,
    DocumentActor,
    Form,
    Judgement,
    JudgementKind,
    Keys,
    Kind,
    Report,
    Snapshot,
    Span,
    Speaker,
    Statement,
)

START = datetime(2031, 4, 2, 8, 0, tzinfo=UTC)
NOUNS = ("captures", "documents", "annotations", "statements", "judgements")
_ENCODER = msgspec.json.Encoder(order="deterministic")


class Clock:
    """Tells the times it is given, the last one again and again."""

    def __init__(self, *moments: datetime) -> None:
        self._moments = list(moments) or [START]

    def __call__(self) -> datetime:
        return self._moments.pop(0) if len(self._moments) > 1 else self._moments[0]

    def set(self, seconds: float) -> None:
        self._moments = [START + timedelta(seconds=seconds)]


class PairLinker:
    """Takes statements with the same words for one claim, with another polarity for opposed."""

    author = "program:test/1"

    version = "test/1"

    def keys(self, report: Report) -> Keys:
        topics = tuple(sorted({f"w{_topic(statement)}" for statement in report.statements}))
        return Keys(held=topics, sought=topics)

    def near(self, _shared: Set[str]) -> bool:
        return True

    def form(self, report: Report) -> Form:
        return Form(document=report.document.key, payload=msgspec.msgpack.encode(report))

    def judge(self, report: Report, neighbours: Sequence[Form]) -> Sequence[Judgement]:
        found = []
        reports = [msgspec.msgpack.decode(form.payload, type=Report) for form in neighbours]
        others = [statement for other in reports for statement in other.statements]
        for index, one in enumerate(report.statements):
            for other in [*report.statements[index + 1 :], *others]:
                if _topic(one) == _topic(other):
                    same = one.polarity == other.polarity
                    found.append(
                        Judgement.of(
                            JudgementKind.SAME_CLAIM if same else JudgementKind.OPPOSED,
                            one.id,
                            other.id,
                            basis="test",
                            author=self.author,
                        )
                    )
        return found


def _topic(statement: Statement) -> str:
    return statement.content_text.removeprefix("not ")


def make_report(
    name: str, sayings: Iterable[tuple[str, str, bool]] = (("Ida", "the boat sailed", True),), more: str = ""
) -> tuple[Capture, Report]:
    """Make a report in which each (who, what, polarity) is said once, one sentence each."""
    sentences = [f"{who} said {'' if holds else 'not '}{what}." for who, what, holds in sayings]
    text = " ".join([*sentences, f"Report {name}. {more}".strip()])
    capture = Capture.of(f"{name}.txt", text.encode("utf-8"), "text/plain")
    document = Document(
        id=name,
        key=Document.key_of(name, capture.sha256),
        capture=capture.sha256,
        text=text,
        publisher=f"Paper {name}",
        published="2031-04-01",
        language="en",
    )
    statements = []
    start = 0
    for sentence, (who, _what, holds) in zip(sentences, sayings, strict=True):
        source = Span.of(text, start, start + len(who))
        cue = Span.of(text, source.end + 1, source.end + 5)
        content = Span.of(text, cue.end + 1, start + len(sentence) - 1)
        statements.append(
            Statement(
                id=Statement.id_of(document.key, (cue,), (content,)),
                document=document.key,
                source=(source,),
                cue=(cue,),
                content=(content,),
                kind=Kind.INDIRECT,
                polarity=holds,
                speaker=Speaker(actor=who.casefold(), name=who, mention=source),
                model="test/1",
            )
        )
        start += len(sentence) + 1
    actors = {
        speaker.actor: DocumentActor(
            id=speaker.actor, kind=speaker.kind, name=speaker.name, mentions=(statement.source[0],)
        )
        for statement in reversed(statements)
        if (speaker := statement.speaker)
    }
    annotations = Annotations(document=document.key, actors=tuple(actors[key] for key in sorted(actors)))
    return capture, Report(document=document, statements=tuple(statements), annotations=annotations)


def filled(place: str | Path, *names: str) -> list[Report]:
    """Make a ledger at ``place`` with one small report for each name."""
    linker = PairLinker()
    reports = []
    with Ledger.open(str(place), create=True) as ledger:
        for name in names:
            capture, report = make_report(name)
            assert ledger.add(capture, report, linker)
            reports.append(report)
    return reports


def board_bytes(board: Board | Snapshot) -> bytes:
    return _ENCODER.encode(board)


def raw_engine(place: str | Path) -> Engine:
    """Return an engine that knows nothing of ledgers, on the database at a place."""
    if "://" not in str(place):
        return create_engine(URL.create("sqlite", database=str(place)))
    url = make_url(str(place)).set(drivername="postgresql+psycopg")
    schema = str(url.query["schema"])
    options = {"options": f"-c search_path={schema}"}
    return create_engine(url.difference_update_query(["schema"]), connect_args=options)


def rows(place: str | Path, *queries: str) -> list[list[Any]]:
    """Return the sorted rows of each query."""
    engine = raw_engine(place)
    with engine.connect() as connection:
        found = [sorted(tuple(row) for row in connection.execute(text(query))) for query in queries]
    engine.dispose()
    return found


def whole(place: str | Path) -> dict[str, list[Any]]:
    """Return every row of every table, times and chain included."""
    tables = ("entries", *NOUNS, "report_keys", "forms", "full_text", "alembic_version")
    number = "" if "://" in str(place) else "rowid, "
    queries = [f"SELECT {number}* FROM {table}" for table in tables]
    return dict(zip(tables, rows(place, *queries), strict=True))


def content(place: str | Path, *tables: str) -> dict[str, list[Any]]:
    """Return what a ledger holds, without times, sequence and chain: all of it, or some tables."""
    queries = {
        "entries": "SELECT kind, key, digest FROM entries",
        "captures": "SELECT sha256, payload, content FROM captures",
        "documents": "SELECT key, id, capture, payload FROM documents",
        "annotations": "SELECT document, payload FROM annotations",
        "statements": "SELECT id, document, payload FROM statements",
        "judgements": "SELECT id, payload FROM judgements",
        "report_keys": "SELECT key, document FROM report_keys",
        "full_text": "SELECT kind, key, document, words, body FROM full_text",
    }
    wanted = {table: queries[table] for table in tables or queries}
    return dict(zip(wanted, rows(place, *wanted.values()), strict=True))
