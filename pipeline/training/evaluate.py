"""A network in training against annotated records, through the same code that users run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from pipeline.extract import extract
from pipeline.language.vocabulary import Vocabulary
from pipeline.records import Record
from pipeline.training.export import assemble
from pipeline.training.network import Network
from pipeline.training.precision import mixed_precision
from pipeline.training.scoring import group_f1


def evaluate_network(network: Network, vocabulary: Vocabulary, records: Sequence[Record]) -> dict[str, float]:
    """Strict F1 by group (see `scoring.GROUPS`) and their mean, under the key `mean`."""
    network.eval()

    def run(ids: np.ndarray, places: np.ndarray) -> np.ndarray:
        with torch.no_grad(), mixed_precision():
            vectors: np.ndarray = network.encoder(torch.from_numpy(ids), torch.from_numpy(places)).float().numpy()
            return vectors

    nlp = assemble(network, vocabulary, run)
    predicted = list(extract(nlp, ((r.id, r.text) for r in records)))
    figures = group_f1(records, predicted)
    figures["mean"] = sum(figures.values()) / len(figures)
    return figures
