"""Which event a trigger means in its sentence, if any: its sense, and ACLED's and PLOVER's names for it."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.events import arms, conduct
from counterclaim.events.roles import grammar
from counterclaim.events.scene import Codes, Scene

_DECIDE = arms.DECIDE | conduct.DECIDE


def settle(scene: Scene) -> Codes | None:
    """Return the codes of the event that a trigger means; None where it means none."""
    sense = scene.entry.sense
    if (sense.needs and not _met(scene, sense.needs)) or _is_adjective(scene):
        return None
    if (
        scene.entry.form == "present"
        and scene.entry.lemma != "bomb"
        and scene.preceded(*grammar("before_nouns"))
    ):
        return None
    decide = _DECIDE.get(sense.name)
    return decide(scene) if decide else (sense.type, sense.plover, sense.mode)


def _is_adjective(scene: Scene) -> bool:
    """Tell a participle before a noun ("the liberated areas") from a verb."""
    if scene.entry.form not in {"past", "participle"} or not scene.preceded(*grammar("determiners")):
        return False
    return (
        scene.last < len(scene.sentence)
        and scene.sentence[scene.last].is_word
        and not scene.follows("by", "in")
    )


def _met(scene: Scene, needs: Sequence[str]) -> bool:
    if not scene.war and scene.near("unarmed_senses", 6, 8):
        return False
    return ("war" in needs and scene.war) or any(scene.has(name) for name in needs if name != "war")
