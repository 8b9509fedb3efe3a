"""Thin merges of actors, as items of the review queue."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from counterclaim.actors.gathering import Unit
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.review_item import Item, Why, make_item, text_of
from counterclaim.views.thin_merges import UNCERTAINTY, ThinMerge, ThinMerges


def merge_items(catalogue: Catalogue) -> Iterator[Item]:
    """Give the thin merges of actors of whom both parts speak in one dispute, or make one claim.

    Not where both parts speak for the party of the whole, each by its own reports: the counts stay then.
    """
    merges = ThinMerges(catalogue.index, catalogue.lineage.groups)
    for identifier, statements in _heard_together(catalogue):
        spoken: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for each in sorted(statements):
            statement = catalogue.statements[each]
            if statement.speaker is not None:
                ref = f"{statement.document}/{statement.speaker.actor}"
                spoken[catalogue.index.named(ref)][ref].append(each)
        for actor in sorted(spoken.keys() & catalogue.index.identities.keys()):
            said = spoken[actor]
            for merge in merges.between(actor, said) if len(said) > 1 else ():
                sides = [
                    [each for ref in said if (ref in merge.part) is inside for each in said[ref]]
                    for inside in (True, False)
                ]
                party = catalogue.index.parties.get(actor)
                if party is None or not all(
                    _told(catalogue, part, party) for part in _parts(catalogue, merge)
                ):
                    hanging = min(sides, key=lambda side: (len(side), sorted(side)))
                    yield _thin(catalogue, merge, hanging, identifier)


def _heard_together(catalogue: Catalogue) -> Iterator[tuple[str, set[str]]]:
    """Give the statements of each dispute, and of each claim of several that nobody disputes."""
    for dispute in catalogue.board.disputes:
        yield dispute.id, {each for position in dispute.positions for each in position.statements}
    for claim in catalogue.board.claims:
        if len(claim.statements) > 1 and not catalogue.sides(claim.statements[0]):
            yield claim.id, set(claim.statements)


def _parts(catalogue: Catalogue, merge: ThinMerge) -> tuple[list[Unit], list[Unit]]:
    """Return what documents know of the actor on the side of the left end, and on that of the right one."""
    units = catalogue.index.identities[catalogue.index.named(merge.left)].units
    inside = [unit for unit in units if unit.ref in merge.part]
    outside = [unit for unit in units if unit.ref not in merge.part]
    return (inside, outside) if merge.leftmost else (outside, inside)


def _told(catalogue: Catalogue, part: Iterable[Unit], party: str) -> bool:
    """Tell whether reports say of a part of an actor that it speaks for a party."""
    stated = {each.party for unit in part for each in unit.affiliations if each.party and not each.former}
    return party in {catalogue.index.named(each) for each in stated}


def _thin(catalogue: Catalogue, merge: ThinMerge, hanging: Collection[str], within: str) -> Item:
    left, right, apart = map(shlex.quote, (merge.left, merge.right, merge.apart))
    parts = _parts(catalogue, merge)
    ends = (min(parts[0], key=_first(merge.left)), min(parts[1], key=_first(merge.right)))
    return make_item(
        catalogue,
        f"{left} {right}",
        Why.ACTOR,
        merge.link.rule.label,
        UNCERTAINTY[merge.link.rule],
        hanging,
        about=(merge.left, merge.right),
        texts=tuple(f"{unit.label}, {text_of(catalogue, unit.document)}" for unit in ends),
        commands=(f"counterclaim actors merge {left} {right}", f"counterclaim actors split {left} {apart}"),
        within=within,
        reason=merge.link.reason,
    )


def _first(name: str) -> Callable[[Unit], tuple[bool, bool, str]]:
    """Return the order in which the actors of documents are shown for an end of a link: itself first."""
    return lambda unit: (unit.ref != name, unit.id != name, unit.ref)
