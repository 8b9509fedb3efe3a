"""What stands about a candidate, as the names of features that the classifier has weights for."""

from __future__ import annotations

from counterclaim.places.candidates import Candidate, Facts
from counterclaim.places.evidence import Evidence
from counterclaim.places.gazetteer import NameKind
from counterclaim.places.tokens import Case, Tokens
from counterclaim.places.words import (
    FIRST_NAMES,
    GENERIC_AFTER,
    GENERIC_BEFORE,
    GOVERNMENT,
    ORGANISATIONS,
    PEOPLE,
    SPEECH,
    STREETS,
    TITLES,
)

_PARTIES = frozenset({"D", "R", "I"})
_WIDE = frozenset({"country", "division", "continent"})


def _shape(tokens: Tokens, place: int) -> str:
    case = tokens.cases[place]
    if case is Case.NONE:
        text = tokens.texts[place]
        return "9" if text[0].isdigit() else text[0]
    return "xXA"[case - 1] if case else "0"


def gazetteer_features(facts: Facts) -> list[str]:
    """Return the features of what the gazetteer knows of a name."""
    if not facts.places:
        return ["g:demonym" if facts.demonyms else "g:none"]
    top = facts.places[0]
    features = [
        "g",
        f"g:i{int(top.importance * 10)}",
        f"g:k{top.kind}",
        f"g:n{min(len(facts.places), 12)}",
        f"g:{top.name_kind}",
        f"g:k{top.kind}:i{int(top.importance * 5)}",
    ]
    if facts.demonyms:
        features.append("g:both")
    if top.capital:
        features.append("g:capital")
    if any(entry.kind in _WIDE for entry in facts.places):
        features.append("g:wide")
    if any(entry.name_kind is NameKind.OFFICIAL for entry in facts.places):
        features.append("g:official")
    return features


def after_party(tokens: Tokens, candidate: Candidate) -> bool:
    """Tell whether the letter of an American party stands before the name: "D-Ohio"."""
    first = candidate.first
    return first > 1 and tokens.texts[first - 1] in "-–" and tokens.texts[first - 2] in _PARTIES


def features_of(tokens: Tokens, candidate: Candidate, evidence: Evidence, upper: list[bool]) -> list[str]:
    """Return the names of the features that hold for a candidate."""
    first, last = candidate.first, candidate.last
    lowers, cases = tokens.lowers, tokens.cases
    total = len(tokens)
    name = candidate.name.lower()
    p1 = lowers[first - 1] if first else "^"
    p2 = lowers[first - 2] if first > 1 else "^"
    n1 = lowers[last] if last < total else "$"
    n2 = lowers[last + 1] if last + 1 < total else "$"
    known = gazetteer_features(candidate.facts)
    features = ["b", *known]
    grade = known[1] if len(known) > 1 else known[0]
    add = features.append
    add(f"w={name}")
    add(f"l{min(last - first, 5)}")
    add(f"c{min(len(name), 12)}")
    add(f"sh{_shape(tokens, first)}")
    if upper[first]:
        add("upper")
    if tokens.opens[first]:
        add("open")
        add(f"open:{grade}")
    add(f"p1={p1}")
    add(f"n1={n1}")
    add(f"p2={p2}")
    add(f"n2={n2}")
    add(f"p={p2} {p1}")
    add(f"n={n1} {n2}")
    add(f"pn={p1}_{n1}")
    add(f"p1={p1}:{grade}")
    add(f"n1={n1}:{grade}")
    if first:
        add(f"ps{_shape(tokens, first - 1)}")
    if last < total:
        add(f"ns{_shape(tokens, last)}")
    final = lowers[last - 1]
    if last - first > 1:
        add(f"last={final}")
        add(f"first={lowers[first]}")
        if final in GENERIC_AFTER:
            add("generic")
        if lowers[first] in GENERIC_BEFORE:
            add("generic-before")
    if not candidate.facts.places:
        add(f"suf3={final[-3:]}")
        add(f"suf4={final[-4:]}")
    _chunk_features(features, tokens, candidate, grade)
    _person_features(features, tokens, candidate, evidence, grade)
    located, mentions = evidence.located[name], evidence.mentions[name]
    add(f"located{min(located, 3)}")
    add(f"mentions{min(mentions, 4)}")
    if last - first == 1 and name in evidence.small:
        add("small")
        add(f"small:{grade}")
    if after_party(tokens, candidate):
        add("party")
    if n1 in SPEECH:
        add("speech")
    if n1 in PEOPLE:
        add("people-after")
    if p1 == "," and first > 1 and cases[first - 2] >= Case.TITLE:
        add("comma-name-before")
    if n1 == "," and last + 1 < total and cases[last + 1] >= Case.TITLE:
        add("comma-name-after")
    if n1 == "-" and last < total and tokens.starts[last] == tokens.ends[last - 1]:
        add(f"hyphen={n2}")
    return features


