"""Senses of triggers beside armed force: places taken, arrests, protests, agreements, movements."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from counterclaim.events.lexicon import words
from counterclaim.events.scene import (
    ASSAULT,
    CLASH,
    DISRUPTED,
    EXCESSIVE,
    GOVERNMENT,
    INTERVENTION,
    NEAR,
    OVERTAKES,
    UNTYPED,
    Codes,
    Scene,
)
from counterclaim.events.words import Token

_REBEL_NAMES = frozenset({"free", "democratic", "islamic", "liberation"})
"""Words in the names of armed groups that call themselves an army or forces."""
_TAKING = frozenset({"capture", "liberate", "seize", "take over", "storm", "conquer", "overrun"})
"""Verbs whose object is a place where it has a name."""


def _sexual(scene: Scene) -> Codes | None:
    kind = "Sexual violence" if scene.war or (scene.agents & (words("armed") | words("state"))) else None
    return kind, ASSAULT, "sexual"


def _arrest(scene: Scene) -> Codes | None:
    if scene.preceded("house", "cardiac", "under"):
        return None
    many = (
        bool(scene.patients & words("detainees"))
        or "mass" in scene.entry.lemma
        or scene.entry.lemma == "round up"
    )
    return ("Arrests" if many and not scene.near("unarmed_senses", 0, 6) else None, "COERCE", "arrest")


def _retake(scene: Scene) -> Codes | None:
    """Tell who holds the place now; a place or the like must be what was taken."""
    lemma = scene.entry.lemma
    after = scene.sentence[scene.last : scene.last + NEAR]
    object_words = {token.lower for token in after[:6]}
    named = any(token.capital for token in after[:4])
    passive = scene.entry.form in {"past", "participle"} and bool(scene.patients & words("holding"))
    if lemma in {
        "take",
        "storm",
        "occupy",
        "control",
        "secure",
        "seize",
        "regain",
        "lose",
        "capture",
        "fall",
        "take over",
        "reclaim",
        "liberate",
        "conquer",
        "overrun",
        "wrest",
        "wrest back",
        "claw back",
        "take back",
        "win back",
    }:
        holds = bool(scene.patients & words("holding")) or passive
        if lemma == "fall":
            holds = (
                scene.follows("to")
                and bool(after[1:5])
                and any(t.lower in words("nonstate") | words("state") for t in after[1:5])
            )
        elif (
            lemma in {"capture", "liberate", "seize", "take over", "storm", "conquer", "overrun"}
            and not holds
        ):
            holds = scene.war and named and not object_words & (words("detainees") | words("captives"))
        elif lemma in {"take", "lose", "control", "secure", "occupy"} and holds:
            holds = scene.war and not object_words & {
                "part",
                "place",
                "hostage",
                "advantage",
                "care",
                "note",
                "steps",
            }
        if not holds:
            return None
    elif (lemma.endswith(" of") and not (scene.war and (named or object_words & words("holding")))) or not (
        scene.war or scene.has("armed")
    ):
        return None
    if lemma in {"seize", "capture"} and scene.patients & words("seized_people") and not passive:
        return None
    if lemma.startswith("control") and scene.entry.form != "noun":
        return None
    if scene.near("trying", 4, 0):
        return CLASH
    lost = lemma.startswith(("lose", "loss"))
    agents = scene.agents
    if lemma == "fall":
        agents = frozenset(token.lower for token in after[1:6])
    state, nonstate = bool(agents & words("state")), bool(agents & words("nonstate"))
    if state == nonstate and not lost:
        from_whom = frozenset(tail_after(scene.sentence, scene.last, "from"))
        if state and nonstate:
            state, nonstate = False, bool(agents & _REBEL_NAMES)
        elif from_whom & words("nonstate"):
            state = True
        elif from_whom & words("state"):
            nonstate = True
        elif agents & words("national_forces"):
            state = True
    if lost:
        state, nonstate = nonstate, state
    if nonstate and not state:
        return OVERTAKES
    if state and not nonstate:
        return GOVERNMENT
    return (None, "COERCE", "seize")


def tail_after(sentence: Sequence[Token], place: int, word: str) -> list[str]:
    """Return the six words after the next ``word``."""
    for index in range(place, len(sentence)):
        if sentence[index].lower == word:
            return [token.lower for token in sentence[index + 1 : index + 7]]
    return []


def _protest(scene: Scene) -> Codes | None:
    if scene.entry.lemma in {
        "protesters",
        "demonstrators",
        "protestors",
        "protester",
        "protestor",
        "demonstrator",
    }:
        if scene.has("shooting_words"):
            return EXCESSIVE
        return INTERVENTION if scene.has("intervention") and not scene.has("rioting") else None
    if scene.has("shooting_words") and scene.has("state"):
        return EXCESSIVE
    if scene.has("intervention"):
        return INTERVENTION
    if scene.has("rioting"):
        return ("Violent demonstration", "PROTEST", "riot")
    return ("Peaceful protest", "PROTEST", "demo")


def _destruction(scene: Scene) -> Codes | None:
    if scene.entry.lemma in {
        "burn",
        "demolish",
        "raze",
        "ransack",
        "set fire to",
        "burning of",
        "bulldoze",
        "demolitions",
    } and not (scene.patients & words("property")):
        return None
    if not (scene.war or scene.has("armed") or scene.has("property")):
        return None
    return ("Looting/property destruction", ASSAULT, "destroy")


def _agreement(scene: Scene) -> Codes | None:
    lemma = scene.entry.lemma
    if lemma in {"deal", "deals", "agreement", "agreements", "accord"} and not (
        scene.war and scene.near("agreed", 6, 6) and scene.near("with_whom", 0, 9)
    ):
        return None
    if scene.has("broken") or not scene.near("agreed", 8, 8):
        return None
    if lemma in {"ceasefire", "cease-fire", "truce", "cessation of hostilities"} and not scene.near(
        "agreed", 6, 6
    ):
        return None
    return ("Agreement", "AGREE", None)


def _withdrawal(scene: Scene) -> Codes | None:
    moved = scene.agents | scene.patients
    if not moved & (words("soldiers") | words("nonstate") | words("fighters") | words("state")):
        return None
    return (None, "RETREAT", "withdraw")


def _release(scene: Scene) -> Codes | None:
    people = scene.patients & words("captives")
    return (None, "RETREAT", "release") if people and (scene.war or scene.has("armed")) else None


def _disrupted(scene: Scene) -> Codes | None:
    return DISRUPTED if scene.near("missiles", 6, 6) else None


def _deployment(scene: Scene) -> Codes | None:
    if scene.entry.form == "participle" or (scene.entry.form == "past" and not scene.agents):
        return None
    if scene.patients & words("soldiers") or "reinforcements" in scene.entry.lemma:
        return ("Change to group/activity", "MOBILIZE", "troops")
    return None


def _conviction(scene: Scene) -> Codes | None:
    return (None, "SANCTION", "convict") if scene.near("court_words", 6, 8) else None


def _talks(scene: Scene) -> Codes | None:
    return (
        (None, "CONSULT", None)
        if scene.agents and (scene.patients or scene.entry.lemma == "hold talks")
        else None
    )


def _movement(scene: Scene) -> Codes | None:
    return UNTYPED if scene.war or scene.has("civilian") or scene.patients else None


DECIDE: dict[str, Callable[[Scene], Codes | None]] = {
    "sexual": _sexual,
    "arrest": _arrest,
    "retake": _retake,
    "protest": _protest,
    "destruction": _destruction,
    "agreement": _agreement,
    "withdrawal": _withdrawal,
    "release": _release,
    "disrupted": _disrupted,
    "deployment": _deployment,
    "conviction": _conviction,
    "talks": _talks,
    "movement": _movement,
}
"""What decides on each sense."""
