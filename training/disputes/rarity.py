"""How few reports a term stands in: document frequencies of stems in PolNeAR train.

python rarity.py SHARED TARGET
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from pathlib import Path

from counterclaim.claims.words import terms

FEWEST = 3.5
"""Terms in fewer reports than this are not listed; they weigh as much as one in a single report."""

if __name__ == "__main__":
    shared, target = Path(sys.argv[1]), Path(sys.argv[2])
    lines = (shared / "corpora/polnear/train.jsonl").read_text().splitlines()
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(terms(json.loads(line)["text"]))
    total = len(lines) + 1
    kept = {
        term: round(math.log(total / (count + 0.5)), 2)
        for term, count in sorted(counts.items())
        if count + 0.5 > FEWEST and not term[0].isdigit()
    }
    rarity = {"other": round(math.log(total / 0.5) - 0.5, 2), "terms": kept}
    target.write_text(json.dumps(rarity, separators=(",", ":"), ensure_ascii=False))
    print(len(kept))
