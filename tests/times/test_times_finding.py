"""Temporal expressions: what is found, and what it is worth. Published on Monday, 6 September 2021."""

from __future__ import annotations

import pytest
from times_help import document, read, values

from counterclaim.model import Granularity, TimeBasis, TimeKind
from counterclaim.times import find_times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left on 3 March 2019.", {"3 March 2019": "2019-03-03"}),
        ("They left on Tuesday, March 5, 2019.", {"Tuesday, March 5, 2019": "2019-03-05"}),
        ("It was signed on Sept. 3, 2021.", {"Sept. 3, 2021": "2021-09-03"}),
        ("It was signed on the 7th of May 1999.", {"the 7th of May 1999": "1999-05-07"}),
        ("It began in October, 1917.", {"October, 1917": "1917-10"}),
        ("between 5 and 7 May", {"5": "2021-05-05", "7 May": "2021-05-07"}),
        ("The siege of 13-15 April 1994", {"13": "1994-04-13", "15 April 1994": "1994-04-15"}),
        ("The battle of June 6-8 ended.", {"June 6": "2021-06-06", "8": "2021-06-08"}),
        ("In April and June 1955 he spoke.", {"April": "1955-04", "June 1955": "1955-06"}),
        ("the 1914-18 war", {"1914": "1914", "18": "1918"}),
        ("It was built in the 1980s.", {"the 1980s": "198X"}),
        ("the late '60s were calm", {"the late '60s": "196X"}),
        ("a 19th-century fort", {"19th-century": "18XX"}),
        ("the 4th century BC", {"the 4th century BC": "BC03XX"}),
        ("The city fell in 404 BC.", {"404 BC": "BC0404"}),
        ("from 499 to 493 BC", {"499": "BC0499", "493 BC": "BC0493"}),
        ("in the summer of 1963", {"the summer of 1963": "1963-SU"}),
        ("the third quarter of 2012", {"the third quarter of 2012": "2012-Q3"}),
        ("Q3 2013 was good", {"Q3 2013": "2013-Q3"}),
        ("on 2020-02-29", {"2020-02-29": "2020-02-29"}),
        ("on New Year's Eve 1999", {"New Year's Eve 1999": "1999-12-31"}),
        ("on Easter Monday 2016", {"Easter Monday 2016": "2016-03-28"}),
    ],
)
def test_dates_that_say_their_year(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The camp was hit on Tuesday.", {"Tuesday": "2021-08-31"}),
        ("The camp was hit on Monday.", {"Monday": "2021-09-06"}),
        ("The talks will open on Tuesday.", {"Tuesday": "2021-09-07"}),
        ("They met last Friday.", {"last Friday": "2021-09-03"}),
        (
            "They met yesterday and meet again tomorrow.",
            {"yesterday": "2021-09-05", "tomorrow": "2021-09-07"},
        ),
        ("It happened last night.", {"last night": "2021-09-05TNI"}),
        ("It happened on Monday afternoon.", {"Monday afternoon": "2021-09-06TAF"}),
        ("It closed last week.", {"last week": "2021-W35"}),
        ("They came at the weekend and left.", {"the weekend": "2021-W35-WE"}),
        ("It closed last month.", {"last month": "2021-08"}),
        ("It will close early next year.", {"early next year": "2022"}),
        ("It ended in November.", {"November": "2020-11"}),
        ("It will end in November.", {"November": "2021-11"}),
        ("He fled in September of last year.", {"September of last year": "2020-09"}),
        ("He fled two weeks ago.", {"two weeks ago": "2021-W34"}),
        ("He fled forty-eight hours ago.", {"forty-eight hours ago": "2021-09-04"}),
        ("He fled more than 20 years ago.", {"more than 20 years ago": "2001"}),
        ("A plan is due in the coming days.", {"the coming days": "FUTURE_REF"}),
        ("It happened last summer.", {"last summer": "2021-SU"}),
    ],
)
def test_dates_counted_from_the_day_of_publication(text: str, expected: dict[str, str]) -> None:
    assert values(text) == expected
    for time in read(text):
        if time.value[0].isdigit():
            assert (time.basis, time.reference) == (TimeBasis.PUBLISHED, "2021-09-06")


def test_what_is_told_counts_from_the_last_date_told_and_says_so() -> None:
    times = read("The army entered on 11 March 2002. Two days later it left. The following year it returned.")
    assert [time.value for time in times] == ["2002-03-11", "2002-03-13", "2003"]
    assert [time.basis for time in times[1:]] == [TimeBasis.NARRATIVE, TimeBasis.NARRATIVE]
    assert times[1].reference == "2002-03-11"
    assert times[1].anchor == times[0].span
    assert times[2].anchor == times[1].span


