"""Files, folders and standard input to captures; everything that is wrong is named."""

from __future__ import annotations

import io
import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.model import Capture, Problem
from counterclaim.sources import read_captures
from counterclaim.sources.lines import read_lines
from counterclaim.sources.sniffing import Form, form_of

GOOD = b'{"id": "a", "text": "The mayor denied it."}'


def codes(results: list[Capture | Problem]) -> list[str]:
    return [item.code if isinstance(item, Problem) else item.media_type for item in results]


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", b"The mayor denied it.", "text/plain"),
        ("a.html", b"<p>The mayor denied it.", "text/html"),
        ("a.txt", b"<!DOCTYPE html><html><body>x", "text/html"),
        ("page", b"\xef\xbb\xbf  <!-- saved --> <html><body>x", "text/html"),
        ("a.json", GOOD, "application/json"),
        ("a.json", b'{\n "id": "a",\n "text": "b"\n}', "application/json"),
        ("a.jsonl", GOOD, "application/json"),
        ("unnamed", GOOD + b"\n" + GOOD, "application/json"),
        ("a.txt", "Zürich".encode("utf-16"), "text/plain"),
        ("a.txt", "Ministers met on Monday".encode("utf-16-le"), "text/plain"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n ", "empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        ("a.html", b"%PDF-1.7 ...", "application/pdf"),
        ("a.txt", b"abc\0def", "binary"),
        ("a.txt", b"\x01\x02\x03\x04abc", "binary"),
        ("a.jsonl", GOOD.decode().encode("utf-16"), "bad-json"),
    ],
)
def test_form_by_name_and_content(tmp_path: Path, name: str, content: bytes, expected: str) -> None:
    results = list(read_captures([write(tmp_path, name, content)]))
    assert codes(results)[0] == expected
    assert all(item.name.startswith(str(tmp_path / name)) for item in results)


def test_lines_are_named_and_kept_as_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "r.jsonl", GOOD + b"\r\n\n{broken\n[1]\n" + GOOD)
    results = list(read_captures([path]))
    assert codes(results) == ["application/json", "bad-json", "bad-json", "application/json"]
    assert [item.name.rpartition("#")[2] for item in results] == ["1", "3", "4", "5"]
    first = results[0]
    assert isinstance(first, Capture)
    assert first.content == GOOD


def test_folder_is_recursive_sorted_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b.html", ".hidden/x.txt", ".y.txt", "c.png"):
        write(tmp_path, name, b"\x89PNG" if name.endswith("png") else b"The mayor denied it.")
    results = list(read_captures([tmp_path]))
    assert [str(Path(item.name).relative_to(tmp_path)) for item in results] == [
        "b.txt", "c.png", "a/b.html", "a/z.txt",
    ]  # fmt: skip
    assert codes(results)[1] == "binary"


def test_missing_empty_folder_and_unreadable_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt", b"The mayor denied it.")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    inputs = [tmp_path / "no", tmp_path / "empty", tmp_path / "loop", good / "below", good, "bad\0name"]
    assert codes(list(read_captures(inputs))) == [
        "not-found", "empty", "unreadable", "not-found", "text/plain", "unreadable",
    ]  # fmt: skip


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"x")
    path.chmod(0)
    assert codes(list(read_captures([path]))) == ["unreadable"]


def test_name_that_is_not_utf8_is_made_readable(tmp_path: Path) -> None:
    write(tmp_path, os.fsdecode(b"caf\xe9.txt"), b"The mayor denied it.")
    (capture,) = read_captures([tmp_path])
    assert capture.name.endswith("/caf\ufffd.txt")


def test_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert codes(list(read_captures([tmp_path]))) == ["unreadable"]


@pytest.mark.parametrize(("content", "name"), [(GOOD + b"\n" + GOOD, "-#1"), (b"The mayor denied it.", "-")])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, name: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert next(iter(read_captures(["-"]))).name == name


def test_too_large_file_and_line_are_named_with_their_size(tmp_path: Path) -> None:
    text = write(tmp_path, "a.txt", b"x" * 1001)
    lines = write(tmp_path, "a.jsonl", GOOD + b"\n" + b"{" + b"x" * 1000 + b"}\n" + GOOD)
    results = list(read_captures([text, lines], max_bytes=1000))
    assert codes(results) == ["too-large", "application/json", "too-large", "application/json"]
    assert "1,001 bytes" in str(results[0])
    assert "1,002 bytes" in str(results[2])


def test_fifty_megabytes_of_one_line_take_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"id": "a", "text": "')
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
    tracemalloc.start()
    results = list(read_captures([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(results) == ["too-large"]
    assert peak < 30_000_000


def test_comments_without_a_page_do_not_take_for_ever() -> None:
    assert form_of("a", b"<!--a-->" * 500 + b"x") is Form.TEXT


@given(st.binary(max_size=200), st.integers(1, 50), st.integers(0, 20))
def test_lines_are_those_of_the_bytes(content: bytes, limit: int, head: int) -> None:
    stream = io.BytesIO(content[head:])
    lines = list(read_lines(content[:head], stream, limit)) if content[:head] else []
    expected = content.split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    expected = [line.removesuffix(b"\r") for line in expected] if content[:head] else []
    assert [line.content for line in lines] == [line if len(line) <= limit else None for line in expected]


@given(name=st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a"]), content=st.binary(max_size=300))
def test_any_bytes_give_captures_or_problems(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("any"), name, content)
    for item in read_captures([path]):
        assert isinstance(item, Capture | Problem)
