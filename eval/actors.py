"""How well actors are read: roles and parties of the Panjshir report, speakers across the dev stories.

Run it from anywhere::

    python eval/actors.py

A gold actor is *right* where an actor of the document has its name or one of its aliases as a name,
an alias, a description or a mention, and says its role and its party: the role as a string, without
articles, case and what the gold puts in brackets ("vice-president (former government)" wants the mark
``former``), the party by the same test of names. A gold actor without role or party is right where
it is found. An anonymous one must be anonymous.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from typing import Any

import msgspec
import shared

from counterclaim import pipeline
from counterclaim.model import Affiliation, DocumentActor, Report
from counterclaim.statements import Extraction


class Outcome(msgspec.Struct, frozen=True):
    """One gold actor: whether it was found, and whether its role and its party are right."""

    id: str
    found: bool
    role: bool
    party: bool

    @property
    def right(self) -> bool:
        """Whether all of it is right."""
        return self.found and self.role and self.party


def plain(words: str) -> str:
    """Return words without article, brackets and case."""
    bare = re.sub(r"\([^)]*\)", "", words).strip()
    return re.sub(r"^(?:the|a|an)\s+", "", bare, flags=re.IGNORECASE).casefold().strip()


def names_of(actor: DocumentActor) -> set[str]:
    """Return everything that the document calls an actor."""
    words = {actor.name or "", actor.description or "", *actor.aliases, *(s.quote for s in actor.mentions)}
    return {plain(word) for word in words if word}


def find(gold: dict[str, Any], actors: Sequence[DocumentActor]) -> DocumentActor | None:
    """Return the actor for a gold one: by name or description first, by an alias where none has it."""
    wanted = plain(gold["name"] or gold["described_as"])
    for actor in actors:
        if (
            bool(gold.get("described_as")) <= actor.anonymous
            and plain(actor.name or actor.description or "") == wanted
        ):
            return actor
    return next((a for a in actors if wanted in names_of(a) and not gold.get("described_as")), None)


def judge(gold: list[dict[str, Any]], actors: Sequence[DocumentActor]) -> list[Outcome]:
    """Judge every gold actor."""
    by_id = {each["id"]: each for each in gold}
    unnamed = {"un": "UN"}  # a party of the gold that has no entry of its own
    outcomes = []
    for each in gold:
        actor = find(each, actors)
        role, party = each.get("role"), each.get("member_of")
        if actor is None:
            outcomes.append(Outcome(each["id"], found=False, role=role is None, party=party is None))
            continue
        stated = [a for a in actor.affiliations if role is None or _same_role(role, a)]
        target = None
        if party is not None:
            entry = by_id.get(party, {"name": unnamed.get(party, party)})
            target = find(entry, actors)
        outcomes.append(
            Outcome(
                each["id"],
                found=True,
                role=role is None or bool(stated),
                party=party is None or (target is not None and any(a.party == target.id for a in stated)),
            )
        )
    return outcomes


def _same_role(role: str, affiliation: Affiliation) -> bool:
    return plain(role) == plain(affiliation.role or "") and ("former" in role) == affiliation.former


def panjshir(extractor: str = "accurate") -> tuple[list[Outcome], Report]:
    """Read the Panjshir report and judge its actors."""
    extraction = Extraction(extractor=extractor)
    report = next(
        item
        for item in pipeline.extract(shared.PANJSHIR / "report.jsonl", extraction=extraction)
        if isinstance(item, Report)
    )
    gold = json.loads((shared.PANJSHIR / "gold.json").read_text(encoding="utf-8"))
    actors = report.annotations.actors if report.annotations else ()
    return judge(gold["actors"], actors), report


def panjshir_speakers(report: Report) -> tuple[int, int]:
    """Return how many of the gold's statements have the right speaker, and how many there are.

    A gold speaker must be one actor of the program throughout, and no other gold speaker's.
    """
    gold = json.loads((shared.PANJSHIR / "gold.json").read_text(encoding="utf-8"))
    actors = report.annotations.actors if report.annotations else ()
    expected = {each["id"]: find(each, actors) for each in gold["actors"]}
    right = total = 0
    for each in gold["attributions"]:
        if each["id"] == "s09n":
            continue
        total += 1
        start, end = each["content"][0]
        near = [
            s
            for s in report.statements
            if s.part_of is None and not s.own_voice
            if any(c.start < end and start < c.end for c in s.content)
        ]
        best = max(
            near, key=lambda s: sum(min(c.end, end) - max(c.start, start) for c in s.content), default=None
        )
        wanted = expected.get(each["speaker"])
        if best and best.speaker and wanted is not None:
            right += best.speaker.actor == wanted.id
    return right, total


def story_speakers() -> float:
    """Return the F1 of "these two statements have one speaker" over the dev stories, across reports too."""
    gold = sorted((shared.CORPORA / "stories").glob("*.json"))
    wanted = {d["id"] for path in gold for d in json.loads(path.read_text(encoding="utf-8"))["docs"]}
    texts = [shared.POLNEAR_DEV, shared.CORPORA / "fakes" / "reports.jsonl"]
    return float(shared.stories(gold, texts, wanted)["speaker"]["f1"])


def main() -> int:
    """Print the figures; exit code 2 where the shared benchmarks are not there."""
    why = shared.missing()
    if why is not None:
        print(why)
        return 2
    for extractor in ("accurate", "fast"):
        outcomes, report = panjshir(extractor)
        right = sum(outcome.right for outcome in outcomes)
        print(f"{extractor}: {right} of {len(outcomes)} actors right with role and affiliation")
        for outcome in outcomes:
            if not outcome.right:
                print(f"  {outcome.id}: found {outcome.found}, role {outcome.role}, party {outcome.party}")
        said, total = panjshir_speakers(report)
        print(f"{extractor}: {said} of {total} speakers right")
    print(f"dev stories: speaker F1 {story_speakers():.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
