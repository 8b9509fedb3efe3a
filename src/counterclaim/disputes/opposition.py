"""Whether two statements make the same claim, or cannot both be true: the rules and their reasons."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from counterclaim.claims.blame import rare_events
from counterclaim.claims.gist import Gist
from counterclaim.model import Act, JudgementKind

FIGURES_DAYS = 1
"""Rival figures are given at one time: reports further apart than this give an update, not a dispute."""
EPISODE_DAYS = 10
"""Reports further apart than this do not answer one another, unless they say so."""
TELLING = 10
"""In two reports, figures that are both smaller are of two of the day's incidents more often than rivals."""
RATIO = 40
"""Figures that differ by more than this factor count different events."""
NEAR = 800
"""Characters within which a denial of a word or two answers a claim before it."""
FIGURE_BASES = frozenset({"figure", "rival-value"})
"""Bases of judgements about how many; they make disputes of their own."""


BLAME = "responsibility"
"""Basis of judgements about who did it."""
CONTROL = "control"
"""Basis of judgements about who holds a place."""
WORDS = "words"
"""The basis of judgements on terms in common."""
PARAPHRASE = "paraphrase"
"""Basis of judgements by the pair model."""
ONE_EVENT_DAYS = 21
"""Reports further apart than this are not taken to speak of one event."""

_PRONOUN_CLAUSE = re.compile(r"(?:that\s+)?(?:it|they|he|she|we|I)\b")


_OF_DOCUMENT = re.compile(r"-d-[0-9a-f]{16}")
"""The document's key in the id of a source that is only described."""


class Decision(msgspec.Struct, frozen=True):
    """The relation of two statements, the rule that found it, and how far the rule is to be trusted."""

    kind: JudgementKind
    basis: str
    confidence: float
    reason: str = ""


def decide(one: Gist, other: Gist) -> Decision | None:
    """Return how two statements stand to each other; None where nothing can be said.

    The decision is symmetric and depends on the two alone. The explicit rules come first: a
    reference ("the claim was fabricated"), who holds a place, an answer to an accusation; then
    shared words.
    """
    if one.statement.id == other.statement.id or _overlap(one, other):
        return None
    if one.statement.id in other.statement.refers_to or other.statement.id in one.statement.refers_to:
        return Decision(JudgementKind.OPPOSED, "reference", 0.9, "one calls the other untrue")
    if not comparable(one, other):
        return None
    found = _by_control(one, other) or _by_accusation(one, other)
    if found is None and not one.compound and not other.compound:  # what several clauses say, each says
        found = _by_words(one, other)
    if found is not None and found.basis in {"denial", "negation"} and (one.blame or other.blame):
        return None  # who did it is a question of its own: to deny that is not to deny that it happened
    if found is not None and found.kind is JudgementKind.OPPOSED and _same_voice(one, other):
        return None
    return found


def decide_figures(one: Gist, other: Gist) -> Decision | None:
    """Return how the numbers of dead or wounded in two statements stand to each other.

    This is a question of its own beside :func:`decide`: a statement can say who fired and how many
    died. Rivals exclude one another, are of one measure, given at one time, by different parties;
    anything else is an update or no conflict ("at least 20" does not contradict 30).
    """
    if not one.quantities or not other.quantities or one.statement.id == other.statement.id:
        return None
    if _overlap(one, other):
        return None
    if not one.positive or not other.positive or not _one_count(one, other):
        return None
    mine = {quantity.measure: quantity for quantity in one.quantities}
    for theirs in other.quantities:
        figure = mine.get(theirs.measure)
        if figure is None or figure.vague or theirs.vague:
            continue
        if figure.value == theirs.value:
            reason = f"both give {figure.value:g} {figure.measure}"
            return Decision(JudgementKind.SAME_CLAIM, "figure", 0.7, reason)
        low, high = sorted((figure.value, theirs.value))
        rivals = figure.excludes(theirs) and are_rivals(one.party, other.party) and high <= RATIO * low
        rivals = rivals and (one.document == other.document or high >= TELLING)
        if rivals and days_apart(one.published, other.published) <= FIGURES_DAYS:
            reason = f"{low:g} or {high:g} {figure.measure}"
            return Decision(JudgementKind.OPPOSED, "rival-value", 0.7, reason)
    return None


