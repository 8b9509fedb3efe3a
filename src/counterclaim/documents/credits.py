"""Dateline, byline, credit and copyright lines: whose reporting a text is.

Rules over the edges of a text, where such lines stand: a name in the middle of a sentence ("told
AFP") is a mention and no credit. Offsets count characters of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from counterclaim.documents.agencies import agency_in, normal_name, pattern
from counterclaim.model import Origin, OriginBasis, Span

_EDGE = 1_000
_FIRST_PARAGRAPHS = 5
_LAST_PARAGRAPHS = 3
_DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DATE_WORDS = rf"(?:[\s,|/·•:–—-]|{_DAY}|{_MONTH}|\d{{1,4}}|[ap]\.?m\.?|GMT|UTC|on\b|at\b)*"
_MARK = r"(?:©|\([cC]\)|Copyright\b|COPYRIGHT\b)"
_COPYRIGHT = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?”\"’)\]|]) |(?<=[-–—]) ?|(?<=[.!?”\"’)\]|]))"
    rf"(?P<line>{_MARK}(?:\s*{_MARK})?[\s,:]*(?P<year>\d{{4}}(?:\s*[-–]\s*\d{{2,4}})?[\s,]*)?(?:[Bb]y\s+)?"
    r"(?P<name>[A-Z0-9][^\n.;|©]{1,80})(?:\.|$|(?=\n))(?:\s*[Aa]ll [Rr]ights [Rr]eserved\.?)?)"
)
_BYLINE = re.compile(
    r"(?:By|BY) (?P<names>[A-ZÀ-Þ][\w.'’-]+"
    r"(?:[ ,]+(?:and |in |[a-zà-þ]{2,3} )?[A-ZÀ-Þ][\w.'’-]*){0,9}[^.!?\n]{0,40})"
)
_SOURCE = re.compile(
    r"(?P<line>[(\[](?:Source|SOURCE|Credit): ?(?P<bracketed>[A-Z][^\n()\[\]]{1,60})[)\]]"
    r"|(?:^|(?<=[.!?”\"’)\]] ))(?:Source|SOURCE|Credit): ?(?P<open>[A-Z][^\n()\[\].]{1,60})\.?$)"
)


class Credits(NamedTuple):
    """What a report says about its own making."""

    origin: Origin | None
    dateline: Span | None = None
    byline: str | None = None


class _Paragraph(NamedTuple):
    start: int
    text: str


def find_credits(text: str, fields: dict[str, str], headline: tuple[int, int] | None = None) -> Credits:
    """Find dateline, byline and origin of a report.

    ``fields`` are those of the JSON contract (``credit``, ``byline``, ``publisher`` are used),
    ``headline`` the place of the headline in ``text``. The origin is the strongest of: copyright
    line, credit line, agency of the byline, agency of the dateline, publisher.
    """
    first, last = _edges(text, headline)
    dateline, wire = _dateline(text, first)
    byline, signature = _byline(text, first, fields.get("byline"))
    origin = (
        _copyright(text)
        or _credit_field(fields.get("credit"))
        or _credit_line(text, first, last)
        or signature
        or wire
    )
    if origin is None and fields.get("publisher"):
        origin = Origin(name=normal_name(fields["publisher"]), basis=OriginBasis.PUBLISHER)
    return Credits(origin, dateline, byline)


def _edges(text: str, headline: tuple[int, int] | None) -> tuple[list[_Paragraph], list[_Paragraph]]:
    """Return the first paragraphs below the headline, and the last ones, white space stripped."""
    begin = headline[1] if headline else 0
    first = list(_paragraphs(text, begin, min(len(text), begin + 4 * _EDGE)))[:_FIRST_PARAGRAPHS]
    start = max(begin, len(text) - 2 * _EDGE)
    return first, list(_paragraphs(text, start, len(text)))[-_LAST_PARAGRAPHS:]


def _paragraphs(text: str, start: int, end: int) -> Iterator[_Paragraph]:
    for match in re.finditer(r"[^\n]+", text[start:end]):
        line = match.group()
        if line.strip():
            yield _Paragraph(start + match.start() + len(line) - len(line.lstrip()), line.strip())


def _origin(text: str, name: str, basis: OriginBasis, start: int, end: int) -> Origin | None:
    shown = normal_name(name)
    return Origin(name=shown, basis=basis, span=Span.of(text, start, end)) if shown else None


def _copyright(text: str) -> Origin | None:
    """Find the copyright line: in the last 1,000 characters, or the first 400."""
    for start, end in ((max(0, len(text) - _EDGE), len(text)), (0, min(400, len(text)))):
        for match in _COPYRIGHT.finditer(text[start:end]):
            line, name = match.group("line"), match.group("name")
            signed = match.group("year") or re.search(
                r"©|\([cC]\)|\b\d{4}\b|\bLtd|\bLimited|\bInc\b|\bLLC", line
            )
            if signed and len(normal_name(name).split()) <= 6:
                return _origin(
                    text, name, OriginBasis.COPYRIGHT, start + match.start("line"), start + match.end("line")
                )
    return None


def _credit_field(credit: str | None) -> Origin | None:
    if not credit:
        return None
    name = agency_in(credit) or normal_name(credit)
    return Origin(name=name, basis=OriginBasis.CREDIT) if name else None


@cache
def _trailing() -> tuple[re.Pattern[str], ...]:
    """Return the forms of a credit in one of the last paragraphs, each with ``line`` and ``name``."""
    agency = pattern()
    several = rf"(?P<name>{agency})(?: ?(?:/|,|&|and|with|-)? ?(?:{agency}|[Aa]gencies))*"
    work = r"(?:[Rr]eporting|[Rr]eports?|[Mm]aterial|files|input)"
    by = rf"(?:[Aa]dditional |[Ww]ith )?{work} (?:by|from)|[Ww]ith|Source"
    ends = r"(?:^|[.!?”\"’)\]] ?|\s[-–—]+ ?|(?<=\w)[-–—]{2,} ?)"
    contributed = (
        r"(?:also )?(?:staff |writers? |journalists? )*contributed to (?:this|the) (?:report|story|article)"
    )
    return (
        re.compile(rf"{ends}[-–—(\[ ]*(?P<line>(?:(?:{by}):? )?{several})[)\].]*$"),
        re.compile(rf"(?:^|(?<=[.!?”\"’)\]] ))\W*(?P<line>{several} {contributed})"),
        re.compile(r"(?P<line>Our Standards: ?The (?P<name>Thomson Reuters) Trust Principles)"),
    )


@cache
def _leading() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the forms of a credit in the first paragraphs: a line of its own, and a name with its date."""
    agency = pattern()
    several = rf"(?P<name>{agency})(?: ?(?:/|,|&|and|with|-) ?(?:{agency}|[Aa]gencies))*"
    return (
        re.compile(rf"(?P<line>(?:[Ss]ource: ?|\()?{several}\)?){_DATE_WORDS}"),
        re.compile(rf"(?<!told )(?<!to )(?<!by )\b(?P<line>{several}) {_DAY},? \d{{1,2}} {_MONTH},? \d{{4}}"),
    )


