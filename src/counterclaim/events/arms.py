"""Senses of triggers that tell of armed force: by which weapon, and against whom."""

from __future__ import annotations

from collections.abc import Callable

from counterclaim.events.lexicon import words
from counterclaim.events.roles import grammar
from counterclaim.events.scene import (
    AIR,
    ASSAULT,
    ATTACK,
    CLASH,
    DISRUPTED,
    EXCESSIVE,
    EXPLOSIVE,
    INTERVENTION,
    NEAR,
    SHELLING,
    UNTYPED,
    UNTYPED_ASSAULT,
    Codes,
    Scene,
)

_BEFORE_BASE = ("to", "will", "would", "they", "we", "jets", "planes", "warplanes")
"""What stands before the verb "bomb" and not before the noun."""


def _strikes(scene: Scene) -> Codes | None:
    """Tell strikes of aircraft from those of workers and of guns."""
    if scene.near("unarmed_senses") and not scene.war:
        return None
    if scene.near("ordnance", 1, 0):
        return SHELLING
    if scene.near("aircraft", 5, 9) or (scene.war and scene.near("air_powers", 2, 6)):
        return AIR
    if not scene.war:
        return None
    raid = scene.entry.lemma.startswith("raid")
    hitting = scene.follows("on", "hit", "against", "killed", "targeting", "targeted", "struck")
    alone = scene.follows("in") or scene.preceded("in", "by", "intense", "concentrated", "precision")
    plural = scene.entry.lemma in {"strikes", "double-tap strikes", "sorties"}
    return AIR if hitting or plural or (alone and not raid) else None


def _bombing(scene: Scene) -> Codes | None:
    if scene.entry.form == "present" and not scene.preceded(
        "to", "will", "would", "they", "we", "jets", "planes", "warplanes"
    ):
        return EXPLOSIVE if scene.near("firing_words", 7, 8) else None
    if scene.entry.form != "noun":
        if scene.near("aircraft", 6, 4) or scene.war:
            return AIR
        return UNTYPED_ASSAULT if scene.has("armed") else None
    if scene.near("aircraft", 4, 5):
        return AIR
    if (
        scene.war
        and scene.entry.lemma == "bombing"
        and scene.follows("of", "and")
        and not scene.near("air_powers", 3, 3)
    ):
        return UNTYPED_ASSAULT
    if scene.near("planted", 3, 4) or not scene.war:
        return EXPLOSIVE
    if scene.near("ordnance", 2, 5):
        return SHELLING
    if scene.agents & words("air_powers") or scene.near("air_powers", 2, 5):
        return AIR
    if scene.entry.lemma.startswith("bombardment"):
        return SHELLING
    return UNTYPED_ASSAULT


def _shelling(scene: Scene) -> Codes | None:
    if scene.entry.form != "noun":
        return SHELLING if (scene.war or scene.has("armed")) and not scene.follows("out") else None
    if scene.entry.lemma in {"artillery", "missiles", "shells", "rockets", "mortars", "rocket"} and not (
        scene.near("firing_words", 5, 5)
    ):
        return None
    return SHELLING


def _chemical(scene: Scene) -> Codes | None:
    lemma = scene.entry.lemma
    if lemma in {"poison gas", "toxic gas", "chlorine gas", "sarin gas", "nerve gas"} and not scene.near(
        "firing_words", 6, 6
    ):
        return None
    if lemma == "gas" and not (scene.war and scene.patients & words("civilian")):
        return None
    return ("Chemical weapon", ASSAULT, "unconventional")


def _explosive(scene: Scene) -> Codes | None:
    lemma = scene.entry.lemma
    if lemma in {
        "bomb",
        "pipe bomb",
        "explosive-laden",
        "explosive device",
        "landmine",
        "landmines",
        "ied",
        "ieds",
    } and not scene.near("firing_words", 7, 8):
        return None
    return EXPLOSIVE


