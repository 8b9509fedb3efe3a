"""Make the training examples of the finder of places: candidates with features and a label.

    python training/places/prepare.py silver OUT.jsonl     spaCy's entities in PolNeAR train and FA-KES
    python training/places/prepare.py gum REPOSITORY OUT.jsonl    entities of GUM, free genres only

Neither text nor names leave the folder of OUT; the model that comes of it holds words and weights.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpora"
SPACY_LABELS = {
    "GPE": "place",
    "LOC": "place",
    "ORG": "organisation",
    "FAC": "organisation",
    "EVENT": "organisation",
    "PRODUCT": "organisation",
    "WORK_OF_ART": "organisation",
    "LAW": "organisation",
    "PERSON": "person",
    "NORP": "people",
}
GUM_GENRES = ("academic", "bio", "court", "interview", "news", "voyage")
"""The genres whose texts are CC BY or CC BY-SA."""


def silver() -> Iterator[dict[str, object]]:
    """Give each report with spaCy's entities, paragraph by paragraph."""
    from counterclaim.statements.parser import language

    nlp = language()
    nlp.disable_pipes(
        [pipe for pipe in nlp.pipe_names if pipe in {"parser", "lemmatizer", "attribute_ruler"}]
    )
    for path in (SHARED / "polnear" / "train.jsonl", SHARED / "fakes" / "reports.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            text, spans, offset = report["text"], [], 0
            paragraphs = text.split("\n")
            for paragraph, doc in zip(paragraphs, nlp.pipe(paragraphs, batch_size=64), strict=True):
                spans += [
                    (offset + entity.start_char, offset + entity.end_char, SPACY_LABELS[entity.label_])
                    for entity in doc.ents
                    if entity.label_ in SPACY_LABELS
                ]
                offset += len(paragraph) + 1
            yield {"text": text, "spans": spans}


def gum(repository: Path) -> Iterator[dict[str, object]]:
    """Give each document of the free genres of GUM with its entities, the outer ones first."""
    names = subprocess.run(
        ["git", "-C", str(repository), "ls-tree", "--name-only", "HEAD", "dep/"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    for name in names:
        if not any(name.startswith(f"dep/GUM_{genre}_") for genre in GUM_GENRES):
            continue
        source = subprocess.run(
            ["git", "-C", str(repository), "show", f"HEAD:{name}"], check=True, capture_output=True, text=True
        ).stdout
        yield _document(source)


def _document(source: str) -> dict[str, object]:
    """Rebuild the text of a CoNLL-U document, and its entities by offsets (with the part of speech)."""
    text, spans = "", []
    open_: dict[str, tuple[int, str]] = {}
    proper: list[tuple[int, int]] = []
    for line in source.splitlines():
        if line.startswith("# newpar") and text:
            text = text.rstrip() + "\n"
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if not fields[0].isdigit():
            continue
        start = len(text)
        text += fields[1]
        end = len(text)
        if fields[3] == "PROPN":
            proper.append((start, end))
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", fields[9])
        if entity:
            for part in re.findall(r"\([^()]*\)?|[^()]+\)", entity.group(1)):
                if part.startswith("("):
                    values = part.strip("()").split("-")
                    open_[values[0]] = (start, values[1] if len(values) > 1 else "")
                if part.endswith(")"):
                    key = part.strip("()").split("-")[0]
                    if key in open_:
                        begin, kind = open_.pop(key)
                        spans.append((begin, end, kind))
        if "SpaceAfter=No" not in fields[9]:
            text += " "
    kinds = {"place": "place", "organization": "organisation", "person": "person"}
    spans = [(begin, end, kinds.get(kind, "other")) for begin, end, kind in spans]
    return {"text": text, "spans": spans, "proper": proper}


def main() -> None:
    """Write the documents of one source as JSON Lines."""
    source, *rest = sys.argv[1:]
    documents = silver() if source == "silver" else gum(Path(rest[0]))
    with Path(rest[-1]).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)


if __name__ == "__main__":
    main()
