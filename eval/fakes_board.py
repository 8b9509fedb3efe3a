"""A board of all FA-KES reports: what it costs, and its largest disputes in full.

    python eval/fakes_board.py CACHE [--top 10] [--output FILE]

The reports are analysed once (pickled in CACHE), ingested into a fresh ledger in CACHE, and the board is read
as ``counterclaim board`` reads it. Printed are the CPU-seconds of each step, the size of the ledger, the
judgements by basis and kind, and the largest disputes with their positions, counts and statements.
"""

from __future__ import annotations

import argparse
import pickle
import time
from collections import Counter
from pathlib import Path

import shared

from counterclaim import pipeline
from counterclaim.disputes import DefaultLinker
from counterclaim.ledger import Ledger
from counterclaim.model import Capture, Dispute, Problem, Report
from counterclaim.views.board import board_view
from counterclaim.views.catalogue import Catalogue
from counterclaim.views.reading import read_catalogue

FAKES = shared.CORPORA / "fakes" / "reports.jsonl"


def analysed(cache: Path) -> list[tuple[Capture, Report]]:
    """Return each report with its capture, analysed once."""
    place = cache / "fakes.pkl"
    if not place.exists():
        read = [item for item in pipeline.read(FAKES) if not isinstance(item, Problem)]
        started = time.process_time()
        found = [(capture, pipeline.analyse(document)) for capture, document in read]
        print(f"analysis: {time.process_time() - started:.1f} s")
        place.write_bytes(pickle.dumps(found))
    return list(pickle.loads(place.read_bytes()))


def told(dispute: Dispute, catalogue: Catalogue) -> str:
    """Return a dispute in full: question, dates, positions with counts, and their statements."""
    statements = {statement.id: statement for statement in catalogue.snapshot.statements}
    documents = {document.key: document for document in catalogue.snapshot.documents}
    lines = [
        f"{dispute.question}",
        f"  {dispute.id}  {dispute.first_published} to {dispute.last_published}, "
        f"{len(dispute.documents)} reports, {dispute.status}",
    ]
    for position in dispute.positions:
        counts = position.attestation
        lines.append(
            f"  POSITION: {position.label}\n"
            f"    attested {counts.attested}, corroborated {counts.corroborated}: "
            f"{', '.join(counts.parties)}; {len(position.statements)} statements"
        )
        for key in sorted(
            position.statements, key=lambda key: documents[statements[key].document].published or ""
        ):
            said = statements[key]
            document = documents[said.document]
            who = said.speaker.label if said.speaker else "(own voice)"
            words = " ".join(said.content_text.split())[:220]
            lines.append(f"      {document.published} {document.id} {who} [{said.act}]: {words}")
    return "\n".join(lines)


def size_of(dispute: Dispute) -> int:
    """Return the number of statements in a dispute."""
    return sum(len(position.statements) for position in dispute.positions)


def main() -> None:
    """Ingest, read the board, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--top", type=int, default=10)
    parser.add_argument("--output", type=Path)
    chosen = parser.parse_args()
    why = shared.missing()
    if why:
        print(f"skipped: {why}")
        return
    chosen.cache.mkdir(parents=True, exist_ok=True)
    reports = analysed(chosen.cache)
    place = chosen.cache / "fakes.db"
    place.unlink(missing_ok=True)
    started = time.process_time()
    with Ledger.open(str(place), create=True) as ledger:
        linker = DefaultLinker()
        for capture, report in reports:
            ledger.add(capture, report, linker)
    linked = time.process_time() - started
    started = time.process_time()
    with Ledger.open(str(place)) as ledger:
        catalogue = read_catalogue(ledger)
        shown = len(board_view(catalogue).disputes)
    spent = time.process_time() - started
    said = len(catalogue.snapshot.statements)
    bases = Counter(f"{j.basis} {j.kind}" for j in catalogue.snapshot.judgements)
    print(
        f"{len(reports)} reports, {said} statements: linking and storing {linked:.1f} s of CPU, "
        f"board {spent:.1f} s"
    )
    print(
        f"ledger {place.stat().st_size / 1e6:.0f} MB; "
        f"{len(catalogue.snapshot.judgements)} judgements {dict(bases)}"
    )
    print(f"{len(catalogue.board.claims)} claims, {shown} disputes")
    largest = sorted(catalogue.board.disputes, key=lambda dispute: (-size_of(dispute), dispute.id))
    print("statements in the largest disputes:", [size_of(dispute) for dispute in largest[:40]])
    text = "\n\n".join(told(dispute, catalogue) for dispute in largest[: chosen.top])
    if chosen.output:
        chosen.output.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
