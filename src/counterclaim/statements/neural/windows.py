"""Text to model inputs: word pieces, words, windows, quotation and letter-case features.

Shared by training and inference, so that both see the same input; needs numpy and
``tokenizers`` only.  All offsets are character offsets into the text as given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from tokenizers.implementations.bert_wordpiece import BertWordPieceTokenizer

Span = tuple[int, int]
IntArray = NDArray[np.int64]

CLS, SEP, PAD = 101, 102, 0
MAX_PIECES = 256
QUOTE_OUT, QUOTE_OPEN, QUOTE_IN, QUOTE_CLOSE = range(4)
CASE_LOWER, CASE_TITLE, CASE_UPPER, CASE_DIGIT, CASE_OTHER = range(5)
N_QUOTE, N_CASE = 4, 5

_CLOSERS = {'"': '"”', "“": '”"', "«": "»", "„": "“”", "‟": "”"}
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+")


@dataclass(frozen=True)
class Window:
    """One model input: pieces (with CLS and SEP) and the words that they spell."""

    ids: list[int]
    case: list[int]
    quote: list[int]
    first: list[int]
    """For each word, the position of its first piece in ``ids``."""
    words: list[Span]
    """For each word, its character span in the text."""
    paragraphs: list[int]
    """For each word, the index of its paragraph in the text."""


def load_tokenizer(vocab: Path) -> Tokenizer:
    """Make the uncased BERT word-piece tokenizer from a plain vocabulary file."""
    made = BertWordPieceTokenizer(str(vocab), lowercase=True, strip_accents=True)
    return made._tokenizer  # noqa: SLF001  the wrapper adds nothing that we use


def quote_states(text: str) -> bytearray:
    """Mark for each character whether it opens, closes or stands inside a quotation.

    An unclosed mark reaches to the end of its paragraph, never further.
    """
    out = bytearray(len(text))
    pos = 0
    for para in text.split("\n"):
        closers = ""
        for i, ch in enumerate(para, pos):
            if closers and ch in closers:
                out[i] = QUOTE_CLOSE
                closers = ""
            elif closers:
                out[i] = QUOTE_IN
            elif ch in _CLOSERS:
                out[i] = QUOTE_OPEN
                closers = _CLOSERS[ch]
        pos += len(para) + 1
    return out


def letter_case(word: str) -> int:
    """Class of a word by its letters: lower, title, upper, digit or other."""
    if word[0].isdigit():
        return CASE_DIGIT
    if not word[0].isalpha():
        return CASE_OTHER
    if not word[0].isupper():
        return CASE_LOWER
    return CASE_UPPER if len(word) > 1 and word.isupper() else CASE_TITLE


def _units(text: str, starts: Sequence[int], limit: int) -> Iterator[tuple[int, int]]:
    """Yield piece ranges that are kept whole: paragraphs, or parts of very long ones."""
    pos = 0
    for para in text.split("\n"):
        end = pos + len(para)
        lo, hi = bisect_right(starts, pos - 1), bisect_right(starts, end - 1)
        if hi - lo <= limit:
            if hi > lo:
                yield lo, hi
        else:
            breaks = [bisect_right(starts, pos + m.end() - 1) for m in _SENTENCE_END.finditer(para)]
            while hi - lo > limit:
                fits = [b for b in breaks if lo < b <= lo + limit]
                cut = fits[-1] if fits else lo + limit
                yield lo, cut
                lo = cut
            if hi > lo:
                yield lo, hi
        pos = end + 1


def windows(text: str, encoding: Encoding, limit: int = MAX_PIECES, first: int | None = None) -> list[Window]:
    """Cut an encoded text into windows of whole paragraphs of at most ``limit`` pieces.

    ``first`` is the size of the first window (varied in training, so that paragraphs meet
    different neighbours).  Paragraphs are kept apart by SEP.
    """
    ids, offsets, word_ids = encoding.ids, encoding.offsets, encoding.word_ids
    starts = [s for s, _ in offsets]
    states = quote_states(text)
    groups: list[list[tuple[int, int]]] = []
    room = 0
    for lo, hi in _units(text, starts, limit - 2):
        if not groups or room < hi - lo + 1:
            size = first if first is not None and not groups else limit
            groups.append([])
            room = size - 1
        groups[-1].append((lo, hi))
        room -= hi - lo + 1
    newlines = [i for i, ch in enumerate(text) if ch == "\n"]
    out = []
    for group in groups:
        w = Window([CLS], [0], [0], [], [], [])
        for lo, hi in group:
            k = lo
            while k < hi:
                j = k + 1
                while j < hi and word_ids[j] == word_ids[k]:
                    j += 1
                s, e = offsets[k][0], offsets[j - 1][1]
                case = letter_case(text[s:e]) if e > s else CASE_OTHER
                w.first.append(len(w.ids))
                w.words.append((s, e))
                w.paragraphs.append(bisect_right(newlines, s))
                w.ids.extend(ids[k:j])
                w.case.extend([case] * (j - k))
                w.quote.extend([states[s] if s < len(states) else QUOTE_OUT] * (j - k))
                k = j
            w.ids.append(SEP)
            w.case.append(0)
            w.quote.append(0)
        out.append(w)
    return out


def collate(batch: Sequence[Window]) -> dict[str, IntArray]:
    """Pad windows to one batch of arrays (the inputs of the model)."""
    n = max(len(w.ids) for w in batch)
    m = max(len(w.words) for w in batch)
    out = {k: np.zeros((len(batch), n), np.int64) for k in ("ids", "case", "quote", "mask")}
    out["first"] = np.zeros((len(batch), m), np.int64)
    out["word_mask"] = np.zeros((len(batch), m), np.int64)
    out["paragraph"] = np.zeros((len(batch), m), np.int64)
    for i, w in enumerate(batch):
        out["ids"][i, : len(w.ids)] = w.ids
        out["case"][i, : len(w.ids)] = w.case
        out["quote"][i, : len(w.ids)] = w.quote
        out["mask"][i, : len(w.ids)] = 1
        out["first"][i, : len(w.words)] = w.first
        out["word_mask"][i, : len(w.words)] = 1
        out["paragraph"][i, : len(w.words)] = w.paragraphs
    return out


def words_of(words: Sequence[Span], spans: Iterable[Span]) -> set[int]:
    """Indices of the words that share at least one character with the spans."""
    out: set[int] = set()
    ends = [e for _, e in words]
    for s, e in spans:
        k = bisect_right(ends, s)
        while k < len(words) and words[k][0] < e:
            out.add(k)
            k += 1
    return out
