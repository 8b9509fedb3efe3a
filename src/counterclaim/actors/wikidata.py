"""Names from a local extract of Wikidata: only those that occur in the reports are kept.

The extract is JSON Lines, one entity a line, in the form of Wikidata's own dumps (``id``, ``labels``,
``aliases``, each by language) or shortened (``"labels": {"en": "..."}``, ``"aliases": ["..."]``). It is
read line by line, and never whole.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from counterclaim.actors.knowledge import KnownActor
from counterclaim.actors.naming import body_key
from counterclaim.actors.spelling import key
from counterclaim.model import ActorKind, CounterclaimError
from counterclaim.model.errors import Messages
from counterclaim.statements.names import slug

_HUMAN = "Q5"


def read_wikidata(path: str | Path, wanted: Iterable[str]) -> list[KnownActor]:
    """Return the entities of an extract of which the reports use a name, sorted by id.

    ``wanted`` are the names in the reports. An entity is kept where at least two of its names are
    among them, since one name alone joins nothing; a name that two entities share is left out, as
    nobody can tell which is meant. Raises CounterclaimError with file and line where a line is not an entity.
    """
    keys = {form for name in wanted for form in (key(name), body_key(name))}
    found: list[tuple[str, str, ActorKind, list[str]]] = []
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for identity, names, kind in _entities(path):
        used = [name for name in dict.fromkeys(names) if key(name) in keys or body_key(name) in keys]
        for name in used:
            owners[key(name)].add(identity)
        if used:
            found.append((identity, names[0], kind, used))
    kept = []
    for identity, label, kind, used in sorted(found):
        clear = [name for name in used if len(owners[key(name)]) == 1]
        if len({key(name) for name in clear}) > 1:
            kept.append(
                KnownActor(
                    id=slug(label), name=label, kind=kind, aliases=tuple(clear), source=f"Wikidata {identity}"
                )
            )
    return kept


def _entities(path: str | Path) -> Iterator[tuple[str, list[str], ActorKind]]:
    """Give the id, the names (the label first) and the kind of each entity that has an English label."""
    try:
        with Path(path).open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, start=1):
                text = line.strip().rstrip(",")
                if text in {"", "[", "]"}:
                    continue
                try:
                    entity = json.loads(text)
                    identity, names = str(entity["id"]), _names(entity)
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    what = "the line is no entity with id and labels"
                    raise CounterclaimError(Messages.aliases_wrong(str(path), number, what)) from error
                if names:
                    yield identity, names, _kind(entity)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CounterclaimError(Messages.aliases_unreadable(str(path), reason or str(error))) from error


def _names(entity: dict[str, Any]) -> list[str]:
    """Return the English label and aliases, and the labels in other languages that are in Latin letters."""
    label = _text(entity["labels"].get("en") or entity["labels"].get("mul"))
    if not label:
        return []
    aliases = entity.get("aliases") or {}
    listed = (
        aliases if isinstance(aliases, list) else [*(aliases.get("en") or []), *(aliases.get("mul") or [])]
    )
    others = [_text(value) for value in entity["labels"].values()]
    return [name for name in (label, *map(_text, listed), *others) if name and key(name)]


def _text(value: Any) -> str:
    return str(value["value"]) if isinstance(value, dict) else str(value or "")


def _kind(entity: dict[str, Any]) -> ActorKind:
    """Return person for an entity that is a human (P31 is Q5), else organisation."""
    claims = entity.get("claims")
    instances = claims.get("P31", []) if isinstance(claims, dict) else []
    for each in instances:
        value: Any = each
        if isinstance(each, dict):
            value = each.get("mainsnak", {}).get("datavalue", {}).get("value", {})
        if value == _HUMAN or (isinstance(value, dict) and value.get("id") == _HUMAN):
            return ActorKind.PERSON
    return ActorKind.ORGANISATION
