"""Columns of a table: a name, a type, what stands in it, and how it is read off a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")
Value = str | int | float | bool | None


class ColumnType(StrEnum):
    """The type of a column's values; each may be missing."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    YES = "yes or no"


class Column(NamedTuple, Generic[Row]):
    """One column of a table whose rows are of one type."""

    name: str
    type: ColumnType
    what: str
    value: Callable[[Row], Value]


def text(name: str, what: str, value: Callable[[Row], str | None]) -> Column[Row]:
    """Make a column of text."""
    return Column(name, ColumnType.TEXT, what, value)


def whole(name: str, what: str, value: Callable[[Row], int | None]) -> Column[Row]:
    """Make a column of whole numbers."""
    return Column(name, ColumnType.WHOLE, what, value)


def number(name: str, what: str, value: Callable[[Row], float | None]) -> Column[Row]:
    """Make a column of numbers."""
    return Column(name, ColumnType.NUMBER, what, value)


def yes(name: str, what: str, value: Callable[[Row], bool | None]) -> Column[Row]:
    """Make a column of yes and no."""
    return Column(name, ColumnType.YES, what, value)


def listed(values: Iterable[str]) -> str:
    """Return several values in one cell, separated by semicolons."""
    return "; ".join(values)
