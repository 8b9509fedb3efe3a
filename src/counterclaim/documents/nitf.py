"""NITF, the News Industry Text Format: headline, byline, dateline and body of an agency's report.

https://iptc.org/standards/nitf/; elements and attributes are those of version 3.6. It stands alone or
within NewsML-G2.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from counterclaim.documents.blocks import Piece
from counterclaim.documents.bodies import page_parts
from counterclaim.documents.composing import folded
from counterclaim.documents.dates import news_date
from counterclaim.documents.drafts import Parts
from counterclaim.documents.xml_text import page_of, pieces_of, words
from counterclaim.sources.xml_parsing import Element, XmlTree

NAMES = {
    "hl1": "h1", "hl2": "h2", "bq": "blockquote", "block": "div", "media": "figure",
    "media-caption": "figcaption", "body.content": "div", "note": "aside", "fn": "aside", "credit": "p",
    "tagline": "p", "abstract": "div", "nitf-table": "figure", "table-reference": "figure",
}  # fmt: skip
"""The names that HTML has for elements of NITF; tables, notes and pictures stand beside the report."""

_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_STATUS = {"canceled": "canceled", "cancelled": "canceled", "killed": "canceled", "withheld": "withheld"}


class Item(NamedTuple):
    """A report as a format of agencies gives it: its parts, its fields, its status, its embargo.

    ``status`` is ``canceled`` or ``withheld`` where the provider does not want it used; ``embargo`` is the
    moment before which nothing of it may be published.
    """

    parts: Parts
    fields: dict[str, str]
    status: str | None = None
    embargo: str | None = None


def status_of(value: str) -> str | None:
    """Return what a publishing status (``stat:canceled``, an address that ends so) says, None if usable."""
    return _STATUS.get(re.split(r"[:/#]", value.strip().lower())[-1])


def printed_names(byline: str) -> str:
    """Return a byline without the word "By" that stands before its names."""
    match = _BY.match(byline)
    return byline[match.end() :] if match else byline


def read_nitf(tree: XmlTree, nitf: Element) -> Item:
    """Read one ``nitf`` element."""
    head, body = nitf.find("head"), nitf.find("body")
    docdata = head.find("docdata") if head else None
    top = body.find("body.head") if body else None
    hedline = top.find("hedline") if top else None
    fields = _fields(tree, nitf, docdata, top)
    first = hedline.find("hl1") if hedline else (head.find("title") if head else None)
    second = hedline.find("hl2") if hedline else None
    abstract = top.find("abstract") if top else None
    parts = Parts(
        title=folded(pieces_of(tree, first)),
        standfirst=folded(pieces_of(tree, second)) or _first(tree, abstract),
        dateline=folded(pieces_of(tree, top.find("dateline") if top else None)),
        paragraphs=_paragraphs(tree, body),
    )
    status = (docdata.attributes.get("management-status") if docdata else None) or ""
    released = _norm(docdata, "date.release")
    embargo = released if status.lower() == "embargoed" else None
    return Item(parts, fields, status_of(status), embargo)


def _first(tree: XmlTree, element: Element | None) -> list[Piece]:
    return page_parts(page_of(tree, element, NAMES))[0] if words(tree, element) and element else []


def _paragraphs(tree: XmlTree, body: Element | None) -> list[list[Piece]]:
    """Return the body's paragraphs, those of several ``body.content``, and the tagline at its end."""
    found: list[list[Piece]] = []
    for content in body.all("body.content") if body else []:
        found += page_parts(page_of(tree, content, NAMES))
    end = body.find("body.end") if body else None
    for line in end.all("tagline") if end else []:
        found.append(folded(pieces_of(tree, line)))
    return found


def _fields(tree: XmlTree, nitf: Element, docdata: Element | None, top: Element | None) -> dict[str, str]:
    bylines = [words(tree, each) for each in (top.all("byline") if top else [])]
    names = ", ".join(printed_names(each) for each in bylines if each)
    distributor = words(tree, top.find("distributor") if top else None)
    rights = _given(docdata, "doc.copyright", "holder")
    source = _given(docdata, "doc-id", "regsrc")
    head = nitf.find("head")
    outlet = _given(head, "pubdata", "name")
    line = top.find("dateline") if top else None
    times = [
        _norm(docdata, "date.issue"), _norm(docdata, "date.release"), _norm(line, "story.date"),
        news_date(_given(head, "pubdata", "date.publication")),
    ]  # fmt: skip
    revised = [
        news_date(each.attributes.get("norm", "")) for each in (head.all("revision-history") if head else [])
    ]
    own = _given(docdata, "doc-id", "id-string")
    return {
        "id": own if ":" in own or not source or not own else f"{source}:{own}",
        "byline": names,
        "publisher": outlet or distributor or rights or source,
        "credit": distributor,
        "published": next((time for time in times if time), ""),
        "modified": max((time for time in revised if time), default=""),
        "url": _address(_given(head, "pubdata", "ex-ref")),
        "language": nitf.attributes.get("xml:lang", ""),
    }


def _address(value: str) -> str:
    return value if value.lower().startswith(("http://", "https://")) else ""


def _given(element: Element | None, name: str, attribute: str) -> str:
    found = element.find(name) if element else None
    return " ".join(found.attributes.get(attribute, "").split()) if found else ""


def _norm(element: Element | None, name: str) -> str | None:
    return news_date(_given(element, name, "norm"))
