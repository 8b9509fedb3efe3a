"""Train the attribution model.

usage: train.py --train train.jsonl --dev dev.jsonl --base MODEL_DIR --scorer bench/score_attribution.py --out runs/a

After each epoch the weights (weights.pt) and the scores of the dev windows (dev.pkl) are saved,
and a line of figures goes to log.jsonl.  The whole run is a function of the arguments.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from evaluate import Raw, load_scorer, predict_all, save_raw, summary
from prepare import CONTENT, CUE, SOURCE, Example, examples, read
from torch import Tensor
from torch.nn import functional as F

from counterclaim.statements.neural.decoding import Settings
from counterclaim.statements.neural.windows import collate, load_tokenizer
from model import Network


def batches(items: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Shuffle, then put windows of like length together."""
    order = list(items)
    rng.shuffle(order)
    out: list[list[Example]] = []
    for at in range(0, len(order), size * 16):
        part = sorted(order[at : at + size * 16], key=lambda e: len(e.window.ids))
        out.extend(part[k : k + size] for k in range(0, len(part), size))
    rng.shuffle(out)
    return out


def tensors(batch: Sequence[Example]) -> dict[str, Tensor]:
    """Inputs and gold tags of a batch."""
    out = {k: torch.from_numpy(v) for k, v in collate([e.window for e in batch]).items()}
    size = out["first"].shape
    tags = np.full((*size, 3), -100, np.int64)
    for i, e in enumerate(batch):
        n = len(e.window.words)
        for g in range(3):
            tags[i, :n, g] = np.where(np.array(e.known) > 0, e.tags[g], -100)
    out["tags"] = torch.from_numpy(tags)
    return out


def anchors(batch: Sequence[Example], begin: Tensor, known: Tensor, extra: int) -> list[tuple[int, int, int]]:
    """(row, word, link or -1): all gold anchors, and the likeliest false ones."""
    out: list[tuple[int, int, int]] = []
    for i, e in enumerate(batch):
        gold = {link.begin for link in e.links}
        out.extend((i, link.begin, k) for k, link in enumerate(e.links))
        n = len(e.window.words)
        p = begin[i, :n].clone()
        p[known[i, :n] < 0] = 0
        for word in p.topk(min(n, extra + len(gold))).indices.tolist():
            if word not in gold and p[word] > 0.01 and extra:
                out.append((i, word, -1))
    return out


def link_losses(
    batch: Sequence[Example],
    chosen: Sequence[tuple[int, int, int]],
    outputs: tuple[Tensor, Tensor, Tensor],
    gold_tags: Tensor,
    word_mask: Tensor,
) -> dict[str, Tensor]:
    """Losses of content (competing over anchors), source, cue end and validity."""
    scores, no_source, valid = outputs
    scores = scores.float()
    gold = [j for j, (_, _, k) in enumerate(chosen) if k >= 0]
    target_valid = torch.tensor([float(k >= 0) for _, _, k in chosen])
    losses = {"valid": F.binary_cross_entropy_with_logits(valid.float(), target_valid)}
    content = scores.new_zeros(())
    words = 0
    for i in range(len(batch)):
        rows = [j for j, (b, _, _) in enumerate(chosen) if b == i]
        if not rows:
            continue
        n = len(batch[i].window.words)
        target = torch.zeros(n, dtype=torch.long)
        for place, j in enumerate(rows, 1):
            k = chosen[j][2]
            if k >= 0:
                target[list(batch[i].links[k].content)] = place
        target[gold_tags[i, :n, 0] < 0] = -100
        logits = torch.cat([scores.new_zeros(1, n), scores[rows, :n, 0]]).T
        content = content + F.cross_entropy(logits, target, reduction="sum", ignore_index=-100)
        words += n
    losses["content"] = content / max(words, 1)
    if gold:
        row = torch.tensor([chosen[j][0] for j in gold])
        links = [batch[chosen[j][0]].links[chosen[j][2]] for j in gold]
        pad = (1 - word_mask[row].float())[:, :, None] * -10000.0
        masked = scores[gold] + pad
        none = no_source[gold].float()[:, None]
        width = masked.shape[1]
        for at, name in ((1, "source_start"), (2, "source_end")):
            target = torch.tensor([getattr(link, name) for link in links])
            target[target < 0] = width
            losses[name] = F.cross_entropy(torch.cat([masked[:, :, at], none], 1), target)
        losses["cue_end"] = F.cross_entropy(masked[:, :, 3], torch.tensor([link.end for link in links]))
    return losses