def _credit_line(text: str, first: list[_Paragraph], last: list[_Paragraph]) -> Origin | None:
    basis = OriginBasis.CREDIT
    for paragraph in reversed(last):
        tail = paragraph.text[-200:]
        shift = paragraph.start + len(paragraph.text) - len(tail)
        for form in _trailing():
            if found := form.search(tail):
                start, end = found.span("line")
                return _origin(text, found.group("name"), basis, shift + start, shift + end)
        found = _SOURCE.search(tail)
        name = (found.group("bracketed") or found.group("open")) if found else ""
        if found and (agency_in(name) or (paragraph is last[-1] and "," not in name)):
            return _origin(text, agency_in(name) or name, basis, shift + found.start(), shift + found.end())
    line, dated = _leading()
    for paragraph in first:
        if len(paragraph.text) <= 120 and (found := line.fullmatch(paragraph.text)):
            start, end = found.span("line")
            return _origin(text, found.group("name"), basis, paragraph.start + start, paragraph.start + end)
    if found := dated.search(text, 0, 400):
        return _origin(text, found.group("name"), basis, *found.span("line"))
    return None


def _byline(text: str, first: list[_Paragraph], given: str | None) -> tuple[str | None, Origin | None]:
    """Return the author line, from the metadata or the first paragraphs, and the agency that it names."""
    found = given
    for paragraph in first:
        match = _BYLINE.fullmatch(paragraph.text) if len(paragraph.text) <= 120 else None
        if match:
            names = match.group("names").strip(" ,")
            start = paragraph.start + match.start("names")
            agency = agency_in(names)
            if agency:
                return found or names, _origin(text, agency, OriginBasis.BYLINE, start, start + len(names))
            found = found or names
            break
    agency = agency_in(given) if given else None
    return found, Origin(name=agency, basis=OriginBasis.BYLINE) if agency else None


@cache
def _dateline_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    country = r"(?:, [A-ZÀ-Þ][\w.'’]+(?: [A-ZÀ-Þ][\w.'’]+){0,2}){0,2}"
    place = rf"[A-ZÀ-Þ][A-ZÀ-Þ'’.]+(?:[ /-][A-ZÀ-Þ'’.]+){{0,4}}{country}"
    mixed = rf"[A-ZÀ-Þ][\w.'’-]+(?:[ /-][A-ZÀ-Þ][\w.'’-]*){{0,3}}{country}"
    agency = pattern()
    dash = r"(?: ?[-–—_]{1,2} ?|: )"
    return (
        re.compile(
            rf"(?:(?:(?:{mixed},? ?)?(?:{_DATE},? )?\((?P<bracket>{agency})[^)\n]{{0,30}}\)|"
            rf"(?:{mixed},? )?(?P<bare>{agency})){dash}"
            rf"|{place}(?:, {_DATE})?(?: \([^)\n]{{2,40}}\))? ?[-–—]{{1,2}} (?=[^a-z\s]))(?=\S)"
        ),
        re.compile(
            rf"\b(?:{place}|{mixed})?,? ?(?:{_DATE} )?\((?P<bracket>{agency})\) ?[-–—]{{1,2}}(?= ?\S)"
            rf"|\b{place},?(?: {_DATE})? \((?P<bare>{agency})[^)\n]{{0,30}}\)"
        ),
    )


def _dateline(text: str, first: list[_Paragraph]) -> tuple[Span | None, Origin | None]:
    """Find the dateline, dash included, and the agency that it names."""
    begins, inside = _dateline_patterns()
    for paragraph in first:
        match = begins.match(paragraph.text[:200])
        if match:
            return _placed(text, paragraph.start, match, match.group("bracket") or match.group("bare"))
    match = inside.search(text[:500])
    if match is None:
        return None, None
    return _placed(text, 0, match, match.group("bracket") or match.group("bare"))


def _placed(text: str, shift: int, match: re.Match[str], agency: str | None) -> tuple[Span, Origin | None]:
    words = match.group().rstrip()
    lead = len(words) - len(words.lstrip(" ,"))
    span = Span.of(text, shift + match.start() + lead, shift + match.start() + len(words))
    origin = Origin(name=normal_name(agency), basis=OriginBasis.DATELINE, span=span) if agency else None
    return span, origin
