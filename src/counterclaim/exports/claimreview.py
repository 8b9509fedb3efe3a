"""Claims as schema.org describes them, in JSON-LD: Claim, and ClaimReview for what people verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from counterclaim.exports.source import Source
from counterclaim.exports.told import Told, tell
from counterclaim.exports.web_annotation import iri
from counterclaim.ledger import Recorded
from counterclaim.model import ActorKind, Claim, Document, Judgement, JudgementKind
from counterclaim.model.judgement import by_program
from counterclaim.model.standing import State
from counterclaim.views.catalogue import Catalogue

_ENCODER = msgspec.json.Encoder(order="deterministic")
_TYPES = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.GROUP: "Organization",
    ActorKind.GOVERNMENT: "GovernmentOrganization",
}


def claimreview(source: Source) -> Iterator[bytes]:
    """Give each claim with its authors and the reports where it appears, then people's verifications.

    Where nothing is to be read off the board each statement is a claim of its own, and there are no
    reviews: which decisions stand is read off all of them.
    """
    yield b'{"@context":"https://schema.org","@graph":['
    separator = b"\n"
    board = source.board
    for node in _of_board(source, board) if board else map(_of_statement, tell(source)):
        yield separator + _ENCODER.encode(node)
        separator = b",\n"
    yield b"\n]}\n"


def _of_board(source: Source, board: Catalogue) -> Iterator[dict[str, Any]]:
    for claim in board.board.claims:
        yield _claim(board, claim)
    for recorded in source.nouns(Judgement):
        judgement = recorded.noun
        if judgement.kind is not JudgementKind.VERIFIED or by_program(judgement):
            continue
        if board.standing.state(judgement.id) is State.STANDS:
            yield _review(board, recorded)


def _claim(board: Catalogue, claim: Claim) -> dict[str, Any]:
    statements = [board.statements[each] for each in claim.statements if each in board.statements]
    documents = [board.documents[key] for key in sorted({each.document for each in statements})]
    return _node(
        iri("claim", claim.id),
        claim.text,
        [_actor(each, board.actor_name(each), _kind(board, each)) for each in claim.actors],
        documents,
    )


def _of_statement(told: Told) -> dict[str, Any]:
    speaker = told.statement.speaker
    author = [_actor(speaker.actor, speaker.label, speaker.kind)] if speaker else []
    return _node(iri("statement", told.statement.id), told.statement.content_text, author, [told.document])


def _node(
    identity: str, text: str, authors: Iterable[dict[str, str]], documents: Iterable[Document]
) -> dict[str, Any]:
    appearances = [_work(each) for each in documents]
    dated = [each for each in appearances if "datePublished" in each]
    node: dict[str, Any] = {"@id": identity, "@type": "Claim", "text": text}
    if authors := list(authors):
        node["author"] = authors
    node["appearance"] = appearances
    first = _first(dated)
    if first is not None:
        node["firstAppearance"] = {"@id": first["@id"]}
    return node


def _first(works: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the work of the earliest day; None where no work has a date or several share the day."""
    if not works:
        return None
    days = sorted((each["datePublished"][: len("2031-04-02")], each["@id"]) for each in works)
    if len(days) > 1 and days[0][0] == days[1][0]:
        return None
    return next(each for each in works if each["@id"] == days[0][1])


def _work(document: Document) -> dict[str, Any]:
    known = {
        "@id": iri("document", document.key),
        "@type": "NewsArticle",
        "identifier": document.id,
        "headline": document.title,
        "url": document.url,
        "datePublished": document.published,
        "dateModified": document.modified,
        "inLanguage": document.language,
    }
    work: dict[str, Any] = {name: value for name, value in known.items() if value}
    if document.publisher:
        work["publisher"] = {"@type": "Organization", "name": document.publisher}
    return work


def _kind(board: Catalogue, actor: str) -> ActorKind:
    known = board.actors.get(actor)
    return known.kind if known else ActorKind.UNKNOWN


def _actor(identity: str, name: str, kind: ActorKind) -> dict[str, str]:
    """Return who makes a claim; a Thing where the reports tell neither a person nor an organisation."""
    return {"@id": iri("actor", identity), "@type": _TYPES.get(kind, "Thing"), "name": name}


def _review(board: Catalogue, recorded: Recorded[Judgement]) -> dict[str, Any]:
    """Return a person's verification of a statement. There is no rating: it tells that and by what."""
    judgement = recorded.noun
    claim = board.claim_of(judgement.left)
    statement = board.statements.get(judgement.left)
    reviewed = iri("claim", claim.id) if claim else iri("statement", judgement.left)
    review: dict[str, Any] = {
        "@id": iri("judgement", judgement.id),
        "@type": "ClaimReview",
        "itemReviewed": {"@id": reviewed, "@type": "Claim"},
        "author": {"@type": "Person", "name": judgement.author},
        "dateCreated": recorded.recorded.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    if statement is not None:
        review["claimReviewed"] = statement.content_text
    if judgement.reason:
        review["reviewBody"] = judgement.reason
    cited = []
    for each in judgement.evidence:
        work = {"@type": "CreativeWork", "url": each.url, "sha256": each.capture, "text": each.note}
        if each.capture:
            work["@type"] = "MediaObject"
        cited.append({name: value for name, value in work.items() if value})
    if cited:
        review["citation"] = cited
    return review