WEIGHTS = {"cue": 6.0, "contents": 1.0, "sources": 2.0, "content": 2.0}
WEIGHTS |= {"valid": 0.3, "source_start": 0.2, "source_end": 0.2, "cue_end": 0.1}


def step_loss(net: Network, batch: Sequence[Example], extra: int) -> dict[str, Tensor]:
    """All losses of one batch."""
    t = tensors(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words, tags = net.encode(t["ids"], t["case"], t["quote"], t["mask"], t["first"])
    words, tags = words.float(), tags.float()
    losses = {}
    for g, (name, at) in enumerate((("cue", CUE), ("contents", CONTENT), ("sources", SOURCE))):
        flat = tags[:, :, at : at + 3].reshape(-1, 3)
        losses[name] = F.cross_entropy(flat, t["tags"][:, :, g].reshape(-1), ignore_index=-100)
    begin = tags[:, :, :3].softmax(-1)[:, :, 1].detach()
    chosen = anchors(batch, begin, t["tags"][:, :, 0], extra)
    if chosen:
        row = torch.tensor([c[0] for c in chosen])
        column = torch.tensor([c[1] for c in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = net.link(words, tags, t["word_mask"], t["paragraph"], row, column)
        losses |= link_losses(batch, chosen, outputs, t["tags"], t["word_mask"])
    return losses


def main() -> None:
    """Train from the base model's weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("train", "dev", "base", "scorer", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--lr", type=float, default=1.5e-4)
    parser.add_argument("--head-lr", type=float, default=8e-4)
    parser.add_argument(
        "--decay", type=float, default=0.9, help="learning rate factor from one layer to the one below"
    )
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--width", type=int, default=128, help="of the cue-conditioned tagger")
    parser.add_argument("--init", type=Path, help="go on from these weights")
    parser.add_argument("--extra", type=int, default=2, help="false anchors for each window")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--documents", type=int, default=None, help="use only so many (to try things)")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(args.base / "vocab.txt")
    train, dev = read(args.train)[: args.documents], read(args.dev)
    net = Network(args.layers, args.width)
    net.encoder.load_base(args.base / "model.safetensors")
    if args.init:
        net.load_state_dict(torch.load(args.init))
    net.encoder.word.weight.requires_grad_(False)
    groups: list[dict[str, Any]] = []
    for k, layer in enumerate(net.encoder.layers):
        groups.append(
            {"params": list(layer.parameters()), "lr": args.lr * args.decay ** (args.layers - 1 - k)}
        )
    low = [p for n, p in net.encoder.named_parameters() if not n.startswith("layers.") and p.requires_grad]
    groups.append({"params": low, "lr": args.lr * args.decay**args.layers})
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups.append({"params": heads, "lr": args.head_lr})
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = args.epochs * math.ceil(len(examples(train, tokenizer)) * 1.02 / args.batch)
    warm = max(1, total // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.01, (total - s) / (total - warm)))
    )
    scorer = load_scorer(args.scorer)
    for epoch in range(args.epochs):
        net.train()
        started = time.time()
        sums: dict[str, float] = {}
        parts = batches(examples(train, tokenizer, rng), args.batch, rng)
        for step, batch in enumerate(parts, 1):
            losses = step_loss(net, batch, args.extra)
            loss = torch.stack([WEIGHTS[k] * v for k, v in losses.items()]).sum()
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            for name, value in losses.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            if step % 25 == 0:
                rate = sum(len(e.window.ids) for b in parts[:step] for e in b) / (time.time() - started)
                means = {k: round(v / 25, 4) for k, v in sums.items()}
                print(f"{epoch} {step}/{len(parts)} {rate:.0f} pieces/s {means}", flush=True)
                sums = {}
        seconds = time.time() - started
        net.eval()
        torch.save(net.state_dict(), args.out / "weights.pt")
        raw: list[Raw] = predict_all(net, dev, tokenizer)
        save_raw(raw, args.out / f"dev{epoch}.pkl")
        figures = summary(scorer, dev, raw, Settings())
        line = {"epoch": epoch, "seconds": round(seconds), **figures}
        print(json.dumps(line), flush=True)
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
