"""XML to its elements and texts, each with its exact place in the characters that it was read from.

Expat says whether it is XML and where each tag stands. What makes XML dangerous is refused or never
reached: documents that declare entities (a small file that unfolds to a large one, CWE-776, or that names
files of this machine, CWE-611), nesting that fills the stack, and more tags than fit in memory. Nothing
outside of the document is ever loaded. Offsets count characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from counterclaim.sources.sniffing import wide

MAX_DEPTH = 200
MAX_TAGS = 400_000
"""XML with more levels or tags is refused; a long report has some thousands."""

_DECLARED = re.compile(
    r"""\ufeff?\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{1,39})["']"""
)
_OTHER_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z_][\w.:-]{0,60};")
_BARE = re.compile(r"&(?!#?\w[\w.:-]{0,60};)")
_NO_XML = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TAG_END = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


class XmlRefused(Exception):  # noqa: N818 - it says what happened, and carries the reason
    """The characters are no XML that may be read; says why in words."""


class XmlToken(NamedTuple):
    """A tag, or a stretch of text; ``name`` is the local name in lower case, empty for text.

    ``opens`` tells a start tag from an end tag; an empty element gives both. ``literal`` is True for
    the content of a CDATA section, in which nothing is a reference.
    """

    name: str
    opens: bool
    start: int
    end: int
    attributes: dict[str, str]
    literal: bool = False


