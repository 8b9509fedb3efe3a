"""Words per CPU-second of the extractor, one thread.

usage: bench.py --model FOLDER --texts dev.jsonl [--batch N] [--documents N]
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from prepare import read

from counterclaim.statements.neural.extractor import NeuralExtractor


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--documents", type=int)
    parser.add_argument("--file", default="attribution.onnx")
    args = parser.parse_args()
    extractor = NeuralExtractor(args.model, batch=args.batch, file=args.file)
    texts = [d["text"] for d in read(args.texts)][: args.documents]
    words = sum(len(t.split()) for t in texts)
    extractor.extract(texts[0])
    started = time.process_time()
    found = sum(len(a) for a in extractor.extract_all(texts))
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    out = {"words": words, "seconds": round(seconds, 2), "words_per_cpu_second": round(words / seconds)}
    print(json.dumps(out | {"attributions": found, "peak_mb": peak}))


if __name__ == "__main__":
    main()
