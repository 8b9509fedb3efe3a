"""Finding candidates: by rules, or by the trained model with the rules for what it leaves out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from spacy.tokens import Token

    from counterclaim.statements.neural.decoding import Attribution
    from counterclaim.statements.neural.extractor import NeuralExtractor

from counterclaim.model import Act
from counterclaim.statements.candidate import Candidate, Range, covers
from counterclaim.statements.cues import find_cues
from counterclaim.statements.headlines import find_in_headline, find_turn, is_headline
from counterclaim.statements.lexicon import CueEntry, cue_lexicon
from counterclaim.statements.paragraph import Paragraph
from counterclaim.statements.plain import lemma_of
from counterclaim.statements.resolve import resolve


class Finder(Protocol):
    """Finds who says what in a parsed document."""

    @property
    def name(self) -> str:
        """Name and version, stored with every statement."""
        ...

    @property
    def parses(self) -> bool:
        """Whether the document is to be parsed first; without, words, sentences and capitals must do."""
        ...

    def find(self, text: str, read: Sequence[Paragraph]) -> tuple[list[Candidate], dict[int, int]]:
        """Return the candidates in order of the text, and for each nested one the index of the outer one."""
        ...


class RuleFinder:
    """Finds candidates by syntax and lexicon."""

    name = "rules/1"
    parses = True

    def find(self, text: str, read: Sequence[Paragraph]) -> tuple[list[Candidate], dict[int, int]]:  # noqa: ARG002
        """Return the candidates of all paragraphs and their nesting."""
        return candidates_by_rule(read)


class ModelFinder:
    """Finds candidates with the trained model; the rules add speech inside another's words."""

    def __init__(self, extractor: NeuralExtractor, *, parses: bool) -> None:
        self._extractor = extractor
        self._parses = parses

    @property
    def parses(self) -> bool:
        """Whether the parser runs too, for speakers, acts and speech within speech."""
        return self._parses

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return f"{self._extractor.name}/{self._extractor.version}"

    def find(self, text: str, read: Sequence[Paragraph]) -> tuple[list[Candidate], dict[int, int]]:
        """Return the model's candidates, each followed by the nested ones in its content."""
        found = [
            candidate
            for attribution in self._extractor.extract(text)
            if (candidate := _candidate(attribution, read)) is not None
        ]
        found = [candidate for candidate in found if not candidate.negated]
        nesting: dict[int, int] = {}
        parsed = all(paragraph.doc.has_annotation("DEP") for paragraph in read)
        speaking = {candidate.paragraph for candidate in found}
        by_rule = candidates_by_rule([p for p in read if p.index in speaking])[0] if parsed else []
        outer = list(found)
        for candidate in by_rule:
            around = [
                index
                for index, other in enumerate(outer)
                if any(covers(part, candidate.cue[0]) for part in other.content)
                and any(covers(part, candidate.extent) for part in other.content)
            ]
            if around and candidate.source:
                nesting[len(found)] = around[0]
                found.append(candidate)
        order = sorted(range(len(found)), key=lambda index: (found[index].start, index))
        places = {index: place for place, index in enumerate(order)}
        return [found[i] for i in order], {places[i]: places[o] for i, o in nesting.items()}


def _candidate(attribution: Attribution, read: Sequence[Paragraph]) -> Candidate | None:
    """Turn an attribution of the model into a candidate: with its paragraph, its cue's lemma and act."""
    cue = attribution.cue[0]
    paragraph = next((p for p in read if p.offset <= cue[0] < p.end), None)
    if paragraph is None or not attribution.content:
        return None
    words = _words_in(paragraph, cue)
    head = _cue_head(words)
    lemma = _lemma(head) if head is not None else paragraph.text[cue[0] : cue[1]].lower()
    content = sorted(attribution.content)
    said = paragraph.text[content[0][0] : content[-1][1]]
    if lemma in cue_lexicon().conduct and not _is_speech(said):
        return None
    return Candidate(
        paragraph=paragraph.index,
        lemma=lemma,
        form="model",
        act=_act(lemma, words, said),
        source=list(attribution.source),
        cue=[cue],
        content=content,
        negated=_is_denied_saying(lemma, words),
        confidence=attribution.confidence,
    )


