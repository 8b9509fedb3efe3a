"""Search, and what changed between two moments."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from counterclaim.ledger import parse_moment
from counterclaim.views.diff import diff_view
from counterclaim.views.search import hits
from counterclaim.web.asking import Asking

HITS = 50
SHOWN = 100


def search(asking: Asking) -> Response:
    """Show the statements and reports that hold the words."""
    asked = (asking.parameter("q") or "")[:400]
    found = hits(asking.ledger.search(asked, HITS, asking.as_of)) if asked else ()
    return asking.page("search.html.j2", "Search", asked=asked, found=found, most=HITS)


def changes(asking: Asking) -> Response:
    """Show what became known between two moments; in the last day where none is given."""
    since, until = asking.parameter("since"), asking.parameter("until") or asking.as_of_words
    last = asking.ledger.last_recorded()
    if since is None and last is not None:
        since = (last - timedelta(days=1)).isoformat()
    diff = None
    if since is not None:
        diff = diff_view(
            asking.catalogue(parse_moment(since)), asking.catalogue(parse_moment(until) if until else None)
        )
    return asking.page("changes.html.j2", "What changed", diff=diff, since=since, until=until, most=SHOWN)
