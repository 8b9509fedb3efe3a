"""The words that name events, each with the sense that it may have."""

from __future__ import annotations

from functools import cache

import msgspec

from counterclaim.lexicons import read_lexicon

VOWELS = frozenset("aeiou")


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """One ``[[event]]`` of ``events.toml``: types, and the words that must stand near (see there)."""

    name: str
    type: str | None = None
    plover: str | None = None
    mode: str | None = None
    generic: bool = False
    needs: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """A trigger: its sense, its form (noun, past, participle, gerund or present) and its lemma."""

    sense: Sense
    form: str
    lemma: str


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of ``[words]``."""
    return frozenset(read_lexicon("events")["words"][name])


@cache
def triggers() -> dict[str, dict[tuple[str, ...], Entry]]:
    """Return every trigger by its first word: for each, the words of the whole trigger and its entry."""
    data = read_lexicon("events")
    table: dict[str, dict[tuple[str, ...], Entry]] = {}
    for row in data["event"]:
        plain = {key: value for key, value in row.items() if key not in {"nouns", "verbs"}}
        sense = msgspec.convert(plain, Sense)
        for noun in row["nouns"]:
            _add(table, tuple(noun.split()), Entry(sense, "noun", noun))
        for verb in row["verbs"]:
            first, *rest = verb.split()
            for form, word in forms(first):
                _add(table, (word, *rest), Entry(sense, form, verb))
    return table


def _add(table: dict[str, dict[tuple[str, ...], Entry]], key: tuple[str, ...], entry: Entry) -> None:
    table.setdefault(key[0], {}).setdefault(key, entry)


@cache
def forms(lemma: str) -> list[tuple[str, str]]:
    """Return the forms of an English verb, the past before a participle that looks the same."""
    past, participle = _past(lemma)
    stem = lemma.removesuffix("e")
    gerunds = [stem + "ing"] if not _doubles(lemma) else [lemma + lemma[-1] + "ing"]
    gerund = "dying" if lemma == "die" else gerunds[0]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        third = lemma[:-1] + "ies"
    found = [
        ("present", lemma),
        ("present", third),
        ("gerund", gerund),
        ("past", past),
        ("participle", participle),
    ]
    if lemma.endswith("p"):
        found += [("past", lemma + "ed"), ("gerund", lemma + "ing")]
    return found


def _past(lemma: str) -> tuple[str, str]:
    irregular = read_lexicon("events")["irregular"].get(lemma)
    if irregular:
        return irregular[0], irregular[1]
    if lemma.endswith("e"):
        regular = lemma + "d"
    elif lemma.endswith("y") and lemma[-2] not in VOWELS:
        regular = lemma[:-1] + "ied"
    else:
        regular = lemma + (lemma[-1] if _doubles(lemma) else "") + "ed"
    return regular, regular


def _doubles(lemma: str) -> bool:
    """Tell whether the last consonant is doubled: short verbs, and those listed with a stressed end."""
    if lemma in {"kidnap", "hit", "set", "cut", "win", "gas", "regain"}:
        return lemma not in {"gas", "regain"} or lemma == "gas"
    end = lemma[-3:]
    return (
        len(lemma) <= 4
        and len(end) == 3
        and end[0] not in VOWELS
        and end[1] in VOWELS
        and end[2] not in VOWELS | set("wxy")
    )