def _chunk_features(features: list[str], tokens: Tokens, candidate: Candidate, grade: str) -> None:
    """Add what the capitalised words tell that stand with the candidate in one run."""
    add = features.append
    first, last = candidate.chunk_first, candidate.chunk_last
    left, right = candidate.first > first, candidate.last < last
    add(f"chunk{int(left)}{int(right)}")
    add(f"chunk{int(left)}{int(right)}:{grade}")
    if right:
        rest = tokens.lowers[candidate.last : last]
        add(f"cn1={rest[0]}")
        add(f"cend={rest[-1]}")
        for word in set(rest[:6]):
            add(f"cr={word}")
        if any(word in ORGANISATIONS for word in rest):
            add("c:org")
        if any(word in GOVERNMENT for word in rest):
            add("c:gov")
        if rest[0] in STREETS or (len(rest) > 1 and rest[1] in STREETS):
            add("c:street")
        if rest[0] in GOVERNMENT:
            add("c:gov1")
        if rest[0] in TITLES:
            add("c:title1")
        add(f"cr{min(last - candidate.last, 4)}")
    if left:
        before = tokens.lowers[first : candidate.first]
        add(f"cp1={before[-1]}")
        add(f"cbeg={before[0]}")
        for word in set(before[-6:]):
            add(f"cl={word}")
        if any(word in ORGANISATIONS for word in before):
            add("cl:org")
        if any(word in GOVERNMENT for word in before):
            add("cl:gov")
        add(f"cl{min(candidate.first - first, 4)}")


def _person_features(
    features: list[str], tokens: Tokens, candidate: Candidate, evidence: Evidence, grade: str
) -> None:
    """Add what speaks for the candidate being somebody's name."""
    add = features.append
    lowers = tokens.lowers
    if candidate.first:
        before = lowers[candidate.first - 1]
        capital = tokens.cases[candidate.first - 1] >= Case.TITLE
        if capital and before in FIRST_NAMES:
            add("given-before")
        if before in TITLES:
            add("title-before" if capital else "small-title-before")
        if before == "." and candidate.first > 1 and len(lowers[candidate.first - 2]) == 1:
            add("initial-before")
    head = lowers[candidate.first]
    if head in FIRST_NAMES:
        add("given")
        add(f"given:{grade}")
        if candidate.last < candidate.chunk_last:
            add("given+more")
            add(f"given+more:{grade}")
    if candidate.last < len(tokens) and tokens.cases[candidate.last] >= Case.TITLE:
        if lowers[candidate.last] in FIRST_NAMES:
            add("given-after")
        if (
            candidate.last + 1 < len(tokens)
            and tokens.texts[candidate.last + 1] == "."
            and len(lowers[candidate.last]) == 1
        ):
            add("initial-after")
    persons = evidence.persons[lowers[candidate.last - 1]]
    if persons:
        share = persons / max(1, evidence.mentions[candidate.name.lower()])
        add(f"person{min(persons, 3)}")
        add("person-mostly" if share >= 0.4 else "person-some")
        if candidate.chunk_last - candidate.chunk_first == candidate.last - candidate.first:
            add(f"person-alone:{grade}")
