"""A ledger's content in forms that other programs and people read."""

from counterclaim.exports.lines import lines
from counterclaim.exports.page import page

__all__ = ["lines", "page"]
