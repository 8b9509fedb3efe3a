"""The language of a text, and whether it is one that this version analyses."""

from __future__ import annotations

import py3langid

ANALYSED = "en"
_SAMPLE = 2_000
_MARGIN = 50.0
_MARGIN_PER_LETTER = 0.6


def is_analysed(language: str | None) -> bool:
    """Tell whether a language tag or name means English ("en", "en-GB", "eng", "English")."""
    primary = (language or "").strip().lower().replace("_", "-").split("-")[0]
    return primary in ("en", "eng", "english")


def identify(text: str) -> str | None:
    """Return the ISO 639 code of the language of ``text``, None for a text without letters.

    By py3langid, on the first 2,000 characters. Short headlines full of names look like many
    languages at once: where English is nearly as likely as the best (by less than 0.6 a letter and
    50 in all, in log likelihood; true foreign headlines lie 0.8 to 2.4 a letter apart, English ones
    at most 0.5), it is English.
    """
    sample = text.strip()[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    if not letters:
        return None
    ranking: list[tuple[str, float]] = py3langid.rank(sample)
    best, score = ranking[0]
    english = dict(ranking)[ANALYSED]
    return ANALYSED if score - english <= min(_MARGIN, _MARGIN_PER_LETTER * letters) else best
