"""`guanxi train`: from a config file, or a shipped model and samples, to a pipeline that can be loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.training.settings import read_config, read_settings, read_word_settings


def train_from_config(config: Path, overrides: dict[str, Any], out: Path) -> dict[str, float]:
    """Train as `config` says and write `out/model`, a spaCy pipeline; returns the development figures.

    Raises ModelError when the training extra is not installed.
    """
    if "words" in read_config(config, overrides):
        return _train_words(config, overrides, out)
    settings = read_settings(config, overrides)
    try:
        from pipeline.training.export import export
        from pipeline.training.train import train
    except ImportError as error:
        raise ModelError(f"training needs {error.name}; run: pip install 'guanxi[train]'") from error
    figures = train(settings, out)
    meta: dict[str, object] = {
        "name": settings.model.name,
        "description": settings.model.description,
        "version": "0.1.0",
    }
    export(out / "best", out / "model", meta)
    return figures


def _train_words(config: Path, overrides: dict[str, Any], out: Path) -> dict[str, float]:
    try:
        from pipeline.training.words import train_words
    except ImportError as error:
        raise ModelError(f"training needs {error.name}; run: pip install 'guanxi[train]'") from error
    return train_words(read_word_settings(config, overrides), out)


def finetune_model(model: str, samples: Path, overrides: dict[str, Any], out: Path) -> dict[str, dict[str, float]]:
    """Train a shipped model on with samples and write `out/model`; returns figures before and after.

    Raises ModelError when the training extra is not installed.
    """
    try:
        from pipeline.training.finetune import finetune
    except ImportError as error:
        raise ModelError(f"training needs {error.name}; run: pip install 'guanxi[train]'") from error
    return finetune(model, samples, overrides, out)
