"""The words of a source cut into what matters: core, head word, joined names, and what is only described."""

from __future__ import annotations

import re

from counterclaim.statements.names import words_of

_CUT = re.compile(
    r",\s|\s\(|\s(?:who|which|that|whose|where)\s|\s[–—-]\s|:\s|\s(?:citing|speaking|quoting|reached|interviewed)\b"
)
_AFTER_HEAD = re.compile(
    r"\s(?:of|for|in|at|with|from|on|to|by|near|familiar|inside|linked|run|close|leading"
    r"|monitoring|living|based|working|visiting|backed|affiliated|outside|around|across)\s"
)
_ARTICLE = re.compile(
    r"^(?:the|this|that|these|those|an?|his|her|its|their|one|some|many|several|most|other|both)\s+",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"^(?:one|some|many|most|several|a number|a group|two|three|a majority|all|none|both)"
    r" of (?=the |his |her |its |their |\w)",
    re.IGNORECASE,
)


def core_of(words: str) -> str:
    """Return the source without what stands in apposition or in a relative clause behind it."""
    cut = _CUT.search(words)
    return (words[: cut.start()] if cut and cut.start() > 0 else words).strip(" ,.;:")


def head_of(core: str) -> str:
    """Return the head word of a source: the last one before a preposition, in small letters without marks."""
    whole = _QUANTITY.sub("", core)
    reach = _AFTER_HEAD.split(whole, maxsplit=1)[0]
    last = re.findall(r"[\w’'-]+", reach)
    return re.sub(r"[’']s?$", "", last[-1]).casefold() if last else whole.casefold()


def joined(core: str) -> tuple[str, str] | None:
    """Return the two sides of "X and Y", None where the source is one."""
    if " and " not in core:
        return None
    first, _, second = core.partition(" and ")
    return (first.strip(" ,"), second.strip(" ,")) if first and second else None


def is_plural(words: str) -> bool:
    """Tell whether the words describe several ("officials", "two women", "police")."""
    head = head_of(core_of(words))
    if re.match(r"one of\s", words, re.IGNORECASE):
        return False
    if re.match(r"(?:an?|one)\s", words, re.IGNORECASE) and " of " not in words:
        return False
    return (head.endswith("s") and not head.endswith("ss")) or head in {
        "people",
        "police",
        "men",
        "women",
        "media",
        "many",
        "both",
        "others",
    }


def is_definite(words: str) -> bool:
    """Tell whether the words point to somebody already known ("the official", "his deputy")."""
    return bool(re.match(r"(?:the|this|that)\s", words, re.IGNORECASE))


def without_determiner(words: str) -> str:
    """Take articles and the like off the front."""
    return _ARTICLE.sub("", words)


def description_key(words: str) -> frozenset[str]:
    """Return the words by which a described source is told apart: without articles, numbers merged."""
    plain = re.findall(r"[\w-]+", without_determiner(core_of(words)).casefold())
    return frozenset(
        w
        for w in plain
        if w not in {"of", "the", "a", "an", "in", "for", "unnamed", "anonymous", "who", "said"}
    )


def is_name(core: str, *, first: bool) -> bool:
    """Tell whether the source is a name rather than a description; ``first`` at a sentence's start."""
    bare = re.sub(r"^(?:the|The)\s+", "", core)
    if re.match(r"(?:an?|some|several|many|two|three|both|one)\s", core, re.IGNORECASE):
        return False
    reach = _AFTER_HEAD.split(bare, maxsplit=1)[0]
    words = re.findall(r"[\w’'.&-]+", reach)
    if not words or not words[-1][:1].isupper():
        return False
    return not (
        first and len(words) == 1 and bare == core and core[:1].isupper() and words[0].casefold() in _common()
    )


def _common() -> frozenset[str]:
    return (
        words_of("anonymous")
        | words_of("roles")
        | words_of("organisation")
        | words_of("generic_group")
        | _PLAIN
    )


_PLAIN = frozenset(
    {
        "rebels",
        "insurgents",
        "militants",
        "media",
        "poll",
        "polls",
        "report",
        "reports",
        "study",
        "studies",
        "video",
        "protesters",
    }
    | {
        "data",
        "documents",
        "records",
        "figures",
        "evidence",
        "interviews",
        "everyone",
        "nobody",
        "others",
        "republicans",
    }
    - {"republicans"}
)
