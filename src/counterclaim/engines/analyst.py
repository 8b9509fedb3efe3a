"""Reads reports one after the other, each text once."""

from __future__ import annotations

from functools import partial

from counterclaim.engines.contract import Analysed, Settings
from counterclaim.engines.reading import read
from counterclaim.engines.reuse import Remembered
from counterclaim.model import Capture
from counterclaim.pipeline import analyse

_WARM = b"Officials in Larre said on Monday that 12 people had died. The council denied it.\n"


class Analyst:
    """Reads captures by the same settings."""

    def __init__(self, settings: Settings) -> None:
        self._remembered = Remembered(partial(analyse, extraction=settings.extraction))

    def warm_up(self) -> None:
        """Load every model and list that reading a report needs."""
        self.read(Capture.of("warm-up.txt", _WARM, "text/plain"))

    def read(self, capture: Capture) -> Analysed:
        """Return what became of a capture."""
        return read(capture, self._remembered.report)
