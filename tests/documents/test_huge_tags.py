"""A tag of very many attributes: read in a time that grows with its length, not with its square."""

from __future__ import annotations

import time

import pytest

from counterclaim.documents import read_document
from counterclaim.documents.reading import file_id
from counterclaim.model import Capture

SAID = "The mayor said on Monday that the bridge was open, and that nobody had been hurt there."


@pytest.mark.parametrize("between", [" ", "\n", "\t\t"])
def test_a_tag_of_a_hundred_thousand_attributes_is_read_soon(between: str) -> None:
    many = between.join(f'a{number}="x"' for number in range(100_000))
    page = f"<html><body><div {many}><p>{SAID}</p></div></body></html>".encode()
    started = time.process_time()
    document, _ = read_document(Capture.of("page.html", page, "text/html"))
    assert time.process_time() - started < 5
    assert document.text == SAID


def test_attributes_without_quotes_or_spaces_between_them() -> None:
    many = "".join(f'a{number}="x"' for number in range(60_000))
    page = f"<html><body><div {many}><p>{SAID}</p></div></body></html>".encode()
    started = time.process_time()
    document, _ = read_document(Capture.of("page.html", page, "text/html"))
    assert time.process_time() - started < 5
    assert SAID in document.text


@pytest.mark.parametrize(
    "name",
    ["bridge.html", "pile.zip!bridge.html", "a.zip!b.tar.gz!north/bridge.html", "pile.tar!bridge.html"],
)
def test_the_id_of_a_file_does_not_depend_on_the_archive_it_lies_in(name: str) -> None:
    assert file_id(name, "0123456789") == "bridge-01234567"


def test_an_exclamation_mark_in_a_name_is_part_of_it() -> None:
    assert file_id("Stop! Now.html", "0123456789") == "Stop-Now-01234567"


@pytest.mark.parametrize("begun", ["<a ", '<a "', "<p x='"])
def test_tags_that_nothing_ends_are_looked_at_once(begun: str) -> None:
    page = f"<html><body><p>{SAID}</p>{begun * 200_000}".encode()
    started = time.process_time()
    document, _ = read_document(Capture.of("page.html", page, "text/html"))
    assert time.process_time() - started < 10
    assert SAID in document.text
