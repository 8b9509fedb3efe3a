"""Score a model on a labelled file.

usage: evaluate.py --gold dev.jsonl --scorer score_attribution.py
                   (--raw runs/a/dev5.pkl | --weights weights.pt --vocab vocab.txt | --model FOLDER [--file F.onnx])
                   [--settings settings.json] [--save predictions.jsonl]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pickle
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from prepare import read
from tokenizers import Tokenizer

from counterclaim.statements.neural.decoding import Scores, Settings, begin_probability, decode
from counterclaim.statements.neural.extractor import NeuralExtractor
from counterclaim.statements.neural.windows import MAX_PIECES, Window, collate, load_tokenizer, windows
from model import Network


@dataclass(frozen=True)
class Raw:
    """A document's windows with their scores."""

    id: str
    windows: list[Window]
    scores: list[Scores]


def load_scorer(path: Path) -> ModuleType:
    """Import the scorer from its file."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict_batch(net: Network, batch: Sequence[Window], candidate: float) -> list[Scores]:
    """Run the network on some windows."""
    t = {k: torch.from_numpy(v) for k, v in collate(batch).items()}
    with torch.no_grad():
        words, tags = net.encode(t["ids"], t["case"], t["quote"], t["mask"], t["first"])
        begin = begin_probability(tags.numpy()) * t["word_mask"].numpy()
        rows, columns = np.nonzero(begin > candidate)
        row, column = torch.from_numpy(rows), torch.from_numpy(columns)
        out = net.link(words, tags, t["word_mask"], t["paragraph"], row, column)
    links, no_source, valid = (x.float().numpy() for x in out)
    made = []
    for i, w in enumerate(batch):
        mine, n = rows == i, len(w.words)
        made.append(Scores(tags[i, :n].numpy(), columns[mine], links[mine, :n], no_source[mine], valid[mine]))
    return made


def predict_all(
    net: Network, documents: list[dict[str, Any]], tokenizer: Tokenizer, candidate: float = 0.05
) -> list[Raw]:
    """Run the network on documents, windows batched by length."""
    net.eval()
    cut = [
        windows(d["text"], tokenizer.encode(d["text"], add_special_tokens=False), MAX_PIECES)
        for d in documents
    ]
    flat = sorted(((len(w.ids), i, k) for i, ws in enumerate(cut) for k, w in enumerate(ws)), reverse=True)
    found: dict[tuple[int, int], Scores] = {}
    for at in range(0, len(flat), 16):
        part = flat[at : at + 16]
        for (_, i, k), s in zip(
            part, predict_batch(net, [cut[i][k] for _, i, k in part], candidate), strict=True
        ):
            found[i, k] = s
    return [
        Raw(d["id"], ws, [found[i, k] for k in range(len(ws))])
        for i, (d, ws) in enumerate(zip(documents, cut, strict=True))
    ]


def save_raw(raw: list[Raw], path: Path) -> None:
    """Keep scores for later decoding."""
    with path.open("wb") as out:
        pickle.dump(raw, out)


def predictions(documents: list[dict[str, Any]], raw: list[Raw], settings: Settings) -> list[dict[str, Any]]:
    """Decode all documents, in the scorer's form."""
    out = []
    for d, r in zip(documents, raw, strict=True):
        found = [
            a for w, s in zip(r.windows, r.scores, strict=True) for a in decode(d["text"], w, s, settings)
        ]
        out.append({"id": d["id"], "attributions": [asdict(a) for a in found]})
    return out


def summary(
    scorer: ModuleType, documents: list[dict[str, Any]], raw: list[Raw], settings: Settings
) -> dict[str, Any]:
    """The figures that matter, in percent."""
    return brief(scorer.score(documents, predictions(documents, raw, settings)))


def brief(full: dict[str, Any]) -> dict[str, Any]:
    """Shorten the scorer's answer."""
    out: dict[str, Any] = {
        k: round(100 * full[k]["f1"], 2) for k in ("end_to_end", "content_overlap", "cue_overlap", "strict")
    }
    out |= {f"e2e_{k}": round(100 * full["end_to_end"][k], 1) for k in ("p", "r")}
    out["recall"] = {k: round(100 * v["end_to_end"]["r"], 1) for k, v in full["by_kind"].items()}
    out["token"] = {k: round(100 * v["f1"], 1) for k, v in full["token"].items()}
    out["span"] = {k: round(100 * v["f1"], 1) for k, v in full["span_exact"].items()}
    return out


def raw_of_model(folder: Path, documents: list[dict[str, Any]], file: str = "attribution.onnx") -> list[Raw]:
    """Scores of an exported model."""
    extractor = NeuralExtractor(folder, file=file)
    parts = zip(documents, *extractor.scores([d["text"] for d in documents]), strict=True)
    return [Raw(d["id"], ws, scores) for d, ws, scores in parts]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--raw", type=Path, help="scores saved in training")
    parser.add_argument("--weights", type=Path, help="or weights to run")
    parser.add_argument("--vocab", type=Path)
    parser.add_argument("--model", type=Path, help="or an exported model's folder")
    parser.add_argument("--file", default="attribution.onnx")
    parser.add_argument("--save", type=Path, help="write predictions here")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--width", type=int, default=128, help="of the cue-conditioned tagger")
    parser.add_argument("--settings", type=Path, help="decoding settings (default: built in)")
    args = parser.parse_args()
    torch.set_num_threads(1)
    documents, scorer = read(args.gold), load_scorer(args.scorer)
    if args.raw:
        with args.raw.open("rb") as data:
            raw: list[Raw] = pickle.load(data)
    elif args.model:
        raw = raw_of_model(args.model, documents, args.file)
    else:
        net = Network(args.layers, args.width)
        net.load_state_dict(torch.load(args.weights))
        raw = predict_all(net, documents, load_tokenizer(args.vocab))
    settings = Settings(**json.loads(args.settings.read_text())) if args.settings else Settings()
    if args.model and not args.settings:
        settings = NeuralExtractor(args.model, file=args.file).settings
    print(json.dumps(summary(scorer, documents, raw, settings)))
    if args.save:
        lines = [json.dumps(p) for p in predictions(documents, raw, settings)]
        args.save.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
