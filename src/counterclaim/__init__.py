"""A ledger of who said what, and who denies it.

The public names are loaded on first use, so that importing the package costs next to nothing::

    import counterclaim

    for report in counterclaim.extract("reports/"):
        ...
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from counterclaim.ledger import Ledger
    from counterclaim.pipeline import extract, read

__version__ = "0.1.0"
__all__ = ["Ledger", "__version__", "extract", "read"]

_HOMES = {
    "Ledger": "counterclaim.ledger",
    "extract": "counterclaim.pipeline",
    "read": "counterclaim.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'counterclaim' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