def _words_in(paragraph: Paragraph, place: Range) -> list[Token]:
    """Return the words of a paragraph that share a character with a place of the text."""
    start, end = place[0] - paragraph.offset, place[1] - paragraph.offset
    if start >= end:
        return []
    starts = paragraph.starts
    first = max(0, bisect_right(starts, start) - 1)
    last = bisect_left(starts, end)
    return [word for word in paragraph.doc[first:last] if word.idx + len(word) > start]


def _cue_head(words: list[Token]) -> Token | None:
    """Return the word of the cue that the lexicon knows, else its last verb, else its first word."""
    verbs = cue_lexicon().verbs
    known = [t for t in words if _lemma(t) in verbs and t.pos_ in {"VERB", "NOUN", "AUX", "PROPN", ""}]
    spoken = known or [t for t in words if t.pos_ == "VERB"] or words
    return spoken[0] if spoken else None


def _lemma(token: Token) -> str:
    """Return the lemma of a word: the parser's, or that of the lexicon where there was no parse."""
    return str(token.lemma_).lower() or lemma_of(token.text)


_QUESTION_WORDS = frozenset({"whether", "if", "why", "what", "who", "how", "when", "where"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_SAYING = frozenset({"say", "tell", "claim", "confirm", "report", "announce", "assert", "specify", "mention"})


def _is_denied_saying(lemma: str, words: list[Token]) -> bool:
    """Tell whether the report says that this was not said ("did not say whether")."""
    return lemma in _SAYING and any(t.lower_ in _NEGATIONS for t in words)


def _is_speech(content: str) -> bool:
    """Tell whether a content is a quotation or a clause rather than what somebody did."""
    return content[:1] in '“"‘«' or content.lower().startswith("that ")


def _act(lemma: str, words: list[Token], content: str) -> Act:
    """Return the act that the lexicon gives the cue, by the form that the content takes."""
    lexicon = cue_lexicon()
    entry = lexicon.verbs.get(lemma)
    if entry is None:
        lemmas = [_lemma(t) for t in words]
        return next((lexicon.nouns[word] for word in lemmas if word in lexicon.nouns), Act.ASSERT)
    return _act_by_form(entry, content)


def _act_by_form(entry: CueEntry, content: str) -> Act:
    first = content.split(" ", 1)[0].lower()
    if first in entry.prepositions:
        return entry.prepositions[first]
    asks = Act.QUESTION in entry.acts.values() or entry.acts.get("clause") is Act.APPEAL
    if asks and (content.rstrip("”\"’' ").endswith("?") or first in _QUESTION_WORDS):
        return Act.QUESTION
    if "infinitive" in entry.acts and " to " in f" {content} " and "clause" not in entry.acts:
        return entry.acts["infinitive"]
    for form in ("clause", "object_of", "object", "infinitive"):
        if form in entry.acts:
            return entry.acts[form]
    return next(iter(entry.prepositions.values()), Act.ASSERT)


def candidates_by_rule(read: Sequence[Paragraph]) -> tuple[list[Candidate], dict[int, int]]:
    """Return all candidates in order of the text, and for each nested one the index of the outer one."""
    candidates: list[Candidate] = []
    nesting: dict[int, int] = {}
    for paragraph in read:
        found = list(find_cues(paragraph))
        if is_headline(paragraph):
            found += find_in_headline(paragraph, [cue for candidate in found for cue in candidate.cue])
        found += find_turn(paragraph)
        kept, nested = resolve(paragraph, found)
        base = len(candidates)
        places = {id(candidate): base + index for index, candidate in enumerate(kept)}
        keep = {index for index, candidate in enumerate(kept) if not candidate.negated}
        candidates += kept
        nesting |= {base + index: places[id(outer)] for index, outer in nested.items() if index in keep}
    renumbered: dict[int, int] = {}
    for index, candidate in enumerate(candidates):
        if not candidate.negated:
            renumbered[index] = len(renumbered)
    return (
        [candidate for candidate in candidates if not candidate.negated],
        {renumbered[i]: renumbered[outer] for i, outer in nesting.items() if outer in renumbered},
    )
