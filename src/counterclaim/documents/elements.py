"""The elements of HTML by what they mean for the text of a page."""

from __future__ import annotations

import re


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BLOCKS = _names(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu
    nav ol p pre search section summary table tbody td tfoot th thead tr ul"""
)
"""Elements that begin and end a block of text."""

VOID = _names("area base br col embed frame hr img input link meta param source track wbr")
"""Elements without content or end tag."""

UNSEEN = _names(
    """audio button canvas datalist iframe math noembed noframes noscript object script select style svg
    template textarea title video xmp"""
)
"""Elements whose content is no text of the page as a reader sees it."""

MARGIN = _names("aside dialog figure footer form menu nav search")
MARGIN_ROLES = _names("banner complementary navigation search")
"""Elements, and ARIA roles, that stand beside the report."""

_HIDDEN_CLASSES = _names("sr-only visually-hidden visuallyhidden screen-reader-text")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether an element with these attributes is hidden from the reader's eyes."""
    return (
        "hidden" in attributes
        or not _HIDDEN_CLASSES.isdisjoint(attributes.get("class", "").split())
        or _HIDDEN_STYLE.search(attributes.get("style", "")) is not None
    )
