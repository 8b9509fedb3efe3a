"""One item of a feed: RSS 2.0 (and what came before it), RSS 1.0, and Atom.

The capture is the feed without its other items, as :mod:`counterclaim.sources.feeds` makes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from counterclaim.documents.blocks import Piece
from counterclaim.documents.bodies import html_parts, line_of, mixed_parts, page_parts, plain_parts
from counterclaim.documents.dates import news_date
from counterclaim.documents.drafts import Parts
from counterclaim.documents.nitf import Item
from counterclaim.documents.xml_text import page_of, pieces_of, words
from counterclaim.sources.feeds import ATOM, CONTENT, DUBLIN_CORE, items_of
from counterclaim.sources.xml_parsing import Element, XmlTree

_MAILBOX = re.compile(r"\S+@\S+\s*\((?P<name>[^()]+)\)")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S")
_OWN = (
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://backend.userland.com/rss2",
)


def feed_items(tree: XmlTree) -> list[Element]:
    """List the items of a feed."""
    return items_of(tree.root)


def read_feed_item(tree: XmlTree, item: Element) -> Item:
    """Read the item of a feed, with what the feed says of itself."""
    return _entry(tree, item) if item.name == "entry" else _rss(tree, item)


def _rss(tree: XmlTree, item: Element) -> Item:
    channel = next((each for each in tree.root.walk() if each.name == "channel"), None)
    base = _link(tree, channel, "")
    content = item.find("encoded", space=CONTENT)
    body = _own(item, "description")
    paragraphs = _of(tree, content, html_parts) or _of(tree, body, mixed_parts)
    paragraphs = paragraphs or _of(tree, item.find("summary", space=ATOM), mixed_parts)
    author = words(tree, _own(item, "author"))
    mailbox = _MAILBOX.fullmatch(author)
    creators = [words(tree, each) for each in item.all("creator", space=DUBLIN_CORE)]
    source = words(tree, _own(item, "source"))
    times = [
        news_date(words(tree, each))
        for each in (_own(item, "pubDate"), item.find("date", space=DUBLIN_CORE),
                     item.find("published", "issued"))
        if each
    ]  # fmt: skip
    changed = item.find("updated", "modified")
    fields = {
        "byline": ", ".join(creators)
        or (mailbox.group("name").strip() if mailbox else "" if "@" in author else author),
        "publisher": source
        or words(tree, item.find("publisher", space=DUBLIN_CORE))
        or words(tree, _own(channel, "title")),
        "published": next((time for time in times if time), ""),
        "modified": news_date(words(tree, changed)) or "" if changed else "",
        "url": _link(tree, item, base),
        "language": words(tree, item.find("language", space=DUBLIN_CORE)),
    }
    guid = _own(item, "guid")
    if not fields["url"] and guid and guid.attributes.get("isPermaLink", "true").strip().lower() == "true":
        fields["url"] = _address(words(tree, guid), base)
    fields["id"] = _named(words(tree, guid), base) or item.attributes.get("rdf:about", "") or fields["url"]
    return Item(Parts(title=line_of(pieces_of(tree, _own(item, "title"))), paragraphs=paragraphs), fields)


def _entry(tree: XmlTree, entry: Element) -> Item:
    feed = tree.root if tree.root.name == "feed" else None
    source = entry.find("source")
    base = entry.attributes.get("xml:base", "") or (feed.attributes.get("xml:base", "") if feed else "")
    base = base or _href(feed, "")
    paragraphs = _typed(tree, entry.find("content")) or _typed(tree, entry.find("summary"))
    authors = [
        words(tree, each.find("name"))
        for holder in (entry, source, feed)
        for each in (holder.all("author") if holder else [])[:5]
    ][: max(1, len(entry.all("author")))]
    published = news_date(words(tree, entry.find("published", "issued", "created"))) or ""
    updated = news_date(words(tree, entry.find("updated", "modified"))) or ""
    url = _href(entry, base)
    fields = {
        "id": _named(words(tree, entry.find("id")), base) or url,
        "byline": ", ".join(name for name in authors if name),
        "publisher": words(tree, source.find("title") if source else None)
        or words(tree, feed.find("title") if feed else None),
        "published": published or updated,
        "modified": updated if published and updated != published else "",
        "url": url,
        "language": entry.attributes.get("xml:lang", ""),
    }
    title = entry.find("title")
    kind = title.attributes.get("type", "text") if title else "text"
    heading: Sequence[Piece] = line_of(pieces_of(tree, title))
    if title and kind == "xhtml":
        heading = [piece for part in page_parts(page_of(tree, title)) for piece in part]
    return Item(Parts(title=heading, paragraphs=paragraphs), fields)


def _typed(tree: XmlTree, element: Element | None) -> list[list[Piece]]:
    """Return the paragraphs of Atom's text, by its ``type``."""
    if element is None or element.attributes.get("src"):
        return []
    kind = element.attributes.get("type", "text").strip().lower()
    if element.children:
        return page_parts(page_of(tree, element))
    pieces = pieces_of(tree, element)
    if kind.endswith("html"):
        return html_parts(pieces)
    if kind == "text" or kind.startswith("text/"):
        return plain_parts(pieces)
    return []


def _of(tree: XmlTree, element: Element | None, read: object) -> list[list[Piece]]:
    """Return the paragraphs of an element of RSS; where HTML stands in it unescaped, of that."""
    if element is None:
        return []
    if element.children:
        return page_parts(page_of(tree, element))
    pieces = pieces_of(tree, element)
    return html_parts(pieces) if read is html_parts else mixed_parts(pieces)


def _own(element: Element | None, name: str) -> Element | None:
    """Return the child that is of RSS itself, not ``media:title`` or ``itunes:author``."""
    found = element.all(name) if element else []
    return next((each for each in found if each.space in _OWN), None)


def _link(tree: XmlTree, element: Element | None, base: str) -> str:
    return _address(words(tree, _own(element, "link")), base)


def _href(element: Element | None, base: str) -> str:
    """Return the address of an entry or a feed: its ``alternate`` link."""
    for link in element.all("link") if element else []:
        if link.attributes.get("rel", "alternate") == "alternate":
            return _address(link.attributes.get("href", ""), base)
    return ""


def _address(value: str, base: str) -> str:
    value = value.strip()
    try:
        url = urljoin(base, value) if value else ""
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:  # an address with a broken host
        return ""


def _named(identifier: str, base: str) -> str:
    """Return an identifier that no other feed has: one that is no URI gets the feed's host before it."""
    if not identifier or _SCHEME.match(identifier):
        return identifier
    try:
        host = urlsplit(base).netloc
    except ValueError:
        host = ""
    return f"{host}/{identifier}" if host else ""
