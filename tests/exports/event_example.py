"""A report with places and events, made for the tests of maps and tables of events."""

from __future__ import annotations

from pathlib import Path

from exports_help import GivenLinker

from counterclaim.ledger import Ledger
from counterclaim.model import (
    Act,
    Annotations,
    Capture,
    Document,
    DocumentActor,
    EventFrame,
    Figure,
    FigureBound,
    Granularity,
    Interval,
    Kind,
    Participant,
    PlaceCandidate,
    PlaceKind,
    PlaceMention,
    PlaceReading,
    PlaceRelation,
    Precision,
    Report,
    Span,
    Speaker,
    StatedTime,
    Statement,
    TimeBasis,
)
from counterclaim.model.actor import ActorKind

TEXT = (
    "The Larre army said an air raid near Varsa killed at least 20 fighters of the Reed Front.\n\n"
    "The Reed Front denied that Larre had shelled Nordland in June.\n\n"
    "A minister said Varsa had protested at the arrests in Odra province.\n\n"
    "A driver said clashes had spread through Upper Vale.\n"
)
VARSA = PlaceCandidate(
    id="geonames:1",
    name="Varsa",
    kind=PlaceKind.CITY,
    latitude=1.5,
    longitude=-2.25,
    country="NV",
    division="NV-A",
)
NORDLAND = PlaceCandidate(
    id="geonames:2", name="Nordland", kind=PlaceKind.COUNTRY, latitude=-90.0, longitude=180.0, country="NL"
)
ODRA = PlaceCandidate(
    id="geonames:3", name="Odra", kind=PlaceKind.DIVISION, latitude=10.0, longitude=20.0, country="NV"
)


def span(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after))
    return Span.of(TEXT, start, start + len(words))


def stated(start: str | None, end: str | None, granularity: Granularity, **marks: bool) -> StatedTime:
    interval = Interval(start=start, end=end, granularity=granularity, **marks)
    return StatedTime(interval=interval, basis=TimeBasis.EXPLICIT)


def make_event_ledger(place: Path) -> dict[str, Statement]:
    """Make a ledger with one report; return its statements by the word that names their event."""
    capture = Capture.of("war.txt", TEXT.encode(), "text/plain")
    key = Document.key_of("war", capture.sha256)
    document = Document(
        id="war",
        key=key,
        capture=capture.sha256,
        text=TEXT,
        title="=Larre",
        publisher="Post",
        published="2031-06-20",
    )
    places = (
        PlaceMention(
            span=span("Varsa"),
            reading=PlaceReading.LOCATION,
            candidates=(VARSA,),
            precision=Precision.NEAR,
            relation=PlaceRelation(kind="near", span=span("near")),
        ),
        PlaceMention(span=span("Nordland"), reading=PlaceReading.LOCATION, candidates=(NORDLAND,)),
        PlaceMention(span=span("Varsa", "A minister"), reading=PlaceReading.METONYM, candidates=(VARSA,)),
        PlaceMention(span=span("Odra"), reading=PlaceReading.LOCATION, candidates=(ODRA,)),
        PlaceMention(span=span("Upper Vale"), reading=PlaceReading.LOCATION),
    )
    army = DocumentActor(
        id="larre-army", kind=ActorKind.ORGANISATION, name="Larre army", mentions=(span("The Larre army"),)
    )

    def state(source: str, cue: str, content: str, event: EventFrame, **more) -> Statement:
        said, words = span(content), span(cue, source)
        return Statement(
            id=Statement.id_of(key, (words,), (said,)),
            document=key,
            source=(span(source),),
            cue=(words,),
            content=(said,),
            kind=Kind.INDIRECT,
            speaker=Speaker(actor=source.casefold(), name=source),
            event=event,
            **more,
        )

    raid = state(
        "The Larre army",
        "said",
        "an air raid near Varsa killed at least 20 fighters of the Reed Front",
        EventFrame(
            type="Air/drone strike",
            trigger=span("air raid"),
            agents=(Participant(span=span("The Larre army"), actor="larre-army"),),
            patients=(Participant(span=span("fighters")), Participant(span=span("the Reed Front"))),
            places=(span("Varsa"),),
            when=stated("2031-06-18", "2031-06-18", Granularity.DAY),
            figures=(
                Figure(
                    measure="killed", low=20, high=None, bound=FigureBound.AT_LEAST, span=span("at least 20")
                ),
            ),
        ),
    )
    shelling = state(
        "The Reed Front",
        "denied",
        "Larre had shelled Nordland in June",
        EventFrame(
            type="Shelling/artillery/missile attack",
            trigger=span("shelled"),
            places=(span("Nordland"),),
            when=stated("2031-06-01", "2031-06-30", Granularity.MONTH),
            figures=(Figure(measure="killed", low=3, high=3, bound=FigureBound.EXACT, span=span("June")),),
        ),
        act=Act.DENY,
        polarity=False,
    )
    arrests = state(
        "A minister",
        "said",
        "Varsa had protested at the arrests in Odra province",
        EventFrame(
            type="Arrests",
            trigger=span("arrests"),
            places=(span("Odra"),),
            when=stated("2031-06-14", "2031-06-15", Granularity.WEEKEND, approximate=True),
        ),
    )
    clashes = state(
        "A driver",
        "said",
        "clashes had spread through Upper Vale",
        EventFrame(
            type=None,
            trigger=span("clashes"),
            places=(span("Upper Vale"),),
            when=stated("2031", None, Granularity.VAGUE),
        ),
    )
    statements = {"raid": raid, "shelling": shelling, "arrests": arrests, "clashes": clashes}
    annotations = Annotations(document=key, actors=(army,), places=places)
    report = Report(document=document, statements=tuple(statements.values()), annotations=annotations)
    with Ledger.open(str(place), create=True) as ledger:
        assert ledger.add(capture, report, GivenLinker([]))
    return statements
