"""Feeds and NewsML-G2 messages to captures, one for each item.

The capture of an item is the feed without its other items: the tags that lead to the item, what the feed
says of itself (title, address, language, rights), and the item, each byte for byte as it stands in the feed,
in its order. So a capture is a feed with one item: its encoding, its namespaces and the outlet's name travel
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
    if root.name in ("entry", "item", "newsItem"):
        return [root]
    return [
        item
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
    whole = items_of(tree.root)
    items = [item for item in whole if not _is_elsewhere(item)]
    if items and len(items) < len(whole):
        yield Messages.items_without_text(name, len(whole) - len(items))
    if not items:
        yield Messages.feed_without_items(name)
    elif items == [tree.root]:
        yield Capture.of(name, content, media_type)
    else:
        for number, item in enumerate(items, 1):
            alone = _alone(tree, whole, item).encode(encoding, "surrogateescape")
            yield Capture.of(f"{name}#{number}", alone, media_type, encoding=encoding)


def _is_elsewhere(item: Element) -> bool:
    """Tell whether the content of a news item stands in other files alone, as that of pictures does."""
    content = item.find("contentSet") if item.name == "newsItem" else None
    return content is not None and bool(content.children) and not content.all("inlineXML", "inlineData")


def _alone(tree: XmlTree, items: list[Element], item: Element) -> str:
    """Return the feed with one item: its prolog, the tags around the item, and what it says of itself."""
    source, root = tree.source, tree.root
    others = {id(each) for each in items if each is not item}
    parts = [source[: root.inner]]
    for child in root.children:
        if child is item or (child.name in _KEPT and root.name == "feed"):
            parts.append(source[child.start : child.end])
        elif child.name in ("channel", "itemSet") and id(child) not in others:
            within = [
                each for each in child.children
                if each is item or (child.name == "channel" and each.name in _KEPT)
            ]  # fmt: skip
            parts.append(source[child.start : child.inner])
            parts += [source[each.start : each.end] for each in within]
            parts.append(source[child.inner_end : child.end])
    parts.append(source[root.inner_end : root.end])
    return "".join(parts)
