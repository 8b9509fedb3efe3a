"""PROV-O: rdflib and the prov library read it, and every chain leads back to a capture."""

from __future__ import annotations

from datetime import datetime

import pytest
from event_example import make_event_ledger
from exports_help import source_of, stored
from prov.model import ProvAgent, ProvDocument, ProvEntity
from rdflib import PROV, RDF, Graph, Literal, URIRef

from counterclaim.exports import FORMATS
from counterclaim.exports.web_annotation import PREFIX, iri
from counterclaim.ledger import Ledger
from counterclaim.model import Capture, Document, Evidence, Judgement, JudgementKind, Statement


@pytest.fixture
def place(tmp_path, example):
    place = stored(tmp_path / "ledger.db", example.catalogue, example.capture)
    with Ledger.open(str(place)) as ledger:
        statement = next(iter(ledger.statements())).id
        letter = Capture.of("letter", b"Dear harbour", "text/plain")
        evidence = (
            Evidence(capture=letter.sha256),
            Evidence(url="https://larre.example/a b"),
            Evidence(note="x"),
        )
        said = Judgement.of(
            JudgementKind.VERIFIED,
            statement,
            "",
            basis="analyst",
            author="Ann <b>",
            reason='"so"\n',
            evidence=evidence,
        )
        assert ledger.judge(said, [letter])
        assert ledger.judge(Judgement.of(JudgementKind.UNDONE, said.id, "", basis="analyst", author="Bo"))
        documents = sorted(document.key for document in ledger.documents())
        assert ledger.judge(
            Judgement.of(JudgementKind.REVISES, *documents[:2], basis="analyst", author="Bo", reason="edited")
        )
    return place


def written(place, **choices):
    with source_of(place, **choices) as source:
        return b"".join(FORMATS["prov"].pieces(source))


def read(place, **choices):
    return Graph().parse(data=written(place, **choices), format="json-ld")


def test_everything_that_is_stored_is_an_entity_with_the_time_of_its_recording(place):
    graph = read(place)
    with Ledger.open(str(place)) as ledger:
        for sort, kind in (
            ("capture", Capture),
            ("document", Document),
            ("statement", Statement),
            ("judgement", Judgement),
        ):
            told = {
                each for each in graph.subjects(RDF.type, PROV.Entity) if each.startswith(f"{PREFIX}{sort}:")
            }
            held = list(ledger.stream(kind))
            assert len(told) == len(held) > 0
        for each in ledger.stream(Statement):
            entity = URIRef(iri("statement", each.noun.id))
            (time,) = graph.objects(entity, PROV.generatedAtTime)
            assert isinstance(time, Literal)
            assert time.toPython() == each.recorded
            assert isinstance(time.toPython(), datetime)
            assert graph.value(entity, PROV.value) == Literal(each.noun.content_text)


def test_every_link_leads_to_what_is_there_and_every_statement_back_to_a_capture(place):
    graph = read(place)
    declared = set(graph.subjects(RDF.type, PROV.Entity)) | set(graph.subjects(RDF.type, PROV.Agent))
    for link in (PROV.wasDerivedFrom, PROV.wasQuotedFrom, PROV.wasAttributedTo, PROV.wasRevisionOf):
        ends = set(graph.objects(None, link))
        assert ends
        assert ends <= declared
    for statement in graph.subjects(PROV.wasQuotedFrom):
        document = graph.value(statement, PROV.wasQuotedFrom)
        assert document == graph.value(statement, PROV.wasDerivedFrom)
        capture = graph.value(document, PROV.wasDerivedFrom)
        assert capture.startswith(f"{PREFIX}capture:")


def test_who_decided_is_a_person_or_a_program(place):
    graph = read(place)
    people = {str(graph.value(each, RDF.type)) for each in graph.subjects(RDF.type, PROV.Person)}
    assert people
    names = {str(label) for each in graph.subjects(RDF.type, PROV.Person) for label in graph.objects(each)}
    assert {"Ann <b>", "Bo"} <= names
    with Ledger.open(str(place)) as ledger:
        for each in ledger.judgements():
            author = graph.value(URIRef(iri("judgement", each.id)), PROV.wasAttributedTo)
            program = each.author.startswith("program:")
            assert ((author, RDF.type, PROV.SoftwareAgent) in graph) == program
            assert ((author, RDF.type, PROV.Person) in graph) != program


def test_the_prov_library_reads_it(place):
    document = ProvDocument.deserialize(content=written(place).decode(), format="rdf", rdf_format="json-ld")
    graph = read(place)
    entities = {str(record.identifier.uri) for record in document.get_records(ProvEntity)}
    assert entities == {str(each) for each in graph.subjects(RDF.type, PROV.Entity)}
    agents = {str(record.identifier.uri) for record in document.get_records(ProvAgent)}
    assert agents == {str(each) for each in graph.subjects(RDF.type, PROV.Agent)}


def test_with_what_is_stored_alone_it_is_the_same(place):
    assert written(place) == written(place, board=False)
    with source_of(place) as source:
        list(FORMATS["prov"].pieces(source))
        assert "catalogue" not in source.__dict__, "no board was read"


def test_an_empty_ledger_gives_an_empty_graph(tmp_path):
    with Ledger.open(str(tmp_path / "empty.db"), create=True):
        pass
    assert len(read(tmp_path / "empty.db")) == 0


def test_a_report_on_events_is_taken_too(tmp_path):
    statements = make_event_ledger(tmp_path / "events.db")
    values = {str(each) for each in read(tmp_path / "events.db").objects(None, PROV.value)}
    assert values == {statement.content_text for statement in statements.values()}
