"""The readers of single reports in the formats of agencies, feeds, offices and mail, by media type."""

from __future__ import annotations

from collections.abc import Callable

from counterclaim.documents.decoding import Decoded, decode
from counterclaim.documents.drafts import Draft, draft_of
from counterclaim.documents.feed_item import feed_items, read_feed_item
from counterclaim.documents.mail import read_mail
from counterclaim.documents.newsml import news_items, read_news_item
from counterclaim.documents.ninjs import read_ninjs
from counterclaim.documents.nitf import Item, read_nitf
from counterclaim.documents.pdf import read_pdf
from counterclaim.documents.xml_text import read_xml
from counterclaim.model import Capture, InputError, Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.feeds import PREFIXES
from counterclaim.sources.news_formats import ATOM_FEED, MAIL, NEWSML_G2, NINJS, NITF, PDF, RSS
from counterclaim.sources.xml_parsing import Element, XmlTree

Reader = Callable[[Capture], tuple[Draft, list[Problem]]]


def _read_items(
    kind: str,
    items: Callable[[XmlTree], list[Element]],
    read: Callable[[XmlTree, Element], Item],
    capture: Capture,
) -> tuple[Draft, list[Problem]]:
    tree, decoded = read_xml(capture, PREFIXES)
    found = items(tree)
    if len(found) != 1:
        raise InputError(
            Messages.item_expected(capture.name, kind, f"{len(found):,} in it" if found else "none")
        )
    return _draft(capture, decoded, read(tree, found[0]))


def _draft(capture: Capture, decoded: Decoded, item: Item) -> tuple[Draft, list[Problem]]:
    draft = draft_of(capture.name, decoded.encoding, item.fields, item.parts, item.status)
    problems = list(decoded.problems)
    if item.embargo:
        problems.append(Messages.item_embargoed(capture.name, item.embargo))
    return draft, problems


def _nitf(capture: Capture) -> tuple[Draft, list[Problem]]:
    return _read_items("NITF", _nitf_items, read_nitf, capture)


def _nitf_items(tree: XmlTree) -> list[Element]:
    return [each for each in tree.root.walk() if each.name == "nitf"]


def _newsml(capture: Capture) -> tuple[Draft, list[Problem]]:
    return _read_items("NewsML-G2", news_items, read_news_item, capture)


def _feed(capture: Capture) -> tuple[Draft, list[Problem]]:
    return _read_items("a feed", feed_items, read_feed_item, capture)


def _ninjs(capture: Capture) -> tuple[Draft, list[Problem]]:
    decoded = decode(capture.name, capture.content, "utf-8")
    return _draft(capture, decoded, read_ninjs(capture.name, decoded.source))


FORMATS: dict[str, Reader] = {
    NITF: _nitf,
    NEWSML_G2: _newsml,
    RSS: _feed,
    ATOM_FEED: _feed,
    NINJS: _ninjs,
    MAIL: read_mail,
    PDF: read_pdf,
}
