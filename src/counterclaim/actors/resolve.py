"""Who is who across documents: a pure function of a snapshot and of what is known beforehand.

Any order of ingestion gives the same actors, and a snapshot as of a moment gives those of that moment.
Unnamed sources are never joined across documents, nor with anybody who is named, whoever says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from counterclaim.actors.context import context_links
from counterclaim.actors.decisions import apply_identity
from counterclaim.actors.gathering import Unit, gather_units
from counterclaim.actors.index import ActorIndex, Identity
from counterclaim.actors.joining import Groups, Link, Rule
from counterclaim.actors.knowledge import KnowledgeBase, shipped_knowledge
from counterclaim.actors.naming import bare_name, is_acronym, person_name
from counterclaim.actors.parties import read_parties
from counterclaim.actors.rules import (
    BODY,
    KNOWN,
    Hub,
    alias_links,
    body_links,
    hubs_of,
    leader_link,
    name_links,
    whose_body,
)
from counterclaim.actors.states import GOVERNMENT, body_of, body_with_id
from counterclaim.model import ActorKind, JudgementKind, Snapshot
from counterclaim.model.digest import identifier
from counterclaim.model.standing import Standing
from counterclaim.statements.names import slug


def resolve_actors(snapshot: Snapshot, knowledge: KnowledgeBase | None = None) -> ActorIndex:
    """Tell which actors of the documents are one, and why.

    ``knowledge`` is what is known beforehand, that which comes with the program where None. Of what people
    decided, that counts which stands (:mod:`counterclaim.model.standing`).
    """
    known = shipped_knowledge() if knowledge is None else knowledge
    snapshot = Standing.of(snapshot).applied(snapshot)
    units = gather_units(snapshot)
    hubs = hubs_of(units)
    groups = Groups(_anchor)
    for unit in units:
        groups.add(unit.ref)
    apply_identity(snapshot, groups, _reader(units, hubs, known))
    groups.join_all([*_own_names(units, hubs), *name_links(hubs, known), *_of_reports(units, hubs, known)])
    groups.join_all(context_links(units, hubs, groups.find))
    for link in _split_off_last([*_loose_names(units, groups), *_copied(snapshot, units, groups)], groups):
        groups.join(link)
    members: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        members[groups.find(unit.ref)].append(unit)
    identities = _identities(members, groups, known, {hub.id for hub in hubs})
    node_of = {unit.ref: identities[groups.find(unit.ref)].id for unit in units}
    node_of |= {hub.id: identities[root].id for hub in hubs if (root := groups.find(hub.id)) in identities}
    index = ActorIndex(
        {identity.id: identity for identity in identities.values()},
        node_of,
        groups.taken,
        groups.refused,
        groups.supporting,
    )
    index.knowledge = known
    index.parties = read_parties(snapshot, index, known, _reader(units, hubs, known))
    return index


def _anchor(node: str) -> str | None:
    """Return the known actor or the body of a country that a node is."""
    return node.partition(":")[2] if node.startswith((KNOWN, BODY)) else None


def _reader(
    units: Sequence[Unit], hubs: Sequence[Hub], known: KnowledgeBase
) -> Callable[[str], Sequence[str]]:
    """Return what turns the words for an actor in a judgement into nodes; unnamed sources have none."""
    ids = {hub.id for hub in hubs}
    named = {unit.ref for unit in units if not unit.anonymous}
    loose: defaultdict[str, list[str]] = defaultdict(list)
    for unit in units:
        if unit.named and unit.id not in ids:
            loose[unit.id].append(unit.ref)

    def nodes(words: str) -> Sequence[str]:
        if words in named or words in ids:
            return [words, *loose.get(words, ())]
        if words in loose:
            return loose[words]
        return [KNOWN + words] if words in known.entries else []

    return nodes


def _own_names(units: Sequence[Unit], hubs: Sequence[Hub]) -> Iterator[Link]:
    """Join every actor of a document with its id, where its name means the same in every report."""
    ids = {hub.id for hub in hubs}
    for unit in units:
        if (unit.named and unit.id in ids) or (not unit.named and unit.shared):
            yield Link(Rule.SAME_ID, unit.ref, unit.id, f"named {unit.label!r}")


def _of_reports(units: Sequence[Unit], hubs: Sequence[Hub], known: KnowledgeBase) -> Iterator[Link]:
    """Give the links that rest on what one report says: its aliases, and whose government it means."""
    yield from alias_links(units, hubs)
    for unit in units:
        if not unit.named and (unit.anonymous or unit.kind is not ActorKind.GROUP):
            continue
        if unit.kind is ActorKind.PERSON:
            continue
        led = leader_link(unit, known)
        if led is not None:
            yield led
            continue
        body = body_with_id(unit.id) if not unit.named and unit.shared else None
        body = body or body_of(unit.label)
        if body is None or (body.country is not None and unit.named):
            continue
        owner = (body.country, "so called") if body.country else whose_body(unit, body)
        if owner is not None:
            country, why = owner
            yield from body_links(unit.ref, body.of(country), known, f"{unit.label!r}: {why}")


def _loose_names(units: Sequence[Unit], groups: Groups) -> Iterator[Link]:
    """Join those who are known by a given name or a surname alone, in reports about one country."""
    for unit in units:
        person = person_name(unit.names[0]) if unit.named else None
        alone = unit.kind is ActorKind.PERSON and person is not None and not person.given
        if alone and unit.country and groups.find(unit.ref) == unit.ref:
            reason = f"{unit.names[0]!r} in reports about {unit.country}"
            yield Link(Rule.CONTEXT, unit.ref, f"{unit.id}@{slug(unit.country)}", reason)


def _split_off_last(links: Sequence[Link], groups: Groups) -> list[Link]:
    """Return links in the order in which they join: whom people split off from others of that name goes last.

    So the others stay together, whichever of them it was.
    """
    ends: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        ends[link.right].append(link.left)
    return sorted(links, key=lambda link: (groups.held_apart(link.left, ends[link.right]), link))


def _copied(snapshot: Snapshot, units: Sequence[Unit], groups: Groups) -> Iterator[Link]:
    """Join what has one name in a report and in its copy, so that a copy brings no new actor."""
    loose: defaultdict[str, dict[str, Unit]] = defaultdict(dict)
    for unit in units:
        if unit.named and groups.find(unit.ref) == unit.ref:
            loose[unit.document][unit.id] = unit
    for judgement in snapshot.judgements:
        if judgement.kind in {JudgementKind.COPY, JudgementKind.DERIVED}:
            one, other = loose[judgement.left], loose[judgement.right]
            for each in sorted(one.keys() & other.keys()):
                reason = "one report was made from the other"
                yield Link(Rule.CONTEXT, one[each].ref, other[each].ref, reason)


def _identities(
    members: Mapping[str, Sequence[Unit]], groups: Groups, known: KnowledgeBase, ids: Collection[str]
) -> dict[str, Identity]:
    """Name each group: by what is known of it, else by the fullest of its commonest names.

    The id is that of the name. Where two groups would have one id, it goes to the one to which reports
    that will give it belong, and the other gets a piece of a hash added.
    """
    described: dict[str, str] = {}
    for link in groups.taken:
        for node in (link.left, link.right):
            if node.startswith((KNOWN, BODY)):
                root = groups.find(node)
                described[root] = max(described.get(root, ""), node)  # "known:" goes before "body:"
    wanted: dict[str, tuple[str, str, ActorKind]] = {}
    for root, units in members.items():
        wanted[root] = _name_of(units, described.get(root), known)
    owners: dict[str, str] = {}
    for root in sorted(wanted, key=lambda each: (not _owns(each, wanted[each][0], groups, described), each)):
        owners.setdefault(wanted[root][0], root)
    identities = {}
    for root, (identity, name, kind) in wanted.items():
        units = tuple(members[root])
        if owners[identity] != root:
            identity = f"{identity}-{identifier('x', min(unit.ref for unit in units))[2:10]}"
        general = root not in described and not any(unit.named and unit.id in ids for unit in units)
        general = general and kind is not ActorKind.PERSON
        identities[root] = Identity(id=identity, name=name, kind=kind, units=units, general=general)
    return identities


def _owns(root: str, identity: str, groups: Groups, described: dict[str, str]) -> bool:
    """Tell whether an actor that the next report calls by this id would belong to the group."""
    return groups.find(identity) == root or described.get(root) == KNOWN + identity


def _name_of(units: Sequence[Unit], node: str | None, known: KnowledgeBase) -> tuple[str, str, ActorKind]:
    kinds: Counter[ActorKind] = Counter(unit.kind for unit in units if unit.kind is not ActorKind.UNKNOWN)
    kind = min(kinds, key=lambda each: (-kinds[each], each)) if kinds else ActorKind.UNKNOWN
    if node is not None and node.startswith(KNOWN):
        entry = known.entries[node.removeprefix(KNOWN)]
        return entry.key, entry.name, entry.kind
    if node is not None:
        body = body_with_id(node.removeprefix(BODY))
        if body is not None:
            government = body.official and body.head == GOVERNMENT
            return body.id, body.name, ActorKind.GOVERNMENT if government else ActorKind.ORGANISATION
    person = kind is ActorKind.PERSON
    names = Counter(unit.names[0] if person else bare_name(unit.names[0]) for unit in units if unit.named)
    if not names:
        return units[0].id, units[0].label, kind
    name = min(
        names, key=lambda each: (is_acronym(each), not _full(each, kind), -names[each], -len(each), each)
    )
    return slug(name), name, kind


def _full(name: str, kind: ActorKind) -> bool:
    """Tell whether a name is a full one: of a person with the given name, of a body with several words."""
    if kind is not ActorKind.PERSON:
        return " " in name
    person = person_name(name)
    return person is not None and len(person.given) > 1
