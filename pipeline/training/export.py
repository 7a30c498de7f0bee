"""A trained network as a spaCy pipeline that runs without torch."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from spacy.language import Language

from pipeline.language.encoder import CharacterEncoder, Runner
from pipeline.language.hashes import write_hashes
from pipeline.language.vocabulary import Vocabulary
from pipeline.training.checkpoints import load_network
from pipeline.training.network import ArcScorer, Encoder, Network

CONFIG: dict[str, Any] = {"nlp": {"tokenizer": {"@tokenizers": "guanxi.CharacterTokenizer.v1"}}}


def assemble(network: Network, vocabulary: Vocabulary, run: Runner | bytes) -> Language:
    """A spaCy pipeline with the network's heads over `run`: an ONNX model, or a function that does what it would do."""
    nlp = spacy.blank("zh", config=CONFIG)
    encoder = nlp.add_pipe("guanxi_encoder")
    assert isinstance(encoder, CharacterEncoder)
    if isinstance(run, bytes):
        encoder.load(run, vocabulary)
    else:
        encoder.run, encoder.vocabulary = run, vocabulary
    mentions: Any = nlp.add_pipe("guanxi_mentions")
    mentions.weight = _array(network.tagger.weight)
    mentions.bias = _array(network.tagger.bias)
    relations: Any = nlp.add_pipe("guanxi_relations")
    relations.tensors = arc_tensors(network.arcs)
    return nlp


def arc_tensors(arcs: ArcScorer) -> dict[str, np.ndarray]:
    """The arc head's weights under the names that `pipeline.relations.arcs` reads."""
    return {name: _array(tensor) for name, tensor in arcs.state_dict().items()}


def export(folder: Path, out: Path, meta: dict[str, object]) -> Language:
    """Write the network in `folder` as a spaCy pipeline with an int8 encoder into `out`, with the hashes of its files."""
    network = load_network(folder).eval()
    vocabulary = Vocabulary.load(folder / "vocab.txt")
    nlp = assemble(network, vocabulary, quantised(network.encoder))
    nlp.meta.update(meta)
    nlp.meta["heads"] = network.encoder.bert.config.num_attention_heads
    nlp.meta["performance"] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    nlp.to_disk(out)
    write_hashes(out)
    return nlp


def quantised(encoder: Encoder) -> bytes:
    """The encoder as ONNX with int8 weights and dynamically quantised activations.

    Weights use seven of the eight bits: processors without VNNI add two products in 16 bits, which full ones overflow.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch) / "full.onnx", Path(scratch) / "int8.onnx"
        to_onnx(encoder, full)
        quantize_dynamic(
            full,
            small,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
        return small.read_bytes()


def to_onnx(encoder: Encoder, path: Path) -> None:
    """The encoder as ONNX in full precision; batch and length are free.

    Attention is written out as plain products: the guards that torch's fused one brings along cost a fifth of the time.
    """
    encoder.bert.set_attn_implementation("eager")
    ids, places = torch.randint(6, 100, (2, 16)), torch.zeros(2, 16, dtype=torch.long)
    axes = {name: {0: "batch", 1: "length"} for name in ("ids", "places", "vectors")}
    torch.onnx.export(
        encoder,
        (ids, places),
        str(path),
        input_names=["ids", "places"],
        output_names=["vectors"],
        dynamic_axes=axes,
        dynamo=False,
        opset_version=17,
    )


def _array(tensor: torch.Tensor) -> np.ndarray:
    array: np.ndarray = tensor.detach().float().numpy()
    return array
