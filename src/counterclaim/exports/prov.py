"""Where everything comes from, in the W3C's vocabulary PROV-O (Recommendation of 2013), as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from counterclaim.exports.source import Source
from counterclaim.exports.web_annotation import PREFIX, iri
from counterclaim.ledger import Recorded
from counterclaim.model import Annotations, Capture, Document, Judgement, JudgementKind, Statement
from counterclaim.model.judgement import by_program

_ENCODER = msgspec.json.Encoder(order="deterministic")
_SORTS = {"s": "statement", "d": "document", "j": "judgement"}
_TIME = {"@type": "xsd:dateTime"}
_LINK = {"@type": "@id"}
CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "cc": f"{PREFIX}term:",
    "label": "rdfs:label",
    "comment": "rdfs:comment",
    "value": "prov:value",
    "generatedAtTime": {"@id": "prov:generatedAtTime", **_TIME},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", **_LINK},
    "wasQuotedFrom": {"@id": "prov:wasQuotedFrom", **_LINK},
    "wasRevisionOf": {"@id": "prov:wasRevisionOf", **_LINK},
    "hadPrimarySource": {"@id": "prov:hadPrimarySource", **_LINK},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", **_LINK},
    "about": {"@id": "cc:about", **_LINK},
    "kind": "cc:kind",
    "sha256": "cc:sha256",
    "published": "cc:published",
    "modified": "cc:modified",
}
"""What the names in the file stand for; it stands in the file, so that nothing is fetched to read it."""


def prov(source: Source) -> Iterator[bytes]:
    """Give captures, documents, statements and judgements as entities, and who made them as agents.

    ``generatedAtTime`` is when the ledger recorded it. A document derives from its capture and is attributed
    to its outlet, a statement is quoted from its document and attributed to the program that found it (that
    somebody said it is what the report says, not what this file says), a judgement derives from what it is
    about and is attributed to the person or the program. It is read and written in constant memory, but
    for the names of agents.
    """
    yield b'{"@context":' + _ENCODER.encode(CONTEXT) + b',"@graph":['
    separator = b"\n"
    for node in _nodes(source):
        yield separator + _ENCODER.encode({name: value for name, value in node.items() if value})
        separator = b",\n"
    yield b"\n]}\n"


def _nodes(source: Source) -> Iterator[dict[str, Any]]:
    agents = _Agents()
    for capture in source.nouns(Capture):
        yield _capture(capture)
    for document in source.nouns(Document):
        yield from agents.new(outlet := _outlet(document.noun))
        yield _document(document, outlet)
    for notes in source.nouns(Annotations):
        document_iri = iri("document", notes.noun.document)
        yield _entity("annotations", notes.noun.document, notes.recorded, wasDerivedFrom=[document_iri])
    for statement in source.nouns(Statement):
        yield from agents.new(program := _program(statement.noun.model))
        yield _statement(statement, program)
    for judgement in source.nouns(Judgement):
        yield from agents.new(author := _author(judgement.noun))
        yield _judgement(judgement, author)
        if judgement.noun.kind is JudgementKind.REVISES:
            later, earlier = (iri("document", end) for end in (judgement.noun.left, judgement.noun.right))
            yield {"@id": later, "wasRevisionOf": earlier}


class _Agents:
    """The agents that are written: each stands before what is attributed to it, once."""

    def __init__(self) -> None:
        self._written: set[str] = set()

    def new(self, agent: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
        if agent is not None and agent["@id"] not in self._written:
            self._written.add(agent["@id"])
            yield agent


def _agent(sort: str, name: str, kind: str) -> dict[str, Any]:
    return {"@id": iri(sort, name), "@type": ["prov:Agent", f"prov:{kind}"], "label": name}


def _outlet(document: Document) -> dict[str, Any] | None:
    return _agent("outlet", document.publisher, "Organization") if document.publisher else None


def _program(name: str) -> dict[str, Any] | None:
    return _agent("program", name, "SoftwareAgent") if name else None


def _author(judgement: Judgement) -> dict[str, Any]:
    if by_program(judgement):
        return _agent("program", judgement.author.removeprefix("program:"), "SoftwareAgent")
    return _agent("person", judgement.author, "Person")


def _entity(
    sort: str, identity: str, recorded: datetime, agent: dict[str, Any] | None = None, **known: Any
) -> dict[str, Any]:
    return {
        "@id": iri(sort, identity),
        "@type": "prov:Entity",
        "generatedAtTime": recorded.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "wasAttributedTo": agent["@id"] if agent else None,
        **known,
    }


def _capture(recorded: Recorded[Capture]) -> dict[str, Any]:
    capture = recorded.noun
    return _entity(
        "capture",
        capture.sha256,
        recorded.recorded,
        label=capture.name,
        sha256=capture.sha256,
        hadPrimarySource=capture.url if _is_iri(capture.url) else None,
    )


def _document(recorded: Recorded[Document], outlet: dict[str, Any] | None) -> dict[str, Any]:
    document = recorded.noun
    return _entity(
        "document",
        document.key,
        recorded.recorded,
        outlet,
        label=document.title or document.id,
        published=document.published,
        modified=document.modified,
        wasDerivedFrom=[iri("capture", document.capture)],
    )


def _statement(recorded: Recorded[Statement], program: dict[str, Any] | None) -> dict[str, Any]:
    statement = recorded.noun
    return _entity(
        "statement",
        statement.id,
        recorded.recorded,
        program,
        value=statement.content_text,
        # A quotation is a derivation; both are given for those who follow derivations without a reasoner.
        wasDerivedFrom=[iri("document", statement.document)],
        wasQuotedFrom=[iri("document", statement.document)],
    )


def _judgement(recorded: Recorded[Judgement], author: dict[str, Any]) -> dict[str, Any]:
    judgement = recorded.noun
    ends = [end for end in (judgement.left, judgement.right) if end]
    held = [_noun(end) for end in (*ends, judgement.follows)]
    files = [iri("capture", each.capture) for each in judgement.evidence if each.capture]
    return _entity(
        "judgement",
        judgement.id,
        recorded.recorded,
        author,
        kind=str(judgement.kind),
        comment=judgement.reason,
        about=[iri("actor", end) for end in ends if _noun(end) is None],
        wasDerivedFrom=sorted({*filter(None, held), *files}),
        hadPrimarySource=[each.url for each in judgement.evidence if _is_iri(each.url)],
    )


def _noun(name: str) -> str | None:
    """Return the IRI of a statement, a document or a judgement; None for anything else."""
    sort = _SORTS.get(name[:1]) if name[1:2] == "-" and "/" not in name else None
    return iri(sort, name) if sort else None


def _is_iri(url: str | None) -> bool:
    """Tell whether an address can stand as an IRI: nothing in it that would need escaping there."""
    return url is not None and "://" in url and not any(c <= " " or c in '<>"{}|\\^`' for c in url)
