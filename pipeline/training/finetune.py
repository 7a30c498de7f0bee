"""`guanxi train --from MODEL SAMPLES`: a shipped model made better for one paper."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from pipeline.extract import extract, load_model
from pipeline.files import open_output
from pipeline.records import Record
from pipeline.training.export import export
from pipeline.training.formats import load_samples
from pipeline.training.scoring import group_f1
from pipeline.training.settings import Settings, read_settings
from pipeline.training.train import train

CONFIG = Path(__file__).with_name("finetune.cfg")
HELD_OUT = 5
"""One sample in so many is kept for development, when there are at least twice as many."""

logger = logging.getLogger(__name__)


def finetune(model: str, samples: Path, overrides: dict[str, Any], out: Path) -> dict[str, dict[str, float]]:
    """Train `model` on with `samples` and write `out/model`; returns the figures on held-out samples before and after.

    `out/train.jsonl` and `out/dev.jsonl` say which samples were learnt and which were held out.
    Raises DataError for faults in the samples or when `out` holds another training, ModelError when there is no such
    model.
    """
    kept, held = _hold_out(load_samples([samples]))
    paths = {"train": _write(kept, out / "train.jsonl"), "dev": _write(held, out / "dev.jsonl")}
    places = {f"paths.{key}": [str(path)] for key, path in paths.items()}
    nlp = load_model(model)
    given = {"paths.encoder": model, "paths.teacher": model}
    settings: Settings = read_settings(CONFIG, {**places, **given, **overrides})
    before = _figures(nlp, held)
    logger.info("before: %s", before)
    train(settings, out)
    export(settings, out)
    return {"before": before, "after": _figures(load_model(str(out / "model")), held)}


def _hold_out(records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    if len(records) < 2 * HELD_OUT:
        logger.warning("fewer than %d samples: the figures are those on the training samples", 2 * HELD_OUT)
        return list(records), list(records)
    held = records[HELD_OUT - 1 :: HELD_OUT]
    known = {record.id for record in held}
    return [record for record in records if record.id not in known], list(held)


def _write(records: Sequence[Record], path: Path) -> Path:
    with open_output(path) as file:
        file.writelines(record.model_dump_json(exclude_none=True) + "\n" for record in records)
    return path


def _figures(nlp: Language, records: Sequence[Record]) -> dict[str, float]:
    predicted = list(extract(nlp, ((r.id, r.text) for r in records)))
    return group_f1(records, predicted)
