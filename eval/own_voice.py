"""What a report asserts in its own voice: how much of the gold is found, and how much is not its own.

Run it from anywhere::

    python eval/own_voice.py [accurate|fast]

*found* is that of ``score_stories.py`` on the six dev stories, without linking (the weights were fitted
on these stories too: training/own_voice/fit.py gives the cross-validated figure); *attributed* the share
of the clauses found in PolNeAR dev that stand at least half in the content of a gold attribution.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import msgspec
import shared

from counterclaim import pipeline
from counterclaim.model import Problem, Report
from counterclaim.statements import Extraction


class OwnVoice(msgspec.Struct, frozen=True, kw_only=True):
    """The scores of one extractor: shares between 0 and 1, and clauses kept per report."""

    found: float
    without: float
    attributed: float
    per_report: float


def measure(extractor: str = "accurate") -> OwnVoice:
    """Score the statements in own voice that an extractor finds; ``without`` is *found* without them."""
    gold = sorted((shared.CORPORA / "stories").glob("*.json"))
    texts = [shared.POLNEAR_DEV, shared.CORPORA / "fakes" / "reports.jsonl"]
    wanted = {d["id"] for path in gold for d in json.loads(path.read_text(encoding="utf-8"))["docs"]}
    lines = [line for path in texts for line in path.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for line in lines if (row := json.loads(line))["id"] in wanted]
        reports = _reports(shared.write_lines(Path(folder) / "reports.jsonl", rows), extractor)
        scores = []
        for with_own in (True, False):
            predictions = [
                {"doc": report.document.id, "content": [[span.start, span.end] for span in statement.content]}
                for report in reports
                for statement in report.statements
                if with_own or not statement.own_voice
            ]
            path = shared.write_lines(Path(folder) / "linked.jsonl", predictions)
            arguments = ("--gold", *gold, "--texts", *texts, "--pred", path)
            scores.append(float(shared.run_scorer("score_stories.py", *arguments)["found"]))
    attributed, per_report = _polnear(extractor)
    return OwnVoice(found=scores[0], without=scores[1], attributed=attributed, per_report=per_report)


def _polnear(extractor: str) -> tuple[float, float]:
    """Return the share of the clauses that the gold attributes to somebody, and clauses per report."""
    contents = {
        row["id"]: {place for a in row["attributions"] for span in a["content"] for place in range(*span)}
        for line in shared.POLNEAR_DEV.read_text(encoding="utf-8").splitlines()
        for row in [json.loads(line)]
    }
    clauses = attributed = 0
    for report in _reports(shared.POLNEAR_DEV, extractor):
        for statement in report.statements:
            if statement.own_voice:
                places = {place for span in statement.content for place in range(span.start, span.end)}
                clauses += 1
                attributed += 2 * len(places & contents[report.document.id]) >= len(places)
    return attributed / max(1, clauses), clauses / len(contents)


def _reports(path: Path, extractor: str) -> list[Report]:
    items = pipeline.extract(path, extraction=Extraction(extractor=extractor))
    return [item for item in items if not isinstance(item, Problem)]


def main() -> int:
    """Print the scores."""
    why = shared.missing()
    if why is not None:
        print(why)
        return 1
    score = measure(*sys.argv[1:2])
    print(f"found {score.found:.3f}, without own voice {score.without:.3f}")
    print(f"PolNeAR dev: {score.per_report:.1f} clauses a report, {score.attributed:.3f} of them attributed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
