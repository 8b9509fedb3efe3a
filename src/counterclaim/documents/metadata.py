"""What a page says about itself: JSON-LD, meta elements, and trafilatura for the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from counterclaim.documents.blocks import Page
from counterclaim.documents.dates import iso_date
from counterclaim.documents.mapping import visible
from counterclaim.documents.region import Extraction, solid

_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published",
    "parsely-pub-date", "sailthru.date", "dcterms.created", "dcterms.date", "dc.date.issued", "dc.date",
    "pubdate", "publishdate", "publish-date", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "last-modified",
)  # fmt: skip


def page_fields(page: Page, extraction: Extraction) -> dict[str, str]:
    """Return what is known about a page, by the names of the JSON contract, and ``description``.

    ``published`` comes with its time and zone where the page gives them (JSON-LD, meta and time
    elements, in this order), otherwise as htmldate found the day. ``modified`` is as the page gives it.
    """
    article = _article(page)
    meta = _meta(page)
    canonical = next(
        (given.get("href", "") for name, given in page.heads
         if name == "link" and "canonical" in given.get("rel", "").lower().split()), "",
    )  # fmt: skip
    candidates = {
        "title": [_string(article, "headline"), meta.get("og:title"), extraction.title, page.title],
        "byline": [_names(article.get("author")), (extraction.author or "").replace("; ", ", ")],
        "publisher": [_names(article.get("publisher")), meta.get("og:site_name"), extraction.sitename],
        "published": [_published(page, article, meta), extraction.date],
        "modified": [_string(article, "dateModified"), *(meta.get(name) for name in _MODIFIED)],
        "url": [canonical, meta.get("og:url"), extraction.url],
        "credit": [_string(article, "creditText"), _names(article.get("sourceOrganization"))],
        "description": [
            extraction.description, _string(article, "description"), meta.get("og:description"),
            meta.get("description"),
        ],
    }  # fmt: skip
    fields = {}
    for name, values in candidates.items():
        value = next((visible(" ".join(value.split())) for value in values if value and value.strip()), None)
        if value:
            fields[name] = value
    if not fields.get("url", "http").lower().startswith("http"):
        del fields["url"]
    return fields


def titles(page: Page, fields: dict[str, str]) -> list[str]:
    """List the words under which the page names its report, each as :func:`region.solid`.

    The title of a page often holds the name of the site too ("Site - Headline"): its longer parts
    are candidates as well, after the whole.
    """
    whole = [
        fields.get("title"),
        _string(_article(page), "headline"),
        _meta(page).get("og:title"),
        page.title,
    ]
    parts = [part for part in re.split(r"\s+[|:»–—-]+\s+", page.title) if len(part.split()) >= 3]
    return [key for key in dict.fromkeys(solid(title or "") for title in (*whole, *parts)) if key]


def _published(page: Page, article: dict[str, Any], meta: dict[str, str]) -> str | None:
    values = [_string(article, "datePublished"), *(meta.get(name) for name in _PUBLISHED)]
    for name, given in page.heads:
        if name == "time" and ("pubdate" in given or "datepublished" in given.get("itemprop", "").lower()):
            values.append(given.get("datetime"))
    dates = [date for date in (iso_date(value) for value in values if value) if date]
    return next((date for date in dates if "T" in date), dates[0] if dates else None)


def _meta(page: Page) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, given in page.heads:
        if name == "meta" and given.get("content"):
            for key in ("property", "name", "itemprop"):
                if given.get(key):
                    found.setdefault(given[key].strip().lower(), given["content"])
    return found


def _article(page: Page) -> dict[str, Any]:
    found = [node for raw in page.structured for node in _nodes(raw)]
    articles = [
        node for node in found if any(str(kind).endswith(_TYPES) for kind in _list(node.get("@type")))
    ]
    return max(articles, key=lambda node: ("headline" in node) + ("datePublished" in node), default={})


def _nodes(raw: str) -> Iterator[dict[str, Any]]:
    """Give the top-level objects of a JSON-LD block; one that does not parse is the page's affair."""
    try:
        value = json.loads(raw.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for node in _list(value):
        if isinstance(node, dict):
            yield node
            for inner in (*_list(node.get("@graph")), *_list(node.get("mainEntity"))):
                if isinstance(inner, dict):
                    yield inner


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _string(node: dict[str, Any], name: str) -> str | None:
    value = node.get(name)
    return value if isinstance(value, str) else None


def _names(value: Any) -> str | None:
    names = [item.get("name") if isinstance(item, dict) else item for item in _list(value)]
    return ", ".join(name for name in names if isinstance(name, str) and not name.startswith("http")) or None
