"""Attribution by the trained model, without torch: onnxruntime, tokenizers and numpy.

extractor = NeuralExtractor(Path("model"))
for attribution in extractor.extract(text):
    print(attribution.source, attribution.cue, attribution.content, attribution.confidence)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from counterclaim.statements.neural.decoding import Attribution, Scores, Settings, decode
from counterclaim.statements.neural.windows import MAX_PIECES, Window, collate, load_tokenizer, windows


class NeuralExtractor:
    """Finds attributed statements (source, cue, content) in news text."""

    def __init__(
        self, folder: Path, threads: int = 1, batch: int = 1, file: str = "attribution.onnx"
    ) -> None:
        """Load the model from a folder.

        ``batch`` is the number of windows run at once: one is fastest on one thread, and keeps
        the scores of a text independent of its neighbours (activations share a scale).
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / file), options, providers=["CPUExecutionProvider"]
        )
        meta: dict[str, Any] = json.loads((folder / "attribution.json").read_text(encoding="utf-8"))
        self.name: str = meta["name"]
        self.version: str = meta["version"]
        self.settings = Settings(**meta["settings"])
        self._tokenizer = load_tokenizer(folder / "vocab.txt")
        self._batch = batch

    def extract(self, text: str) -> list[Attribution]:
        """Attributions of one text, in the order of their cues."""
        return next(self.extract_all([text]))

    def extract_all(self, texts: Iterable[str], group: int = 32) -> Iterator[list[Attribution]]:
        """Attributions of many texts; windows of ``group`` texts at a time are batched by length."""
        waiting: list[str] = []
        for text in texts:
            waiting.append(text)
            if len(waiting) == group:
                yield from self._run(waiting)
                waiting = []
        yield from self._run(waiting)

    def scores(self, texts: Sequence[str]) -> tuple[list[list[Window]], list[list[Scores]]]:
        """Windows and network scores of some texts, before decoding."""
        cut = [windows(t, self._tokenizer.encode(t, add_special_tokens=False), MAX_PIECES) for t in texts]
        order = sorted((len(w.ids), i, k) for i, ws in enumerate(cut) for k, w in enumerate(ws))
        found: dict[tuple[int, int], Scores] = {}
        for at in range(0, len(order), self._batch):
            keys = [(i, k) for _, i, k in order[at : at + self._batch]]
            found.update(zip(keys, self._predict([cut[i][k] for i, k in keys]), strict=True))
        return cut, [[found[i, k] for k in range(len(ws))] for i, ws in enumerate(cut)]

    def _run(self, texts: Sequence[str]) -> Iterator[list[Attribution]]:
        for text, ws, scores in zip(texts, *self.scores(texts), strict=True):
            yield [a for w, s in zip(ws, scores, strict=True) for a in decode(text, w, s, self.settings)]

    def _predict(self, batch: Sequence[Window]) -> list[Scores]:
        inputs: dict[str, Any] = dict(collate(batch))
        inputs["candidate"] = np.array(self.settings.candidate, np.float32)
        tags, anchors, links, no_source, valid = self._session.run(None, inputs)
        out = []
        for i, w in enumerate(batch):
            mine, n = anchors[:, 0] == i, len(w.words)
            out.append(Scores(tags[i, :n], anchors[mine, 1], links[mine, :n], no_source[mine], valid[mine]))
        return out