def _one_count(one: Gist, other: Gist) -> bool:
    """Tell whether two numbers can count one thing: of one event, or by names or words that they share."""
    if one.document == other.document:
        return True
    if not one.setting.may_be_one_with(other.setting):
        return False
    common = one.events & other.events
    if common & rare_events() and one.lead & other.lead:
        return True
    if not one.setting.is_soon_after(other.setting):
        return False
    if common and (one.setting.is_near(other.setting) or len(one.scene & other.scene) >= 2):
        return True
    if not one.place & other.place:
        return False
    if one.names & other.names or len(one.terms & other.terms) >= 3:
        return True
    return len(one.lead & other.lead) >= 2 and bool(one.scene & other.scene)


def decide_blame(one: Gist, other: Gist) -> Decision | None:
    """Return how two statements stand to each other that say who did it, or who did not.

    A question of its own beside :func:`decide`: one statement can blame a side and say how many died.
    """
    if one.blame is None or other.blame is None or one.statement.id == other.statement.id:
        return None
    if _overlap(one, other):
        return None
    agree = one.blame.answers(other.blame)
    if agree is None or not _one_event(one, other) or not _questioned(one, other):
        return None
    if agree:
        return Decision(JudgementKind.SAME_CLAIM, BLAME, 0.6, "both say the same on who did it")
    return Decision(JudgementKind.OPPOSED, BLAME, 0.6, "they differ on who did it")


def _questioned(one: Gist, other: Gist) -> bool:
    """Tell whether who did it is a question here, and not the day's news of what each side did.

    A denial or an accusation raises it, and so does a kind of event that is rare.
    """
    if one.document == other.document or one.events & other.events & rare_events():
        return True
    return any(
        not gist.blame.holds or gist.statement.act is Act.ACCUSE for gist in (one, other) if gist.blame
    )


def _one_event(one: Gist, other: Gist) -> bool:
    """Tell whether two statements can speak of one event: time and place do not keep them apart."""
    if one.document == other.document:
        return one.setting.in_place_with(other.setting)
    if one.events & other.events & rare_events():
        if one.setting.may_be_one_with(other.setting) and one.lead & other.lead:
            return True
        return bool(one.scene & other.scene)
    return (
        one.setting.is_soon_after(other.setting)
        and one.setting.in_place_with(other.setting)
        and (one.setting.is_near(other.setting) or bool(one.scene & other.scene))
    )


def _overlap(one: Gist, other: Gist) -> bool:
    """Tell whether the two are read off the same words: a clause, and what is attributed within it."""
    return one.document == other.document and any(
        mine.start < theirs.end and theirs.start < mine.end
        for mine in one.statement.content
        for theirs in other.statement.content
    )


def _same_voice(one: Gist, other: Gist) -> bool:
    """Tell whether one voice says both in one report: then they are meant to fit together."""
    if one.document != other.document:
        return False
    first, second = one.statement.speaker, other.statement.speaker
    if first is None or second is None:
        return one.statement.own_voice and other.statement.own_voice
    return first.actor == second.actor


def comparable(one: Gist, other: Gist) -> bool:
    """Tell whether the two can be about one event: in one report, or in reports that share a name."""
    return one.document == other.document or bool(one.place & other.place)


def _by_control(one: Gist, other: Gist) -> Decision | None:
    """Compare who holds a place: signs of the pattern lexicon, polarity taken in."""
    if not one.control or not other.control or not _one_place(one, other):
        return None
    if one.control == other.control:
        return Decision(JudgementKind.SAME_CLAIM, CONTROL, 0.6, "both say the same on who holds the place")
    return Decision(JudgementKind.OPPOSED, CONTROL, 0.7, "one says that the place has changed hands, one not")


