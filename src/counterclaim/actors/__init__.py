"""Actors across documents: who is who, by what is known, by spelling and by context; and their parties."""

from counterclaim.actors.collecting import actor_of, collect_actors
from counterclaim.actors.index import ActorIndex, Identity, spoken_by
from counterclaim.actors.knowledge import KnowledgeBase, KnownActor, read_aliases, shipped_knowledge
from counterclaim.actors.local import local_knowledge
from counterclaim.actors.resolve import resolve_actors

__all__ = [
    "ActorIndex",
    "Identity",
    "KnowledgeBase",
    "KnownActor",
    "actor_of",
    "collect_actors",
    "local_knowledge",
    "read_aliases",
    "resolve_actors",
    "shipped_knowledge",
    "spoken_by",
]
