"""Feeds and NewsML-G2 messages to captures, one for each item.

The capture of an item is the feed without its other items: the tags that lead to the item, what the feed
says of itself (title, address, language, rights), and the item, each byte for byte as it stands in the feed.
So a capture is a feed with one item: its encoding, its namespaces and the outlet's name travel
with it. What changes with each fetch (when the feed was built) is left out, so that an item fetched twice is
the same capture.
"""

from __future__ import annotations

from collections.abc import Iterator

from counterclaim.model import Capture, Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.xml_parsing import Element, XmlRefused, XmlTree, parse_xml, xml_characters

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
PREFIXES = {
    "content": CONTENT,
    "dc": DUBLIN_CORE,
    "atom": ATOM,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
"""The namespaces that feeds use, at times without declaring them."""

_KEPT = ("title", "link", "language", "copyright", "rights", "author", "publisher", "id")


def items_of(root: Element) -> list[Element]:
    """List the items of a feed, the news items of a message, or the root where it is one itself."""
    return [item for _, item in _held(root)]


def _held(root: Element) -> list[tuple[Element, Element]]:
    """List the items, each with the element that holds it (itself where it is the root)."""
    if root.name in ("entry", "item", "newsItem"):
        return [(root, root)]
    return [
        (holder, item)
        for holder in (root, *root.all("channel", "itemSet"))
        for item in holder.all("item", "entry", "newsItem")
    ]


def read_feed(name: str, content: bytes, media_type: str) -> Iterator[Capture | Problem]:
    """Give a capture for each item of a feed, or of a NewsML-G2 message, in their order.

    They are named ``name#1``, ``name#2`` and so on. What is one item as a whole is one capture, under its own
    name. Gives a problem for what cannot be read, and for a feed without items.
    """
    source, encoding = xml_characters(content)
    try:
        tree = parse_xml(source, PREFIXES)
    except XmlRefused as error:
        yield Messages.xml_refused(name, str(error))
        return
    whole = _held(tree.root)
    items = [(holder, item) for holder, item in whole if not _is_elsewhere(item)]
    if items and len(items) < len(whole):
        yield Messages.items_without_text(name, len(whole) - len(items))
    if not items:
        yield Messages.feed_without_items(name)
    elif items == [(tree.root, tree.root)]:
        yield Capture.of(name, content, media_type)
    else:
        frames = {id(holder): _frame(tree, holder) for holder, _ in items}
        for number, (holder, item) in enumerate(items, 1):
            before, after = frames[id(holder)]
            alone = f"{before}{source[item.start : item.end]}{after}".encode(encoding, "surrogateescape")
            yield Capture.of(f"{name}#{number}", alone, media_type, encoding=encoding)


def _is_elsewhere(item: Element) -> bool:
    """Tell whether the content of a news item stands in other files alone, as that of pictures does."""
    content = item.find("contentSet") if item.name == "newsItem" else None
    return content is not None and bool(content.children) and not content.all("inlineXML", "inlineData")


def _frame(tree: XmlTree, holder: Element) -> tuple[str, str]:
    """Return what stands before and after an item: prolog, tags, and what the feed says of itself."""
    source, root = tree.source, tree.root
    before, after = source[: root.inner], source[root.inner_end : root.end]
    if root.name == "feed":
        before += _kept(source, root)
    channel = root.find("channel")
    if channel is not None and holder is not channel:  # RSS 1.0 has its items beside the channel
        before += source[channel.start : channel.inner] + _kept(source, channel)
        before += source[channel.inner_end : channel.end]
    if holder is not root:
        before += source[holder.start : holder.inner] + (_kept(source, holder) if holder is channel else "")
        after = source[holder.inner_end : holder.end] + after
    return before, after


def _kept(source: str, element: Element) -> str:
    return "".join(source[each.start : each.end] for each in element.all(*_KEPT))
