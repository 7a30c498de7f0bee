"""A smaller network is cut out of a larger one and taught by it."""

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow


@pytest.fixture
def settings(tmp_path):
    from pipeline.training.settings import read_settings
    from pipeline.training.unpack import unpack_shipped

    changes = {
        "paths.train": ["seeds/annotated/dev/pages-dev.ann"],
        "paths.encoder": "zh_guanxi_sm",
        "paths.teacher": "zh_guanxi_sm",
        "model.layers": [0, 1],
        "model.feed_forward": 64,
        "training.epochs": 2,
        "training.cycle": 1,
        "training.generated_share": 0.1,
        "training.rehearsed_share": 0.1,
    }
    return unpack_shipped(read_settings(Path("configs/sm.cfg"), changes), tmp_path)


def test_a_narrow_network_keeps_the_neurons_with_the_largest_weights(settings):
    from pipeline.training.train import build_network

    wide = build_network(
        settings.model_copy(update={"model": settings.model.model_copy(update={"feed_forward": None})})
    )
    network = build_network(settings)
    assert len(network.encoder.bert.encoder.layer) == 2
    whole, kept = (n.encoder.bert.encoder.layer[0] for n in (wide, network))
    sizes = whole.intermediate.dense.weight.norm(dim=1) * whole.output.dense.weight.norm(dim=0)
    left = kept.intermediate.dense.weight.norm(dim=1) * kept.output.dense.weight.norm(dim=0)
    assert torch.allclose(left.sort().values, sizes.sort().values[-64:])
    assert network.encoder(torch.ones(1, 5, dtype=torch.long), torch.zeros(1, 5, dtype=torch.long)).shape == (1, 5, 384)


def test_the_teacher_reads_data_that_come_again_only_once(settings, tmp_path, monkeypatch):
    from pipeline.language.vocabulary import Vocabulary
    from pipeline.training.formats import load_samples
    from pipeline.training.source import Source
    from pipeline.training.teacher import Teacher
    from pipeline.training.train import encoder_folder, train

    read, once = [], Teacher._read
    monkeypatch.setattr(Teacher, "_read", lambda self, batch: read.append(batch) or once(self, batch))
    train(settings, tmp_path / "out")
    vocabulary = Vocabulary.load(encoder_folder(settings) / "vocab.txt")
    assert len(read) == len(Source(settings, load_samples(settings.paths.train), vocabulary).groups(0))
    assert (tmp_path / "out" / "best" / "model.safetensors").exists()
