"""A copy's report is the one that it would have if it were analysed for itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from counterclaim import pipeline
from counterclaim.engines.reuse import Remembered, depends_on
from counterclaim.model import Document
from counterclaim.statements import Extraction

SAMPLES = Path(__file__).parents[2] / "samples" / "reports"
ANALYSE = partial(pipeline.analyse, extraction=Extraction(extractor="fast"))


def documents() -> list[Document]:
    return [item[1] for item in pipeline.read(SAMPLES) if isinstance(item, tuple) and item[1].analysed]


def copy_of(document: Document, **changed: str) -> Document:
    name = f"copy-of-{document.id}"
    return replace(document, id=name, key=Document.key_of(name, document.capture), url=None, **changed)


def test_a_copy_is_read_as_if_it_were_the_only_one() -> None:
    remembered = Remembered(ANALYSE)
    several = documents()
    assert len(several) > 10
    for document in several:
        remembered.report(document)
    for document in several:
        copy = copy_of(document)
        assert remembered.report(copy) == ANALYSE(copy)
    assert remembered.reused == len(several)


def test_the_same_text_by_another_outlet_is_read_once() -> None:
    remembered = Remembered(ANALYSE)
    document = replace(documents()[0], publisher="The Courier Gazette")
    remembered.report(document)
    other = copy_of(document, publisher="The Evening Observer")
    assert remembered.report(other) == ANALYSE(other)
    assert remembered.reused == 1


@pytest.mark.parametrize(
    "changed", [{"published": "2001-02-03"}, {"title": "Another title"}, {"publisher": "The Dublin Post"}]
)
def test_what_changes_the_reading_is_read_again(changed: dict[str, str]) -> None:
    document = replace(documents()[0], dateline=None)
    assert depends_on(document) != depends_on(replace(document, **changed))


def test_no_more_is_remembered_than_may_be() -> None:
    remembered = Remembered(ANALYSE, most_bytes=1)
    document = documents()[0]
    remembered.report(document)
    assert remembered.report(copy_of(document)) == ANALYSE(copy_of(document))
    assert remembered.reused == 0
