"""A shipped model goes on learning from a user's samples."""

from pathlib import Path

import numpy as np
import pytest
import spacy

from pipeline.language.vocabulary import CLS, SEP
from pipeline.training.formats import load_samples

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


@pytest.fixture
def sample_files(tmp_path):
    records = load_samples([Path("seeds/annotated/dev/news-d.ann")])[:15]
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(r.model_dump_json(exclude_none=True) + "\n" for r in records), encoding="utf-8")
    return path
