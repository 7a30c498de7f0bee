"""`guanxi train`: from a config file, or a shipped model and samples, to a pipeline that can be loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError
from pipeline.training.settings import PretrainingSettings, Settings, WordSettings, read_config, read_settings


def train_from_config(config: Path, overrides: dict[str, Any], out: Path) -> dict[str, float]:
    """Train as `config` says and write `out/model`, a spaCy pipeline; returns the development figures.

    A config of the encoder's first stage writes the encoder folder `out`; its figures are those of the test parts.
    Raises ModelError when the training extra is not installed.
    """
    blocks = read_config(config, overrides)
    with _training_extra():
        if "words" in blocks:
            from pipeline.training.words import train_words

            return train_words(read_settings(config, overrides, WordSettings), out)
        if "pretraining" in blocks:
            from pipeline.training.pretrain import pretrain

            return pretrain(read_settings(config, overrides, PretrainingSettings), out)
        return _train_model(read_settings(config, overrides), out)


def _train_model(settings: Settings, out: Path) -> dict[str, float]:
    from pipeline.training.export import export
    from pipeline.training.train import train

    figures = train(settings, out)
    export(settings, out)
    return figures


def finetune_model(model: str, samples: Path, overrides: dict[str, Any], out: Path) -> dict[str, dict[str, float]]:
    """Train a shipped model on with samples and write `out/model`; returns figures before and after.

    Raises ModelError when the training extra is not installed.
    """
    with _training_extra():
        from pipeline.training.finetune import finetune

        return finetune(model, samples, overrides, out)


@contextmanager
def _training_extra() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise ModelError(f"training needs {error.name}; run: pip install 'guanxi[train]'") from error
