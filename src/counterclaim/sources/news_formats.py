"""Which format of agencies, feeds, offices or mail some bytes are in, by what stands in them."""

from __future__ import annotations

import re

from counterclaim.sources.sniffing import wide

NITF = "application/nitf+xml"
NEWSML_G2 = "application/vnd.iptc.g2.newsitem+xml"
RSS = "application/rss+xml"
ATOM_FEED = "application/atom+xml"
NINJS = "application/ninjs+json"
PDF = "application/pdf"
MAIL = "message/rfc822"

_LOOKED_AT = 65_536
_PROLOG = re.compile(
    r"(?:\s++|<\?(?:[^?]|\?(?!>))*+\?>|<!--(?:[^-]|-(?!->))*+-->"
    r"|<!DOCTYPE(?:[^\[>\"']++|\"[^\"]*+\"|'[^']*+')*+(?:\["
    r"(?:<!--(?:[^-]|-(?!->))*+-->|[^\]\"']|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?>)*+"
)
_ROOT = re.compile(
    r"""<(?:(?P<prefix>[\w.-]{1,60}):)?(?P<name>[\w.-]{1,60})(?=[\s/>])(?P<rest>(?:[^>"']++|"[^"]*+"|'[^']*+')*+)"""
)
_G2 = ("newsItem", "newsMessage", "packageItem")
_JSON_TOKEN = re.compile(
    r'"(?P<string>(?:[^"\\]++|\\.)*+)"\s*+(?P<colon>:)?|(?P<opens>[{\[])|(?P<closes>[}\]])', re.DOTALL
)
_NINJS_TEXT = re.compile(r"(?:body|headline|description)_\w+|bodies|headlines|headline|descriptions")
_HEADER = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{0,60}):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?(?:\n|$)")
_SENT = frozenset(
    (b"message-id", b"received", b"mime-version", b"return-path", b"dkim-signature", b"delivered-to")
)
_TOLD = frozenset((b"from", b"date", b"subject", b"to", b"sender"))


def news_media_type(head: bytes) -> str | None:
    """Return the media type of one of the formats that :mod:`counterclaim.documents` reads, None for others.

    ``head`` are the first 64 KiB. What is told is the format, not that the rest is whole.
    """
    head = head[:_LOOKED_AT]
    if b"%PDF-" in head[:1024]:
        return PDF
    encoding = wide(head)
    text = head.decode(encoding, "replace") if encoding else head.decode("latin-1").removeprefix("ï»¿")
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _xml_type(text)
    if text.startswith("{"):
        return NINJS if _is_ninjs(text) else None
    return MAIL if _is_mail(head) else None


def _xml_type(text: str) -> str | None:
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    if root is None:
        return None
    name, rest = root.group("name"), root.group("rest")
    if name == "nitf":
        return NITF
    if name in _G2 and ("iptc.org/std/nar/" in rest or "newsml" in rest.lower()):
        return NEWSML_G2
    if name == "rss" or (name == "RDF" and re.search(r"purl\.org/rss/|my\.netscape\.com/rdf/", rest)):
        return RSS
    if name in ("feed", "entry") and re.search(r"www\.w3\.org/2005/Atom|purl\.org/atom/ns#", rest):
        return ATOM_FEED
    return None


def _is_ninjs(text: str) -> bool:
    """Tell whether an object has the fields of ninjs, and not ``id`` and ``text`` as our own reports have."""
    keys, standard = set[str](), False
    depth = 0
    last = ""
    for token in _JSON_TOKEN.finditer(text):
        if token.group("opens"):
            depth += 1
        elif token.group("closes"):
            depth -= 1
            if not depth:
                break
        elif token.group("colon"):
            if depth == 1:
                last = token.group("string")
                keys.add(last.lower())
        elif depth == 2 and last.lower() in ("standard", "$standard"):
            standard = standard or token.group("string").lower() == "ninjs"
    if standard:
        return True
    told = any(_NINJS_TEXT.fullmatch(key) for key in keys)
    return told and "text" not in keys and bool(keys & {"uri", "guid"})


def _is_mail(head: bytes) -> bool:
    """Tell whether bytes begin with a header that a mail program wrote, not with lines like one."""
    names = set()
    position = 0
    while match := _HEADER.match(head, position):
        names.add(match.group("name").lower())
        position = match.end()
    ended = head[position : position + 2] in (b"", b"\r\n") or head[position : position + 1] == b"\n"
    return ended and bool(names & _SENT) and len(names & _TOLD) >= 2