def _blast(scene: Scene) -> Codes | None:
    if scene.has("planted") and scene.entry.form == "noun":
        return EXPLOSIVE
    if scene.near("planted", 8, 8):
        return EXPLOSIVE
    return None if scene.entry.form != "noun" else UNTYPED


def _grenade(scene: Scene) -> Codes | None:
    if "attack" in scene.entry.lemma or scene.near("firing_words", 5, 6):
        return ("Grenade", ASSAULT, "explosives")
    return None


def _clash(scene: Scene) -> Codes | None:
    lemma = scene.entry.lemma
    if lemma == "fighting" and scene.preceded(*grammar("subjects_of_fighting")):
        return None
    if scene.has("crowd") and lemma in {"clash", "clashes", "confrontation", "confrontations"}:
        return ("Violent demonstration", "PROTEST", "riot")
    both = words("state") | words("nonstate") | words("fighters") | words("armed")
    if lemma == "fight":
        if not (scene.agents & both) or scene.follows("for", "to", "terrorism", "back", "off", "over"):
            return None
        return (
            CLASH
            if scene.patients & both
            or scene.entry.form == "past"
            or scene.follows("against", "with", "alongside")
            else None
        )
    if lemma in {
        "advance",
        "engage",
        "battle",
        "push back",
        "beat back",
        "drive back",
        "drive out",
        "thwart",
        "foil",
        "repel",
        "repulse",
    }:
        if not ((scene.agents | scene.patients) & both):
            return None
        if lemma == "advance" and not scene.near("advance_words", 0, 5):
            return None
    if (
        lemma
        in {"battle", "battles", "combat", "military operations", "military operation", "military offensive"}
        and not scene.war
    ):
        return None
    if scene.preceded("in-", "political", "legal", "election", "internal"):
        return None
    return CLASH


def _offensive(scene: Scene) -> Codes | None:
    """Tell an attack on the armed from one on civilians; without a target it is none of the two."""
    if scene.entry.form != "noun" and scene.preceded("heart"):
        return None
    if scene.preceded(
        "heart",
        "panic",
        "asthma",
        "personal",
        "verbal",
        "smear",
        "rescue",
        "search",
        "daily",
        "political",
        "under",
        "chemical",
    ):
        return None
    if scene.entry.lemma.startswith(("operation", "siege")) and not (scene.war and scene.agents):
        return None
    patients = scene.patients
    if scene.near("ordnance", 2, 3):
        return SHELLING
    if scene.near("aircraft", 4, 4):
        return AIR
    both = words("state") | words("nonstate") | words("fighters")
    named = scene.entry.lemma.startswith(("offensive", "assault", "onslaught"))
    if scene.entry.form == "noun" and named and scene.war and scene.agents & both:
        return CLASH
    if scene.entry.lemma.startswith(("operation", "siege")):
        return None
    if scene.entry.form == "noun" and not scene.near("against_whom", 0, 5):
        return UNTYPED_ASSAULT if scene.war else None
    if any(word.endswith(("-held", "-controlled")) for word in patients):
        return CLASH
    if patients & words("places_hit") and not patients & words("soft"):
        return UNTYPED_ASSAULT if scene.war else None
    if patients & words("civilian") and not patients & (words("state") | words("nonstate")):
        return ATTACK if scene.war or scene.agents & words("armed") else UNTYPED_ASSAULT
    if patients & both:
        return CLASH
    if not scene.war:
        return None if scene.entry.form != "noun" or not (scene.agents & words("armed")) else UNTYPED_ASSAULT
    if scene.entry.lemma.startswith(("offensive", "assault")) or (scene.agents & both and patients):
        return CLASH
    return UNTYPED_ASSAULT


def _atrocity(scene: Scene) -> Codes | None:
    lemma = scene.entry.lemma
    armed = scene.war or bool(scene.agents & words("armed"))
    if scene.near("aircraft", 3, 6):
        return AIR
    if lemma == "execute" and (
        not armed or not scene.patients & (words("civilian") | words("armed") | words("captives"))
    ):
        return None
    if lemma in {"execution", "executions"} and not armed:
        return None
    if lemma in {"assassinate", "assassination", "assassinations"}:
        return ("Attack", ASSAULT, "targeted")
    return ("Attack" if armed else None, ASSAULT, "targeted")


