"""What a user knows of actors: alias files and an extract of Wikidata, on top of what is shipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from counterclaim.actors.gathering import gather_units
from counterclaim.actors.knowledge import KnowledgeBase, read_aliases, shipped_knowledge
from counterclaim.actors.wikidata import read_wikidata
from counterclaim.model import Snapshot


def local_knowledge(
    aliases: Sequence[str | Path] = (), wikidata: str | Path | None = None
) -> Callable[[Snapshot], KnowledgeBase]:
    """Return what gives the knowledge for a snapshot: shipped, from the extract, from the files.

    Each goes before the one before it. The files are read at once, so that an error in them is told
    before any work is done; the extract when the names of the snapshot are known.
    """
    entries = read_aliases(aliases)

    def knowledge(snapshot: Snapshot) -> KnowledgeBase:
        known = shipped_knowledge()
        if wikidata is not None:
            names = {name for unit in gather_units(snapshot) if unit.named for name in unit.names}
            fresh = (e for e in read_wikidata(wikidata, sorted(names)) if known.find(e.name) is None)
            known = known.with_entries(fresh)
        return known.with_entries(entries) if entries else known

    return knowledge
