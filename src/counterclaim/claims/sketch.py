"""What the pair model compares of a statement, of whatever act: its words and those about it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import msgspec

from counterclaim.claims.quantities import Quantity, quantities
from counterclaim.claims.words import names, terms
from counterclaim.model import Act, Document, Statement

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_NEGATED = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b|n[’']t\b"
    r"|\b(?:refus|deni|denied|reject|baseless|false|untrue|fabricat|bogus|lies?\b|unlikely|impossible|fail)",
    re.IGNORECASE,
)
_APPEALS = re.compile(
    r"\b(?:should|must|ought|needs? to|urge|call(?:ed|s)? (?:on|for)|demand|let[’']s)\b", re.IGNORECASE
)
_WILL = re.compile(r"\b(?:will|would|going to|plans? to|could|may|might)\b", re.IGNORECASE)
_END = re.compile(r"(?<=[.!?])[”\"’']{0,2}\s+(?=[“\"‘'A-Z(])|\n+")
NAME = 2.0
"""Weight of a name."""
AROUND = 600
"""Characters before and after a content within which its sentence is looked for."""


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one statement as the pair model compares them.

    ``terms``, ``names`` and ``numbers`` are those of the content, ``named`` the names of its whole
    sentence, ``around`` its terms and ``about`` the names of the report's title and first 400
    characters; ``speaking`` are the names of the speaker. ``weight`` and ``around_weight`` are how
    telling ``terms`` and ``around`` are.
    """

    statement: Statement
    document: str
    terms: frozenset[str]
    around: frozenset[str]
    weight: float
    around_weight: float
    names: frozenset[str]
    named: frozenset[str]
    about: frozenset[str]
    speaking: frozenset[str]
    numbers: frozenset[str]
    quantities: tuple[Quantity, ...]
    negated: bool
    appeals: bool
    foresees: bool
    asks: bool
    start: int
    length: int
    published: str | None


def sketch_of(statement: Statement, document: Document) -> Sketch | None:
    """Return the sketch of a statement; None for speech inside another's speech."""
    content = statement.content_text
    speaker = statement.speaker
    sentence = _sentence(document.text, statement)
    own, around = terms(content), terms(sentence)
    named = names(" " + content) | names(" " + sentence)
    return Sketch(
        statement=statement,
        document=document.key,
        terms=own,
        around=around,
        weight=rarity().weight(own, named),
        around_weight=rarity().weight(around, named),
        names=names(" " + content),
        named=named,
        about=names(f" {document.title or ''}. {document.text[:400]}"),
        speaking=names(" " + speaker.name) if speaker and speaker.name else frozenset(),
        numbers=frozenset(_NUMBER.findall(content)),
        quantities=quantities(content),
        negated=_NEGATED.search(content) is not None,
        appeals=statement.act is Act.APPEAL or _APPEALS.search(content) is not None,
        foresees=_WILL.search(content) is not None,
        asks=statement.act is Act.QUESTION or content.rstrip().endswith("?"),
        start=statement.content[0].start,
        length=len(content.split()),
        published=document.published,
    )


def _sentence(text: str, statement: Statement) -> str:
    """Return the sentence or sentences in which the content stands."""
    start, end = statement.content[0].start, statement.content[-1].end
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    for match in _END.finditer(text, first, last):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end - 1:
            last = match.end()
            break
    return text[first:last]


class Rarity(msgspec.Struct, frozen=True):
    """How telling a term is: the logarithm of one over its share of documents, ``other`` where unlisted."""

    other: float
    terms: dict[str, float]

    def weight(self, found: frozenset[str], names: frozenset[str]) -> float:
        """Return the summed weight of some terms, added in sorted order so that it is always the same.

        Every name weighs alike: how often one's name is in the news is no measure of a claim, and to swap
        two parties' names must change nothing.
        """
        plain = sum(self.terms.get(term, self.other) for term in sorted(found - names))
        return plain + NAME * len(found & names)


@cache
def rarity() -> Rarity:
    """Read the weights of terms that come with the program, once in a process."""
    data = files("counterclaim").joinpath("weights", "term-rarity.json").read_bytes()
    return msgspec.json.decode(data, type=Rarity)
