"""FollowTheMoney entities as JSON Lines, as Aleph, yente and the tools around them read them.

Schemata and properties are those of the library ``followthemoney`` (https://followthemoney.tech), which makes
and cleans every entity here. docs/exports.md has the mapping and what is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from counterclaim.documents import is_recipe
from counterclaim.exports.carried import Piece, pack
from counterclaim.exports.filters import kept, shown
from counterclaim.exports.lines import stored_lines
from counterclaim.exports.source import Source
from counterclaim.exports.told import Told, tell
from counterclaim.model import ActorKind, Affiliation, CounterclaimError, Document, Speaker
from counterclaim.model.digest import identifier
from counterclaim.model.errors import Messages

_ENCODER = msgspec.json.Encoder(order="deterministic")
_SCHEMATA = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.GROUP: "Organization",
    ActorKind.GOVERNMENT: "PublicBody",
}
_ORGANISATIONS = ("Organization", "PublicBody")


def ftm(source: Source) -> Iterator[bytes]:
    """Give every report as an Article with its statements as Notes, and each actor before it is named.

    Then all that the ledger stores, packed, so that :func:`counterclaim.exports.read_ftm` gives it back.

    What is held in memory beyond the source is the ids of actors and memberships that are written.
    Raises CounterclaimError where the library is missing, which the extra ``exchange`` installs.
    """
    try:
        from followthemoney import model
    except ImportError as error:
        raise CounterclaimError(Messages.extra_missing("exchange")) from error
    writer = _Writer(model)
    document = None
    for told in tell(source):
        if told.document.key != document:
            document = told.document.key
            yield writer.article(told.document)
        yield from writer.statement(told)
    # A report in which nobody was found to say anything is an article too.
    for report in source.reports():
        if not report.statements:
            yield writer.article(report.document)
    if source.choices.carried:
        for piece in pack(stored_lines(source)):
            yield writer.carried(piece)


class _Writer:
    """Makes entities; it keeps which actors, mentions and memberships are written, and as what."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._schemata: dict[str, str] = {}
        self._links: set[str] = set()
        self._mentions: set[str] = set()
        self._document = ""

    def carried(self, piece: Piece) -> bytes:
        """Give a piece of all that is stored, as it is: the library would fold what it holds."""
        entity = self._model.make_entity("Note")
        entity.id = identifier("carried", piece.name, piece.text)
        entity.add("name", piece.name)
        entity.add("indexText", piece.text, cleaned=True)
        return _line_of(entity)

    def article(self, document: Document) -> bytes:
        return self._line(
            "Article",
            document.key,
            name=document.title or document.id,
            title=document.title,
            author=document.byline,
            publisher=document.publisher,
            publishedAt=document.published,
            modifiedAt=document.modified,
            sourceUrl=document.url,
            language=document.language,
            encoding=None if is_recipe(document.encoding) else document.encoding,
            fileName=document.id,
            bodyText=document.text,
            notes=f"SHA-256 of the bytes received: {document.capture}",
        )

    def statement(self, told: Told) -> Iterator[bytes]:
        """Give the speaker where new, the mention of it in the report, its party, then the statement."""
        statement = told.statement
        if statement.document != self._document:
            self._document = statement.document
            self._mentions.clear()
        entity = [statement.document]
        speaker = statement.speaker
        if speaker is not None and told.actor is not None:
            actor = _actor(told.actor)
            entity.append(actor)
            yield from self._speaker(told, speaker, actor)
        said = statement.said.interval.edtf if statement.said else None
        happened = statement.happened.interval.edtf if statement.happened else None
        notes = [
            f"characters {told.offsets} of the text",
            f"act: {statement.act}",
            f"words: {statement.kind}",
            None if statement.polarity else "the speaker says that this is not so",
            "hedged" if statement.hedged else None,
            f"said: {said}" if said else None,
            f"said to have happened: {happened}" if happened else None,
            f"clause of {statement.part_of}" if statement.part_of else None,
            f"reported inside {statement.reported_by}" if statement.reported_by else None,
            f"found by {statement.model}" if statement.model else None,
        ]
        yield self._line(
            "Note",
            statement.id,
            name=f"{told.speaker or told.outlet}: {statement.act}",
            description=statement.content_text,
            entity=entity,
            proof=statement.document,
            keywords=[str(statement.act), "affirmed" if statement.polarity else "denied"],
            notes=notes,
        )

    def _speaker(self, told: Told, speaker: Speaker, actor: str) -> Iterator[bytes]:
        known = told.board.actors.get(told.actor or "") if told.board else None
        kind = known.kind if known else speaker.kind
        name = told.speaker or speaker.label
        if actor not in self._schemata:
            self._schemata[actor] = schema = _SCHEMATA.get(kind, "LegalEntity")
            anonymous = "source that the report does not name" if speaker.anonymous else None
            aliases = known.aliases if known else ()
            yield self._line(
                schema, actor, name=name, weakAlias=aliases, description=speaker.description, notes=anonymous
            )
        if actor not in self._mentions:
            self._mentions.add(actor)
            yield self._line(
                "Mention",
                identifier("mention", told.document.key, actor),
                document=told.document.key,
                name=speaker.label,
                resolved=actor,
                detectedSchema=self._schemata[actor],
            )
        if speaker.affiliation is not None:
            yield from self._membership(told, speaker.affiliation, actor)

    def _membership(self, told: Told, affiliation: Affiliation, actor: str) -> Iterator[bytes]:
        """Give that the actor speaks for its party: a Membership where that is an organisation."""
        if affiliation.party is None or told.party is None:
            return
        index = told.board.index if told.board else None
        identity = index.actor(told.document.key, affiliation.party) if index else affiliation.party
        party = _actor(identity)
        if party == actor:
            return
        if party not in self._schemata:
            known = told.board.actors.get(identity) if told.board else None
            self._schemata[party] = _SCHEMATA.get(known.kind, "LegalEntity") if known else "Organization"
            yield self._line(self._schemata[party], party, name=told.party)
        former = "former" if affiliation.former else None
        link = identifier("member", actor, party, affiliation.role or "", former or "")
        if link in self._links:
            return
        self._links.add(link)
        proof = f"as report {told.document.id} says"
        if self._schemata[party] in _ORGANISATIONS:
            ends = {"member": actor, "organization": party}
            yield self._line("Membership", link, role=affiliation.role, status=former, summary=proof, **ends)
        else:
            role = affiliation.role or "speaks for"
            yield self._line(
                "UnknownLink", link, subject=actor, object=party, role=role, status=former, summary=proof
            )

    def _line(self, schema: str, identity: str, **properties: Any) -> bytes:
        """Return an entity as a line; values are cleaned by the library, empty ones left out."""
        entity = self._model.make_entity(schema)
        entity.id = identity
        for name, value in properties.items():
            values = [value] if value is None or isinstance(value, str) else value
            # A text that is shown on one line; that of the report stays as it is.
            entity.add(
                name, [kept(each) if name == "bodyText" else shown(kept(each)) for each in values if each]
            )
        return _line_of(entity)


def _line_of(entity: Any) -> bytes:
    whole = entity.to_dict()
    plain = {name: whole[name] for name in ("id", "schema", "properties")}
    return _ENCODER.encode(plain) + b"\n"


def _actor(identity: str) -> str:
    """Return an actor's id as that of an entity: it never equals that of a report or a statement."""
    return f"actor-{identity}"
