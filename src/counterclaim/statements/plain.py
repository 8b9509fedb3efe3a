"""Reading without a parser, for speed: words, sentences, lemmas of cues and names by their capitals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

from counterclaim.lexicons import read_lexicon
from counterclaim.statements.lexicon import cue_lexicon


@cache
def language() -> Language:
    """Return spaCy's English tokenizer with rule-based sentence ends: no model, no parse."""
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", "…"]})
    return pipeline


def read_plainly(texts: Iterable[str]) -> Iterator[Doc]:
    """Cut each text into words and sentences; no parts of speech, dependencies or entities are set."""
    return language().pipe(texts, batch_size=64)


@cache
def lemmas() -> dict[str, str]:
    """Return the lemma for each form of each cue of the lexicon: regular forms, and irregular ones listed."""
    table: dict[str, str] = {}
    for lemma in (*cue_lexicon().verbs, *cue_lexicon().conduct):
        for form in _forms(lemma):
            table.setdefault(form, lemma)
    for lemma, forms in read_lexicon("irregular")["verbs"].items():
        for form in forms:
            table[form] = lemma
    for noun in cue_lexicon().nouns:
        table.setdefault(noun + "s", noun)
    return table


def lemma_of(word: str) -> str:
    """Return the lemma of a cue word, the word itself in small letters where it is none."""
    lower = word.casefold()
    return lemmas().get(lower, lower)


def _forms(lemma: str) -> list[str]:
    """Return the regular forms of an English verb: base, third person, past, participle."""
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    double = lemma + lemma[-1]
    return [lemma, third, lemma + "ed", lemma + "ing", double + "ed", double + "ing"]
