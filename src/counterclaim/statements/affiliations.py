"""Roles and parties read from the words beside a name: "X, a spokesman for Y", "Y spokesman X"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from counterclaim.model import Affiliation, Document
from counterclaim.statements.names import adjectives, without_article, words_of

_NAME = r"(?:the\s+)?(?:[A-Z][\w’'.&-]*)(?:\s+(?:of|for|and|the|de|al)(?=\s+[A-Z])|\s+[A-Z][\w’'.&-]*)*"


@cache
def _after() -> re.Pattern[str]:
    """Return the pattern for ", (a|the) ROLE (of ...) (for|of|at|in|with) PARTY" after a name."""
    role = "|".join(sorted(words_of("roles"), key=len, reverse=True))
    return re.compile(
        rf"\s*,\s+(?:(?:an?|the|its|their)\s+)?(?P<role>(?:[\w’'-]+\s+){{0,4}}?(?:{role})(?:\s+(?:{role}))?\b"
        rf"(?:\s+of\s+(?!the\b|an?\b)[a-z]\w+(?:\s+(?!for\b|of\b|at\b|in\b|with\b|to\b|from\b|and\b)[a-z]\w+){{0,2}})?)"
        rf"(?:\s+(?:for|of|at|in|with|to|from)\s+(?P<party>{_NAME}))?"
    )


@cache
def _before() -> re.Pattern[str]:
    """Return the pattern for "PARTY ROLE " before a name."""
    role = "|".join(sorted(words_of("roles"), key=len, reverse=True))
    return re.compile(
        rf"(?P<party>{_NAME})?(?:[’']s)?\s*\b(?P<role>(?:[a-z]\w+\s+){{0,2}}(?:{role})),?\s+(?:[A-Z]\w+\.?\s)?$"
    )


def affiliation_beside(
    document: Document, start: int, end: int, party_id: Callable[[str], str], *, described: bool = False
) -> Affiliation | None:
    """Return the role and party that stand beside the name at ``start`` to ``end``.

    ``party_id`` gives the actor id for a party's name as written. With ``described`` the range is
    itself a description ("a Pakistani government official"). None where nothing says so.
    """
    text = document.text
    if described:
        return _of_description(document, start, end, party_id)
    after = _after().match(text, end, min(len(text), end + 200))
    if after:
        role, party = after["role"].strip(), after["party"]
        first = role.split()[0]
        if party is None and first[:1].isupper() and len(role.split()) > 1:
            kept = [w for w in role.split() if w[:1].isupper()]
            party, role = " ".join(kept), " ".join(w for w in role.split() if not w[:1].isupper())
        return Affiliation(
            role=role or None,
            party=party_id(party) if party else None,
            party_name=without_article(party) if party else None,
            span=document.span(start, after.end()),
        )
    before = _before().search(text, max(0, start - 90), start)
    if before and before["party"] and "\n" not in before.group():
        return Affiliation(
            role=before["role"].strip(),
            party=party_id(before["party"]),
            party_name=without_article(before["party"]),
            span=document.span(before.start(), end),
        )
    return None


def _of_description(
    document: Document, start: int, end: int, party_id: Callable[[str], str]
) -> Affiliation | None:
    """Read the party from a description's adjective or complement ("an official of the union")."""
    text = document.text[start:end]
    for adjective, country in adjectives().items():
        if re.search(rf"\b{re.escape(adjective)}\b", text, re.IGNORECASE) and re.search(
            r"\b(?:government|official|officials|diplomat|military|army|ministry|intelligence|security)\b",
            text,
        ):
            return Affiliation(
                role=text.split()[-1],
                party=party_id(country),
                party_name=country,
                span=document.span(start, end),
            )
    match = re.search(rf"\b(?:of|for|from|with)\s+(?P<party>{_NAME})", text)
    if match is None:
        return None
    return Affiliation(
        role=text[: match.start()].strip() or None,
        party=party_id(match["party"]),
        party_name=without_article(match["party"]),
        span=document.span(start, end),
    )
