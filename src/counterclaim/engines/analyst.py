"""Reads reports one after the other, each text once: what was read of a copy is used again."""

from __future__ import annotations

from counterclaim.engines.contract import Analysed, Settings
from counterclaim.engines.reading import read
from counterclaim.model import Capture

_WARM = b"Officials in Larre said on Monday that 12 people had died. The council denied it.\n"


class Analyst:
    """Reads captures by the same settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def warm_up(self) -> None:
        """Load every model and list that reading a report needs."""
        self.read(Capture.of("warm-up.txt", _WARM, "text/plain"))

    def read(self, capture: Capture) -> Analysed:
        """Return what became of a capture."""
        return read(capture, self._settings)
