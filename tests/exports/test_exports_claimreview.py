"""schema.org: JSON-LD that rdflib reads, with types and properties that schema.org defines for them."""

from __future__ import annotations

import json

import pytest
from event_example import make_event_ledger
from exports_help import source_of, stored
from rdflib import RDF, Graph, Namespace, URIRef

from counterclaim.exports import FORMATS
from counterclaim.exports.web_annotation import iri
from counterclaim.ledger import Ledger
from counterclaim.model import Evidence, Judgement, JudgementKind

SDO = Namespace("https://schema.org/")
THING = {"identifier", "name", "url"}
WORK = THING | {
    "author",
    "citation",
    "dateCreated",
    "dateModified",
    "datePublished",
    "headline",
    "inLanguage",
    "publisher",
    "text",
}
DEFINED = {
    "Thing": THING,
    "Person": THING,
    "Organization": THING,
    "GovernmentOrganization": THING,
    "CreativeWork": WORK,
    "MediaObject": WORK | {"sha256"},
    "NewsArticle": WORK,
    "Claim": WORK | {"appearance", "claimInterpreter", "firstAppearance"},
    "ClaimReview": WORK | {"claimReviewed", "itemReviewed", "reviewBody", "reviewRating"},
}
"""Of each type, properties that schema.org gives it or a type above it; written from its definitions."""


@pytest.fixture
def place(tmp_path, example):
    return stored(tmp_path / "ledger.db", example.catalogue, example.capture)


def read(place, **choices):
    with source_of(place, **choices) as source:
        found = json.loads(b"".join(FORMATS["claimreview"].pieces(source)))
        board = source.board
    assert found["@context"] == "https://schema.org"
    # rdflib would fetch the context; this one gives the same names, and the terms used have no other meaning.
    local = {"@vocab": str(SDO), "url": {"@type": "@id"}}
    graph = Graph().parse(data=json.dumps({**found, "@context": local}), format="json-ld")
    check(graph)
    return found["@graph"], graph, board


def check(graph):
    for subject in set(graph.subjects()):
        types = {str(each).removeprefix(str(SDO)) for each in graph.objects(subject, RDF.type)}
        assert types, subject
        allowed = set().union(*(DEFINED[each] for each in types))
        used = {str(each).removeprefix(str(SDO)) for each in graph.predicates(subject)} - {str(RDF.type)}
        assert used <= allowed, (types, used - allowed)
        assert "reviewRating" not in used


def test_every_claim_has_its_authors_and_the_reports_where_it_appears(place):
    nodes, graph, board = read(place)
    claims = {each["@id"]: each for each in nodes if each["@type"] == "Claim"}
    assert claims.keys() == {iri("claim", each.id) for each in board.board.claims}
    assert claims
    for claim in board.board.claims:
        node = claims[iri("claim", claim.id)]
        assert node["text"] == claim.text
        assert {each["@id"] for each in node.get("author", ())} == {iri("actor", a) for a in claim.actors}
        where = {board.statements[each].document for each in claim.statements}
        assert {each["@id"] for each in node["appearance"]} == {iri("document", key) for key in where}
        first = node.get("firstAppearance")
        assert first is None or first["@id"] in {each["@id"] for each in node["appearance"]}
    published = set(graph.objects(None, SDO.datePublished))
    assert {str(each) for each in published} == {d.published for d in board.documents.values() if d.published}
    assert not list(graph.subjects(RDF.type, SDO.ClaimReview))


def test_a_review_is_what_a_person_verified_and_did_not_take_back(place, example):
    one, other = example.statements[0].id, example.statements[1].id

    def verified(statement, author):
        page = Evidence(url="https://example.org/log", note="harbour log")
        return Judgement.of(
            JudgementKind.VERIFIED,
            statement,
            "",
            basis="analyst",
            author=author,
            reason="seen",
            evidence=(page,),
        )

    kept, gone = verified(one, "Ann"), verified(other, "Ben")
    undoing = Judgement.of(JudgementKind.UNDONE, gone.id, "", basis="analyst", author="Ben", follows=gone.id)
    with Ledger.open(str(place)) as ledger:
        assert all(ledger.judge(each) for each in (kept, gone, undoing))
    nodes, graph, board = read(place)
    reviews = [each for each in nodes if each["@type"] == "ClaimReview"]
    assert [each["@id"] for each in reviews] == [iri("judgement", kept.id)]
    claim = board.claim_of(one)
    assert reviews[0]["itemReviewed"]["@id"] == iri("claim", claim.id)
    assert reviews[0]["author"] == {"@type": "Person", "name": "Ann"}
    assert reviews[0]["claimReviewed"] == example.statements[0].content_text
    assert reviews[0]["citation"] == [
        {"@type": "CreativeWork", "url": "https://example.org/log", "text": "harbour log"}
    ]
    assert (None, SDO.url, URIRef("https://example.org/log")) in graph


def test_without_the_board_each_statement_is_a_claim(tmp_path):
    statements = make_event_ledger(tmp_path / "events.db")
    nodes, _graph, board = read(tmp_path / "events.db", board=False)
    assert board is None
    assert {each["@id"]: each["text"] for each in nodes} == {
        iri("statement", each.id): each.content_text for each in statements.values()
    }
