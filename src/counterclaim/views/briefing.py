"""One page on a dispute: what each side holds, on what evidence, and the words that bear each sentence out.

Sentences are made of fixed phrases and the ledger's own words; nothing is added, and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from counterclaim.model import Act, ClaimStatus, Document, Statement, StatusNote
from counterclaim.views.board import DisputeView, Folded, PositionView, holders_by_name, letter
from counterclaim.views.decisions import Decision, decision_words, state_words
from counterclaim.views.quotes import Place, Quote, outlet_words, telling

NAMES = 6
"""Names, and footnotes, of one sentence; of more the first."""
QUOTES = 2
"""Quotations of each position."""
CHECKS = 3
DECISIONS = 6
"""Decisions of people that are told; of more the last."""

_TAKEN_BACK = {
    ClaimStatus.RETRACTED: "retracted",
    ClaimStatus.CORRECTED: "corrected",
    ClaimStatus.WITHDRAWN: "withdrawn",
    ClaimStatus.SUPERSEDED: "superseded",
}


class Held(Protocol):
    """What gives reports by their key and statements by their id; a ledger does."""

    def document(self, name: str, /) -> Document:
        """Return a report."""

    def statement(self, name: str, /) -> Statement:
        """Return a statement."""


class Footnote(msgspec.Struct, frozen=True, kw_only=True):
    """The words that bear a sentence out, and where they stand.

    ``words`` are those of the report at ``offsets`` (characters of its text, end exclusive), one string for
    each. ``url`` is the address that the report gives, whatever it is.
    """

    number: int
    statement: str
    words: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    speaker: str | None
    title: str
    outlet: str
    origin: str
    published: str | None
    url: str | None
    key: str
    capture: str


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence and the numbers of its footnotes."""

    text: str
    notes: tuple[int, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Some sentences under a heading; ``index`` is that of a position, None for the others."""

    heading: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Sentence, ...] = ()
    index: int | None = None


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute on one page. ``moment`` is the last one that it knows of (ISO 8601)."""

    dispute: str
    question: str
    opening: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    notes: tuple[Footnote, ...]
    moment: str | None


def briefing(view: DisputeView, held: Held, moment: str | None = None) -> Briefing:
    """Return the page on a dispute, read off its view.

    It is bounded: of names, quotations and decisions the first are told, and how many more there are.
    """
    notes = _Notes(view, held)
    opening = tuple(_opening(view, notes))
    sections = [_position(position, index, notes) for index, position in enumerate(view.positions)]
    decided = tuple(_decided(view.decisions, notes))
    if decided:
        sections.append(Section(heading="What people decided", sentences=decided))
    return Briefing(
        dispute=view.id,
        question=view.question,
        opening=opening,
        sections=tuple(sections),
        notes=notes.gathered(),
        moment=moment,
    )


class _Notes:
    """The footnotes, numbered in the order in which they are asked for."""

    def __init__(self, view: DisputeView, held: Held) -> None:
        self._held = held
        self._places: dict[str, tuple[Place, str | None]] = {}
        self._documents: dict[str, Document] = {}
        self._found: dict[tuple[str, tuple[tuple[int, int], ...]], Footnote] = {}
        for position in view.positions:
            for quote in position.quotes:
                for place in (*quote.reprints[::-1], quote.place):
                    self._places[place.statement] = place, quote.speaker

    def knows(self, statement: str) -> bool:
        """Tell whether a statement stands in the dispute."""
        return statement in self._places

    def to(self, statements: Iterable[str], most: int = NAMES, *, look: bool = False) -> tuple[int, ...]:
        """Return the numbers of the footnotes to the first of some statements, each once.

        Statements that are not quoted in the dispute are left out, or looked up where ``look`` says so.
        """
        statements = list(statements)
        if look:
            for each in statements[:most]:
                if not self.knows(each):
                    self._places[each] = self._looked_up(each)
        known = dict.fromkeys(each for each in statements if self.knows(each))
        return tuple(
            dict.fromkeys(self._number(each, self._places[each][0].offsets) for each in [*known][:most])
        )

    def to_words(self, statement: str, start: int, end: int) -> tuple[int, ...]:
        """Return the number of the footnote to some words of the report of a statement."""
        if not self.knows(statement):  # a clause, or a reprint, that is shown within another quotation
            self._places[statement] = self._looked_up(statement)
        return (self._number(statement, ((start, end),)),)

    def gathered(self) -> tuple[Footnote, ...]:
        """Return all that were asked for."""
        return tuple(self._found.values())

    def _looked_up(self, statement: str) -> tuple[Place, str | None]:
        found = self._held.statement(statement)
        document = self._held.document(found.document)
        outlet = outlet_words(document)
        place = Place(
            statement=statement,
            document=document.id,
            key=document.key,
            outlet=outlet,
            origin=outlet,
            published=document.published,
            offsets=tuple((span.start, span.end) for span in found.content),
        )
        return place, found.speaker.label if found.speaker else None

    def _number(self, statement: str, offsets: tuple[tuple[int, int], ...]) -> int:
        if (statement, offsets) not in self._found:
            place, speaker = self._places[statement]
            document = self._documents.get(place.key)
            if document is None:
                document = self._documents[place.key] = self._held.document(place.key)
            self._found[statement, offsets] = Footnote(
                number=len(self._found) + 1,
                statement=statement,
                words=tuple(document.text[start:end] for start, end in offsets),
                offsets=offsets,
                speaker=speaker,
                title=document.title or document.id,
                outlet=place.outlet,
                origin=place.origin,
                published=place.published,
                url=document.url,
                key=place.key,
                capture=document.capture,
            )
        return self._found[statement, offsets].number


def _opening(view: DisputeView, notes: _Notes) -> Iterator[Sentence]:
    firsts = [position.quotes[0].statement for position in view.positions if position.quotes]
    origins = {origin.id for position in view.positions for origin in position.evidence.origins}
    days = _days(view.first_published, view.last_published)
    reports = _counted(len(view.documents), "report")
    text = (
        f"{reports} from {_counted(len(origins), 'independent origin')}{days} "
        f"{'carries' if len(view.documents) == 1 else 'carry'} {len(view.positions)} answers to this."
    )
    yield Sentence(text=text, notes=notes.to(firsts, most=len(firsts)))


def _position(view: PositionView, index: int, notes: _Notes) -> Section:
    told = telling(view.quotes, QUOTES)
    return Section(
        heading=f"{letter(index)}: {_line(view.label)}",
        sentences=tuple(_sentences(view, notes)),
        quotations=tuple(_quotation(each, notes) for each in told),
        index=index,
    )


def _sentences(view: PositionView, notes: _Notes) -> Iterator[Sentence]:
    holders = holders_by_name(view.holders)
    names = [
        f"{each.holder.name} ({each.holder.role})" if each.holder.role else each.holder.name
        for each in holders
    ]
    names += [f"{outlet}, in its own voice" for outlet in view.own_voice]
    wanted = {each.holder.id for each in holders[:NAMES]}
    saying = [quote.statement for quote in view.quotes if quote.actor in wanted or quote.own_voice]
    if names:
        yield Sentence(
            text=f"It is held by {_listed(names)}.", notes=notes.to(_one_each(view.quotes, wanted) or saying)
        )
    evidence = view.evidence
    yield _count(evidence.attested, "independent origin", "report", evidence.told_by, notes, view)
    yield _count(evidence.corroborated, "independent party", "assert", evidence.asserted_by, notes, view)
    if evidence.conceded_by:
        admitted = [quote.statement for quote in view.quotes if quote.act is Act.ADMIT]
        parties = {each.id for each in evidence.conceded_by}
        admitted += [
            each for voice in evidence.asserted_by if voice.id in parties for each in voice.statements
        ]
        words = _listed([each.name for each in evidence.conceded_by])
        yield Sentence(text=f"It is conceded by {words}, whom it harms.", notes=notes.to(admitted, most=2))
    told = {(str(check.status), _line(check.words)): check for check in reversed(view.checks)}
    for (status, words), check in sorted(told.items())[:CHECKS]:
        yield Sentence(
            text=f"The reporting says that it is {status}: “{words}”.",
            notes=notes.to_words(check.statement, check.start, check.end),
        )
    if len(told) > CHECKS:
        rest = [check.statement for check in view.checks]
        more = _counted(len(told) - CHECKS, "further wording")
        yield Sentence(text=f"There {_be(len(told) - CHECKS)} {more} of that.", notes=notes.to(rest, most=1))
    yield from _taken_back(view, notes)
    shown = min(QUOTES, len(view.quotes))
    if len(view.quotes) > shown:
        rest = [quote.statement for quote in view.quotes if quote not in telling(view.quotes, QUOTES)]
        text = f"{_counted(shown, 'quotation')} of {len(view.quotes)} {_be(shown)} given here."
        yield Sentence(text=text, notes=notes.to(rest, most=1))


def _taken_back(view: PositionView, notes: _Notes) -> Iterator[Sentence]:
    """Say what was retracted, corrected or superseded, each wording once."""
    told: dict[str, StatusNote] = {}
    for note in view.statuses:
        if note.status in _TAKEN_BACK and note.statements:
            words = f": “{_line(note.words[0])}”" if note.words else ""
            told.setdefault(f"A claim in it was {_TAKEN_BACK[note.status]}{words}.", note)
    for text, note in list(told.items())[:CHECKS]:
        yield Sentence(text=text, notes=notes.to(note.statements, most=2, look=True))
    if len(told) > CHECKS:
        rest = list(told.values())[CHECKS].statements
        more = _counted(len(told) - CHECKS, "claim")
        text = f"{more} more in it {_was(len(told) - CHECKS)} taken back or superseded."
        yield Sentence(text=text, notes=notes.to(rest, most=1, look=True))


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _count(
    number: int, noun: str, verb: str, voices: tuple[Folded, ...], notes: _Notes, view: PositionView
) -> Sentence:
    """Say who is counted, with one statement of each."""
    names = f": {_listed([each.name for each in voices])}" if voices else ""
    firsts = [next((each for each in voice.statements if notes.knows(each)), "") for voice in voices]
    if not any(firsts):
        firsts = [quote.statement for quote in view.quotes[:1]]
    verb = f"{verb}s" if number == 1 else verb
    return Sentence(text=f"{_counted(number, noun)} {verb} it{names}.", notes=notes.to(filter(None, firsts)))


def _quotation(quote: Quote, notes: _Notes) -> Sentence:
    who = _line(quote.speaker or "The report itself")
    place = quote.place
    outlet = place.outlet if place.origin == place.outlet else f"{place.outlet}, from {place.origin}"
    day = place.published[:10] if place.published else "no date"
    said = _line(quote.content).strip('“”"')
    return Sentence(text=f"“{said}” ({who}, {_line(outlet)}, {day})", notes=notes.to([quote.statement]))


def _decided(decisions: tuple[Decision, ...], notes: _Notes) -> Iterator[Sentence]:
    told = [each for each in decisions if notes.to([each.left, each.right])]
    for each in told[-DECISIONS:]:
        state = state_words(each)
        reason = f": {_line(each.reason)}" if each.reason else ""
        text = f"{each.author}: {_line(decision_words(each))}{reason}{f' ({state})' if state else ''}."
        yield Sentence(text=text, notes=notes.to([each.left, each.right]))
    if len(told) > DECISIONS:
        earlier = _counted(len(told) - DECISIONS, "earlier decision")
        yield Sentence(
            text=f"There {_be(len(told) - DECISIONS)} {earlier}.",
            notes=notes.to([told[0].left, told[0].right]),
        )


def _one_each(quotes: tuple[Quote, ...], actors: set[str]) -> list[str]:
    """Return the first statement of each of these actors."""
    firsts: dict[str, str] = {}
    for quote in quotes:
        if quote.actor in actors and quote.actor is not None:
            firsts.setdefault(quote.actor, quote.statement)
    return list(firsts.values())


def _listed(names: list[str]) -> str:
    shown = [_line(each) for each in names[:NAMES]]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _counted(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _days(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ", undated,"
    if first[:10] == last[:10]:
        return f", published on {first[:10]},"
    return f", published from {first[:10]} to {last[:10]},"


def _line(text: str) -> str:
    return " ".join(text.split())
