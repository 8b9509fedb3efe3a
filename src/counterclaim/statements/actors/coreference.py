"""Who "he", "they", "the minister" and "the group" are: the actor that the text spoke of last and that fits.

Candidates are ranked by how near their last mention is, whether it was a subject, whether they
spoke last, and whether they stand outside quotations; gender and number rule candidates out
(after Lappin and Leass 1994, without their syntax weights).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from counterclaim.model import ActorKind
from counterclaim.statements.actors.cast import Cast
from counterclaim.statements.actors.member import Member
from counterclaim.statements.affiliations import words_of_pairs
from counterclaim.statements.candidate import Range
from counterclaim.statements.names import words_of
from counterclaim.statements.quotations import quotations

GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_NOT_SUBJECT = re.compile(r"[’']s?\b|\s+(?:and|or|of|in|at|to|for|from|on|with|by|the|a|an)\b|\s*[.;:]")
_FAR = 2000
_ENDS = re.compile(r"[.!?][\"”’']?\s+(?=[A-Z\"“‘'])|\n+")
_SYNONYMS = {
    "nominee": {"nominee", "candidate"},
    "candidate": {"nominee", "candidate"},
    "lawmaker": {"lawmaker", "senator", "representative", "congressman", "congresswoman"},
    "attorney": {"attorney", "lawyer", "counsel"},
    "lawyer": {"attorney", "lawyer", "counsel"},
    "premier": {"premier", "minister"},
    "chief": {"chief", "head", "director", "secretary-general", "commander"},
    "head": {"chief", "head", "director"},
    "billionaire": {"billionaire", "mogul", "businessman"},
    "businessman": {"billionaire", "mogul", "businessman"},
    "politician": {"senator", "lawmaker", "politician", "governor"},
    "official": {"official", "minister", "spokesman", "spokeswoman", "member", "envoy", "director", "head"},
    "diplomat": {"diplomat", "ambassador", "envoy", "minister"},
    "expert": {"expert", "scientist", "analyst", "researcher", "professor", "editor", "specialist"},
    "scientist": {"scientist", "researcher", "professor", "expert"},
    "analyst": {"analyst", "analysts", "fellow", "researcher", "expert"},
    "activist": {"activist"},
    "resident": {"resident"},
}


class Discourse:
    """What the text has spoken of up to a place: mentions, sentences, quotations and who spoke."""

    def __init__(self, cast: Cast, paragraphs: list[Range]) -> None:
        self._cast = cast
        self._text = cast.text
        self._paragraphs = paragraphs
        self._sentences = sorted(
            {start for start, _ in paragraphs} | {m.end() for m in _ENDS.finditer(cast.text)}
        )
        self._quoted = sorted(
            (q.start, q.end) for start, end in paragraphs for q in quotations(cast.text, start, end)
        )
        self._spots: list[tuple[int, int, Member]] = list(cast.spots)
        self._spoke: list[tuple[int, Member]] = []
        self._opened: dict[int, int] = {}

    def note(self, place: Range, member: Member) -> None:
        """Add a mention that the names alone did not give."""
        position = bisect_left(self._spots, place[0], key=lambda spot: spot[0])
        self._spots.insert(position, (place[0], place[1], member))

    def speaks(self, place: int, member: Member) -> None:
        """Note that an actor spoke; called in order of the text."""
        self._spoke.append((place, member))

    def last_speaker(self, place: int, fits: Callable[[Member], bool] | None = None) -> Member | None:
        """Return who spoke last before the place among those who fit."""
        return next(
            (m for start, m in reversed(self._spoke) if start <= place and (fits is None or fits(m))), None
        )

    def sentence(self, place: int) -> int:
        """Return the number of the sentence that holds the place."""
        return bisect_right(self._sentences, place)

    def paragraph(self, place: int) -> int:
        """Return the start of the paragraph that holds the place."""
        starts = [start for start, _ in self._paragraphs]
        index = bisect_right(starts, place) - 1
        return starts[index] if index >= 0 else 0

    def quoted(self, place: int) -> bool:
        """Tell whether the place stands inside a quotation."""
        index = bisect_right(self._quoted, (place, len(self._text) + 1)) - 1
        return index >= 0 and self._quoted[index][0] <= place < self._quoted[index][1]

    def person(self, word: str, place: int) -> Member | None:
        """Return the person that "he" or "she" at the place is."""
        gender = GENDERS.get(word)
        return self._best(
            place, lambda m: m.is_person and (not m.gender or not gender or m.gender == gender), gender
        )

    def many(self, place: int) -> Member | None:
        """Return the group that "they" at the place are."""
        return self._best(
            place,
            lambda m: m.plural or m.kind in {ActorKind.GROUP, ActorKind.ORGANISATION},
            None,
            plural=True,
        )

    def thing(self, place: int) -> Member | None:
        """Return the body or the government that "it" at the place is."""
        bodies = {ActorKind.GROUP, ActorKind.ORGANISATION, ActorKind.GOVERNMENT, ActorKind.UNKNOWN}
        return self._best(place, lambda m: m.kind in bodies and not m.anonymous, None)

    def relative(self, place: int) -> Member | None:
        """Return the actor whose name stands right before "who" or "which"."""
        for start, end, member in reversed(
            self._spots[: bisect_left(self._spots, place, key=lambda s: s[0])]
        ):
            if end > place or place - end > 60:
                break
            between = self._text[end:place]
            if re.fullmatch(r"(?:[’']s)?[\s,]*(?:\([^)]*\)[\s,]*)?(?:[\w\s-]{0,40},\s*)?", between):
                return member
            return (
                member if start >= place - 60 and "." not in between and len(between.split()) <= 6 else None
            )
        return None

    def described(self, words: str, place: int) -> Member | None:
        """Return the person introduced in the words of "the minister" or "the Kurdish official"."""
        parts = [w.strip(",.").casefold().removesuffix("’s").removesuffix("'s") for w in words.split()]
        parts = [
            w for w in parts if w not in {"the", "this", "a", "an", "former", "current", "and", "of", "for"}
        ]
        if not parts:
            return None
        reach = re.split(r"\s(?:of|for|from|in|at|with|leading|who|to)\s", words)[0].split()
        head = reach[-1].casefold().strip(",.")
        heads = _SYNONYMS.get(head, {head})
        best: tuple[float, Member] | None = None
        for member in self._cast.members.values():
            if member.kind is not ActorKind.PERSON or not (heads & member.words):
                continue
            common = len(set(parts) & member.words)
            missing = len([p for p in parts if p not in member.words and p != head])
            if missing > (1 if common > 1 else 0) and len(parts) > 1:
                continue
            before = [s for s in member.mentions if s < place]
            near = self.sentence(place) - self.sentence(max(before)) if before else 40
            score = common * 4 - missing * 3 - min(near, 12) * 0.5 + (1 if head in member.words else 0)
            if best is None or score > best[0]:
                best = (score, member)
        return best[1] if best else None

    def body(self, words: str, place: int) -> Member | None:
        """Return the body that "the group", "the agency" or "the Islamist movement" at the place is."""
        lower = words.casefold().removeprefix("the ").removeprefix("this ").removeprefix("that ")
        noun = lower.split()[-1]
        kinds = dict(words_of_pairs("body_kinds"))
        like = next(
            (set(kinds[key]) for key in sorted(kinds, key=len, reverse=True) if lower.endswith(key)), {noun}
        )

        def fits(member: Member) -> bool:
            if member.kind not in {ActorKind.ORGANISATION, ActorKind.GROUP} or member.anonymous:
                return False
            named = set(re.findall(r"[\w]+", (member.name or member.description or "").casefold()))
            return bool((named | member.words) & (like | {noun}))

        found = self._best(place, fits, None)
        if found is not None or noun not in words_of("any_group"):
            return found
        return self._best(place, _is_group, None) or self.last_speaker(place, _is_group)

    def only(self, words: str) -> Member | None:
        """Return the one body of the whole text whose name or description fits, wherever it stands."""
        lower = re.sub(r"^(?:an?|the|one)\s+(?:[\w-]+-based\s+)?", "", words.casefold())
        kinds = dict(words_of_pairs("body_kinds"))
        key = next((key for key in sorted(kinds, key=len, reverse=True) if lower.endswith(key)), None)
        if key is None:
            return None
        fits = [
            m
            for m in self._cast.members.values()
            if m.kind is ActorKind.ORGANISATION
            and (set(re.findall(r"\w+", (m.name or "").casefold())) | m.words) & (set(kinds[key]) | {key})
        ]
        return fits[0] if len(fits) == 1 else None

    def _best(
        self, place: int, fits: Callable[[Member], bool], gender: str | None, *, plural: bool = False
    ) -> Member | None:
        """Return the best candidate with a mention before the place."""
        here, paragraph, inside = self.sentence(place), self.paragraph(place), self.quoted(place)
        speaker = self.last_speaker(place, fits)
        scores: dict[str, float] = {}
        members: dict[str, Member] = {}
        position = bisect_left(self._spots, place, key=lambda spot: spot[0])
        for index in range(position - 1, -1, -1):
            start, end, member = self._spots[index]
            if place - start > _FAR:
                break
            if end > place or not fits(member):
                continue
            distance = here - self.sentence(start)
            score = -1.0 * distance - (place - start) / 4000
            score += 1.2 * (not _NOT_SUBJECT.match(self._text, end))
            score += 0.8 * (start in self._begins())
            score += 0.6 * (start >= paragraph)
            score -= 1.6 * (self.quoted(start) and not inside)
            if gender is not None and member.gender == gender:
                score += 1.5
            if plural and member.plural:
                score += 1.5
            if member.id not in scores or score > scores[member.id]:
                scores[member.id], members[member.id] = score, member
        if speaker is not None:
            spoken = max(start for start, m in self._spoke if m is speaker and start <= place)
            bonus = 2.0 - 0.6 * (here - self.sentence(spoken))
            scores[speaker.id] = max(scores.get(speaker.id, -9.0), -9.0) + max(0.0, bonus)
            members[speaker.id] = speaker
        if not scores:
            return None
        return members[max(scores, key=lambda key: scores[key])]

    def _begins(self) -> dict[int, int]:
        if not self._opened:
            self._opened = dict.fromkeys(self._sentences, 1)
        return self._opened


def _is_group(member: Member) -> bool:
    """Tell whether an actor can be called "the group" without its name saying so."""
    if member.kind not in {ActorKind.ORGANISATION, ActorKind.GROUP} or member.anonymous or not member.name:
        return False
    last = member.name.split()[-1].casefold()
    return last not in words_of("state_body") and last not in {"times", "post", "journal", "news", "reuters"}
