"""Links between names that hold in every report: the same name, known aliases, spellings, acronyms.

A name here is an id that reports give to an actor with a name of its own. What a surname or "the
Observatory" stands for depends on the report: see ``context``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import msgspec

from counterclaim.actors.gathering import Unit
from counterclaim.actors.joining import Link, Rule
from counterclaim.actors.knowledge import KnowledgeBase, KnownActor
from counterclaim.actors.naming import (
    body_key,
    headwords,
    initials,
    is_acronym,
    is_joint,
    person_name,
    same_person_name,
)
from counterclaim.actors.spelling import key, same_word, skeleton
from counterclaim.actors.states import Body, body_of, country_of, leader_in
from counterclaim.model import ActorKind
from counterclaim.statements.names import slug

KNOWN = "known:"
BODY = "body:"
LARGEST_BLOCK = 400
"""Names with one key of consonants that are compared with one another at most."""
FEWEST_LETTERS = 6
"""Letters that a body's name must have for another spelling to be taken for it."""


class Hub(msgspec.Struct, frozen=True, order=True):
    """One id that reports give, with the names it has there and the commonest kind."""

    id: str
    names: tuple[str, ...]
    kind: ActorKind


def hubs_of(units: Iterable[Unit]) -> list[Hub]:
    """Return the ids whose actors have a name that means the same in every report, sorted."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    kinds: defaultdict[str, list[ActorKind]] = defaultdict(list)
    for unit in units:
        if unit.named and not depends_on_report(unit):
            names[unit.id].setdefault(unit.names[0])
            kinds[unit.id].append(unit.kind)
    return [
        Hub(each, _own(each, names[each]), max(sorted(set(kinds[each])), key=kinds[each].count))
        for each in sorted(names)
    ]


def _own(identity: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of which an id is made; all of them where it is made of none."""
    found = sorted(names)
    return tuple(name for name in found if slug(name) == identity) or tuple(found)


def depends_on_report(unit: Unit) -> bool:
    """Tell whether what the name stands for must be asked of the report: a surname, "the government"."""
    name = unit.names[0]
    if unit.kind is ActorKind.PERSON:
        person = person_name(name)
        return person is None or not person.given
    body = body_of(name)
    if body is not None:
        return body.country is None
    return len(body_key(name).split()) < 2 and not _proper(name)


def _proper(name: str) -> bool:
    """Tell whether a single word is a name of its own: an acronym, or no word that bodies are made of."""
    word = key(name)
    return is_acronym(name) or word not in headwords()


def name_links(hubs: Sequence[Hub], knowledge: KnowledgeBase) -> Iterator[Link]:
    """Give the links between hubs, and between hubs and what is known."""
    yield from _known(hubs, knowledge)
    yield from _bodies(hubs, knowledge)
    yield from _same_names(hubs)
    yield from _spellings(hubs)


def known_entry(name: str, kind: ActorKind, knowledge: KnowledgeBase) -> KnownActor | None:
    """Return the known actor with this name, where its kind does not speak against it."""
    person = person_name(name) if kind is ActorKind.PERSON else None
    entry = knowledge.find(name)
    if entry is None and person is not None:
        entry = knowledge.find(" ".join((person.given, *person.middle, *person.surname)))
    if entry is None:
        return None
    if kind is ActorKind.PERSON and entry.kind is not ActorKind.PERSON and key(name) != key(entry.name):
        return None  # a person may have the name of a body's alias
    if entry.kind is ActorKind.PERSON and kind not in {ActorKind.PERSON, ActorKind.UNKNOWN}:
        return entry if len(key(name).split()) > 1 else None
    return entry


def _known(hubs: Sequence[Hub], knowledge: KnowledgeBase) -> Iterator[Link]:
    for hub in hubs:
        for name in hub.names:
            entry = known_entry(name, hub.kind, knowledge)
            if entry is not None:
                reason = f"{name!r} is a known name of {entry.name!r}"
                yield Link(Rule.KNOWN, hub.id, KNOWN + entry.key, reason)


def _bodies(hubs: Sequence[Hub], knowledge: KnowledgeBase) -> Iterator[Link]:
    for hub in hubs:
        for name in hub.names:
            body = body_of(name) if hub.kind is not ActorKind.PERSON else None
            if body is not None and body.country and known_entry(name, hub.kind, knowledge) is None:
                yield from body_links(
                    hub.id, body, knowledge, f"{name!r} is the {body.head} of {body.country}"
                )


def body_links(node: str, body: Body, knowledge: KnowledgeBase, reason: str) -> Iterator[Link]:
    """Give the link of a node with a body of a country, and of that with the entry that describes it."""
    yield Link(Rule.STATE_BODY, node, BODY + body.id, reason)
    if body.id in knowledge.entries:
        yield Link(Rule.KNOWN, BODY + body.id, KNOWN + body.id, f"{body.name} is known")


def whose_body(unit: Unit, body: Body) -> tuple[str, str] | None:
    """Return the country of a body that does not name it, and how that is known.

    It is the country of the actor's own affiliation, or the one that the report is about.
    """
    for affiliation in unit.affiliations:
        country = country_of(affiliation.party_name or "")
        if country:
            return country, f"the report says whose {body.head} it is"
    if unit.country:
        return unit.country, f"the report is about {unit.country}"
    return None


