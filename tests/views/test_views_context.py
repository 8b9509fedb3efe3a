"""Who, when, where and what happened, each shown with the words that it came from."""

from __future__ import annotations

import pytest
from rich.console import Console

from counterclaim.model import (
    ActorKind,
    Affiliation,
    Annotations,
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
    StatedTime,
    Statement,
    TimeBasis,
    TimeExpression,
    TimeKind,
)
from counterclaim.views.context import affiliation_words, context_of, event_words, figure_words, moment_words
from counterclaim.views.lines import extract_line, places_line, times_line
from counterclaim.views.terminal.annotations import places_table, times_table
from counterclaim.views.terminal.context import context_tables

TEXT = (
    "Ida Brenn, a former harbour guide, said on Monday that jets bombed a mill near Varsa on Sunday, "
    "killing at least 20."
)
DAY = Interval(start="2031-04-06", end="2031-04-06", granularity=Granularity.DAY)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def stated(words: str) -> StatedTime:
    return StatedTime(interval=DAY, basis=TimeBasis.PUBLISHED, span=span(words))


@pytest.fixture
def report() -> Report:
    document = Document(id="mill", key="d-1", capture="0" * 64, text=TEXT, published="2031-04-08")
    role = Affiliation(role="harbour guide", span=span("a former harbour guide"), former=True)
    actor = DocumentActor(
        id="ida-brenn",
        kind=ActorKind.PERSON,
        name="Ida Brenn",
        mentions=(span("Ida Brenn"),),
        affiliations=(role,),
    )
    times = tuple(
        TimeExpression(span=span(words), kind=TimeKind.DATE, value="2031-04-06", interval=DAY)
        for words in ("on Monday", "on Sunday")
    )
    varsa = PlaceCandidate(
        id="x:1", name="Varsa", kind=PlaceKind.CITY, latitude=1.5, longitude=-2.25, country="NV", score=0.7
    )
    other = PlaceCandidate(
        id="x:2", name="Varsa", kind=PlaceKind.CITY, latitude=40, longitude=3, country="XA", score=0.2
    )
    place = PlaceMention(
        span=span("Varsa"),
        reading=PlaceReading.LOCATION,
        candidates=(varsa, other),
        precision=Precision.NEAR,
        relation=PlaceRelation(kind="near", span=span("near")),
    )
    event = EventFrame(
        type="Air/drone strike",
        trigger=span("bombed"),
        plover="ASSAULT",
        plover_mode="aerial",
        agents=(Participant(span=span("jets")),),
        patients=(Participant(span=span("a mill")),),
        places=(span("Varsa"),),
        when=stated("on Sunday"),
        figures=(
            Figure(measure="killed", low=20, high=None, bound=FigureBound.AT_LEAST, span=span("at least 20")),
        ),
    )
    statement = Statement(
        id="s-1",
        document="d-1",
        source=(span("Ida Brenn"),),
        cue=(span("said"),),
        content=(span("jets bombed a mill near Varsa on Sunday, killing at least 20"),),
        kind=Kind.INDIRECT,
        said=stated("on Monday"),
        happened=stated("on Sunday"),
        event=event,
    )
    annotations = Annotations(document="d-1", actors=(actor,), times=times, places=(place,))
    return Report(document=document, statements=(statement,), annotations=annotations)


def drawn(*tables: object) -> str:
    console = Console(width=200, no_color=True)
    with console.capture() as capture:
        for table in tables:
            console.print(table)
    return capture.get()


def test_a_line_of_extract_has_the_times_and_places_of_the_content_alone(report):
    (entry,) = extract_line(report)["attributions"]
    assert [TEXT[each["start"] : each["end"]] for each in entry["times"]] == ["on Sunday"]
    assert [each["country"] for each in entry["places"]] == ["NV"]
    assert TEXT[slice(*entry["said"]["span"])] == "on Monday"
    assert TEXT[slice(*entry["happened"]["span"])] == "on Sunday"
    assert entry["happened"]["edtf"] == "2031-04-06"
    assert entry["event"]["type"] == "Air/drone strike"
    assert TEXT[slice(*entry["event"]["agents"][0]["span"])] == "jets"
    assert (entry["event"]["figures"][0]["low"], entry["event"]["figures"][0]["high"]) == (20, None)


def test_the_lines_of_times_and_places_follow_the_contract(report):
    times = times_line(report)
    assert times["id"] == "mill"
    assert [(each["type"], each["value"]) for each in times["timexes"]] == [("DATE", "2031-04-06")] * 2
    (place,) = places_line(report)["places"]
    assert (place["lat"], place["lon"], place["kind"]) == (1.5, -2.25, "city")
    assert place["relation"]["kind"] == "near"
    assert [each["country"] for each in place["candidates"]] == ["XA"]
    bare = Report(document=report.document)
    assert (times_line(bare)["timexes"], places_line(bare)["places"]) == ([], [])


def test_a_place_that_no_gazetteer_knows_has_no_point(report):
    unknown = PlaceMention(span=span("Varsa"), reading=PlaceReading.LOCATION)
    annotations = Annotations(document="d-1", places=(unknown,))
    lost = Report(document=report.document, annotations=annotations)
    (place,) = places_line(lost)["places"]
    assert place["lat"] is place["kind"] is None
    assert "not known" in drawn(places_table(lost), *context_tables(context_of(annotations)))


def test_the_tables_show_each_with_its_place_in_the_text(report):
    shown = drawn(times_table(report), places_table(report), *context_tables(context_of(report.annotations)))
    for words in ("on Sunday", "2031-04-06", "Varsa", "Ida Brenn", "former harbour guide", "or Varsa (XA)"):
        assert words in shown
    for each in (span("on Monday"), span("Varsa"), span("Ida Brenn")):
        assert f"{each.start}:{each.end}" in shown
    assert context_tables(context_of(None)) == []


def test_an_event_on_one_line(report):
    event = report.statements[0].event
    assert event_words(event) == "Air/drone strike; by jets; to a mill; at Varsa; at least 20 killed"


@pytest.mark.parametrize(
    ("low", "high", "bound", "words"),
    [
        (3, 3, FigureBound.EXACT, "3 killed"),
        (1200, None, FigureBound.AT_LEAST, "at least 1,200 killed"),
        (None, 9, FigureBound.AT_MOST, "at most 9 killed"),
        (10, 12, FigureBound.RANGE, "10 to 12 killed"),
        (45, 55, FigureBound.ABOUT, "about 45 to 55 killed"),
        (None, None, FigureBound.ABOUT, "some killed"),
    ],
)
def test_a_number_in_words(low, high, bound, words):
    figure = Figure(measure="killed", low=low, high=high, bound=bound, span=span("20"))
    assert figure_words(figure) == words


def test_a_time_that_no_words_state_says_what_was_taken(report):
    taken = StatedTime(interval=DAY, basis=TimeBasis.PUBLISHED)
    assert moment_words(taken) == "2031-04-06 (no words say so; taken from: published)"
    assert moment_words(None) is None


def test_a_role_with_the_time_it_is_stated_for():
    years = Interval(start="2020", end="2024", granularity=Granularity.YEAR)
    when = StatedTime(interval=years, basis=TimeBasis.EXPLICIT, span=span("Sunday"))
    role = Affiliation(role="guide", party="varsa", party_name="Varsa Port", when=when)
    assert affiliation_words(role) == "guide of Varsa Port (2020/2024)"
    assert affiliation_words(Affiliation(party="varsa", party_name="Varsa Port")) == "of Varsa Port"