@dataclass(slots=True, eq=False)
class Element:
    """One element: local name, namespace, attributes by their names as written, and what it holds.

    ``start`` and ``end`` are the place of the whole element, ``first`` and ``last`` the range of its
    tokens (end exclusive, its own tags included).
    """

    name: str
    space: str
    attributes: dict[str, str]
    start: int
    first: int
    inner: int = 0
    inner_end: int = 0
    end: int = 0
    last: int = 0
    children: list[Element] = field(default_factory=list)

    def find(self, *names: str, space: str | None = None) -> Element | None:
        """Return the first child of one of these names, the first name before the second."""
        return next((found for name in names for found in self.all(name, space=space)), None)

    def all(self, *names: str, space: str | None = None) -> list[Element]:
        """List the children of these names, in their order; of any namespace where None is asked for."""
        return [each for each in self.children if each.name in names and space in (None, each.space)]

    def walk(self) -> Iterator[Element]:
        """Give this element and all below it, in order of the document."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def below(self, *names: str) -> Iterator[Element]:
        """Give all elements below this one that have one of these names, in order of the document."""
        return (each for each in self.walk() if each is not self and each.name in names)


class XmlTree(NamedTuple):
    """What one pass over some XML gives: the characters, the tags and texts, and the root."""

    source: str
    tokens: list[XmlToken]
    root: Element


def declared_in(source: str) -> str | None:
    """Return the encoding that the XML declaration names."""
    match = _DECLARED.match(source[:400])
    return match.group(1) if match else None


def xml_characters(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """Decode XML by its byte order mark, by ``declared`` (the carrier), by its declaration, else as UTF-8.

    Returns the characters and the encoding; ``source.encode(encoding, "surrogateescape")`` gives the very
    same bytes.
    """
    encoding = wide(content[:4096])
    label = encoding or declared or declared_in(content[:400].decode("latin-1")) or "utf-8"
    try:
        source = content.decode(label, "surrogateescape")
        if source.encode(label, "surrogateescape") == content:
            return source, label
    except (LookupError, UnicodeError):
        label = "utf-8"  # an encoding that nobody knows, or that the bytes are not in
    return content.decode("utf-8", "surrogateescape"), "utf-8"


def parse_xml(source: str, spaces: dict[str, str] | None = None) -> XmlTree:
    """Parse ``source``. ``spaces`` gives namespaces by prefix for those that are not declared.

    Names of HTML that no DTD declares (``&nbsp;``) and an ``&`` that stands for itself pass for text, since
    feeds have them; who reads the text resolves them.
    Raises XmlRefused where it is no XML, declares entities, or is too deep or too large.
    """
    return _Parsing(source, spaces or {}).tree()


class _Parsing:
    def __init__(self, source: str, spaces: dict[str, str]) -> None:
        self._source = source
        self._base = len(source) - len(source.lstrip("\ufeff \t\r\n"))
        masked = _OTHER_ENTITY.sub(lambda found: "x" * len(found.group()), source)
        masked = _NO_XML.sub(" ", _BARE.sub("x", masked))
        self._bytes = masked[self._base :].encode()
        self._ascii = masked.isascii()
        self._at_byte, self._at_character = 0, self._base
        self._tokens: list[XmlToken] = []
        self._open: list[Element] = []
        self._scopes: list[dict[str, str]] = [spaces]
        self._root: Element | None = None
        self._text_from: int | None = None
        self._literal = False
        self._parser = self._prepared()

    def _prepared(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartCdataSectionHandler = self._cdata
        parser.EndCdataSectionHandler = self._cdata_end
        parser.CommentHandler = self._aside
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._entity
        return parser

    def tree(self) -> XmlTree:
        try:
            self._parser.Parse(self._bytes, True)
        except expat.ExpatError as error:
            words = expat.ErrorString(error.code)
            raise XmlRefused(f"{words} in line {error.lineno}, column {error.offset + 1}") from error
        if self._root is None:
            raise XmlRefused("it has no element")
        return XmlTree(self._source, self._tokens, self._root)

    def _here(self) -> int:
        byte = self._parser.CurrentByteIndex
        if self._ascii:
            return self._base + byte
        self._at_character += len(self._bytes[self._at_byte : byte].decode())
        self._at_byte = byte
        return self._at_character

    def _tag_end(self, start: int) -> int:
        match = _TAG_END.match(self._source, start)
        return match.end() if match else len(self._source)

    def _close_text(self, end: int) -> None:
        if self._text_from is not None and end > self._text_from and self._open:
            self._tokens.append(XmlToken("", False, self._text_from, end, {}, self._literal))
        self._text_from = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self._here()
        self._close_text(start)
        if len(self._open) >= MAX_DEPTH:
            raise XmlRefused(f"it is nested deeper than {MAX_DEPTH} levels")
        if len(self._tokens) >= 2 * MAX_TAGS:
            raise XmlRefused(f"it has more than {MAX_TAGS:,} tags")
        declared = {
            key.partition(":")[2]: value for key, value in attributes.items() if key.split(":")[0] == "xmlns"
        }
        self._scopes.append(self._scopes[-1] | declared if declared else self._scopes[-1])
        prefix, _, local = name.rpartition(":")
        end = self._tag_end(start)
        space = self._scopes[-1].get(prefix, prefix)
        element = Element(local, space, attributes, start, len(self._tokens), inner=end, inner_end=end)
        self._tokens.append(XmlToken(local.lower(), True, start, end, attributes))
        if self._open:
            self._open[-1].children.append(element)
        elif self._root is None:
            self._root = element
        self._open.append(element)
        self._text_from = end

    def _end(self, name: str) -> None:
        element = self._open[-1]
        empty = self._source.startswith("/>", element.inner - 2) and len(self._tokens) == element.first + 1
        start = element.inner if empty else self._here()
        self._close_text(start)
        end = start if empty else self._tag_end(start)
        self._tokens.append(XmlToken(name.rpartition(":")[2].lower(), False, start, end, {}))
        element.inner_end, element.end, element.last = start, end, len(self._tokens)
        self._open.pop()
        self._scopes.pop()
        self._text_from = end

    def _cdata(self) -> None:
        start = self._here()
        self._close_text(start)
        self._text_from, self._literal = start + len(_CDATA), True

    def _cdata_end(self) -> None:
        start = self._source.find(_CDATA_END, self._text_from or 0)
        self._close_text(start)
        self._text_from, self._literal = start + len(_CDATA_END), False

    def _aside(self, _words: str) -> None:
        start = self._here()
        self._close_text(start)
        end = self._source.find("-->", start)
        self._text_from = end + 3

    def _instruction(self, _target: str, _words: str) -> None:
        start = self._here()
        self._close_text(start)
        self._text_from = self._source.find("?>", start) + 2

    def _entity(self, name: str, *_rest: object) -> None:
        raise XmlRefused(f"it declares an entity of its own ({name[:40]!r})")
