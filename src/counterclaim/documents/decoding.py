"""Bytes to characters, so that the characters can be turned back into the same bytes."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from counterclaim.model import InputError, Problem
from counterclaim.model.errors import Messages
from counterclaim.sources.sniffing import wide

_SAMPLE = 40_000
_RARE = 0.03
# What labels mean to a browser where it differs from Python:
# https://encoding.spec.whatwg.org/#names-and-labels
_BROWSER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-8-sig": "utf-8", "utf-7": "",
}  # fmt: skip
_CANDIDATES = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip


class Decoded(NamedTuple):
    """The characters of a capture: ``source.encode(encoding, "surrogateescape")`` gives its bytes.

    A byte order mark stays in ``source`` as U+FEFF.
    """

    source: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def python_name(label: str) -> str | None:
    """Return Python's name for what browsers understand by an encoding label, None for no encoding."""
    try:
        name = codecs.lookup(label.strip().strip("\"'").lower().removeprefix("x-")).name
        if not "a".encode(name):
            return None
    except (LookupError, ValueError, UnicodeError):
        return None
    return _BROWSER.get(name, name) or None


def decode(name: str, content: bytes, declared: str | None = None) -> Decoded:
    """Decode ``content``; ``declared`` is the label that the carrier or the page gives, if any.

    In this order: byte order mark; UTF-8 where the bytes are valid; the declared encoding; UTF-8
    with some broken bytes (each becomes a lone surrogate); Windows-1252 where other than ASCII is
    rare; the guess of charset-normalizer. Only an encoding that gives back the very same bytes is
    taken. A declaration that does not fit is reported. Raises InputError for UTF-16 or UTF-32 that
    is broken.
    """
    wanted = python_name(declared) if declared else None
    if encoding := wide(content[:4096]):
        source = _strictly(content, encoding)
        if source is None:
            raise InputError(Messages.input_binary(name))
        return Decoded(source, encoding, _report(name, declared, wanted, encoding))
    source = _strictly(content, "utf-8")
    if source is not None:
        fits = source.isascii() or wanted == "utf-8"
        return Decoded(source, "utf-8", () if fits else _report(name, declared, wanted, "utf-8"))
    if wanted and wanted != "utf-8" and not wanted.startswith("utf"):
        source = _strictly(content, wanted) or _escaped(content, wanted)
        if source is not None:
            return Decoded(source, wanted)
    encoding = _guess(content)
    source = _escaped(content, encoding)
    if source is None:
        encoding, source = "utf-8", content.decode("utf-8", "surrogateescape")
    if encoding == "utf-8":
        return Decoded(source, encoding, (Messages.bytes_unreadable(name, _broken(source)),))
    return Decoded(source, encoding, _report(name, declared, wanted, encoding))


def _report(name: str, declared: str | None, wanted: str | None, used: str) -> tuple[Problem, ...]:
    same = wanted == used or (wanted in ("utf-16", "utf-32") and used.startswith(wanted))
    return (Messages.encoding_wrong(name, declared, used),) if declared and not same else ()


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        source = content.decode(encoding)
        return source if source.encode(encoding) == content else None
    except UnicodeError:
        return None


def _escaped(content: bytes, encoding: str) -> str | None:
    """Decode with surrogates for a few bytes that do not fit; None where they are more than a few."""
    try:
        source = content.decode(encoding, "surrogateescape")
        returned = source.encode(encoding, "surrogateescape")
    except UnicodeError:
        return None
    return source if returned == content and _broken(source) <= max(3, len(source) // 100) else None


def _broken(source: str) -> int:
    return sum(1 for _ in re.finditer("[\udc80-\udcff]", source))


def _guess(content: bytes) -> str:
    other = len(content) - len(content.translate(None, bytes(range(128, 256))))
    in_utf8 = content.decode("utf-8", "surrogateescape")
    if _broken(in_utf8) * 2 <= sum(1 for _ in re.finditer("[^\\x00-\\x7f\udc80-\udcff]", in_utf8)):
        return "utf-8"
    if other < len(content) * _RARE:
        return "cp1252"
    first = re.search(rb"[\x80-\xff]", content)
    start = max(0, first.start() - _SAMPLE // 4) if first else 0
    best = from_bytes(content[start : start + _SAMPLE], cp_isolation=_CANDIDATES).best()
    return best.encoding if best else "cp1252"