def _shooting(scene: Scene) -> Codes | None:
    if scene.follows("down") or scene.near("unarmed_senses", 2, 3):
        return None
    if scene.has("crowd") and (scene.patients & words("crowd")):
        return EXCESSIVE
    lemma = scene.entry.lemma
    if scene.agents & words("ordnance") and lemma != "shoot":
        return SHELLING
    if lemma == "shoot" and not (scene.has("armed") or scene.has("bullets") or scene.has("civilian")):
        return None
    if lemma in {"fire on", "fire at"} and not scene.war and not scene.has("bullets"):
        return None
    if scene.war or scene.agents & words("nonstate"):
        kind = (
            "Attack"
            if scene.patients & words("civilian")
            else "Armed clash"
            if scene.patients & words("armed") and scene.agents & words("armed")
            else None
        )
        return (kind, ASSAULT, "firearms")
    return (None, ASSAULT, "firearms")


def _fire(scene: Scene) -> Codes | None:
    if scene.near("weapons_fired", 0, NEAR) or (
        scene.entry.form in {"past", "participle"} and scene.near("weapons_fired", 4, 0)
    ):
        return SHELLING
    if scene.near("tear_gas", 0, 5) and scene.has("crowd"):
        return INTERVENTION
    if scene.entry.lemma == "fire" and scene.near("bullets", 0, 4):
        return UNTYPED_ASSAULT
    return None


def _shootdown(scene: Scene) -> Codes | None:
    if not scene.near("planes", 9, 8):
        return DISRUPTED if scene.near("missiles", 5, 8) and scene.entry.lemma != "down" else None
    if scene.near("drone_words", 5, 8):
        return DISRUPTED
    if scene.entry.lemma == "down" and scene.entry.form == "present":
        return None
    return (None, ASSAULT, "heavy-weapons")


def _hit(scene: Scene) -> Codes | None:
    agents = scene.agents
    if agents & words("aircraft"):
        return AIR
    if agents & words("ordnance"):
        return SHELLING
    if scene.entry.lemma == "pound" and scene.war and agents & words("air_powers"):
        return AIR
    return None


def _casualties(scene: Scene) -> Codes | None:
    """Tell who killed whom, where somebody is said to have killed; else only that there were dead."""
    lemma = scene.entry.lemma
    armed = words("state") | words("nonstate") | words("fighters")
    if lemma == "eliminate" and not (scene.war and scene.patients & words("armed")):
        return None
    if scene.entry.form == "noun":
        return UNTYPED if scene.war or scene.has("armed") else None
    someone = bool(scene.agents) and not scene.agents & grammar("not_actors")
    if lemma in {"kill", "murder", "eliminate"} and someone and (scene.war or scene.agents & armed):
        if scene.patients & words("crowd"):
            return EXCESSIVE
        if scene.patients & armed:
            return CLASH if scene.war else UNTYPED_ASSAULT
        if scene.patients & words("civilian"):
            return ATTACK if scene.war or scene.agents & words("nonstate") else UNTYPED_ASSAULT
    people = (scene.patients | scene.agents) & (words("civilian") | armed | words("armed"))
    return UNTYPED if scene.war or people else None


DECIDE: dict[str, Callable[[Scene], Codes | None]] = {
    "strikes": _strikes,
    "bombing": _bombing,
    "shelling": _shelling,
    "chemical": _chemical,
    "explosive": _explosive,
    "blast": _blast,
    "grenade": _grenade,
    "clash": _clash,
    "offensive": _offensive,
    "atrocity": _atrocity,
    "shooting": _shooting,
    "fire": _fire,
    "shootdown": _shootdown,
    "hit": _hit,
    "casualties": _casualties,
}
"""What decides on each sense."""