def leader_link(unit: Unit, knowledge: KnowledgeBase) -> Link | None:
    """Return the link of "X's government" with the state that X led when the report was published."""
    for name in unit.names:
        leader = leader_in(name)
        party = knowledge.leader(leader, unit.published) if leader else None
        country = country_of(party.replace("-", " ")) if party else None
        if country:
            reason = f"{leader} led {country} then"
            return Link(Rule.STATE_BODY, unit.ref, BODY + slug(country), reason)
    return None


def _same_names(hubs: Sequence[Hub]) -> Iterator[Link]:
    """Join ids whose names are equal once folded; a lost apostrophe ("Ban Ki-moons") counts for nothing."""
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for hub in hubs:
        for name in hub.names:
            for form in _same_forms(name, hub.kind):
                by_key[form].append(hub.id)
    for form in sorted(by_key):
        several = sorted(set(by_key[form]))
        for other in several[1:]:
            yield Link(Rule.SAME_NAME, several[0], other, f"both are named {form!r}")
        owned = by_key.get(f"{form}s") if " " in form else None
        for other in sorted(set(owned or ())):
            yield Link(Rule.SPELLING, several[0], other, f"{form + 's'!r} has lost its apostrophe")


def _same_forms(name: str, kind: ActorKind) -> set[str]:
    forms = {body_key(name)} if kind is not ActorKind.PERSON and body_of(name) is None else set()
    person = person_name(name)
    if person is not None and person.given and kind in {ActorKind.PERSON, ActorKind.UNKNOWN}:
        forms.add(" ".join((person.given, *person.middle, *person.surname)))
    return {form for form in forms if form}


def _spellings(hubs: Sequence[Hub]) -> Iterator[Link]:
    """Join spellings of one name: persons by given name and surname, bodies word by word."""
    persons: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    bodies: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for hub in hubs:
        for name in hub.names:
            person = person_name(name)
            if hub.kind is ActorKind.PERSON and person is not None and person.given:
                persons[skeleton(person.block)].append((hub.id, name))
            elif hub.kind is not ActorKind.PERSON and not is_acronym(name) and body_of(name) is None:
                bodies[tuple(map(skeleton, body_key(name).split()))].append((hub.id, name))
    for block in sorted(persons):
        yield from _person_spellings(sorted(persons[block])[:LARGEST_BLOCK])
    for _, several in sorted(bodies.items()):
        for (one, name), (other, second) in combinations(sorted(several)[:LARGEST_BLOCK], 2):
            first_words, second_words = body_key(name).split(), body_key(second).split()
            enough = sum(map(len, first_words)) >= FEWEST_LETTERS
            if one != other and enough and all(map(same_word, first_words, second_words)):
                yield Link(Rule.SPELLING, one, other, f"{name!r} and {second!r} are spelt alike")


def _person_spellings(block: Sequence[tuple[str, str]]) -> Iterator[Link]:
    """Join the persons of one block whose names agree.

    A name that agrees with two names that do not agree with each other ("George Bush", "George W.",
    "George H. W.") is left alone.
    """
    agreeing: defaultdict[int, list[int]] = defaultdict(list)
    parsed = [person_name(name) for _, name in block]
    for one, other in combinations(range(len(block)), 2):
        first, second = parsed[one], parsed[other]
        if first is not None and second is not None and same_person_name(first, second):
            agreeing[one].append(other)
            agreeing[other].append(one)
    for one, others in sorted(agreeing.items()):
        clear = all(
            second in agreeing[first] or block[first][0] == block[second][0]
            for first, second in combinations(others, 2)
        )
        if not clear:
            continue
        for other in others:
            rest = agreeing[other]
            both_clear = all(second in agreeing[first] for first, second in combinations(rest, 2))
            if one < other and both_clear and block[one][0] != block[other][0]:
                yield Link(
                    Rule.SPELLING,
                    block[one][0],
                    block[other][0],
                    f"{block[one][1]!r} and {block[other][1]!r} agree",
                )


def alias_links(units: Iterable[Unit], hubs: Sequence[Hub]) -> Iterator[Link]:
    """Join an actor with the other names that its own report gives it.

    An acronym is joined with its long form wherever one report introduces it, as long as no other report
    spells it out in another way; surnames and single words are left to ``context``.
    """
    ids = {hub.id for hub in hubs}
    spelt: defaultdict[str, set[str]] = defaultdict(set)
    named = [unit for unit in units if unit.named and len(unit.names) > 1]
    for unit in named:
        for acronym in filter(is_acronym, unit.names):
            spelt[key(acronym)] |= {body_key(name) for name in unit.names if not is_acronym(name)}
    for unit in named:
        for name in unit.names[1:]:
            if slug(name) not in ids or slug(name) == unit.id or is_joint(name) or is_joint(unit.names[0]):
                continue
            if is_acronym(name) or is_acronym(unit.names[0]):
                short, long = (name, unit.names[0]) if is_acronym(name) else (unit.names[0], name)
                fits = len(spelt[key(short)]) == 1 or initials(long) == re.sub(r"\W|s$", "", short)
                if fits and len(spelt[key(short)]) <= 2:
                    yield Link(Rule.ACRONYM, unit.ref, slug(name), f"the report writes {long!r} as {short!r}")
            elif len(key(name).split()) > 1 and (unit.kind is not ActorKind.PERSON or _full(name)):
                yield Link(Rule.ALIAS, unit.ref, slug(name), f"the report also calls it {name!r}")


def _full(name: str) -> bool:
    person = person_name(name)
    return person is not None and bool(person.given)
