"""The word lists that the rules work with: TOML files, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_lexicon(name: str) -> dict[str, Any]:
    """Read ``counterclaim/lexicons/NAME.toml``."""
    return tomllib.loads(files("counterclaim").joinpath("lexicons", f"{name}.toml").read_text("utf-8"))
