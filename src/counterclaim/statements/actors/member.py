"""What is gathered about one actor while a document is read."""

from __future__ import annotations

from functools import cache

from counterclaim.lexicons import read_lexicon
from counterclaim.model import ActorKind, Affiliation, DocumentActor, Span
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import words_of

_WOMEN = frozenset(
    {"mrs", "ms", "miss", "dame", "lady", "queen", "princess", "congresswoman", "councilwoman"}
)
_MEN = frozenset({"mr", "sir", "lord", "king", "prince", "congressman", "councilman", "sheikh", "father"})
_WOMEN_ROLES = frozenset(
    {
        "spokeswoman",
        "chairwoman",
        "wife",
        "daughter",
        "sister",
        "mother",
        "widow",
        "actress",
        "queen",
        "woman",
    }
    | {"businesswoman", "congresswoman", "councilwoman", "girl", "grandmother"}
)
_MEN_ROLES = frozenset(
    {"spokesman", "chairman", "husband", "son", "brother", "father", "actor", "king", "man", "businessman"}
    | {"congressman", "councilman", "fisherman", "boy", "grandfather", "strongman"}
)


class Member:
    """One actor of a document in the making: its names, the words beside them, and where it stands.

    ``words`` are the words that describe it, in small letters; ``mentions`` maps the start of each
    mention to its end. ``gender`` is "f" or "m" where the text or a first name tells, else None.
    """

    __slots__ = (
        "affiliations",
        "aliases",
        "anonymous",
        "description",
        "gender",
        "id",
        "kind",
        "mentions",
        "name",
        "plural",
        "span",
        "words",
    )

    def __init__(self, key: str, kind: ActorKind, name: str | None, place: Range | None) -> None:
        self.id = key
        self.kind = kind
        self.name = name
        self.description: str | None = None
        self.anonymous = False
        self.plural = False
        self.gender: str | None = None
        self.aliases: dict[str, None] = {}
        self.words: set[str] = set()
        self.affiliations: list[Affiliation] = []
        self.mentions: dict[int, int] = {}
        self.span = place
        if place is not None:
            self.mentions[place[0]] = place[1]

    @property
    def is_person(self) -> bool:
        """Whether this is one human being, named or not."""
        return self.kind is ActorKind.PERSON or (self.kind is ActorKind.ANONYMOUS and not self.plural)

    def mention(self, place: Range) -> None:
        """Add a place where the text speaks of the actor."""
        self.mentions[place[0]] = max(place[1], self.mentions.get(place[0], 0))

    def describe(self, affiliation: Affiliation) -> None:
        """Add a role or a party, once each; a better one (with a party) replaces one without."""
        known = [
            a for a in self.affiliations if (a.role or "").casefold() == (affiliation.role or "").casefold()
        ]
        if any(a.party == affiliation.party or affiliation.party is None for a in known):
            return
        self.affiliations = [a for a in self.affiliations if a not in known or a.party is not None]
        self.affiliations.append(affiliation)

    @property
    def affiliation(self) -> Affiliation | None:
        """What the actor is at the time of the report, with a party rather than without."""
        if not self.affiliations:
            return None
        return min(
            self.affiliations,
            key=lambda a: (a.former, a.party is None, a.role is None),
        )

    def close(self, spans: list[Span]) -> DocumentActor:
        """Return the finished actor with the given mentions."""
        return DocumentActor(
            id=self.id,
            kind=self.kind,
            name=self.name,
            description=self.description,
            anonymous=self.anonymous,
            aliases=tuple(sorted(alias for alias in self.aliases if alias != self.name)),
            mentions=tuple(spans),
            affiliations=tuple(self.affiliations),
        )


@cache
def _first_names() -> dict[str, str]:
    data = read_lexicon("first_names")
    table = dict.fromkeys(data["women"].split(), "f")
    return table | {name: "m" for name in data["men"].split() if name not in table}


def gender_of_words(words: set[str]) -> str | None:
    """Return the gender that titles or role nouns tell, None where they tell none or both."""
    woman, man = bool(words & (_WOMEN | _WOMEN_ROLES)), bool(words & (_MEN | _MEN_ROLES))
    return None if woman == man else "f" if woman else "m"


def gender_of_name(name: str) -> str | None:
    """Return the gender of the first name, None where it is not known or the name is a surname alone."""
    parts = name.casefold().split()
    return _first_names().get(parts[0]) if len(parts) > 1 else None


@cache
def role_words() -> frozenset[str]:
    """Return the head nouns of roles, those of titles too, in small letters."""
    return words_of("roles") | words_of("more_roles")
