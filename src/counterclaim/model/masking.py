"""Protected words taken out of nouns: the same length in texts, other names in names and ids.

A text keeps its length, so that every offset stays what it was. In a name and in an id the words are replaced
by others that are made from them and a secret of the ledger, so that one protected source is not taken for
another, and nobody can find out by trying who it is.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from counterclaim.model.actor import Affiliation, DocumentActor, Speaker
from counterclaim.model.capture import Capture
from counterclaim.model.document import Document, OffsetMap, Origin
from counterclaim.model.event import Participant
from counterclaim.model.judgement import Judgement, Protection
from counterclaim.model.report import Annotations
from counterclaim.model.span import Span
from counterclaim.model.statement import Statement
from counterclaim.model.times import Interval, TimeExpression

MASK = "\u2588"
"""What stands for each code point of a protected word (FULL BLOCK)."""
LEAST = 4
"""Letters of a part of a name that is masked by itself in a document that has the whole name."""

FEWEST = 2
"""The same in scripts that put no space between words, where a character says more."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Characters of Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_LETTERS = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
"""Letters that Unicode takes for no accented ones and that are written without their mark all the same."""
_RUN = re.compile(r"[^\W_]+")
_BETWEEN = rf"(?:%[0-9a-f]{{2}}|_|[^\w{MASK}]){{0,16}}"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_HASH = re.compile(r"(?:[a-z]-)?[0-9a-f]{16,64}")
_PSEUDONYM = re.compile(r"protected-[a-z]{8}")
_IDS = {
    (Affiliation, "party"),
    (Document, "id"),
    (DocumentActor, "id"),
    (Judgement, "left"),
    (Judgement, "right"),
    (Participant, "actor"),
    (Speaker, "actor"),
}
_NAMES = {
    (Affiliation, "party_name"),
    (Document, "publisher"),
    (DocumentActor, "aliases"),
    (DocumentActor, "name"),
    (Judgement, "author"),
    (Origin, "name"),
    (Speaker, "name"),
}
_PLAIN = {
    (Annotations, "document"),
    (Capture, "sha256"),
    (Capture, "content"),
    (Document, "capture"),
    (Document, "key"),
    (Document, "offsets"),
    (Judgement, "basis"),
    (Judgement, "follows"),
    (Judgement, "id"),
    (Statement, "document"),
    (Statement, "id"),
    (Statement, "model"),
    (Statement, "part_of"),
    (Statement, "refers_to"),
    (Statement, "reported_by"),
    (TimeExpression, "value"),
}
"""Fields that hold hashes and fixed words: nothing of anybody stands in them."""

Noun = TypeVar("Noun", bound=msgspec.Struct)


