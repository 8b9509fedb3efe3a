"""ninjs, the IPTC's news in JSON: versions 1.x, 2.x and 3.x, and what Superdesk adds to them.

https://iptc.org/standards/ninjs/. Names of members are read without regard to case: version 3.0 writes
``versionCreated`` where the others write ``versioncreated``.
"""

from __future__ import annotations

from typing import Any

from counterclaim.documents.blocks import Piece
from counterclaim.documents.bodies import html_parts, line_of, plain_parts
from counterclaim.documents.composing import words_of
from counterclaim.documents.dates import news_date
from counterclaim.documents.drafts import Parts
from counterclaim.documents.json_places import Path, read_object, string_pieces, string_places
from counterclaim.documents.mapping import visible
from counterclaim.documents.nitf import Item, printed_names, status_of
from counterclaim.model import InputError
from counterclaim.model.errors import Messages

_BODIES = ("body_html", "body_xhtml", "body_richtext", "body_text", "body_plain", "body_main")
_MAIN = ("", "main", "headline")
_PLAIN = ("", "text/plain", "text")
_TEXTS = ("", "text", "composite")


def read_ninjs(name: str, source: str) -> Item:
    """Read one item of ninjs from its decoded JSON. Raises InputError where it is no JSON object."""
    try:
        given = _lower(read_object(source))
        places = {_lowered(path): (start, end) for path, start, end in string_places(source)}
    except (ValueError, RecursionError) as error:
        raise InputError(Messages.ninjs_broken(name, str(error) or "it is nested too deep")) from error
    reading = _Reading(source, given, places)
    status = status_of(reading.word("pubstatus"))
    return Item(reading.parts(), reading.fields(), status, news_date(reading.word("embargoed")))


class _Reading:
    def __init__(self, source: str, given: dict[str, Any], places: dict[Path, tuple[int, int]]) -> None:
        self._source = source
        self._given = given
        self._places = places

    def parts(self) -> Parts:
        paragraphs = self._body()
        if not paragraphs and self.word("type") not in _TEXTS:
            return Parts()
        for path in [] if paragraphs else self._described():
            paragraphs += plain_parts(self._pieces(path))
        return Parts(title=line_of(self._headline()), paragraphs=paragraphs)

    def fields(self) -> dict[str, str]:
        first, version = self._moment("firstcreated"), self._moment("versioncreated")
        first = first or self._moment("contentcreated")
        provider = self._name("provider") or self.word("copyrightholder")
        credit = self.word("source") or self._name("source") or self._sources()
        by = printed_names(self.word("byline") or self.word("by"))
        return {
            "id": self.word("uri") or self.word("guid"),
            "byline": by or self._name("authors"),
            "publisher": provider,
            "credit": self.word("creditline") or credit,
            "published": first or version or "",
            "modified": version if version and first and version != first else "",
            "language": self.word("language"),
            "url": next((url for url in (self.word("url"), *self._links()) if url.startswith("http")), ""),
        }

    def word(self, name: str) -> str:
        value = self._given.get(name)
        return visible(" ".join(value.split())) if isinstance(value, str) else ""

    def _moment(self, name: str) -> str | None:
        return news_date(self.word(name))

    def _name(self, name: str) -> str:
        """Return the names of the parties in a member: an object or several with ``name``, or a string."""
        found = [each.get("name") for each in self._objects(name)]
        return ", ".join(visible(each) for each in found if isinstance(each, str)) or self.word(name)

    def _objects(self, name: str) -> list[dict[str, Any]]:
        value = self._given.get(name)
        several = value if isinstance(value, list) else [value]
        return [each for each in several if isinstance(each, dict)]

    def _sources(self) -> str:
        sources = self._objects("infosource") or self._objects("infosources")
        names = [each.get("name") or each.get("literal") for each in sources]
        return next((visible(name) for name in names if isinstance(name, str) and name.strip()), "")

    def _links(self) -> list[str]:
        """Return the addresses of renditions that are pages of the web."""
        found = self._objects("renditions")
        if isinstance(self._given.get("renditions"), dict):
            found = [each for each in self._given["renditions"].values() if isinstance(each, dict)]
        return [
            each["href"]
            for each in map(_lower, found)
            if isinstance(each.get("href"), str)
            and "html" in str(each.get("contenttype") or each.get("mimetype"))
        ]

    def _described(self) -> list[Path]:
        """Return the path of the description that stands for a text without body."""
        paths: list[Path] = [(key,) for key in sorted(self._given) if key.startswith("description_")]
        return [*paths, *(path for path, _, kind in self._typed("descriptions") if kind in _PLAIN)][:1]

    def _pieces(self, path: Path) -> list[Piece]:
        place = self._places.get(path)
        return string_pieces(self._source, *place) if place else []

    def _headline(self) -> list[Piece]:
        values = self._typed("headlines")
        main = [path for path, role, _ in values if role in _MAIN] or [path for path, _, _ in values]
        others = [(key,) for key in self._given if key.startswith("headline_")]
        paths: list[Path] = [*main[:1], ("headline",), *others, ("title",)]
        return next((found for path in paths if words_of(found := self._pieces(path))), [])

    def _body(self) -> list[list[Piece]]:
        """Return the paragraphs of the body with most words; of two with the same, the one with markup."""
        others = [key for key in self._given if key.startswith("body_") and key not in _BODIES]
        bodies: list[tuple[Path, str]] = [
            ((key,), "html" if "html" in key or key == "body_richtext" else "") for key in (*_BODIES, *others)
        ]
        typed = self._typed("bodies")
        main = [each for each in typed if each[1] in _MAIN] or typed
        bodies += [(path, kind) for path, _, kind in main if "html" in kind or kind in _PLAIN]
        best: list[list[Piece]] = []
        most = (0, False)
        for path, kind in bodies:
            pieces = self._pieces(path)
            marked = "html" in kind or (not kind and "</p>" in "".join(piece[0] for piece in pieces))
            paragraphs = html_parts(pieces) if marked else plain_parts(pieces)
            # A text with markup is a little shorter than its plain form, where that has links written out.
            size = sum(len(words_of(paragraph)) for paragraph in paragraphs)
            if (size * 10 // 9 if marked else size, marked) > most:
                best, most = paragraphs, (size * 10 // 9 if marked else size, marked)
        return best

    def _typed(self, name: str) -> list[tuple[Path, str, str]]:
        """Return the path, role and content type of each of the values of a list of texts."""
        value = self._given.get(name)
        found: list[tuple[Path, str, str]] = []
        for index, each in enumerate(value if isinstance(value, list) else []):
            if isinstance(each, dict):
                low = _lower(each)
                role, kind = str(low.get("role") or "").lower(), str(low.get("contenttype") or "").lower()
                found.append(((name, index, "value"), role, kind))
        return found


def _lower(value: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): member for key, member in value.items()}


def _lowered(path: Path) -> Path:
    return tuple(part.lower() if isinstance(part, str) else part for part in path)
