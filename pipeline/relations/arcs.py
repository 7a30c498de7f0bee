"""The spaCy component `guanxi_relations`: pairs of mentions to typed arcs."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from pipeline.language.blas import one_thread
from pipeline.records import LABELS
from pipeline.relations.coordination import closed_by, name_lists, share_titles
from pipeline.relations.pairs import FEATURE_SIZES, RELATION_TYPES, Pairs, candidate_pairs

BATCH = 8192
"""Pairs scored at once, which bounds memory on texts with very many mentions."""


class Arc(NamedTuple):
    """A typed arc between two mentions, as indices into `doc.ents`."""

    type: str
    head: int
    tail: int
    score: float


if not Doc.has_extension("relations"):
    Doc.set_extension("relations", default=[])


class Relations(Pipe):
    """Scores each allowed pair from the vectors at the borders of its mentions, their labels and what lies between.

    A pair's score is `out @ relu(head_side + tail_side + features)`, one logit a relation. Names in one
    list (甲、乙、丙等区领导) decide together which titles they hold. Sets `doc._.relations`.
    """

    def __init__(self, name: str = "guanxi_relations", threshold: float = 0.5) -> None:
        self.name = name
        self.threshold = threshold
        self.tensors: dict[str, NDArray[np.float32]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the relations of a Doc whose mentions are set."""
        spans = [(LABELS.index(ent.label_), ent.start, ent.end) for ent in doc.ents]
        text = doc.text
        pairs = candidate_pairs(text, spans)
        if len(pairs.head):
            labels, starts, ends = (np.array(column) for column in zip(*spans, strict=True))
            with one_thread():
                heads, tails = self._sides(doc.tensor, labels, starts, ends)
                logits = np.concatenate(
                    [
                        self._logits(heads, tails, *(part[at : at + BATCH] for part in pairs[:3]))
                        for at in range(0, len(pairs.head), BATCH)
                    ]
                )
            share_titles(logits, pairs, name_lists(text, spans), closed_by(text, spans))
            doc._.relations = self._arcs(logits, pairs)
        return doc

    def _sides(
        self, tensor: NDArray[np.float32], labels: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], ...]:
        borders = np.concatenate([tensor[starts], tensor[ends - 1]], axis=1)
        t = self.tensors
        return tuple(borders @ t[f"{side}.weight"].T + t[f"{side}_label.weight"][labels] for side in ("head", "tail"))

    def _logits(
        self,
        heads: NDArray[np.float32],
        tails: NDArray[np.float32],
        head: NDArray[np.int64],
        tail: NDArray[np.int64],
        features: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        t = self.tensors
        hidden = heads[head] + tails[tail] + t["bias"]
        for column in range(len(FEATURE_SIZES)):
            hidden += t[f"features.{column}.weight"][features[:, column]]
        logits: NDArray[np.float32] = np.maximum(hidden, 0.0) @ t["out.weight"].T + t["out.bias"]
        return logits

    def _arcs(self, logits: NDArray[np.float32], pairs: Pairs) -> list[Arc]:
        scores = np.where(pairs.allowed, 1.0 / (1.0 + np.exp(-logits)), 0.0)
        found = np.argwhere(scores > self.threshold)
        return [Arc(RELATION_TYPES[r], int(pairs.head[p]), int(pairs.tail[p]), float(scores[p, r])) for p, r in found]

    def to_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write `weights.safetensors` into the folder `path`."""
        from safetensors.numpy import save_file

        Path(path).mkdir(parents=True, exist_ok=True)
        save_file(self.tensors, Path(path) / "weights.safetensors")

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> Relations:
        """Read what `to_disk` wrote."""
        from safetensors.numpy import load_file

        self.tensors = load_file(Path(path) / "weights.safetensors")
        return self


@Language.factory(
    "guanxi_relations",
    requires=["doc.tensor", "doc.ents"],
    assigns=["doc._.relations"],
    default_config={"threshold": 0.5},
)
def create_relations(nlp: Language, name: str, threshold: float) -> Relations:
    """Factory of the relation component; its weights come with a trained pipeline."""
    return Relations(name, threshold)
