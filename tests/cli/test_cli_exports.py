"""What the command line exports of the samples, read by the libraries of the standards."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from followthemoney import model
from prov.model import ProvAgent, ProvAttribution, ProvDerivation, ProvDocument, ProvEntity
from rdflib import PROV, RDF, Graph

from counterclaim.cli.program import run
from counterclaim.exports import read_ftm, read_lines

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "reports"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    """Return what writes the ledger of the samples in a format, with options, and gives the bytes."""
    folder = tmp_path_factory.mktemp("samples")
    place = folder / "samples.db"
    assert run(["ingest", str(SAMPLES), "--ledger", str(place)]) == 0
    written = {}

    def give(*options):
        if options not in written:
            file = folder / f"{len(written)}.out"
            assert run(["export", "--ledger", str(place), "--to", *options, "-o", str(file)]) == 0
            written[options] = file.read_bytes()
        return written[options]

    return give


@pytest.mark.parametrize("options", [(), ("--only", "stored")])
def test_followthemoney_gives_back_the_lines_byte_for_byte(export, options):
    lines = export("jsonl", "--only", "stored").splitlines(keepends=True)
    entities = export("ftm", *options).splitlines(keepends=True)
    assert len(lines) > 1_000
    assert list(read_ftm(entities)) == lines
    assert list(read_lines(entities)) == lines == list(read_lines(lines))
    proxies = [model.get_proxy(json.loads(each), cleaned=False) for each in entities]
    again = [json.dumps(each.to_dict()).encode() for each in proxies]
    assert list(read_ftm(again)) == lines


def test_without_what_is_carried_the_entities_are_the_same(export):
    whole, bare = (export("ftm", *options).splitlines() for options in ((), ("--without", "carried")))
    assert whole[: len(bare)] == bare
    kinds = Counter(json.loads(each)["schema"] for each in whole[len(bare) :])
    assert set(kinds) == {"Note"}


@pytest.mark.parametrize("options", [(), ("--only", "stored")])
def test_every_noun_is_an_entity_of_prov_and_all_links_are_read(export, options):
    nouns = Counter(
        json.loads(line)["noun"]["type"] for line in export("jsonl", "--only", "stored").splitlines()
    )
    written = export("prov", *options).decode()
    graph = Graph().parse(data=written, format="json-ld")
    entities = set(graph.subjects(RDF.type, PROV.Entity))
    assert Counter(each.split(":")[2] for each in entities) == nouns
    assert set(graph.subjects(PROV.generatedAtTime)) == entities
    document = ProvDocument.deserialize(content=written, format="rdf", rdf_format="json-ld")
    read = Counter(type(each) for each in document.get_records())
    assert read[ProvEntity] == len(entities)
    assert read[ProvAgent] == len(set(graph.subjects(RDF.type, PROV.Agent)))
    assert read[ProvDerivation] == len(list(graph.subject_objects(PROV.wasDerivedFrom)))
    assert read[ProvAttribution] == len(list(graph.subject_objects(PROV.wasAttributedTo)))
    captures = {each for each in entities if each.startswith("urn:counterclaim:capture:")}
    for statement in graph.subjects(PROV.wasQuotedFrom):
        assert captures & set(graph.transitive_objects(statement, PROV.wasDerivedFrom))


def test_followthemoney_is_imported_without_loss(export, tmp_path, capsys):
    (tmp_path / "samples.ftm.json").write_bytes(export("ftm"))
    copy = str(tmp_path / "copy.db")
    assert run(["import", str(tmp_path / "samples.ftm.json"), "--keep-times", "--ledger", copy]) == 0
    assert run(["export", "--ledger", copy, "--to", "jsonl", "-o", str(tmp_path / "copy.jsonl")]) == 0
    assert (tmp_path / "copy.jsonl").read_bytes() == export("jsonl")
    assert run(["verify", "--ledger", copy]) == 0


def test_an_import_of_what_is_not_whole_adds_nothing(export, tmp_path, capsys):
    bare = tmp_path / "bare.ftm.json"
    bare.write_bytes(export("ftm", "--without", "carried"))
    copy = str(tmp_path / "copy.db")
    assert run(["import", str(bare), "--ledger", copy]) != 0
    assert "no entity holds what a ledger stores" in capsys.readouterr().err
    assert run(["export", "--ledger", copy, "--to", "jsonl", "-o", str(tmp_path / "copy.jsonl")]) == 0
    assert (tmp_path / "copy.jsonl").read_bytes() == b""
