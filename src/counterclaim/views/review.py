"""The review queue: what is uncertain and matters most, first, with the command that decides it.

An item's score is its uncertainty times its weight. *Uncertainty* is 1 - confidence, at least 0.01, since
no program is sure. *Weight* is what hangs on it: the independent origins, the parties and the statements that
change place with the answer, each counted once and added. What people contradict each other on comes
before all else. What a person has decided is not in the queue, and comes back when that is undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from counterclaim.disputes.clusters import effective_edges
from counterclaim.disputes.reprints import Reprints
from counterclaim.model import Judgement, JudgementKind
from counterclaim.model.judgement import by_program
from counterclaim.model.standing import Conflict
from counterclaim.views.bridges import bridges
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.review_item import Item, Why, make_item, parties_of
from counterclaim.views.review_merges import merge_items

UNSURE = 0.9
"""Statements read with less confidence are reviewed, where they stand in a dispute."""


def review_queue(catalogue: Catalogue, limit: int | None = None) -> tuple[Item, ...]:
    """Return what should be reviewed, conflicts first, then by falling score; ties by id."""
    found: dict[str, Item] = {}
    for item in (
        *_conflicts(catalogue),
        *_edges(catalogue),
        *_readings(catalogue),
        *_copies(catalogue),
        *merge_items(catalogue),
    ):
        held = found.get(item.id)
        if held is None or item.score > held.score:
            found[item.id] = item
    ordered = sorted(found.values(), key=lambda i: (i.why is not Why.CONFLICT, -i.score, i.id))
    return tuple(ordered[:limit])


def _conflicts(catalogue: Catalogue) -> Iterator[Item]:
    for conflict in catalogue.standing.conflicts:
        decisions = [catalogue.standing.known[each] for each in conflict.decisions]
        held = [each for each in conflict.about if each in catalogue.statements]
        yield make_item(
            catalogue,
            conflict.decisions[0],
            Why.CONFLICT,
            conflict.topic,
            1.0,
            held,
            about=conflict.about,
            commands=tuple(f"counterclaim judge undo {each.id}" for each in decisions),
            author=", ".join(conflict.authors),
            reason=_words(conflict, decisions),
            also=conflict.decisions[1:],
        )


def _words(conflict: Conflict, decisions: list[Judgement]) -> str:
    said = "; ".join(f"{each.author}: {each.kind}" for each in decisions)
    return f"{len(conflict.authors)} people contradict each other ({said})"


def _edges(catalogue: Catalogue) -> Iterator[Item]:
    """Give the edges without which a dispute or a claim falls apart, reprints folded into one statement."""
    standing = catalogue.standing
    reprints = Reprints(standing.applied(catalogue.snapshot), catalogue.lineage, catalogue.index)
    groups = [
        (dispute.id, Why.DISPUTE, {each for position in dispute.positions for each in position.statements})
        for dispute in catalogue.board.disputes
    ]
    disputed = {
        position for each in catalogue.board.disputes for p in each.positions for position in p.claims
    }
    groups += [
        (claim.id, Why.CORROBORATION, set(claim.statements))
        for claim in catalogue.board.claims
        if len(claim.statements) > 1 and claim.id not in disputed
    ]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, (_id, _why, members) in enumerate(groups):
        for each in members:
            places[each].append(number)
    within: defaultdict[int, defaultdict[tuple[str, str], list[Judgement]]]
    within = defaultdict(lambda: defaultdict(list))
    for edge in effective_edges(standing.judgements, standing.decisions):
        one, other = sorted((reprints.first(edge.left), reprints.first(edge.right)))
        for number in set(places.get(edge.left, ())) & set(places.get(edge.right, ())):
            if one != other:
                within[number][one, other].append(edge)
    for number in sorted(within):
        identifier, why, members = groups[number]
        for pair, below in bridges(within[number]).items():
            edges = sorted(within[number][pair], key=lambda j: (-j.confidence, j.id))
            if not all(by_program(edge) for edge in edges):
                continue
            far = {each for each in members if reprints.first(each) in below}
            near = members - far
            first, *others = edges
            if why is Why.CORROBORATION and parties_of(catalogue, far) == parties_of(catalogue, near):
                continue
            yield make_item(
                catalogue,
                first.id,
                why,
                first.kind,
                1 - first.confidence,
                min(far, near, key=lambda part: (len(part), sorted(part))),
                about=(first.left, first.right),
                commands=_answers(first.id),
                within=identifier,
                author=first.author,
                reason=first.reason,
                also=tuple(sorted(each.id for each in others)),
            )


def _readings(catalogue: Catalogue) -> Iterator[Item]:
    answered = catalogue.standing.rejected.keys() | catalogue.standing.confirmed.keys()
    for dispute in catalogue.board.disputes:
        for each in sorted({each for position in dispute.positions for each in position.statements}):
            statement = catalogue.statements[each]
            if statement.confidence < UNSURE and statement.whole not in answered and each not in answered:
                yield make_item(
                    catalogue,
                    each,
                    Why.READING,
                    statement.act,
                    1 - statement.confidence,
                    [each],
                    about=(each,),
                    commands=_answers(each),
                    within=dispute.id,
                )


def _copies(catalogue: Catalogue) -> Iterator[Item]:
    """Give the copies by which two statements of one claim count as one origin, though they name two."""
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for claim in catalogue.board.claims:
        for each in claim.statements:
            claims[catalogue.statements[each].document].add(claim.id)
    for judgement in catalogue.standing.judgements:
        if judgement.kind not in (JudgementKind.COPY, JudgementKind.DERIVED) or not by_program(judgement):
            continue
        one, other = catalogue.documents.get(judgement.left), catalogue.documents.get(judgement.right)
        if one is None or other is None or one.origin_key == other.origin_key:
            continue
        shared = sorted(claims[one.key] & claims[other.key])
        if shared:
            ends = (one.key, other.key)
            held = sorted({s for c in shared for s in catalogue.claims[c].statements})
            sides = [[s for s in held if catalogue.statements[s].document == key] for key in ends]
            yield make_item(
                catalogue,
                judgement.id,
                Why.COPY,
                judgement.kind,
                1 - judgement.confidence,
                min(sides, key=lambda part: (len(part), part)),
                about=ends,
                commands=_answers(judgement.id),
                within=shared[0],
                author=judgement.author,
                reason=judgement.reason,
            )


def _answers(identifier: str) -> tuple[str, ...]:
    return tuple(f"counterclaim judge {answer} {identifier}" for answer in ("confirm", "reject"))
