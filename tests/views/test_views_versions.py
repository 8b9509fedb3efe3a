"""A report's versions as they are shown: by name, by number, with what one changed and who corrects it."""

from __future__ import annotations

from io import StringIO

import pytest
from msgspec import json
from rich.console import Console

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker, read_board
from counterclaim.exports import page
from counterclaim.model import Document, LedgerError
from counterclaim.views.answer import answer
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.document import DocumentView, document_view
from counterclaim.views.find import find
from counterclaim.views.terminal.answer import answer_table
from counterclaim.views.versions import find_version

FIRST = (
    "The Larre Union said that 20 people were killed in the fire at Larre market. "
    "Mayor Ida Brenn denied that the fire doors had been locked. Tom Haske said the brigade came late."
)
NOTE = "Correction: An earlier version of this report said that 20 people had died."
SECOND = (
    "The Larre Union said that 31 people were killed in the fire at Larre market. "
    f"Mayor Ida Brenn denied that the fire doors had been locked. Jan Kest said it rained.\n\n{NOTE}"
)


def document(name: str, text: str, published: str, **fields: str) -> Document:
    return Document(
        id=name,
        key=Document.key_of(name, text),
        capture="0" * 64,
        text=text,
        publisher="Larre Post",
        published=published,
        **fields,
    )


@pytest.fixture(scope="module")
def versions() -> tuple[Document, Document, Document]:
    return (
        document("quay", FIRST, "2031-04-02", title="Twenty die"),
        document("quay", SECOND, "2031-04-02", modified="2031-04-03T09:00:00Z", title="Dozens die"),
        document("pier", "Rain fell on Ostholm, the harbour office said.", "2031-04-03"),
    )


@pytest.fixture(scope="module")
def catalogue(versions: tuple[Document, ...]) -> Catalogue:
    snapshot = pipeline.gather([pipeline.analyse(each) for each in versions[::-1]], DefaultLinker())
    return Catalogue(snapshot, read_board(snapshot))


def test_an_id_is_the_latest_version_and_a_key_one_version(
    catalogue: Catalogue, versions: tuple[Document, ...]
) -> None:
    first, second, _ = versions
    assert find(catalogue, "quay") == second
    assert find(catalogue, "qua") == second
    assert find(catalogue, first.key) == first
    assert find(catalogue, second.key) == second
    assert find_version(catalogue, "quay", None) == second
    assert find_version(catalogue, "quay", "1") == first
    assert find_version(catalogue, first.key, "2") == second
    assert find_version(catalogue, "quay", first.key[:8]) == first


@pytest.mark.parametrize("version", ["0", "3", "-1", "", "d-", "d-0000", "the first", "²"])
def test_a_version_that_is_not_there_is_named(catalogue: Catalogue, version: str) -> None:
    with pytest.raises(LedgerError, match="versions 1 to 2"):
        find_version(catalogue, "quay", version)
    with pytest.raises(LedgerError, match="one version"):
        find_version(catalogue, "pier", "2")
    with pytest.raises(LedgerError, match="no report"):
        find_version(catalogue, "Tom Haske", "1")


def test_a_report_names_its_versions_and_what_it_changed(
    catalogue: Catalogue, versions: tuple[Document, ...]
) -> None:
    first, second, other = versions
    history = document_view(catalogue, second).history
    assert [(v.number, v.key, v.latest, v.shown) for v in history.versions] == [
        (1, first.key, False, False),
        (2, second.key, True, True),
    ]
    revision = history.revision
    assert revision is not None
    assert revision.title == ("Twenty die", "Dozens die")
    assert revision.kept == 1
    (changed,) = revision.changed
    (words,) = changed.words
    assert words.old is not None
    assert words.new is not None
    assert first.text[words.old.start : words.old.end] == words.old.words == "20"
    assert second.text[words.new.start : words.new.end] == words.new.words == "31"
    assert any("brigade" in (each.was or "") for each in revision.dropped)
    assert any("rained" in (each.now or "") for each in revision.added)
    assert document_view(catalogue, first).history.revision is None
    assert document_view(catalogue, other).history.versions == ()


def test_a_correction_is_shown_with_both_reports(
    catalogue: Catalogue, versions: tuple[Document, ...]
) -> None:
    first, second, other = versions
    (made,) = document_view(catalogue, second).history.corrects
    (suffered,) = document_view(catalogue, first).history.corrected_by
    assert made == suffered
    assert not made.retracts
    assert made.words.words == NOTE == second.text[made.words.start : made.words.end]
    assert [each.id for each in made.about] == [first.key]
    assert document_view(catalogue, other).history.corrected_by == ()


def test_the_terminal_tells_old_and_new_words(catalogue: Catalogue) -> None:
    for name in ("1", "2"):
        view = answer(catalogue, find_version(catalogue, "quay", name), lambda _: pytest.fail("no capture"))
        assert isinstance(view, DocumentView)
        assert json.decode(json.encode(view), type=DocumentView) == view
        console = Console(width=100, record=True, file=StringIO())
        console.print(answer_table(view))
        text = console.export_text()
        assert "Versions" in text
        assert ("“20”" in text) == (name == "2")
        assert ("corrected by" in text) == (name == "1")


def test_the_page_leads_from_one_version_to_the_other_and_tells_what_was_taken_back(
    catalogue: Catalogue, versions: tuple[Document, ...]
) -> None:
    first, second, _ = versions
    html = "".join(page(catalogue))
    for key in (first.key, second.key):
        assert f'id="{key}"' in html
        assert f'href="#{key}"' in html
    assert "corrected by" in html
    assert "2, the latest" in html
