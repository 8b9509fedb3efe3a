"""Export trained weights to one int8 ONNX file, with the vocabulary beside it.

usage: export.py --weights runs/a/weights.pt --base MODEL_DIR --out model

The graph takes a batch of padded windows and a probability; it finds the anchors itself and
returns their scores.  Matrix products are quantised dynamically; the word embeddings are
stored as int8 with one scale for each row.  ``tune.py`` then chooses the decoding settings.
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from torch import Tensor, nn
from torch.nn import functional as F

from counterclaim.statements.neural.decoding import Settings
from model import Network

INPUTS = ("ids", "case", "quote", "mask", "first", "word_mask", "paragraph", "candidate")
OUTPUTS = ("tags", "anchors", "links", "no_source", "valid")


class ByteEmbedding(nn.Module):
    """An embedding table in int8, with one scale for each row."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.table: Tensor
        self.scale: Tensor
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Look up and scale."""
        out: Tensor = F.embedding(ids, self.table).to(torch.float32) * F.embedding(ids, self.scale)
        return out


class Exported(nn.Module):
    """The network with the choice of anchors inside the graph."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(
        self,
        ids: Tensor,
        case: Tensor,
        quote: Tensor,
        mask: Tensor,
        first: Tensor,
        word_mask: Tensor,
        paragraph: Tensor,
        candidate: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return tag scores, anchors (row, word) and their scores."""
        words, tags = self.net.encode(ids, case, quote, mask, first)
        begin = tags[:, :, :3].softmax(-1)[:, :, 1] * word_mask.to(tags.dtype)
        anchors = (begin > candidate).nonzero()
        links, no_source, valid = self.net.link(
            words, tags, word_mask, paragraph, anchors[:, 0], anchors[:, 1]
        )
        return tags, anchors, links, no_source, valid


def sample() -> tuple[Tensor, ...]:
    """Inputs of two windows, to trace the graph with."""
    pieces, words = 24, 20
    ids = torch.randint(1000, 20000, (2, pieces))
    ones = torch.ones((2, pieces), dtype=torch.long)
    first = torch.arange(1, words + 1).repeat(2, 1)
    word_mask = torch.ones((2, words), dtype=torch.long)
    zero = torch.zeros_like(ids)
    return ids, zero, zero, ones, first, word_mask, torch.zeros_like(first), torch.tensor(0.0)


def axes() -> dict[str, dict[int, str]]:
    """Names of the dynamic axes."""
    out = {k: {0: "batch", 1: "pieces"} for k in ("ids", "case", "quote", "mask")}
    out |= {k: {0: "batch", 1: "words"} for k in ("first", "word_mask", "paragraph", "tags")}
    out |= {"anchors": {0: "found"}, "links": {0: "found", 1: "words"}}
    return out | {"no_source": {0: "found"}, "valid": {0: "found"}}


def quantise(source: Path, target: Path, blocks: list[str]) -> None:
    """Quantise matrix products to int8, activations too and at run time.

    Products whose name holds one of ``blocks`` get one scale for each 128 numbers, of weights
    and of activations alike: nearly without loss.  The others get one scale for each column
    of weights and one for the whole activation: faster, and lossier after GELU.
    """
    model = onnx.load(str(source))
    products = [n.name for n in model.graph.node if n.op_type == "MatMul"]
    outside = [n for n in products if not any(b in n for b in blocks)]
    config = DefaultWeightOnlyQuantConfig(block_size=128, is_symmetric=True, accuracy_level=4, bits=8)
    quantiser = MatMulNBitsQuantizer(model, algo_config=config, nodes_to_exclude=outside)
    quantiser.process()
    quantize_dynamic(
        quantiser.model.model,
        str(target),
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--width", type=int, default=128, help="of the cue-conditioned tagger")
    parser.add_argument("--candidate", type=float, default=0.1, help="least tag probability of an anchor")
    parser.add_argument("--name", default="polnear-minilm6")
    parser.add_argument("--version", default="1")
    parser.add_argument(
        "--blocks", nargs="*", default=["encoder"], help="parts of names of products to do in blocks"
    )
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    net = Network(args.layers, args.width)
    net.load_state_dict(torch.load(args.weights))
    net.eval()
    net.encoder.word = ByteEmbedding(net.encoder.word.weight.detach())  # type: ignore[assignment]
    plain = args.out / "float.onnx"
    torch.onnx.export(
        Exported(net).eval(),
        sample(),
        str(plain),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes(),
        opset_version=17,
        dynamo=False,
    )
    quantise(plain, args.out / "attribution.onnx", args.blocks)
    shutil.copy(args.base / "vocab.txt", args.out / "vocab.txt")
    meta = {
        "name": args.name,
        "version": args.version,
        "settings": asdict(Settings(candidate=args.candidate)),
    }
    (args.out / "attribution.json").write_text(json.dumps(meta, indent=1) + "\n")


if __name__ == "__main__":
    main()
