"""Actors across documents, read off the speakers of statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from counterclaim.model import Actor, ActorKind, Affiliation, Speaker, Statement


def collect_actors(statements: Iterable[Statement]) -> tuple[Actor, ...]:
    """Return every actor that speaks, with all names, affiliations and statements, sorted by id.

    Speakers are one actor where they have one id; an anonymous source's id holds its document, so
    that it is never joined to another's.
    """
    spoken: dict[str, list[tuple[Speaker, str]]] = defaultdict(list)
    for statement in statements:
        if statement.speaker is not None:
            spoken[statement.speaker.actor].append((statement.speaker, statement.id))
    return tuple(_actor(actor, spoken[actor]) for actor in sorted(spoken))


def _actor(actor: str, spoken: list[tuple[Speaker, str]]) -> Actor:
    labels = Counter(speaker.label for speaker, _ in spoken)
    name = min(labels, key=lambda label: (-labels[label], -len(label), label))
    kinds = Counter(speaker.kind for speaker, _ in spoken if speaker.kind is not ActorKind.UNKNOWN)
    affiliations: dict[tuple[str | None, str | None], Affiliation] = {}
    for speaker, _ in sorted(spoken, key=lambda pair: pair[1]):
        if speaker.affiliation is not None:
            affiliations.setdefault(
                (speaker.affiliation.role, speaker.affiliation.party), speaker.affiliation
            )
    return Actor(
        id=actor,
        name=name,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)) if kinds else ActorKind.UNKNOWN,
        anonymous=any(speaker.anonymous for speaker, _ in spoken),
        aliases=tuple(sorted(set(labels) - {name})),
        affiliations=tuple(
            affiliations[key] for key in sorted(affiliations, key=lambda k: (k[0] or "", k[1] or ""))
        ),
        statements=tuple(sorted(identifier for _, identifier in spoken)),
    )
