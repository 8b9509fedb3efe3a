"""The finished actors of a document: what was named, what spoke, and every word that points to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterclaim.statements.speakers import SpeakerResolver

from counterclaim.model import ActorKind, Document, DocumentActor
from counterclaim.statements.actors.member import Member
from counterclaim.statements.candidate import Range

_PRONOUN = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:the|this)\s+(?:[A-Z]?[a-z]+(?:-[a-z]+)?\s+)?(?:group|movement|militia|organisation|organization|coalition|alliance|agency|company|firm|charity|watchdog|monitor)\b",
    re.IGNORECASE,
)


def gather_actors(document: Document, resolver: SpeakerResolver) -> tuple[DocumentActor, ...]:
    """Return every actor of the document with all its mentions, in order of the first one."""
    _point(resolver)
    for place, country in resolver.states.acting():
        resolver.states.government(country, place)
    named_for = _parties(resolver)
    actors = []
    for member in resolver.cast.members.values():
        if not member.mentions and member.id in named_for:
            member.mention(named_for[member.id])
        spans = [document.span(*place) for place in _apart(member)]
        if spans:
            actors.append(member.close(spans))
    return tuple(sorted(actors, key=lambda a: (a.mentions[0].start, a.id)))


def _parties(resolver: SpeakerResolver) -> dict[str, Range]:
    """Return for each party the first words that name it: in a role, or else the words of the role."""
    found: dict[str, Range] = {}
    for member in resolver.cast.members.values():
        for affiliation in member.affiliations:
            span = affiliation.span
            if span is None or affiliation.party is None or affiliation.party in found:
                continue
            place = span.quote.find(affiliation.party_name or "") if affiliation.party_name else -1
            start = span.start + place if place >= 0 else span.start
            end = start + len(affiliation.party_name or "") if place >= 0 else span.end
            found[affiliation.party] = (start, end)
    return found


def _point(resolver: SpeakerResolver) -> None:
    """Add the pronouns and the "groups" of the whole text to whom they stand for."""
    discourse, text = resolver.discourse, resolver.cast.text
    taken = {start for member in resolver.cast.members.values() for start in member.mentions}
    for match in _GROUP.finditer(text):
        if match.start() in taken:
            continue
        member = discourse.body(match[0], match.start())
        if member is not None:
            member.mention(match.span())
            discourse.note(match.span(), member)
    found: list[tuple[Range, Member]] = []
    for match in _PRONOUN.finditer(text):
        if match.start() not in taken:
            person = discourse.person(match[0].casefold(), match.start())
            if person is not None and person.kind is ActorKind.PERSON:
                found.append((match.span(), person))
    for place, member in found:
        member.mention(place)


def _apart(member: Member) -> list[Range]:
    """Return the places of an actor in order, the longer of two that overlap."""
    kept: list[Range] = []
    for start, end in sorted(member.mentions.items(), key=lambda place: (place[0], -place[1])):
        if kept and start < kept[-1][1]:
            continue
        kept.append((start, end))
    return kept
