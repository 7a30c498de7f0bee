"""Predictions against annotations in all respects at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.records import Record
from pipeline.training.formats import load_samples
from pipeline.training.formats.guess import SUFFIXES
from pipeline.training.scoring.calibration import Calibration, calibrations
from pipeline.training.scoring.figures import Report, paired, score
from pipeline.training.scoring.lengths import by_length
from pipeline.training.scoring.mistakes import Mistakes, mistakes
from pipeline.training.scoring.passages import Passage, worst


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The report, the same by length of text, what became of each label, calibration, and the worst sentences."""

    report: Report
    lengths: dict[str, Report]
    mistakes: dict[str, Mistakes]
    calibration: dict[str, Calibration]
    worst: list[Passage]

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        lengths = {name: {"records": one.records, **one.as_dict()} for name, one in self.lengths.items()}
        return {
            "records": self.report.records,
            **self.report.as_dict(),
            "lengths": lengths,
            "confusion": {label: one.as_dict() for label, one in self.mistakes.items()},
            "calibration": {kind: one.as_dict() for kind, one in self.calibration.items()},
            "worst": [passage.as_dict() for passage in self.worst],
        }


def evaluate(gold: Sequence[Record], predicted: Sequence[Record], passages: int) -> Evaluation:
    """Evaluate predictions; `passages` is the number of worst sentences to keep.

    Raises DataError when a record is missing, doubled or has another text on one of the sides.
    """
    pairs = paired(gold, predicted)
    parts = (by_length(pairs), mistakes(pairs), calibrations(pairs), worst(pairs, passages))
    return Evaluation(score(gold, predicted), *parts)


def predictions(system: str, gold: Sequence[Record], step: Callable[[str], None]) -> list[Record]:
    """What a system says about the texts of `gold`: the records of a file, or what a model finds.

    `step` is called with the id of each record that a model has read. Raises DataError for a faulty file, ModelError
    when there is neither a file nor a model of this name.
    """
    if Path(system).is_file() or Path(system).suffix in SUFFIXES:
        return load_samples([Path(system)])
    from pipeline.extract import extract, load_model

    found = []
    for record in extract(load_model(system), ((r.id, r.text) for r in gold)):
        step(record.id)
        found.append(record)
    return found
