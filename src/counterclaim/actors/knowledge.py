"""What is known of actors beforehand: names, parties and roles, from files that users can add to.

The format is described in ``docs/actors-across.md``: TOML, one ``[[actor]]`` table for each actor.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from counterclaim.actors.naming import body_key, full_key, person_name
from counterclaim.actors.spelling import key
from counterclaim.model import ActorKind, CounterclaimError
from counterclaim.model.errors import Messages
from counterclaim.statements.names import slug

SHIPPED = "known_actors.toml"
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_ID = re.compile(r"[\w-]+")


class KnownRole(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "until"}):
    """A role held for a party, and between which dates (ISO 8601; year, month or day), both inclusive."""

    role: str
    of: str = ""
    start: str = ""
    end: str = ""

    def held(self, date: str | None) -> bool:
        """Tell whether the role was held on a day; where the day is not known, whether it is not over."""
        if not date:
            return not self.end
        day = date[:10]
        return self.start <= day and (not self.end or day[: len(self.end)] <= self.end)


class KnownActor(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry: an actor's names, the party for which it speaks, its roles, and whose word that is.

    ``aliases`` and ``transliterations`` are read alike. ``party`` is the id or the name of another actor.
    """

    name: str
    kind: ActorKind
    id: str = ""
    aliases: tuple[str, ...] = ()
    transliterations: tuple[str, ...] = ()
    party: str = ""
    roles: tuple[KnownRole, ...] = ()
    source: str = ""

    @property
    def key(self) -> str:
        """The id, made from the name where the entry gives none."""
        return self.id or slug(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the first one first."""
        return (self.name, *self.aliases, *self.transliterations)


class KnowledgeBase:
    """Entries by name. A name that several entries share tells nothing, and is passed over."""

    def __init__(self, entries: Iterable[KnownActor] = ()) -> None:
        merged: dict[str, KnownActor] = {}
        for entry in entries:
            known = merged.get(entry.key)
            merged[entry.key] = entry if known is None else _joined(known, entry)
        self.entries = dict(sorted(merged.items()))
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        self._surnames: defaultdict[str, set[str]] = defaultdict(set)
        for entry in self.entries.values():
            for name in entry.names:
                for form in _forms(name, entry.kind):
                    self._by_name[form].add(entry.key)
            person = person_name(entry.name) if entry.kind is ActorKind.PERSON else None
            if person is not None:
                self._surnames[person.block].add(entry.key)

    def find(self, name: str) -> KnownActor | None:
        """Return the one entry with this name."""
        for form in (key(name), full_key(name), body_key(name)):
            found = self._by_name.get(form, set())
            if len(found) == 1:
                return self.entries[next(iter(found))]
        return None

    def leader(self, name: str, date: str | None) -> str | None:
        """Return the party that a leader (full name or surname) headed on a day; None for none or several."""
        person = person_name(name)
        if person is None:
            return None
        found = set()
        for each in self._surnames.get(person.block, ()):
            full = person_name(self.entries[each].name)
            fits = full is not None and (not person.given or person.given == full.given)
            if fits:
                found |= {role.of for role in self.entries[each].roles if role.of and role.held(date)}
        return next(iter(found)) if len(found) == 1 else None

    def party(self, entry: KnownActor, date: str | None = None) -> str | None:
        """Return the id of the party for which an entry speaks, by its roles on a day where it names none."""
        named = entry.party or next((role.of for role in entry.roles if role.of and role.held(date)), "")
        if not named:
            return None
        other = self.entries.get(named) or self.find(named)
        return other.key if other else slug(named)

    def with_entries(self, entries: Iterable[KnownActor]) -> KnowledgeBase:
        """Return this knowledge with more of it; an entry with a known id adds to that one."""
        return KnowledgeBase([*self.entries.values(), *entries])


def _forms(name: str, kind: ActorKind) -> set[str]:
    return {key(name), full_key(name)} - {""} if kind is not ActorKind.PERSON else {key(name)}


def _joined(known: KnownActor, added: KnownActor) -> KnownActor:
    """Add a later entry to an earlier one with the same id: its party goes before, its names are added."""
    names = dict.fromkeys((*known.names, *added.names))
    names.pop(added.name)
    return KnownActor(
        name=added.name,
        kind=added.kind,
        id=known.key,
        aliases=tuple(names),
        party=added.party or known.party,
        roles=(*added.roles, *known.roles),
        source="; ".join(each for each in dict.fromkeys((known.source, added.source)) if each),
    )


@cache
def shipped_knowledge() -> KnowledgeBase:
    """Return the knowledge that comes with the program."""
    place = files("counterclaim.lexicons") / SHIPPED
    return KnowledgeBase(parse_aliases(place.read_text(encoding="utf-8"), SHIPPED))


def read_aliases(paths: Sequence[str | Path]) -> list[KnownActor]:
    """Read alias files. Raises CounterclaimError, which names file and line, where one cannot be used."""
    found = []
    for path in paths:
        try:
            text = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise CounterclaimError(Messages.aliases_unreadable(str(path), reason or str(error))) from error
        found += parse_aliases(text, str(path))
    return found


def parse_aliases(text: str, name: str) -> list[KnownActor]:
    """Read the text of an alias file; ``name`` is told where it is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CounterclaimError(Messages.aliases_wrong(name, None, str(error))) from error
    unknown = sorted(set(data) - {"actor"})
    tables = data.get("actor", [])
    if unknown or not isinstance(tables, list):
        line = _line_of(text, rf"^\s*\[*\s*{re.escape(unknown[0] if unknown else 'actor')}\b")
        raise CounterclaimError(Messages.aliases_wrong(name, line, "only [[actor]] tables can stand here"))
    return [_entry(table, number, text, name) for number, table in enumerate(tables)]


def _entry(table: Any, number: int, text: str, name: str) -> KnownActor:
    try:
        entry = msgspec.convert(table, KnownActor, strict=True)
        _check(entry)
    except (msgspec.ValidationError, ValueError) as error:
        line = _entry_line(table, number, text)
        raise CounterclaimError(Messages.aliases_wrong(name, line, str(error))) from error
    return entry


def _check(entry: KnownActor) -> None:
    """Raise ValueError where an entry has the form and yet no sense."""
    if not all(key(each) for each in entry.names):
        raise ValueError("a name holds no letter")
    if entry.kind in {ActorKind.ANONYMOUS, ActorKind.UNKNOWN}:
        raise ValueError(f"an actor with a name cannot be of kind {str(entry.kind)!r}")
    if entry.id and not _ID.fullmatch(entry.id):
        raise ValueError(f"the id {entry.id!r} may hold letters, digits, - and _ only")
    for role in entry.roles:
        for date in (role.start, role.end):
            if date and not _DATE.fullmatch(date):
                raise ValueError(f"{date!r} is not a date: write 2021, 2021-08 or 2021-08-15")


def _entry_line(table: Any, number: int, text: str) -> int | None:
    """Return the line on which an entry begins: its table's heading, or the words of its id or name."""
    headings = [m.start() for m in re.finditer(r"^\s*\[\[\s*actor\s*\]\]", text, re.MULTILINE)]
    if number < len(headings):
        return text.count("\n", 0, headings[number] + _leading_lines(text, headings[number])) + 1
    written = table.get("id") or table.get("name") if isinstance(table, dict) else None
    return _line_of(text, re.escape(f'"{written}"')) if written else None


def _leading_lines(text: str, start: int) -> int:
    return len(text[start:]) - len(text[start:].lstrip())


def _line_of(text: str, pattern: str) -> int | None:
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start() + _leading_lines(text, match.start())) + 1 if match else None
