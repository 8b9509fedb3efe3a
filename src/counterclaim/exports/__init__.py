"""A ledger's content in forms that other programs and people read."""

from counterclaim.exports.carried import read_ftm, read_lines
from counterclaim.exports.formats import FORMATS, Format
from counterclaim.exports.lines import lines
from counterclaim.exports.page import page
from counterclaim.exports.source import STORED, Choices, Sort, Source, Table, read_source

__all__ = [
    "FORMATS",
    "STORED",
    "Choices",
    "Format",
    "Sort",
    "Source",
    "Table",
    "lines",
    "page",
    "read_ftm",
    "read_lines",
    "read_source",
]
