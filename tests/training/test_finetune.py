"""A shipped model goes on learning from a user's samples."""

from pathlib import Path

import numpy as np
import pytest
import spacy

from pipeline.language.vocabulary import CLS, SEP
from pipeline.training.formats import convert, load_samples

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow


def test_an_unpacked_model_reads_like_the_shipped_one(tmp_path):
    import torch

    from pipeline.training.checkpoints import load_network
    from pipeline.training.finetune import CONFIG
    from pipeline.training.settings import read_settings
    from pipeline.training.shipped import unpack

    unpack("zh_guanxi_sm", tmp_path, read_settings(CONFIG))
    nlp = spacy.load("zh_guanxi_sm")
    doc = nlp("3月5日,沙市区区长秦军主持召开区政府常务会议。")
    encoder = nlp.get_pipe("guanxi_encoder")
    ids = torch.tensor([[CLS, *encoder.vocabulary.ids(doc.text), SEP]])
    places = torch.tensor([[0, *encoder.features(doc.text), 0]])
    with torch.no_grad():
        vectors = load_network(tmp_path).eval().encoder(ids, places)[0, 1:-1].numpy()
    cosine = (vectors * doc.tensor).sum(1) / np.linalg.norm(vectors, axis=1) / np.linalg.norm(doc.tensor, axis=1)
    assert cosine.min() > 0.95


def test_fine_tuning_learns_the_samples_and_writes_a_pipeline(tmp_path, sample_files):
    from pipeline.training.finetune import finetune

    figures = finetune("zh_guanxi_sm", sample_files, {"training.epochs": 1}, tmp_path / "out")
    assert figures["before"].keys() == figures["after"].keys()
    assert figures["after"]["four labels"] > 0.8
    held = {r.id for r in load_samples([tmp_path / "out" / "dev.jsonl"])}
    assert held.isdisjoint(r.id for r in load_samples([tmp_path / "out" / "train.jsonl"]))
    assert spacy.load(tmp_path / "out" / "model")("市长王伟出席会议。").ents


def test_a_fine_tuned_model_has_weights_of_as_many_bits(changed, sample_file, tmp_path):
    from pipeline.training.export import export
    from pipeline.training.finetune import finetune
    from pipeline.training.train import train

    convert(sample_file, tmp_path / "brat")
    changes = {"paths.train": [str(tmp_path / "brat")], "paths.teacher": None, "training.epochs": 1}
    settings = changed({**changes, "training.rehearsed_share": 0.0, "model.weight_bits": 8})
    train(settings, tmp_path / "a")
    export(settings, tmp_path / "a")
    finetune(str(tmp_path / "a" / "model"), sample_file, {"training.epochs": 1}, tmp_path / "b")
    assert [_signed(tmp_path / name / "model") for name in "ab"] == [False, False]
    assert _signed(Path("models/zh_guanxi_sm"))


def _signed(model):
    """Whether some weights are signed: those of seven bits."""
    import onnx

    stored = onnx.load(model / "guanxi_encoder" / "encoder.onnx").graph.initializer
    return any(one.data_type == onnx.TensorProto.INT8 for one in stored)


@pytest.fixture
def sample_files(tmp_path):
    records = load_samples([Path("seeds/annotated/dev/news-d.ann")])[:15]
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(r.model_dump_json(exclude_none=True) + "\n" for r in records), encoding="utf-8")
    return path