class _Folds(dict[int, str]):
    """For each character what it is folded to, worked out when it is first met."""

    def __missing__(self, number: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(number).casefold())
        seen = (
            _LETTERS.get(c, c)
            for c in apart
            if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
        )
        self[number] = "".join(seen).casefold()
        return self[number]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return a text as it is searched for protected words: no case, no accents, nothing that is not seen."""
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def _decoded(text: str) -> tuple[str, list[int] | None]:
    """Return a text with what is percent-encoded as UTF-8 (RFC 3986), as in addresses, decoded.

    Also where each character of it begins in the text, and where the last one ends; None where it is the
    same. Bytes that are no UTF-8 are left as they are.
    """
    if "%" not in text or _ENCODED.search(text) is None:
        return text, None
    characters: list[str] = []
    places: list[int] = []
    last = 0
    for found in _ENCODED.finditer(text):
        start = found.start()
        characters += text[last:start]
        places += range(last, start)
        for character in bytes.fromhex(found.group().replace("%", "")).decode("utf-8", "surrogateescape"):
            length = 3 * len(character.encode("utf-8", "surrogateescape"))
            raw = "\udc80" <= character <= "\udcff"
            characters += text[start : start + length] if raw else character
            places += range(start, start + length) if raw else [start]
            start += length
        last = found.end()
    characters += text[last:]
    places += range(last, len(text) + 1)
    return "".join(characters), places


def _seen(text: str) -> str:
    """Return a text decoded and folded, as protected words are looked for in it."""
    return fold(_decoded(text)[0])


def _ranges(pattern: re.Pattern[str], text: str) -> list[tuple[str, int, int]]:
    """Return what a pattern finds in the folded text, with the characters of the text that it came from.

    Marks that follow the last character belong to it.
    """
    text, begins = _decoded(text)
    if begins is not None:
        return [(words, begins[start], begins[end]) for words, start, end in _ranges_of(pattern, text)]
    return _ranges_of(pattern, text)


def _ranges_of(pattern: re.Pattern[str], text: str) -> list[tuple[str, int, int]]:
    found = [(each.group(), *each.span()) for each in pattern.finditer(fold(text))]
    if not found or text.isascii():
        return found
    places = [place for place, character in enumerate(text) for _folded in _FOLDS[ord(character)]]
    ranges = []
    for words, start, end in found:
        first, last = places[start], places[end - 1] + 1
        while last < len(text) and not _FOLDS[ord(text[last])]:
            last += 1
        ranges.append((words, first, last))
    return ranges


class Masks:
    """All protected words of a ledger, and how they are taken out.

    Where several protections meet, the first one gives the name that is shown instead.
    """

    def __init__(self, protections: Sequence[Protection]) -> None:
        self._owners: list[tuple[re.Pattern[str], str]] = []
        whole, parts, probes, every = [], [], [], []
        for protection in protections:
            for words in protection.words:
                runs = _RUN.findall(fold(words))
                if not runs:
                    continue
                every += runs
                long = [run for run in runs if _is_long(run)]
                whole += _patterns(runs)
                parts += [re.escape(run) for run in long]
                probes += [*long, max(runs, key=len)]
                own = "|".join([*_patterns(runs), *map(re.escape, long)])
                self._owners.append((re.compile(own), protection.salt))
        self.probes = tuple(dict.fromkeys(probes))
        """Folded words one of which stands in every text that has to be masked, but for words cut in two."""
        self._every = frozenset(every)
        self.terms = tuple(
            dict.fromkeys(
                max(runs, key=len)
                for protection in protections
                for words in protection.words
                if (runs := _RUN.findall(fold(words)))
            )
        )
        """The longest word of each protected name, folded."""
        self.key = tuple((protection.salt, protection.words) for protection in protections)
        longer = sorted(set(parts), key=lambda part: (-len(part), part))
        self._whole = re.compile("|".join(whole) or r"(?!)")
        self._near = re.compile("|".join([*whole, *longer]) or r"(?!)")

    def has_whole(self, text: str) -> bool:
        """Tell whether a whole protected name stands in a text."""
        return self._whole.search(_seen(text)) is not None

    def may_touch(self, text: str) -> bool:
        """Tell whether a part of a protected name stands in a text, as JSON or as it is."""
        folded = _seen(text)
        return any(probe in folded for probe in self.probes)

    def meets(self, word: str) -> bool:
        """Tell whether a word is a part of a protected name, however short, or has one in it."""
        folded = fold(word)
        return folded in self._every or any(probe in folded or folded in probe for probe in self.probes)

    def text(self, text: str, *, near: bool) -> str:
        """Return a text of the same length; with ``near`` the parts of names are masked too."""
        for _words, start, end in _ranges(self._pattern(near=near), text):
            text = text[:start] + MASK * (end - start) + text[end:]
        return text

    def name(self, name: str, *, near: bool) -> str:
        """Return a name in which other words stand for the protected ones, the same for the same ones."""
        return self._replaced(name, near=near, capital=True)

    def id(self, identifier: str, *, near: bool) -> str:
        """Return an id, or ``KEY/ID``, in which other words stand for the protected ones."""
        parts = identifier.split("/")
        return "/".join(
            part if _HASH.fullmatch(part) else self._replaced(part, near=near, capital=False)
            for part in parts
        )

    def _replaced(self, text: str, *, near: bool, capital: bool) -> str:
        for words, start, end in reversed(_ranges(self._pattern(near=near), text)):
            letters = self._letters(words)
            other = f"Protected {letters.capitalize()}" if capital else f"protected-{letters}"
            text = text[:start] + other + text[end:]
        return text

    def _letters(self, found: str) -> str:
        """Return eight letters made from the words, without what stands between them, and a secret."""
        salt = next(salt for pattern, salt in self._owners if pattern.fullmatch(found))
        words = "".join(_RUN.findall(found))
        number = int.from_bytes(hashlib.sha256(f"{salt}\n{words}".encode()).digest()[:8], "big")
        letters = []
        for _place in range(8):
            number, rest = divmod(number, 20)
            letters.append("bcdfghjklmnpqrstvwxz"[rest])
        return "".join(letters)

    def _pattern(self, *, near: bool) -> re.Pattern[str]:
        return self._near if near else self._whole


def _is_long(run: str) -> bool:
    """Tell whether a folded word of a name is masked by itself where the whole name stands near."""
    return run.isalpha() and len(run) >= (FEWEST if _UNSPACED.match(run) else LEAST)


def _patterns(runs: Sequence[str]) -> list[str]:
    """Return what finds a whole name, also with the last word first; short words only as whole words."""
    orders = [list(runs)]
    if len(runs) > 1:
        orders.append([runs[-1], *runs[:-1]])
    found = []
    for order in orders:
        start = "" if len(order[0]) >= LEAST or _UNSPACED.match(order[0]) else _START
        end = "" if len(order[-1]) >= LEAST or _UNSPACED.match(order[-1][-1]) else _END
        found.append(start + _BETWEEN.join(map(re.escape, order)) + end)
    return found


def is_pseudonym(identifier: str) -> bool:
    """Tell whether an id has words that stand for protected ones."""
    return _PSEUDONYM.search(identifier) is not None


def strings_in(value: object) -> list[str]:
    """Return every text within a noun but hashes and fixed words."""
    if type(value) is str:
        return [value]
    if isinstance(value, tuple):
        return [each for part in value for each in strings_in(part)]
    if isinstance(value, msgspec.Struct) and not isinstance(value, OffsetMap | Interval):
        kind = type(value)
        names = [name for name in value.__struct_fields__ if (kind, name) not in _PLAIN]
        return [each for name in names for each in strings_in(getattr(value, name))]
    return []


def masked(noun: Noun, masks: Masks, *, near: bool, text: str | None = None) -> Noun:
    """Return a noun without the protected words; ``text`` is the masked text that its spans stand in."""
    if isinstance(noun, Document):
        text = masks.text(noun.text, near=near)
    found: Noun = _struct(noun, masks, near, text)
    return found


def _struct(value: Any, masks: Masks, near: bool, text: str | None) -> Any:
    kind = type(value)
    if kind is Span and text is not None:
        return Span(
            start=value.start,
            end=value.end,
            quote=text[value.start : value.end],
            prefix=text[max(0, value.start - len(value.prefix)) : value.start],
            suffix=text[value.end : value.end + len(value.suffix)],
        )
    if kind is Protection:
        return Protection()
    changed: dict[str, Any] = {}
    for name in value.__struct_fields__:
        field = getattr(value, name)
        if (kind, name) in _PLAIN or field is None:
            continue
        if (kind, name) in _IDS:
            changed[name] = masks.id(field, near=near)
        elif (kind, name) in _NAMES:
            names = [
                masks.name(each, near=near) for each in (field if isinstance(field, tuple) else (field,))
            ]
            changed[name] = tuple(names) if isinstance(field, tuple) else names[0]
        else:
            changed[name] = _value(field, masks, near, text)
    return msgspec.structs.replace(value, **changed)


def _value(value: Any, masks: Masks, near: bool, text: str | None) -> Any:
    if type(value) is str:
        return masks.text(value, near=near)
    if isinstance(value, tuple):
        return tuple(_value(each, masks, near, text) for each in value)
    if isinstance(value, msgspec.Struct):
        return _struct(value, masks, near, text)
    return value