@pytest.mark.parametrize(
    "text",
    [
        "She is a 19-year-old player.",
        "He is 45 years old.",
        "They won 3-2 before 2,000 people.",
        "A crowd of 2000 people stood there.",
        "They may march on the palace.",
        "Theresa May spoke.",
        "See section 3.2.1 of the act.",
        "Call 555-1234-2020.",
        "It cost $2000 and rose 20 percent.",
        "The second attempt failed, as did the third.",
        "The fall of the city and a spring in his step.",
        "The sun sat low.",
        "A survey of 1709 schoolchildren.",
    ],
)
def test_what_looks_like_a_time_and_is_none(text: str) -> None:
    assert values(text) == {}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("for three days", TimeKind.DURATION, "P3D"),
        ("a ten-day visit", TimeKind.DURATION, "P10D"),
        ("for two and a half years", TimeKind.DURATION, "P2.5Y"),
        ("for several months", TimeKind.DURATION, "PXM"),
        ("for decades", TimeKind.DURATION, "PXDE"),
        ("within 72 hours", TimeKind.DURATION, "PT72H"),
        ("over the past two decades", TimeKind.DURATION, "P2DE"),
        ("every three months", TimeKind.SET, "P3M"),
        ("every Monday", TimeKind.SET, "XXXX-WXX-1"),
        ("daily", TimeKind.SET, "P1D"),
        ("at 10:30 a.m.", TimeKind.TIME, "2021-09-06T10:30"),
        ("at 5 pm on 3 May 2020", TimeKind.TIME, "2020-05-03T17:00"),
        ("at 0600 hours", TimeKind.TIME, "2021-09-06T06:00"),
        ("three weeks after the vote", TimeKind.DURATION, "P3W"),
    ],
)
def test_kinds(text: str, kind: TimeKind, value: str) -> None:
    first = read(f"It lasted {text}.")[0]
    assert (first.kind, first.value) == (kind, value)


def test_modifiers_are_those_of_timex3() -> None:
    found = {
        t.span.quote: t.modifier
        for t in read("In mid-June, by the end of 2022, early next year, about 1990.")
    }
    assert found == {
        "mid-June": "MID",
        "the end of 2022": "END",
        "early next year": "START",
        "about 1990": "APPROX",
    }


def test_intervals_stand_on_the_calendar() -> None:
    text = "In 2012, in May 2012, since Monday, until Friday, in the 1990s, for days, in 499 BC."
    edtf = {time.span.quote: time.interval.edtf if time.interval else None for time in read(text)}
    assert edtf == {
        "2012": "2012-01-01/2012-12-31",
        "May 2012": "2012-05-01/2012-05-31",
        "Monday": "2021-09-06/..",
        "Friday": "../2021-09-03",
        "the 1990s": "1990-01-01/1999-12-31",
        "days": None,
        "499 BC": "-0498-01-01/-0498-12-31",
    }


def test_granularity_of_a_weekend_and_of_a_part_of_a_day() -> None:
    weekend, morning = (time.interval for time in read("It began at the weekend and ended this morning."))
    assert weekend is not None
    assert (weekend.start, weekend.end, weekend.granularity) == (
        "2021-09-04",
        "2021-09-05",
        Granularity.WEEKEND,
    )
    assert morning is not None
    assert morning.granularity is Granularity.PART_OF_DAY


def test_without_a_date_of_publication_nothing_is_guessed() -> None:
    assert values("He came on Tuesday and left in May.", None) == {"Tuesday": "XXXX-WXX-2", "May": "XXXX-05"}
    assert {time.basis for time in read("He came on Tuesday and left in May.", None)} == {TimeBasis.UNKNOWN}


def test_a_date_that_fills_a_line_at_the_top_stands_for_the_date_of_publication() -> None:
    (line, day) = read("Floods in the valley\nFriday, May 8, 2009\nRain fell on Thursday.", None)
    assert (line.value, day.value, day.basis) == ("2009-05-08", "2009-05-07", TimeBasis.DATELINE)


def test_an_impossible_day_is_no_date() -> None:
    assert values("on 31 February 2020 and 2021-13-45") == {"February 2020": "2020-02"}


def test_an_invalid_date_of_publication_counts_as_none() -> None:
    assert find_times(document("It ended yesterday.", "soon"))[0].basis is TimeBasis.UNKNOWN


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "ORM, March 14, 2024 (North News) - Drones hit the port on Wednesday night, the mayor said.",
            "2024-03-13TNI",
        ),
        ("Published 2 June 2025\n\nShells fell on the town on Sunday, the mayor said.", "2025-06-01"),
    ],
)
def test_a_report_without_a_date_of_publication_is_dated_by_its_own_dateline(text, value):
    assert value in values(text, None).values()


@pytest.mark.parametrize(
    "text",
    [
        "the 1900 block of Mill Lane",
        "Flight 1984 landed",
        "under Resolution 2015 of the council",
        "in Room 2010",
    ],
)
def test_a_number_that_is_a_name_is_no_year(text):
    assert values(f"It happened there, {text}, they said.") == {}
