"""What a statement says, in the form in which statements are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec
from msgspec.structs import replace

from counterclaim.claims.blame import Blame, blame_of, event_kinds
from counterclaim.claims.quantities import Quantity, quantities
from counterclaim.claims.setting import Setting, setting_of
from counterclaim.claims.words import names, stem, terms
from counterclaim.lexicons import read_lexicon
from counterclaim.model import Act, Annotations, Document, Statement
from counterclaim.statements.acts import first_sentence

_NO_CLAIM = re.compile(
    r"^(?:that\s+)?[“\"]?(?:he|she|they|it|I|we|[\w ]{1,20}?)\s"
    r"(?:(?:did|do|does|could|can)(?: not|n[’']t)|cannot)\s(?:know|say|tell|comment)\b"
    r"|^(?:that\s+)?it (?:was|is) (?:too early|unclear|not (?:immediately |yet )?clear)\b"
    r"|^(?:that\s+)?there (?:was|has been|is) no (?:immediate |word |comment|claim|response)"
    r"|\b(?:no ?one|nobody|no (?:\w+ )?(?:group|party|side|faction)|not yet|none)\b.{0,30}?"
    r"\b(?:claim(?:ed)? (?:responsib|the)|(?:could|can) (?:say|tell)|knows?\b)",
    re.IGNORECASE,
)
"""Contents that say that nothing is known."""
_NEGATED = re.compile(
    r"\b(?:not|no|none|never|nobody|nothing|neither|nor|cannot|zero|without)\b|n[’']t\b"
    r"|\b(?:avoid|refus|fail|lack|den(?:y|i)|reject|escap|evad|dodg|eliminat)",
    re.IGNORECASE,
)
"""Words that negate somewhere in a content, said or implied ("avoid paying", "zero")."""
PROPOSITIONAL = frozenset({Act.ASSERT, Act.DENY, Act.ACCUSE, Act.ADMIT})
"""Acts whose content is true or false now; an appeal or a promise is neither."""


class Gist(msgspec.Struct, frozen=True, kw_only=True):
    """The comparable form of one statement.

    ``terms`` are stems and concepts of the content, ``names`` the capitalised ones among them,
    ``quantities`` its numbers. ``control`` is +1 where the statement as a whole says that a place
    has changed hands, -1 where it says that it has not, 0 where it does not speak of that.
    ``place`` are the names that say what the statement is about, those of the report's headline
    and first sentences where the content gives none; ``lead`` are the latter, ``scene`` those of
    both that are no country's. ``blame`` is who is said to have done it,
    ``events`` the kinds of event meant, ``negated`` whether any
    word of the content negates, ``setting`` when and where. ``positive`` is the statement's polarity.
    ``compound`` is set where its clauses are statements of their own (:func:`compound`).
    """

    statement: Statement
    document: str
    terms: frozenset[str]
    names: frozenset[str]
    quantities: tuple[Quantity, ...]
    control: int
    place: frozenset[str]
    lead: frozenset[str]
    scene: frozenset[str]
    blame: Blame | None
    events: frozenset[str]
    negated: bool
    setting: Setting
    published: str | None
    compound: bool = False

    @property
    def positive(self) -> bool:
        """Whether the statement says that its proposition holds."""
        return self.statement.polarity

    @property
    def party(self) -> str | None:
        """The party that speaks."""
        return self.statement.speaker.party if self.statement.speaker else None


def gist_of(statement: Statement, document: Document, annotations: Annotations | None = None) -> Gist | None:
    """Return the gist of a statement; None where it makes no claim that could be compared.

    Speech inside another's speech is left to that other's statement.
    """
    if statement.act not in PROPOSITIONAL:
        return None
    content = statement.content_text
    if _NO_CLAIM.search(content):
        return None
    own = names(" " + content)
    first = first_sentence(content)
    one = first == content or len(terms(first)) >= 2
    if not one and not statement.polarity and statement.act is not Act.DENY:
        one = True  # "There was no siren. There was a noise": only the first is negated
    return Gist(
        statement=statement,
        document=document.key,
        terms=terms(first if one else content),
        names=own,
        quantities=quantities(content),
        control=_control(statement, content),
        place=own or lead_names(document),
        lead=lead_names(document),
        scene=(own | lead_names(document)) - _countries(),
        blame=blame_of(statement, document),
        events=event_kinds(content, document),
        negated=_NEGATED.search(content) is not None,
        setting=setting_of(statement, document, annotations),
        published=document.published,
    )


def compound(gists: Iterable[Gist], statements: Iterable[Statement]) -> tuple[Gist, ...]:
    """Mark the gists of statements whose clauses are among ``statements``."""
    wholes = {statement.part_of for statement in statements}
    return tuple(replace(gist, compound=True) if gist.statement.id in wholes else gist for gist in gists)


def lead_names(document: Document) -> frozenset[str]:
    """Return the names in a report's title and first 400 characters: what it is about."""
    return names(f" {document.title or ''}. {document.text[:400]}")


@cache
def _countries() -> frozenset[str]:
    """Return the stems of the names of countries, their seats and their adjectives."""
    listed = read_lexicon("countries")["countries"]
    words = [
        word
        for name, seats, adjectives in listed
        for part in (name, *seats, *adjectives)
        for word in part.split()
    ]
    return frozenset(stem(word) for word in words)


@cache
def _control_patterns() -> tuple[tuple[int, bool, re.Pattern[str]], ...]:
    """Return each pattern with its sign, and whether a negation stands within it ("no longer holds")."""
    lexicon = read_lexicon("control")
    groups = (("lost", 1, True), ("unchanged", -1, False), ("changed", 1, False))
    return tuple(
        (sign, negated, re.compile(pattern, re.IGNORECASE if "[A-Z]" not in pattern else 0))
        for name, sign, negated in groups
        for pattern in lexicon[name]
    )


def _control(statement: Statement, content: str) -> int:
    """Return the sign of a statement on who holds a place, its polarity taken in."""
    first = first_sentence(content)
    for sign, negated, pattern in _control_patterns():
        if pattern.search(first):
            holds = statement.act is not Act.DENY if negated else statement.polarity
            return sign if holds else -sign
    return 0
