"""The network: a BERT encoder, word tags, and a tagger conditioned on each cue.

1. The encoder reads word pieces plus embeddings for quotation state and letter case.
2. Each word is tagged for cue (outside, begin, inside), content and source.
3. For each word that may begin a cue (the anchor), every word of the window is scored as
   content, source start, source end and cue end of that anchor; one more score says whether
   the anchor begins an attribution at all.  A word's content scores compete over the anchors.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from counterclaim.statements.neural.windows import N_CASE, N_QUOTE

HIDDEN, HEADS, INNER, VOCAB, POSITIONS = 384, 12, 1536, 30522, 512
TAGS = 9
"""Cue O/B/I, content O/B/I, source O/B/I."""
DISTANCES = 25
OUTPUTS = 4
"""Content, source start, source end, cue end."""


class Layer(nn.Module):
    """One post-norm BERT layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Attend and transform; ``bias`` hides padding."""
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            weights = (q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + bias).softmax(-1)
            mixed = weights @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, HIDDEN))))
        y: Tensor = self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))
        return y


class Encoder(nn.Module):
    """BERT with two more input embeddings; weights come from all-MiniLM-L6-v2."""

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCAB, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.case = nn.Embedding(N_CASE, HIDDEN)
        self.quote = nn.Embedding(N_QUOTE, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        nn.init.normal_(self.case.weight, std=0.02)
        nn.init.normal_(self.quote.weight, std=0.02)

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, mask: Tensor) -> Tensor:
        """Return a vector for each piece."""
        positions = self.position.weight[: ids.shape[1]]
        x = self.word(ids) + positions + self.case(case) + self.quote(quote)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        y: Tensor = x
        return y

    def load_base(self, path: Path) -> None:
        """Copy the base model's weights (the first layers, if this encoder has fewer)."""
        raw = load_file(str(path))
        new: dict[str, Tensor] = {
            "word.weight": raw["embeddings.word_embeddings.weight"],
            "position.weight": raw["embeddings.position_embeddings.weight"]
            + raw["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": raw["embeddings.LayerNorm.weight"],
            "norm.bias": raw["embeddings.LayerNorm.bias"],
        }
        names = {
            "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm",
            "up": "intermediate.dense",
            "down": "output.dense",
            "norm2": "output.LayerNorm",
        }
        for i in range(len(self.layers)):
            for kind in ("weight", "bias"):
                at = f"encoder.layer.{i}."
                parts = [raw[f"{at}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
                new[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                for ours, theirs in names.items():
                    new[f"layers.{i}.{ours}.{kind}"] = raw[f"{at}{theirs}.{kind}"]
        missing, unexpected = self.load_state_dict(new, strict=False)
        if unexpected or set(missing) != {"case.weight", "quote.weight"}:
            raise ValueError(f"base weights do not fit: {missing} {unexpected}")


class Mixer(nn.Module):
    """Dilated convolution over words, written as one matrix product (it quantises well)."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.inner = nn.Linear(3 * width, width)
        self.outer = nn.Linear(width, width)
        self.dilation = dilation

    def forward(self, x: Tensor, keep: Tensor) -> Tensor:
        """Mix each word with two neighbours; ``keep`` hides padding."""
        d = self.dilation
        y = self.norm(x) * keep
        padded = F.pad(y, (0, 0, d, d))
        n = y.shape[1]
        y = torch.cat([padded[:, :n], y, padded[:, 2 * d : 2 * d + n]], -1)
        out: Tensor = x + self.outer(F.gelu(self.inner(y)))
        return out


def distance_bucket(delta: Tensor) -> Tensor:
    """Signed distance in words to one of ``DISTANCES`` buckets: exact to 4, then doubling."""
    size = delta.abs()
    log = 4 + (size.clamp(min=4).float() / 4).log2().mul(1.5).floor().long()
    bucket = torch.where(size <= 4, size, log.clamp(max=DISTANCES // 2 - 1))
    half = DISTANCES // 2
    return torch.where(delta < 0, half - bucket, half + bucket)


class Network(nn.Module):
    """Encoder, word tags and the cue-conditioned tagger."""

    def __init__(self, layers: int = 6, width: int = 128, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(layers, dropout)
        self.tags = nn.Linear(HIDDEN, TAGS)
        self.token = nn.Linear(HIDDEN + TAGS, width)
        self.anchor = nn.Linear(HIDDEN, width)
        self.gate = nn.Linear(HIDDEN, width)
        self.distance = nn.Embedding(DISTANCES, width)
        self.same_paragraph = nn.Embedding(2, width)
        self.mixers = nn.ModuleList(Mixer(width, d) for d in (1, 4))
        self.norm = nn.LayerNorm(width)
        self.outputs = nn.Linear(width, OUTPUTS)
        self.no_source = nn.Linear(HIDDEN, 1)
        self.valid = nn.Sequential(nn.Linear(width + HIDDEN, width), nn.GELU(), nn.Linear(width, 1))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.normal_(self.same_paragraph.weight, std=0.1)

    def encode(
        self, ids: Tensor, case: Tensor, quote: Tensor, mask: Tensor, first: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return word vectors [B, W, H] and tag scores [B, W, TAGS]."""
        pieces = self.encoder(ids, case, quote, mask)
        words = pieces.gather(1, first[:, :, None].expand(-1, -1, HIDDEN))
        return words, self.tags(self.drop(words))

    def link(
        self, words: Tensor, tags: Tensor, word_mask: Tensor, paragraph: Tensor, row: Tensor, column: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score all words for each anchor (``row`` in the batch, word ``column``).

        Returns scores [N, W, OUTPUTS], the score of having no source [N], and of validity [N].
        """
        head = words[row, column]
        tokens = self.token(torch.cat([self.drop(words), tags], -1))[row]
        keep = word_mask[row].to(tokens.dtype)[:, :, None]
        delta = torch.arange(words.shape[1], device=words.device)[None, :] - column[:, None]
        same = (paragraph[row] == paragraph[row, column][:, None]).long()
        x = tokens * (1 + self.gate(head)[:, None, :]) + self.anchor(head)[:, None, :]
        x = x + self.distance(distance_bucket(delta)) + self.same_paragraph(same)
        for mixer in self.mixers:
            x = mixer(x, keep)
        x = self.norm(x)
        scores = self.outputs(x)
        pooled = (x + (keep - 1) * 10000.0).amax(1)
        valid = self.valid(torch.cat([pooled, head], -1))[:, 0]
        return scores, self.no_source(head)[:, 0], valid
