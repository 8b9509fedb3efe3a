"""The items of a feed: RSS and Atom, read from bytes by feedparser, without entities."""

from __future__ import annotations

import io
import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import feedparser

from counterclaim.fetching import Answer, FetchError
from counterclaim.model.errors import Messages

MAX_BYTES = 5_000_000
MAX_ITEMS = 500
_ENTITY = re.compile(rb"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)", re.IGNORECASE)


class FeedItem(NamedTuple):
    """A report that a feed names: its address, and when it was changed last, as the feed words it."""

    url: str
    updated: str | None


def read_feed(answer: Answer) -> list[FeedItem]:
    """Return the items of a feed, oldest first as far as its order tells, each address once.

    At most :data:`MAX_ITEMS` are taken, the first in the feed. A feed that declares entities is refused:
    they can make a small file large (W3C XML 1.0, section 4; CWE-776) and name files of this machine.
    Raises FetchError for it, and for what is no feed.
    """
    # Zero bytes are left out so that UTF-16 and UTF-32 hide nothing. Of entities in any other encoding
    # feedparser keeps only those that stand for one character.
    if _ENTITY.search(answer.content.replace(b"\0", b"")):
        raise FetchError(Messages.feed_entities(answer.url))
    headers = {"content-location": answer.url}
    if "content-type" in answer.headers:
        headers["content-type"] = answer.headers["content-type"]
    # A stream and never the bytes themselves: feedparser would take these for the name of a file.
    found = feedparser.parse(
        io.BytesIO(answer.content), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version") and not found.entries:
        raise FetchError(Messages.feed_unreadable(answer.url))
    items: dict[str, FeedItem] = {}
    for entry in found.entries[:MAX_ITEMS]:
        link = entry.get("link")
        if not isinstance(link, str) or not link.strip():
            continue
        try:
            url = urljoin(answer.url, link.strip())
            good = urlsplit(url).scheme in {"http", "https"}
        except ValueError:  # an address with a broken host
            continue
        if good and url != answer.url:
            updated = entry.get("updated")
            items.setdefault(url, FeedItem(url, updated if isinstance(updated, str) else None))
    return list(reversed(items.values()))
