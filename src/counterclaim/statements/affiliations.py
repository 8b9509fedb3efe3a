"""Roles and parties read from the words beside a name: "X, a spokesman for Y", "Y spokesman X".

The role is taken as written, from its first word to its last; the party is the country or the name
that stands before it ("French Foreign Minister") or after its preposition ("head of trade for Y").
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from counterclaim.statements.actors.member import role_words
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import adjectives, seats, without_article, words_of

_NAME = (
    r"(?:the\s+|The\s+)?[A-Z][\w.&-]*(?:[’']s?(?=\s+[A-Z]))?"
    r"(?:\s+(?:(?:of|for|and|the)\s+){1,2}(?=[A-Z])[A-Z][\w.&-]*(?:[’']s?(?=\s+[A-Z]))?"
    r"|\s+(?:de|al|del|la)\s+[A-Z][\w-]*|\s+[A-Z][\w.&-]*(?:[’']s?(?=\s+[A-Z]))?)*"
)
_TIME = re.compile(
    r"\b(?:from \d{4} (?:to|until) \d{4}|(?:until|since|in|between) (?:(?:early|late|mid) )?"
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?\d{4}"
    r"(?: and \d{4})?|for \w+ years)\b"
)
_LIST_END = re.compile(r"[.;\n]|\s[–—]\s(?=are\b|were\b|is\b|have\b|had\b|[a-z])")
_FORMER = re.compile(
    r"\b(?:former|ex-|then|one-time|onetime|late|past|previous|deposed|ousted|retired|served as)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"^(?:an?|the|its|their|his|her|our|one of|who (?:is|was|served as|serves as))\s+", re.IGNORECASE
)
_STOP = re.compile(
    r"[;:.“”\"()–—]|,\s|\b(?:who|which|that|whose|said|says|told"
    r"|and (?:the|an?|his|her) |but|when|while|has|had|have|is|was|are|were)\b"
)


class Stated(msgspec.Struct, frozen=True):
    """What words beside a name say: the role and the party as written, and the range of the words.

    ``when`` are the words for a time, where the role is given one.
    """

    role: str | None
    party: str | None
    place: Range
    former: bool = False
    when: Range | None = None


@cache
def _short_titles() -> dict[str, str]:
    return dict(words_of_pairs("title_roles"))


@cache
def _role() -> str:
    words = sorted(role_words() | _short_titles().keys(), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words)


@cache
def _head() -> re.Pattern[str]:
    """Return the pattern for the head noun of a role, with a second one right after it."""
    return re.compile(rf"\b(?:{_role()})(?:[ -](?:{_role()}))?\b", re.IGNORECASE)


@cache
def _plural_list() -> re.Pattern[str]:
    """Return the pattern for the plural role of "Y's two main leaders – NAME, ..., and NAME"."""
    roles = "|".join(re.escape(w) + "s" for w in sorted(words_of("roles"), key=len, reverse=True))
    return re.compile(rf"\b(?P<role>(?:{roles}))\s?(?:[–—:,]|\s-)\s+", re.IGNORECASE)


_OWNER = re.compile(
    r"(?P<party>(?:[Tt]he\s+)?\b[\w-]{1,40}(?:\s+[A-Z][\w-]{0,40}){0,5})[’']s?\s+(?:[a-z-]{1,20}\s+){0,3}$"
)


def stated_after(text: str, end: int, limit: int) -> Stated | None:
    """Read the words after a name: ", head of trade for Y", ", who served as mayor until 2014"."""
    comma = re.compile(
        r"\s*(?:\([^)]{1,30}\))?\s*,\s+(?:\d{2},\s+)?|\s+(?=(?:an?|the|editor|head|member)\s)"
    ).match(text, end)
    if comma is None:
        return None
    start = comma.end()
    window = text[start : min(limit, start + 220)]
    lead = _DETERMINER.match(window)
    body = window[lead.end() if lead else 0 :]
    stop = _STOP.search(body)
    reach = body[: stop.start()] if stop else body
    head = _head().search(reach)
    if head is None or len(reach[: head.start()].split()) > 6:
        return None
    if not lead and not _bare_role(reach, head):
        return None
    offset = start + (lead.end() if lead else 0)
    found = _read(reach, head, offset)
    if found is None:
        return None
    time = _TIME.search(text, found.place[1], min(limit, found.place[1] + 40))
    former = (
        found.former
        or bool(lead and "was" in lead[0].casefold().split())
        or bool(lead and "served" in lead[0])
    )
    if time and not text[found.place[1] : time.start()].strip(" ,"):
        return msgspec.structs.replace(found, former=former, when=time.span())
    return msgspec.structs.replace(found, former=former)


def _bare_role(reach: str, head: re.Match[str]) -> bool:
    """Tell whether a role without an article begins right after the comma (", head of ...")."""
    before = reach[: head.start()].split()
    return len(before) <= 4 and all(
        word.casefold() in words_of("role_modifiers")
        or word[:1].isupper()
        or _FORMER.match(word)
        or re.fullmatch(r"[\w-]+[’']s", word)
        for word in before
    )


def stated_before(text: str, start: int, limit: int) -> Stated | None:
    """Read the words right before a name: "Y spokesman", "French Foreign Minister", "a former mayor"."""
    window = text[max(limit, start - 110) : start]
    cut = [
        m.end()
        for m in re.finditer(
            r"(?<![A-Z][a-z]{2})(?<!\b[A-Z][a-z])(?<!\b[A-Z])\.(?=\s)|[;:“”\"(–—](?=\s)"
            r"|,\s|\n|\b(?:and|but|said|told|by|that|with|to|from|according)\s",
            window,
        )
    ]
    offset = start - len(window)
    if cut:
        offset, window = offset + cut[-1], window[cut[-1] :]
    heads = list(_head().finditer(window))
    if not heads:
        return None
    tail = window[heads[-1].end() :].removeprefix(".")
    if tail.strip(" ,.") and not re.fullmatch(
        r"\s+(?:for|of|in|at)\s+(?:the\s+)?[A-Z]\w+\s+|\s+[A-Z]\w*\.?\s+", tail
    ):
        return None
    return _read(window.rstrip(" ,.") if not tail.strip(" ,.") else window, heads[-1], offset, before=True)


def stated_in(text: str, place: Range) -> Stated | None:
    """Read a description itself: "a Pakistani government official", "the head of the union"."""
    body = text[place[0] : place[1]]
    lead = _DETERMINER.match(body)
    offset = place[0] + (lead.end() if lead else 0)
    body = body[lead.end() if lead else 0 :]
    stop = _STOP.search(body)
    reach = body[: stop.start()] if stop else body
    first = re.search(r"\s(?:of|for|from|with|at|in)\s", reach)
    words = reach[: first.start()] if first else reach
    if not words.strip():
        return None
    last = re.search(r"[\w’'-]+\s*$", words)
    if last is None:
        return None
    head = re.compile(re.escape(last[0].strip())).search(words, last.start())
    return _read(reach, head, offset) if head else None


def listed(text: str, names: list[Range]) -> list[tuple[int, Stated]]:
    """Read lists: the places of the names that stand behind "Y's leaders –" in one sentence."""
    found = []
    for match in _plural_list().finditer(text):
        owner = _OWNER.search(text, max(0, match.start() - 120), match.start())
        if owner is None:
            continue
        stop = _LIST_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        role = match["role"][:-1]
        for place in names:
            before = text[max(match.end() - 3, place[0] - 8) : place[0]]
            if match.end() <= place[0] < end and re.search(r"(?:[–—:,-]|\band)\s+$", before):
                found.append((place[0], Stated(role, owner["party"], (owner.start(), place[1]))))
    return found


def _read(reach: str, head: re.Match[str], offset: int, *, before: bool = False) -> Stated | None:
    """Split the words around the head noun of a role into role and party."""
    lead, after = reach[: head.start()], reach[head.end() :]
    former = bool(_FORMER.search(lead)) or bool(
        re.search(r"^\s+(?:of|in) the (?:former|ousted|deposed|collapsed)\b", after)
    )
    lead_start = 0
    for found in re.finditer(r"\S+", lead):
        if _FORMER.fullmatch(found[0].rstrip("-")) or found[0].casefold() in {
            "a",
            "an",
            "the",
            "his",
            "her",
            "its",
            "their",
        }:
            lead_start = found.end()
    words = [m for m in re.finditer(r"\S+", lead) if m.start() >= lead_start]
    role_start, party = head.start(), None
    for index in range(len(words) - 1, -1, -1):
        word = words[index][0].strip(",")
        lower = word.casefold()
        if lower in {"of", "for", "in", "at", "with", "on", "under"}:
            break
        if word[:1].islower() or (
            lower in words_of("role_modifiers") and (index > 0 or word[:1].islower() or not word.isupper())
        ):
            role_start = words[index].start()
            continue
        first = index
        while first > 0 and (
            words[first - 1][0][:1].isupper() or words[first - 1][0] in {"of", "for", "and"}
        ):
            first -= 1
        while first < index and words[first][0] in {"of", "for", "and"}:
            first += 1
        party = lead[words[first].start() : words[index].end()].strip(" ,")
        if first > 0 and words[first - 1][0][:1].islower():
            role_start = words[0].start()
        break
    role_end = head.end()
    inner = re.match(
        r"\s+of\s+(?!the\b|an?\b)[a-z][\w-]+(?:\s+(?!for\b|of\b|at\b|in\b|with\b|to\b|from\b)[a-z]\w+){0,2}",
        after,
    )
    if inner:
        role_end, after = role_end + inner.end(), after[inner.end() :]
    follows = re.match(
        rf"\s+(?:for|of|at|in|with|to|from)\s+(?:(?:[a-z][\w-]*|’s)\s+){{0,3}}?(?P<name>{_NAME})", after
    )
    end = role_end
    if follows and not (before and party):
        if party is None:
            party = follows["name"]
        end = role_end + follows.end()
    elif follows and before:
        role_end = end = role_end + len(follows[0])
    else:
        generic = re.match(
            r"\s+(?:for|of|at|in|with)\s+(?P<name>the (?:former )?(?:[\w-]+ ){0,2}?(?:"
            + "|".join(sorted(_generic(), key=len, reverse=True))
            + r"))\b",
            after,
        )
        if generic and party is None:
            party, end = generic["name"], role_end + generic.end()
    role = reach[role_start:role_end].strip(" ,") or None
    if role is not None and role.casefold() in _short_titles():
        role = _short_titles()[role.casefold()]
    if party is not None:
        party = _cut_party(party)
    start = words[0].start() if words else head.start()
    return Stated(role, party, (offset + start, offset + max(end, role_end)), former)


@cache
def _generic() -> frozenset[str]:
    return (
        words_of("generic_group") | words_of("organisation") | {side for side, _ in words_of_pairs("sides")}
    )


@cache
def words_of_pairs(section: str) -> tuple[tuple[str, str], ...]:
    """Return one of the tables of ``speakers.toml`` that pair a word with another."""
    from counterclaim.lexicons import read_lexicon

    return tuple((first, second) for first, second in read_lexicon("speakers")[section])


def _cut_party(party: str) -> str | None:
    """Take the owner off "Y's Centre for Z" and the marks off the ends; None for a bare title."""
    bare = party.strip(" ,")
    owned = re.match(r".+?[’']s\s+([A-Z]\w*(?:\s+\S+)+)$", bare)
    if owned:
        bare = owned[1]
    bare = re.sub(r"[’']s?$", "", bare)
    plain = without_article(bare).casefold()
    if all(word.strip(".") in words_of("titles") for word in plain.split()):
        return None  # a rank, of one word or two: "Lt. Gen."
    if plain in {"democrat", "independent"}:
        return None
    return bare or None


def country_in(words: str) -> str | None:
    """Return the country that the words name or whose adjective they hold, the first one."""
    for match in re.finditer(r"[A-Z][\w.]*(?:\s[A-Z]\w+)?", words):
        for name in (match[0], match[0].split()[0], match[0].split()[-1]):
            known = seats().get(name.casefold()) or adjectives().get(name.casefold())
            if known:
                return known
            if name.endswith("s") and seats().get(name[:-1].casefold()):
                return seats()[name[:-1].casefold()]
    return None
