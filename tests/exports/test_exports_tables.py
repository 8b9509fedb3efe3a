"""Tables as CSV and Parquet: the same values in both, read back by other readers; no cell is a formula."""

from __future__ import annotations

import csv
import io
import math

import msgspec
import pytest
from exports_help import source_of, stored
from hypothesis import example as with_example
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.exports import Table
from counterclaim.exports.columns import ColumnType
from counterclaim.exports.csv_table import armed, csv_pieces, csv_table, defused
from counterclaim.exports.parquet_table import parquet_table
from counterclaim.exports.tables import LAYOUTS

pyarrow = pytest.importorskip("pyarrow")
from pyarrow import parquet  # noqa: E402

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ATTACKS = (
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u00a0=1",
    "\ufeff=1",
    "\u200b=1",
    "＝1",
    '",=1',
    ";=1",
    "'=1",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory, example):
    return stored(tmp_path_factory.mktemp("tables") / "ledger.db", example.catalogue, example.capture)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


@pytest.mark.parametrize("table", Table)
def test_both_forms_hold_the_values_of_the_table(place, example, table):
    with source_of(place, example.catalogue, table=table) as source:
        layout = LAYOUTS[table]
        rows = list(layout.values(source))
        written = b"".join(csv_table(source))
        as_parquet = parquet.read_table(io.BytesIO(b"".join(parquet_table(source))))
    assert rows
    names = [column.name for column in layout.columns]
    assert len(set(names)) == len(names)
    read = read_csv(written)
    assert read[0] == names == as_parquet.column_names
    assert len(read) == len(rows) + 1 == as_parquet.num_rows + 1
    for cells, typed, row in zip(read[1:], as_parquet.to_pylist(), rows, strict=True):
        for cell, column, value in zip(cells, layout.columns, row, strict=True):
            assert typed[column.name] == value
            if value is None:
                assert cell == ""
            elif column.type is ColumnType.YES:
                assert cell == ("yes" if value else "no")
            elif column.type is ColumnType.TEXT:
                assert armed(cell) == value
            else:
                assert math.isclose(float(cell), value)
    for field, column in zip(as_parquet.schema, layout.columns, strict=True):
        assert field.metadata[b"description"].decode() == column.what


def test_every_statement_has_a_row_for_each_side(place, example):
    with source_of(place, example.catalogue) as source:
        read = read_csv(b"".join(csv_table(source)))
    rows = [dict(zip(read[0], row, strict=True)) for row in read[1:]]
    assert {row["statement"] for row in rows} == {statement.id for statement in example.statements}
    for statement in example.statements:
        of_it = [row for row in rows if row["statement"] == statement.id]
        sides = example.catalogue.sides(statement.id)
        assert [row["side"] for row in of_it] == [str(number) for number in range(1, max(len(sides), 1) + 1)]
        assert [row["position"] for row in of_it if row["position"]] == [side.position.id for side in sides]
        assert {row["content"] for row in of_it} == {defused(statement.content_text)}
        document = example.catalogue.document_of(statement)
        spans = [tuple(map(int, part.split(":"))) for part in of_it[0]["offsets"].split()]
        assert " ".join(document.text[start:end] for start, end in spans) == statement.content_text


def test_what_is_stored_alone_reads_no_board(place):
    with source_of(place, board=False) as source:
        read = read_csv(b"".join(csv_table(source)))
        assert "catalogue" not in source.__dict__
    assert len(read) == 11
    rows = [dict(zip(read[0], row, strict=True)) for row in read[1:]]
    assert {row["dispute"] for row in rows} == {""}
    assert "Ida Brenn" in {row["speaker"] for row in rows}


def test_the_mark_for_excel_stands_first_and_only_there(place, example):
    with source_of(place, example.catalogue, mark=True) as source:
        written = b"".join(csv_table(source))
    assert written.startswith(b'\xef\xbb\xbf"dispute"')
    assert written.count(b"\xef\xbb\xbf") == 1
    assert written.endswith(b"\r\n")


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_formula_in_a_report_is_text_in_a_spreadsheet(attack):
    written = b"".join(csv_pieces(["a", "b"], [(attack, -2.5)]))
    cell, number = read_csv(written)[1]
    assert not cell.startswith(FORMULA_STARTS)
    assert not cell.strip().startswith(FORMULA_STARTS)
    assert number == "-2.5"
    assert armed(cell) == attack
    # Every text stands in quotes: a reader that separates by semicolons opens no new cell in it.
    semicolon = next(
        iter(csv.reader(io.StringIO(written.decode().split("\r\n", 1)[1], newline=""), delimiter=";"))
    )
    assert not any(part.startswith(FORMULA_STARTS) for part in semicolon)


@given(st.text())
@with_example("''=1")
@with_example("'")
def test_defusing_loses_nothing_and_leaves_no_formula(text):
    safe = defused(text)
    assert armed(safe) == text
    assert not safe.startswith(FORMULA_STARTS)
    assert not safe.lstrip().startswith(FORMULA_STARTS)
    if safe != text:
        assert safe == f"'{text}"


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8")),
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.none() | st.booleans(),
        )
    )
)
def test_any_rows_read_back(rows):
    read = read_csv(b"".join(csv_pieces(["text", "whole", "number", "yes"], rows)))
    assert len(read) == len(rows) + 1
    for (words, whole, number, yes), row in zip(read[1:], rows, strict=True):
        assert armed(words) == row[0]
        assert int(whole) == row[1]
        assert float(number) == row[2]
        assert yes == {None: "", True: "yes", False: "no"}[row[3]]


def test_row_groups_are_written_as_they_fill(place, example, monkeypatch):
    monkeypatch.setattr("counterclaim.exports.parquet_table.GROUP", 3)
    with source_of(place, example.catalogue) as source:
        rows = list(LAYOUTS[Table.STATEMENTS].values(source))
        pieces = list(parquet_table(source))
    file = parquet.ParquetFile(io.BytesIO(b"".join(pieces)))
    assert file.num_row_groups == -(-len(rows) // 3)
    assert sum(1 for piece in pieces if piece) > file.num_row_groups
    assert file.read().num_rows == len(rows)


def test_an_empty_table_has_its_columns(tmp_path, example):
    empty = msgspec.structs.replace(example.catalogue.snapshot, documents=(), statements=(), judgements=())
    catalogue = type(example.catalogue)(empty, msgspec.structs.replace(example.catalogue.board, disputes=()))
    place = stored(tmp_path / "empty.db", catalogue, example.capture)
    with source_of(place, table=Table.DISPUTES) as source:
        assert len(read_csv(b"".join(csv_table(source)))) == 1
        assert parquet.read_table(io.BytesIO(b"".join(parquet_table(source)))).num_rows == 0
