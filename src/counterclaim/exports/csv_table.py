"""Tables as CSV that a spreadsheet opens without running anything (RFC 4180, UTF-8)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from counterclaim.exports.columns import Value
from counterclaim.exports.source import Source
from counterclaim.exports.tables import layout_of

MARK = "\ufeff"
_AT_ONCE = 65_536
"""Characters that are gathered before they are given on."""
_DANGEROUS = re.compile(r"'*[\s\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\n＝＋－＠]")
_DEFUSED = re.compile(f"'{_DANGEROUS.pattern}")


def csv_table(source: Source) -> Iterator[bytes]:
    """Give the wanted table as CSV, the names of its columns first."""
    layout = layout_of(source)
    names = [column.name for column in layout.columns]
    yield from csv_pieces(names, layout.values(source), mark=source.choices.mark)


def csv_pieces(
    names: Sequence[str], rows: Iterable[Sequence[Value]], *, mark: bool = False
) -> Iterator[bytes]:
    """Give rows as CSV: comma, CRLF, and every text in quotes, so that no separator opens a new cell.

    Numbers are bare, yes and no are words, what is missing is empty. ``mark`` writes a byte order mark
    first, by which Excel knows UTF-8.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    buffer.write(MARK if mark else "")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if buffer.tell() > _AT_ONCE:
            yield buffer.getvalue().encode("utf-8")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8")


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before one that could be.

    That is a text whose first character, after white space and characters that are not seen, is one of
    ``= + - @``, their full-width forms, a tab or a line end (OWASP, CSV Injection). :func:`armed` gives
    it back.
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def armed(text: str) -> str:
    """Return the text of which :func:`defused` made this one."""
    return text[1:] if _DEFUSED.match(text) else text


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return defused(str(value)) if isinstance(value, str) else value
