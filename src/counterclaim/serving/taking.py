"""Adding a report by its address, as far as the server is told to fetch at all."""

from __future__ import annotations

from counterclaim import pipeline
from counterclaim.fetching import FetchError, FetchLimits, fetch
from counterclaim.ledger import Ledger
from counterclaim.model.errors import Messages, RefusedError
from counterclaim.pipeline import Summary
from counterclaim.serving.settings import Settings


def add_address(settings: Settings, ledger: Ledger, url: str) -> Summary:
    """Fetch a report and add it; what brings none is a problem of the summary.

    Addresses of inner networks are never asked, but for those that the settings name. Raises RefusedError
    where the server is not to fetch.
    """
    if not settings.fetch:
        raise RefusedError(Messages.fetching_off())
    limits = FetchLimits(max_bytes=settings.upload, allow_private=settings.private)
    try:
        fetched = fetch(url, limits)
    except FetchError as error:
        return pipeline.add_captures(ledger, [error.problem])
    return pipeline.add_captures(ledger, [fetched.capture] if fetched.capture else [])
