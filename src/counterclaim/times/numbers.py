"""Counts in words and digits: "two", "twenty-five", "a few", "two and a half"."""

from __future__ import annotations

from counterclaim.times.tokens import Tokens

NUMBER = r"(?:[DHNYn](?:-?n){0,4}(?:-?&-?a-?h)?|a?qf?|an|aha?|ha|a)"
"""The pattern of a count before a unit."""


def count(tokens: Tokens, start: int, end: int) -> float | None:
    """Return the count that stands at the tokens; None for a vague one ("a few")."""
    letters = tokens.letters[start:end]
    if "q" in letters:
        return _vague(tokens, start, letters)
    total = current = 0.0
    found = False
    for place in range(start, end):
        letter, value = tokens.letters[place], tokens.values[place]
        if letter == "n" and value >= 100 and found:
            current *= value
        elif letter in "DHNYn":
            current += value
            found = True
        elif letter == "h":
            current += 0.5
            return total + current
    if not found:
        return 1.0
    return total + current


def _vague(tokens: Tokens, start: int, letters: str) -> float | None:
    word = tokens.word(start + letters.index("q")).lower()
    return {"couple": 2.0, "dozen": 12.0}.get(word)


def number_value(value: float | None) -> str:
    """Return a count as it stands in a duration's value; X for a vague one."""
    return "X" if value is None else f"{value:g}"
