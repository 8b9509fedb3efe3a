"""A ledger as Arrow tables and DataFrames."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pyarrow
import pytest

from counterclaim.cli.program import run
from counterclaim.ledger import Ledger
from counterclaim.ledger.frames import COLUMNS, data_frame
from counterclaim.model import LedgerError, Snapshot

TOLD = (
    '{"id": "a", "publisher": "Post", "published": "2031-05-01T10:00:00+02:00", '
    '"text": "The bridge at Orm was closed on Monday, Ana Brel said."}\n'
    '{"id": "b", "publisher": "Echo", "published": "2031-05-02", '
    '"text": "Jan Kest denied that the bridge at Orm was closed on Monday."}\n'
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory):
    """A ledger with one dispute."""
    folder = tmp_path_factory.mktemp("frames")
    (folder / "r.jsonl").write_text(TOLD, encoding="utf-8")
    assert run(["ingest", str(folder / "r.jsonl"), "--ledger", str(folder / "l.db")]) == 0
    with Ledger.open(str(folder / "l.db")) as opened:
        yield opened


@pytest.mark.parametrize("kind", COLUMNS)
def test_types_do_not_depend_on_the_rows(ledger, kind):
    full, empty = ledger.to_pandas(kind), data_frame(Snapshot(), kind)
    assert list(full.columns) == list(COLUMNS[kind])
    assert list(full.dtypes) == list(empty.dtypes)
    assert len(empty) == 0


def test_rows_are_the_nouns(ledger):
    board = ledger.board()
    statements = ledger.to_arrow("statements").to_pylist()
    assert [row["id"] for row in statements] == [each.id for each in ledger.statements()]
    texts = {each.key: each.text for each in ledger.documents()}
    for row in statements:
        assert texts[row["document"]][row["start"] : row["end"]] == row["content"]
    assert ledger.to_pandas("disputes")["id"].tolist() == [each.id for each in board.disputes]
    assert len(board.disputes) == 1
    assert len(ledger.to_pandas("positions")) == 2


def test_times_are_in_utc(ledger):
    table = ledger.to_arrow("documents")
    assert table.schema.field("published").type == pyarrow.timestamp("us", tz="UTC")
    assert sorted(each.isoformat() for each in table["published"].to_pylist()) == [
        "2031-05-01T08:00:00+00:00",
        "2031-05-02T00:00:00+00:00",
    ]


def test_an_unknown_kind_is_named(ledger):
    with pytest.raises(LedgerError, match=r"'rumours'.*documents"):
        ledger.to_arrow("rumours")


def test_importing_the_ledger_imports_no_tables():
    program = "import sys, counterclaim; counterclaim.Ledger; print({'pandas', 'pyarrow'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_a_missing_library_is_said_so(ledger, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(LedgerError, match="pip install 'counterclaim\\[tables\\]'"):
        ledger.to_arrow("claims")


def test_the_example_of_the_manual_runs(ledger, tmp_path, monkeypatch):
    manual = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", manual, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    with Ledger.open("counterclaim.db", create=True):
        pass
    names: dict[str, object] = {}
    exec(example, names)
    assert len(names["disputes"]) == 0
    assert names["positions"].num_rows == 0
