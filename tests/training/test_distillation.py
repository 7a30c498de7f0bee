"""A smaller network is cut out of a larger one and taught by it."""

from pathlib import Path

import pytest

from pipeline.errors import DataError

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow


@pytest.fixture
def unpacked(settings, tmp_path):
    from pipeline.training.shipped import unpack_shipped

    return unpack_shipped(settings, tmp_path)


def test_a_narrow_network_keeps_the_neurons_with_the_largest_weights(unpacked):
    from pipeline.training.train import build_network

    wide = build_network(
        unpacked.model_copy(update={"model": unpacked.model.model_copy(update={"feed_forward": None})})
    )
    network = build_network(unpacked)
    assert len(network.encoder.bert.encoder.layer) == 2
    whole, kept = (n.encoder.bert.encoder.layer[0] for n in (wide, network))
    sizes = whole.intermediate.dense.weight.norm(dim=1) * whole.output.dense.weight.norm(dim=0)
    left = kept.intermediate.dense.weight.norm(dim=1) * kept.output.dense.weight.norm(dim=0)
    assert torch.allclose(left.sort().values, sizes.sort().values[-64:])
    assert network.encoder(torch.ones(1, 5, dtype=torch.long), torch.zeros(1, 5, dtype=torch.long)).shape == (1, 5, 384)


def test_the_teacher_reads_data_that_come_again_only_once(unpacked, tmp_path, monkeypatch):
    from pipeline.language.vocabulary import Vocabulary
    from pipeline.training.formats import load_samples
    from pipeline.training.source import Source
    from pipeline.training.teacher import Teacher
    from pipeline.training.train import encoder_folder, train

    read, once = [], Teacher._read
    monkeypatch.setattr(Teacher, "_read", lambda self, batch: read.append(batch) or once(self, batch))
    train(unpacked, tmp_path / "out")
    vocabulary = Vocabulary.load(encoder_folder(unpacked) / "vocab.txt")
    assert len(read) == len(Source(unpacked, load_samples(unpacked.paths.train), vocabulary).groups(0))
    assert (tmp_path / "out" / "best" / "model.safetensors").exists()


def test_a_teacher_is_not_taken_for_an_encoder_of_the_same_name(changed, tmp_path):
    import json

    from pipeline.training.shipped import unpack_shipped

    shipped = {}
    for key, name in (("encoder", "zh_guanxi_sm"), ("teacher", "zh_guanxi_trf")):
        folder = tmp_path / key / "model"
        folder.parent.mkdir()
        folder.symlink_to(Path("models", name).resolve())
        shipped[f"paths.{key}"] = str(folder)
    paths = unpack_shipped(changed(shipped), tmp_path / "out").paths
    layers = [
        json.loads((path / "config.json").read_text())["num_hidden_layers"] for path in (paths.encoder, paths.teacher)
    ]
    assert layers == [3, 12]


def test_another_pipeline_than_that_of_a_stopped_run_is_unpacked(changed, tmp_path):
    from pipeline.training.checkpoints import load_network
    from pipeline.training.shipped import unpack_shipped

    for name, layers in (("zh_guanxi_sm", 3), ("zh_guanxi_trf", 12)):
        unpacked = unpack_shipped(changed({"paths.encoder": name, "paths.teacher": None}), tmp_path / "out")
        assert len(load_network(unpacked.paths.encoder).encoder.bert.encoder.layer) == layers


def test_a_teacher_that_is_not_there_is_told(tmp_path):
    from pipeline.language.vocabulary import Vocabulary
    from pipeline.training.teacher import Teacher

    with pytest.raises(DataError, match=r"zh_guanxi_tfr: no trained network here .* set --paths\.teacher"):
        Teacher.load(tmp_path / "zh_guanxi_tfr", Vocabulary([]))
