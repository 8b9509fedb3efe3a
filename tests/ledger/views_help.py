"""Every command that shows something of a ledger."""

from __future__ import annotations

import io

import pyarrow.parquet
import pytest

from counterclaim.cli.program import run
from counterclaim.exports import FORMATS
from counterclaim.ledger import Ledger


def ask(place: str, capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> str:
    """Run a command and return what it printed on both channels."""
    code = run([*arguments, "--ledger", place])
    out, err = capfdbinary.readouterr()
    shown = err + (out if not out.startswith(b"PAR1") else str(_parquet(out)).encode())
    assert code == 0 or b"things in the ledger" in err, (arguments, shown[-300:])  # two have one name
    return shown.decode()


def _parquet(data: bytes) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


def every_view(place: str, *, reveal: bool = False) -> list[list[str]]:
    """Return every command that shows something of a ledger, with every noun that it can show."""
    with Ledger.open(place, reveal=reveal) as ledger:
        snapshot, board = ledger.snapshot(), ledger.board()
    names = [
        *sorted(document.id for document in snapshot.documents)[::4],
        *(statement.id for statement in snapshot.statements[::60]),
        *(each.id for each in board.claims[::60]),
        *(each.id for each in board.disputes[::2]),
        *(each.id for each in board.actors if each.id.startswith(("mira", "protected"))),
    ]
    form = ["--format", "json"]
    tables = ("statements", "disputes", "positions", "claims", "documents")
    return [
        ["board"],
        ["board", *form],
        ["actors"],
        ["actors", "--silent", *form],
        *(["actors", "show", actor.id] for actor in board.actors[::30]),
        *(["show", name] for name in names[::6]),
        *(["show", name, *form] for name in names),
        ["review", *form],
        ["agreement", *form],
        ["search", "said", "--limit", "500", *form],
        ["search", "said"],
        *(["export", "--to", name] for name in sorted(FORMATS)),
        *(["export", "--to", name, "--table", t] for name in ("csv", "parquet") for t in tables),
    ]
