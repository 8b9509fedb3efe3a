"""How a text tells time is chosen by the text."""

from __future__ import annotations

from times_help import document, values

from counterclaim.times.context import Policy
from counterclaim.times.finding import start_context
from counterclaim.times.tokens import tokenize

STORY = (
    "The league was founded in 1831 by five towns. In March 1832 its fleet sailed. In May it took the "
    "island. "
    "By 1834 the league held the coast. On 3 June 1835 the duke signed a truce. On 9 June he broke it. "
    "The war went on until 1839, and the last fort fell in October."
)
REPORT = (
    "The minister said on Monday that the bridge, built in 1931 and rebuilt in 1988, would reopen in "
    "October. "
    "Yesterday engineers tested it. On Friday the council meets."
)


def policy(text: str, published: str | None) -> Policy:
    report = document(text, published)
    return start_context(report, tokenize(text)).policy


def test_a_history_is_read_as_a_narrative_though_it_was_published_today() -> None:
    assert policy(STORY, "2021-09-06") is Policy.NARRATIVE
    found = values(STORY)
    assert found["May"] == "1832-05"
    assert found["9 June"] == "1835-06-09"


def test_a_report_that_looks_back_stays_a_report() -> None:
    assert policy(REPORT, "2021-09-06") is Policy.NEWS
    assert values(REPORT)["October"] == "2021-10"


def test_without_a_date_of_publication_there_is_only_the_story() -> None:
    assert policy(REPORT, None) is Policy.NARRATIVE


def test_a_year_beside_the_story_is_not_counted_from() -> None:
    text = STORY + " On 4 July 1840 the duke, who had been born in 1780, fled. In December he died."
    assert values(text)["December"] == "1840-12"


def test_a_report_that_goes_on_in_a_past_year_is_followed() -> None:
    text = "The ship sank on March 3, 2015, and was raised on April 9. The inquiry opened on Monday."
    assert values(text)["April 9"] == "2015-04-09"
