"""Temporal expressions: found in a report's text and put on the calendar."""

from __future__ import annotations

from counterclaim.times.finding import find_times
from counterclaim.times.roles import time_roles, time_speakers
from counterclaim.times.stated import time_statements

__all__ = ["find_times", "time_roles", "time_speakers", "time_statements"]
