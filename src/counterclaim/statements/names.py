"""The names that a document introduces, and the actors behind the words of a source."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

import msgspec

from counterclaim.lexicons import read_lexicon
from counterclaim.model import ActorKind

_NAME = re.compile(
    r"\b[A-Z][\w’'&-]*\.?(?:\s+(?:of|for|and|the|al|de|bin|van|von)(?=\s+(?:the\s+)?[A-Z])|\s+[A-Z][\w’'&-]*\.?)*"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_INITIAL = re.compile(r"^[A-Z]\.$")
_IN_BETWEEN = re.compile(r"^(?:[A-Z]\.?|Jr\.?|Sr\.?|II|III)$")


class NamedActor(msgspec.Struct, frozen=True):
    """A name as first given in full, where it stands, and what sort of actor it names."""

    name: str
    kind: ActorKind
    start: int
    end: int

    @property
    def id(self) -> str:
        """The actor's id: the name in small letters without accents, words joined by hyphens."""
        return slug(self.name)


@cache
def words_of(section: str) -> frozenset[str]:
    """Return one of the word lists of ``speakers.toml``."""
    return frozenset(read_lexicon("speakers")[section])


@cache
def seats() -> dict[str, str]:
    """Return the country for each seat of government, country name and adjective, in small letters."""
    table = {}
    for name, capitals, adjectives in read_lexicon("countries")["countries"]:
        for word in (name, *capitals, *adjectives):
            table[without_article(word).casefold()] = name
    return table


@cache
def adjectives() -> dict[str, str]:
    """Return the country for each of its adjectives, in small letters."""
    return {
        word.casefold(): name for name, _, words in read_lexicon("countries")["countries"] for word in words
    }


_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ħ": "h", "Ħ": "H"}
)
"""Letters that are no base letter with an accent, so that decomposing them gives none."""


def slug(name: str) -> str:
    """Return a name as an id: no accents, small letters, hyphens."""
    whole = re.sub(r"[’']s\b", "", without_article(name)).translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode("ascii")
    return "-".join(re.findall(r"[a-z0-9]+", plain.casefold())) or "-".join(name.split())


def person_slug(name: str) -> str:
    """Return a person's name as an id: as :func:`slug`, without initials, "Jr" and the like."""
    parts = [part for part in re.split(r"\s+", name) if not _IN_BETWEEN.match(part)]
    return slug(" ".join(parts)) if len(parts) > 1 else slug(name)


def without_article(name: str) -> str:
    """Take "the" or "a" off the front of a name."""
    return re.sub(r"^(?:the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)


def without_titles(name: str) -> str:
    """Take titles, a possessive ending and marks off a person's name ("Mr Doe's" becomes "Doe")."""
    parts = re.sub(r"[’']s?$", "", name.strip(' ,.;:"“”')).split()
    while len(parts) > 1 and parts[0].rstrip(".").casefold() in words_of("titles"):
        parts.pop(0)
    return " ".join(parts)


def collect_names(docs: list[tuple[int, Doc]]) -> list[NamedActor]:
    """List the persons and organisations that the paragraphs name, in order of the text.

    ``docs`` are pairs of a paragraph's offset and its parse; where the parser did not look for names
    they are found by their capitals.
    """
    found: list[NamedActor] = []
    for offset, doc in docs:
        if not doc.has_annotation("ENT_IOB"):
            found += names_by_capitals(doc.text, offset)
            continue
        for entity in doc.ents:
            kind = _KINDS.get(entity.label_)
            text = entity.text.strip()
            if kind is None or not any(c.isupper() for c in text) or "\n" in text:
                continue
            name = without_titles(text) if kind is ActorKind.PERSON else text
            if len(name) < 2:
                continue
            start = offset + entity.start_char + entity.text.find(name)
            found.append(NamedActor(name, kind, start, start + len(name)))
    return found


_KINDS = {
    "PERSON": ActorKind.PERSON,
    "ORG": ActorKind.ORGANISATION,
    "NORP": ActorKind.GROUP,
    "GPE": ActorKind.GOVERNMENT,
}


def names_by_capitals(text: str, offset: int) -> list[NamedActor]:
    """List the names in a paragraph that begins at ``offset``, told apart by their words.

    A country is known from the lexicon, an organisation by a word such as "Army" or "Ministry", by
    "of" or "for" inside or by capitals alone, a person by a title or by two or three capitalised
    words. A single capitalised word is no name that can be relied on, and is left out.
    """
    found = []
    for match in _NAME.finditer(text):
        name = _POSSESSIVE.sub("", match.group())
        place = offset + match.start()
        kind, skipped = _kind(name)
        if kind is None:
            continue
        found.append(NamedActor(name[skipped:], kind, place + skipped, place + len(name)))
    return found


def _kind(name: str) -> tuple[ActorKind | None, int]:
    """Return what a capitalised run names, and how many characters of it are a title or an article."""
    words = name.split()
    offset = 0
    titled = False
    while len(words) > 1 and words[0].rstrip(".").casefold() in words_of("titles") | {"the"}:
        titled = titled or words[0].casefold() != "the"
        offset += len(words[0]) + 1
        words.pop(0)
    rest = name[offset:]
    if rest.casefold() in seats():
        return ActorKind.GOVERNMENT, offset
    lower = [word.casefold() for word in words]
    if len(words) == 1:
        if titled:
            return ActorKind.PERSON, offset
        return (ActorKind.ORGANISATION if len(rest) > 1 and rest.isupper() else None), offset
    group_words = words_of("organisation") | words_of("generic_group") | words_of("state_body")
    if any(word in group_words or word in {"of", "for", "and", "the"} for word in lower):
        return ActorKind.ORGANISATION, offset
    if len(words) <= 4 and not any(
        word.isupper() and not _INITIAL.match(word) and len(word) > 2 for word in words
    ):
        return ActorKind.PERSON, offset
    return ActorKind.ORGANISATION, offset


_CAPITALISED = re.compile(
    r"(?:[A-Z][\w’'-]*|of|for|the|and|al|de|bin|van|von)(?:\s+(?:[A-Z][\w’'-]*|of|for|the|and))*"
)
_SENTENCE_START = frozenset(
    {"But", "And", "The", "When", "While", "After", "As", "If", "In", "For", "Then", "Yet", "So", "That"}
)
_SMALL = frozenset({"of", "for", "the", "and", "in", "on"})
