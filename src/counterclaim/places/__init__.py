"""Names of places: found in a report's text and put on the map."""

from __future__ import annotations

from counterclaim.places.finding import find_places
from counterclaim.places.readings import metonym_of

__all__ = ["find_places", "metonym_of"]