def _one_place(one: Gist, other: Gist) -> bool:
    """Tell whether two can speak of who holds one place, in one stretch of the fighting for it."""
    if one.document == other.document:
        return True
    if days_apart(one.published, other.published) > EPISODE_DAYS:
        return False
    return one.setting.is_near(other.setting) or bool(one.scene & other.scene)


def _by_accusation(one: Gist, other: Gist) -> Decision | None:
    """Find an accusation, and a negated statement about what the accused is accused of, in one report."""
    if one.document != other.document or one.party == other.party:
        return None
    for accusation, answer in ((one, other), (other, one)):
        if accusation.statement.act is not Act.ACCUSE or answer.positive or not accusation.positive:
            continue
        if answer.statement.content[0].start < accusation.statement.content[0].start:
            continue
        common = accusation.terms & answer.terms
        if common & accusation.names & answer.names and common - accusation.names - answer.names:
            return Decision(JudgementKind.OPPOSED, "answer", 0.7, "a negation answers the accusation")
    return None


def _by_words(one: Gist, other: Gist) -> Decision | None:
    """Compare the words: the same polarity makes one claim, the other polarity an opposition."""
    common = one.terms & other.terms
    smaller = min(len(one.terms), len(other.terms))
    if not smaller or (len(common) < 2 and not _answers_barely(one, other)):
        return None
    plain = len(common - one.names - other.names)
    contained = len(common) / smaller
    alike = len(common) / len(one.terms | other.terms)
    if one.positive == other.positive:
        if (alike >= 0.5 and len(common) >= 3) or (contained >= 0.8 and len(common) >= 5):
            confidence = round(min(0.95, 0.4 + alike / 2), 2)
            return Decision(JudgementKind.SAME_CLAIM, WORDS, confidence, f"{len(common)} terms in common")
        return None
    if days_apart(one.published, other.published) > EPISODE_DAYS or _count_differently(one, other):
        return None
    if one.negated and other.negated and Act.DENY not in {one.statement.act, other.statement.act}:
        return None
    denial = Act.DENY in {one.statement.act, other.statement.act}
    telling = plain >= 2 or any(term.startswith("=") for term in common)
    near = one.document == other.document
    if denial:
        enough = contained >= (0.5 if near else 0.67) and telling and (near or plain >= 2)
    else:
        enough = contained >= 0.67 and len(common) >= 3
    if enough or (contained == 1 and plain >= 2) or _answers_barely(one, other):
        basis = "denial" if denial else "negation"
        confidence = round(min(0.9, 0.4 + contained / 2), 2)
        return Decision(
            JudgementKind.OPPOSED, basis, confidence, f"{len(common)} terms in common, one negated"
        )
    return None


def _count_differently(one: Gist, other: Gist) -> bool:
    """Tell whether both count the same thing and differ: that it was not seven does not gainsay four."""
    mine = {quantity.measure: quantity.value for quantity in one.quantities}
    shared = [quantity for quantity in other.quantities if quantity.measure in mine]
    return bool(shared) and all(mine[quantity.measure] != quantity.value for quantity in shared)


def _answers_barely(one: Gist, other: Gist) -> bool:
    """Tell whether one is a denial of a word or two that answers the other just before it in the report."""
    for denial, claim in ((one, other), (other, one)):
        if (
            denial.statement.act is Act.DENY
            and not denial.statement.refers_to
            and denial.document == claim.document
            and _PRONOUN_CLAUSE.match(denial.statement.content_text)
            and 0 < len(denial.terms) <= 2
            and denial.terms <= claim.terms
            and are_rivals(denial.party, claim.party)
            and 0 < denial.statement.content[0].start - claim.statement.content[0].start < NEAR
        ):
            return True
    return False


def are_rivals(one: str | None, other: str | None) -> bool:
    """Tell whether two parties are known and different: "fire-service" and "county-fire-service" are one."""
    if one is None or other is None:
        return False
    first, second = (set(_OF_DOCUMENT.sub("", party).split("-")) for party in (one, other))
    return not (first <= second or second <= first)


def days_apart(one: str | None, other: str | None) -> int:
    """Return the whole days between two ISO 8601 dates or moments; 0 where one is unknown."""
    if one is None or other is None:
        return 0
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
