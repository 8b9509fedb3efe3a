"""NewsML-G2: a news item with its metadata, and its text as NITF, as XHTML, as escaped HTML or plain.

https://iptc.org/standards/newsml-g2/; elements and attributes are those of version 2.34.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from counterclaim.documents.blocks import Piece
from counterclaim.documents.bodies import html_parts, page_parts, plain_parts
from counterclaim.documents.composing import folded, words_of
from counterclaim.documents.dates import news_date
from counterclaim.documents.drafts import Parts
from counterclaim.documents.nitf import Item, printed_names, read_nitf, status_of
from counterclaim.documents.xml_text import page_of, pieces_of, words
from counterclaim.sources.xml_parsing import Element, XmlTree

_MAIN = ("", "main", "headline")


def news_items(tree: XmlTree) -> list[Element]:
    """List the ``newsItem`` elements of a message, or the one that is the root."""
    return [each for each in tree.root.walk() if each.name == "newsItem"]


def read_news_item(tree: XmlTree, item: Element) -> Item:
    """Read one ``newsItem``: what its own metadata say comes before what its NITF says."""
    meta, content = item.find("itemMeta"), item.find("contentMeta")
    parts, inner, picture = _content(tree, item)
    if not parts.paragraphs and (meta is None or _code(meta.find("itemClass")) in ("", "text", "composite")):
        lines = [folded(pieces_of(tree, each)) for each in (content.all("description") if content else [])]
        parts = parts._replace(paragraphs=lines)
    title = _headline(tree, content)
    dateline = folded(pieces_of(tree, content.find("dateline") if content else None))
    parts = parts._replace(title=title or parts.title, dateline=parts.dateline or dateline)
    if picture and not parts.paragraphs:
        parts = Parts()
    fields = {**inner, **{key: value for key, value in _fields(tree, item, meta, content).items() if value}}
    status = status_of(_raw_code(meta.find("pubStatus") if meta else None))
    return Item(parts, fields, status, news_date(words(tree, meta.find("embargoed"))) if meta else None)


def _content(tree: XmlTree, item: Element) -> tuple[Parts, dict[str, str], bool]:
    """Return the parts and fields of the item's content, of several the one with the most words.

    Tells too whether there is content elsewhere alone (a picture, say).
    """
    best, fields, most = Parts(), dict[str, str](), 0
    found = item.find("contentSet")
    for each in found.children if found else []:
        kind = each.attributes.get("contenttype", "").lower()
        given: dict[str, str] = {}
        if each.name == "inlineXML":
            nitf = next(each.below("nitf"), None)
            if nitf is not None:
                parts, given = read_nitf(tree, nitf)[:2]
            else:
                parts = Parts(paragraphs=page_parts(page_of(tree, next(each.below("body"), each))))
        elif each.name == "inlineData" and not each.attributes.get("encoding"):
            pieces = pieces_of(tree, each)
            parts = Parts(paragraphs=html_parts(pieces) if "html" in kind else plain_parts(pieces))
        else:
            continue
        size = sum(len(words_of(paragraph)) for paragraph in parts.paragraphs)
        if size > most:
            best, fields, most = parts, given, size
    return best, fields, found is not None and bool(found.all("remoteContent")) and not most


def _headline(tree: XmlTree, content: Element | None) -> list[Piece]:
    heads = content.all("headline") if content else []
    main = [each for each in heads if each.attributes.get("role", "").split(":")[-1] in _MAIN]
    return folded(pieces_of(tree, (main or heads)[0])) if heads else []


def _fields(tree: XmlTree, item: Element, meta: Element | None, content: Element | None) -> dict[str, str]:
    rights = item.find("rightsInfo")
    holder = _party(tree, rights.find("copyrightHolder") if rights else None)
    provider = _party(tree, meta.find("provider") if meta else None)
    creators = [_named(tree, each) for each in (content.all("creator") if content else [])]
    by = [printed_names(words(tree, each)) for each in (content.all("by") if content else [])]
    credit = words(tree, content.find("creditline") if content else None)
    source = _party(tree, content.find("infoSource") if content else None)
    first = _moment(tree, meta, "firstCreated") or _moment(tree, content, "contentCreated")
    version = _moment(tree, meta, "versionCreated") or _moment(tree, content, "contentModified")
    language = content.find("language") if content else None
    links = [each.attributes.get("href", "") for each in (meta.all("link") if meta else [])
             if "canonical" in each.attributes.get("rel", "")]  # fmt: skip
    return {
        "id": item.attributes.get("guid", "").strip(),
        "byline": ", ".join(name for name in (by or creators) if name),
        "publisher": provider or holder,
        "credit": credit or source,
        "published": first or version or "",
        "modified": version if version and version != first and first else "",
        "language": (language.attributes.get("tag", "") if language else "")
        or item.attributes.get("xml:lang", ""),
        "url": next((link for link in links if link.startswith("http")), ""),
    }


def _moment(tree: XmlTree, element: Element | None, name: str) -> str | None:
    found = element.find(name) if element else None
    return news_date(words(tree, found)) if found else None


def _named(tree: XmlTree, element: Element | None) -> str:
    if element is None:
        return ""
    return words(tree, element.find("name")) or element.attributes.get("literal", "").strip()


def _party(tree: XmlTree, element: Element | None) -> str:
    """Return who a party is: its name, else its code (``nprov:MPA``), else the host of its address."""
    if element is None:
        return ""
    host = urlsplit(element.attributes.get("uri", "")).netloc
    return _named(tree, element) or _code(element) or host.removeprefix("www.")


def _raw_code(element: Element | None) -> str:
    if element is None:
        return ""
    return element.attributes.get("qcode") or element.attributes.get("uri") or ""


def _code(element: Element | None) -> str:
    return element.attributes.get("qcode", "").rpartition(":")[2] if element is not None else ""
