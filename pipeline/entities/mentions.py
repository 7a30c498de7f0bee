"""The spaCy component `guanxi_mentions`: character vectors to labelled spans."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from pipeline.entities.leaders import name_leaders
from pipeline.entities.tags import decode
from pipeline.language.blas import one_thread

if not Doc.has_extension("scores"):
    Doc.set_extension("scores", default=[])


class Mentions(Pipe):
    """A linear layer over `doc.tensor` and the best legal tags. Sets `doc.ents` and `doc._.scores` (one a span)."""

    def __init__(self, name: str = "guanxi_mentions") -> None:
        self.name = name
        self.weight: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self.bias: NDArray[np.float32] = np.zeros(0, np.float32)

    def __call__(self, doc: Doc) -> Doc:
        """Set the mentions of a Doc that `guanxi_encoder` has read."""
        if len(doc):
            with one_thread():
                logits = doc.tensor @ self.weight.T + self.bias
            spans = name_leaders(doc.text, decode(logits))
            doc.set_ents([Span(doc, start, end, label=label) for label, start, end, _ in spans])
            doc._.scores = [score for *_, score in spans]
        return doc

    def to_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write `weights.safetensors` into the folder `path`."""
        from safetensors.numpy import save_file

        Path(path).mkdir(parents=True, exist_ok=True)
        save_file({"weight": self.weight, "bias": self.bias}, Path(path) / "weights.safetensors")

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> Mentions:
        """Read what `to_disk` wrote."""
        from safetensors.numpy import load_file

        tensors = load_file(Path(path) / "weights.safetensors")
        self.weight, self.bias = tensors["weight"], tensors["bias"]
        return self


@Language.factory("guanxi_mentions", requires=["doc.tensor"], assigns=["doc.ents"])
def create_mentions(nlp: Language, name: str) -> Mentions:
    """Factory of the mention component; its weights come with a trained pipeline."""
    return Mentions(name)
