"""What a surname or a short name stands for in one report: the one actor of the ledger that fits it there.

"Massoud" alone is the Massoud of the reports of those weeks that name the same people; "the Observatory" is
the one observatory that these reports name. Where two fit, it stays what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from counterclaim.actors.gathering import Unit
from counterclaim.actors.joining import Link, Rule
from counterclaim.actors.naming import (
    bare_name,
    body_key,
    headwords,
    is_acronym,
    is_joint,
    person_name,
    same_surname,
)
from counterclaim.actors.rules import Hub, depends_on_report
from counterclaim.actors.spelling import key, skeleton
from counterclaim.actors.states import body_of
from counterclaim.model import ActorKind

DAYS = 60
"""Days between two reports of which one explains a short name in the other."""
PROMINENT = 5
"""How many times more reports must name one actor than all others with its surname."""
LONGEST = 8
"""Words of a body's name beyond which it is no name, but a piece of a sentence."""
_PREPOSITIONS = frozenset({"for", "of", "on", "in", "to", "at", "and"})


class Contexts:
    """What each report names, and when it was published; actors by what stands for their group."""

    def __init__(self, units: Iterable[Unit], hubs: Sequence[Hub], find: Callable[[str], str]) -> None:
        ids = {hub.id for hub in hubs}
        self._find = find
        self.named: defaultdict[str, set[str]] = defaultdict(set)
        self.reports: defaultdict[str, set[str]] = defaultdict(set)
        self.country: dict[str, str | None] = {}
        self._day: dict[str, int | None] = {}
        self._parties: defaultdict[str, set[str]] = defaultdict(set)
        for unit in units:
            if unit.document not in self._day:
                self._day[unit.document] = _day(unit.published)
                self.country[unit.document] = unit.country
            if unit.named and unit.id in ids:
                self.named[unit.document].add(find(unit.ref))
                self.reports[find(unit.ref)].add(unit.document)
                self._parties[find(unit.ref)] |= self._parties_of(unit)

    def near(self, one: str, other: str) -> bool:
        """Tell whether two reports were published within some weeks; so where a date is not known."""
        first, second = self._day[one], self._day[other]
        return first is None or second is None or abs(first - second) <= DAYS

    def _parties_of(self, unit: Unit) -> set[str]:
        return {self._find(each.party) for each in unit.affiliations if each.party}

    def contradicts(self, unit: Unit, actor: str) -> bool:
        """Tell whether a report gives an actor a party that no report gives another one."""
        own = self._parties_of(unit)
        return bool(own) and not own & self._parties[actor]

    def explaining(self, document: str, actor: str) -> int:
        """Count the reports of an actor, near in time, that name something else that this report names, too.

        Reports about one country are taken to do so.
        """
        own = self.named[document] - {actor}
        country = self.country.get(document)
        return sum(
            self.near(document, other)
            and (
                bool(own & self.named[other] - {actor})
                or (country is not None and self.country[other] == country)
            )
            for other in self.reports[actor]
        )


def context_links(units: Sequence[Unit], hubs: Sequence[Hub], find: Callable[[str], str]) -> Iterator[Link]:
    """Give the links of short names with the actors that they stand for in their reports.

    ``find`` gives what stands for the group of a node, as far as actors are joined already.
    """
    contexts = Contexts(units, hubs, find)
    surnames: defaultdict[str, list[Hub]] = defaultdict(list)
    parts: defaultdict[str, list[Hub]] = defaultdict(list)
    for hub in hubs:
        for name in hub.names:
            person = person_name(name)
            if hub.kind is ActorKind.PERSON and person is not None:
                surnames[skeleton(person.block)].append(hub)
            elif hub.kind is not ActorKind.PERSON:
                for part in _parts(name):
                    parts[part].append(hub)
    for unit in units:
        if (
            not unit.named
            or _phrase(unit)
            or (body_of(unit.names[0]) is not None and unit.kind is not ActorKind.PERSON)
        ):
            continue
        if unit.kind is ActorKind.PERSON and depends_on_report(unit):
            candidates = _with_surname(unit, surnames)
        elif unit.kind is not ActorKind.PERSON:
            candidates = list(parts.get(body_key(unit.names[0]), ()))
        else:
            continue
        own = find(unit.ref)
        groups = {root: hub for hub in sorted(candidates, reverse=True) if (root := find(hub.id)) != own}
        groups = {root: hub for root, hub in groups.items() if not contexts.contradicts(unit, root)}
        chosen = _choose(unit, groups, contexts)
        if chosen is not None:
            hub, rule, why = chosen
            yield Link(rule, unit.ref, hub.id, f"{unit.names[0]!r} is {hub.names[0]!r}: {why}")


def _phrase(unit: Unit) -> bool:
    """Tell whether a name is none that a longer one could explain: words in small letters, or a list."""
    name = unit.names[0]
    if unit.kind is ActorKind.PERSON:
        return name.islower()
    return is_joint(name) or (name.islower() if " " in name else key(name) not in headwords())


def _with_surname(unit: Unit, surnames: dict[str, list[Hub]]) -> list[Hub]:
    person = person_name(unit.names[0])
    if person is None:
        return []
    found = []
    for hub in surnames.get(skeleton(person.block), ()):
        full = (person_name(name) for name in hub.names)
        if any(each is not None and same_surname(person, each) for each in full):
            found.append(hub)
    return found


def _parts(name: str) -> set[str]:
    """Return the shorter forms of a body's name: without what follows its preposition, and its last word.

    "Syrian Observatory for Human Rights": "syrian observatory", "observatory". "Hillary Clinton campaign":
    "clinton campaign".
    """
    words = bare_name(name).split()
    if is_acronym(name) or len(words) > LONGEST or is_joint(name):
        return set()
    cut = next(
        (place for place, word in enumerate(words) if place and word.casefold() in _PREPOSITIONS), len(words)
    )
    head = body_key(" ".join(words[:cut])).split()
    whole = body_key(name).split()
    forms = {" ".join(head), " ".join(whole[1:]), " ".join(head[-1:])}
    return forms - {"", " ".join(whole)}


def _choose(unit: Unit, candidates: dict[str, Hub], contexts: Contexts) -> tuple[Hub, Rule, str] | None:
    """Return the one candidate that fits the report, by which rule, and why.

    ``candidates`` are by what stands for their group.
    """
    here = [root for root in candidates if unit.document in contexts.reports[root]]
    if here:
        return (
            (candidates[here[0]], Rule.FULLER_NAME, "the report names no other") if len(here) == 1 else None
        )
    counts = sorted((-contexts.explaining(unit.document, root), root) for root in candidates)
    if not counts or not counts[0][0]:
        return None
    rest = sum(count for count, _ in counts[1:])
    if rest and counts[0][0] > PROMINENT * rest:
        return None
    return candidates[counts[0][1]], Rule.CONTEXT, "reports of those weeks on the same matter name no other"


def _day(published: str | None) -> int | None:
    return date.fromisoformat(published[:10]).toordinal() if published else None
