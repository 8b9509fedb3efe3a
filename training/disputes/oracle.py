"""Reports of the stories: as the pipeline reads them, and with the gold's statements in their place.

    python oracle.py SHARED CACHE

Writes ``CACHE/read.pkl`` and ``CACHE/oracle.pkl`` (lists of ``Report``). A gold statement takes speaker,
act and polarity from the statement of the pipeline that overlaps it most (``score_stories.overlaps``);
where none does, it is the report's own voice.
"""

from __future__ import annotations

import json
import pickle
import re
import sys
from pathlib import Path

from msgspec.structs import replace

from counterclaim import pipeline
from counterclaim.model import Act, Document, Kind, Report, Statement

_NOT = re.compile(r"\b(?:not|no|never|nobody|nothing)\b|n[’']t\b", re.IGNORECASE)
SOURCES = ("polnear/dev.jsonl", "fakes/reports.jsonl")


def stories(shared: Path) -> list[dict]:
    """Return the stories, sorted by file name."""
    return [json.loads(path.read_text()) for path in sorted((shared / "corpora/stories").glob("*.json"))]


def read_reports(shared: Path, cache: Path) -> list[Report]:
    """Read the reports of the stories with the pipeline, once."""
    kept = cache / "read.pkl"
    if not kept.exists():
        wanted = {s["doc"] for story in stories(shared) for s in story["statements"]}
        lines = [line for name in SOURCES for line in (shared / "corpora" / name).read_text().splitlines()]
        chosen = cache / "dev.jsonl"
        chosen.write_text("\n".join(line for line in lines if json.loads(line)["id"] in wanted) + "\n")
        found = [item for item in pipeline.extract(str(chosen)) if isinstance(item, Report)]
        kept.write_bytes(pickle.dumps(found))
    return pickle.loads(kept.read_bytes())


def oracle_reports(shared: Path, reports: list[Report]) -> list[Report]:
    """Return the reports with the gold's statements in the place of the pipeline's."""
    sys.path.insert(0, str(shared / "bench"))
    from score_stories import overlaps, words

    spans: dict[str, set] = {}
    for story in stories(shared):
        for s in story["statements"]:
            spans.setdefault(s["doc"], set()).add(tuple(map(tuple, s["content"])))
    out = []
    for report in reports:
        text, found = report.document.text, []
        for content in sorted(spans[report.document.id]):
            gold = words(text, content)
            scored = [
                (overlaps(gold, words(text, [(c.start, c.end) for c in s.content])), s.id, s)
                for s in report.statements
            ]
            best = max(scored, default=(0, "", None), key=lambda item: item[:2])
            found.append(_statement(report.document, content, best[2] if best[0] else None))
        out.append(replace(report, statements=tuple({s.id: s for s in found}.values())))
    return out


def _statement(document: Document, content: tuple, read: Statement | None) -> Statement:
    spans = tuple(document.span(*part) for part in content)
    if read is not None:
        return replace(
            read,
            id=Statement.id_of(document.key, read.cue, spans),
            content=spans,
            refers_to=(),
            reported_by=None,
        )
    words = " ".join(span.quote for span in spans)
    act = Act.QUESTION if words.rstrip("”\" '").endswith("?") else Act.ASSERT
    return Statement(
        id=Statement.id_of(document.key, (), spans),
        document=document.key,
        source=(),
        cue=(),
        content=spans,
        kind=Kind.INDIRECT,
        act=act,
        polarity=not _NOT.search(words[:60]),
    )


if __name__ == "__main__":
    shared, cache = Path(sys.argv[1]), Path(sys.argv[2])
    read = read_reports(shared, cache)
    (cache / "oracle.pkl").write_bytes(pickle.dumps(oracle_reports(shared, read)))
    print(len(read), sum(len(r.statements) for r in read))
