"""A small network that is cut out of a shipped one, and a few samples for it."""

from pathlib import Path

import pytest

from pipeline.training.formats import load_samples
from pipeline.training.settings import read_settings


@pytest.fixture
def sample_file(seeds, tmp_path):
    records = load_samples([seeds / "annotated" / "dev" / "pages-dev.ann"])[:12]
    path = tmp_path / "samples.jsonl"
    path.write_text("".join(r.model_dump_json(exclude_none=True) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture
def changed(sample_file):
    """Settings of two layers of the small model, taught by it, with changes; what is learnt is what is judged."""
    small = {
        "paths.train": [str(sample_file)],
        "paths.dev": [str(sample_file)],
        "paths.encoder": "zh_guanxi_sm",
        "paths.teacher": "zh_guanxi_sm",
        "model.layers": [0, 1],
        "model.feed_forward": 64,
        "training.epochs": 2,
        "training.cycle": 1,
        "training.generated_share": 0.1,
        "training.rehearsed_share": 0.1,
    }
    return lambda changes: read_settings(Path("configs/sm.cfg"), {**small, **changes})


@pytest.fixture
def settings(changed):
    return changed({})
