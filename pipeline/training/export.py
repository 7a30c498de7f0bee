"""A trained network as a spaCy pipeline that runs without torch."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from spacy.language import Language
from torch import nn

from pipeline.entities.lexicon import character_features
from pipeline.language.encoder import CharacterEncoder, Runner
from pipeline.language.hashes import write_hashes
from pipeline.language.vocabulary import Vocabulary
from pipeline.training.batches import LIMIT
from pipeline.training.checkpoints import file_digest, load_network
from pipeline.training.generator import generate
from pipeline.training.network import ArcScorer, Encoder, Network
from pipeline.training.settings import Settings

VERSION = "0.1.0"
FULL = 8
OUTLYING = 100.0
"""How many times its root mean square the largest number that goes into a matrix product may be."""
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


def export(settings: Settings, out: Path) -> Language:
    """Write the network in `out/best` as the spaCy pipeline `out/model` with an int8 encoder and the hashes of its files.

    Its meta says the seed, the SHA-256 of the training files, and the development figures.
    """
    folder = out / "best"
    network = load_network(folder).eval()
    vocabulary = Vocabulary.load(folder / "vocab.txt")
    nlp = assemble(network, vocabulary, quantised(network.encoder, vocabulary, settings.model.weight_bits))
    nlp.meta.update(name=settings.model.name, description=settings.model.description, version=VERSION)
    nlp.meta["heads"] = network.encoder.bert.config.num_attention_heads
    nlp.meta["performance"] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    data = {path.name: file_digest(path) for path in settings.paths.train}
    nlp.meta["training"] = {"seed": settings.training.seed, "data": data}
    nlp.to_disk(out / "model")
    write_hashes(out / "model")
    return nlp


def quantised(encoder: Encoder, vocabulary: Vocabulary, bits: int) -> bytes:
    """The encoder as ONNX with int8 weights and dynamically quantised activations.

    With weights of 7 `bits` it is faster, with 8 more exact: processors without VNNI add two products of signed bytes in 16 bits,
    which full weights overflow, so that they must be unsigned then, which takes a sixth longer (more with VNNI). The few
    products whose inputs have outliers stay in full precision, for one scale does not do for all of them (Bondarenko et
    al. 2021, Understanding and Overcoming the Challenges of Efficient Transformer Quantization).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    exact = [f"/{name.replace('.', '/').replace('layer/', 'layer.')}/MatMul" for name in outlying(encoder, vocabulary)]
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch) / "full.onnx", Path(scratch) / "int8.onnx"
        to_onnx(encoder, full)
        quantize_dynamic(
            full,
            small,
            weight_type=QuantType.QUInt8 if bits == FULL else QuantType.QInt8,
            per_channel=True,
            reduce_range=bits < FULL,
            op_types_to_quantize=["MatMul", "Gather"],
            nodes_to_exclude=exact,
        )
        return small.read_bytes()


@torch.no_grad()
def outlying(encoder: Encoder, vocabulary: Vocabulary, passages: int = 12) -> list[str]:
    """The linear layers of an encoder whose inputs have outliers, seen on composed passages."""
    spread: dict[str, float] = {}

    def watch(name: str) -> Callable[[nn.Module, tuple[torch.Tensor]], None]:
        def see(_: nn.Module, inputs: tuple[torch.Tensor]) -> None:
            largest, usual = float(inputs[0].abs().max()), float(inputs[0].square().mean().sqrt())
            spread[name] = spread.get(name, 0.0) + largest / usual / passages

        return see

    linear = [(name, part) for name, part in encoder.named_modules() if isinstance(part, nn.Linear)]
    hooks = [part.register_forward_pre_hook(watch(name)) for name, part in linear]
    for passage in islice(generate(seed=1), passages):
        ids, places = vocabulary.ids(passage.text), character_features(passage.text)
        encoder(torch.from_numpy(ids)[None, :LIMIT], torch.from_numpy(places)[None, :LIMIT])
    for hook in hooks:
        hook.remove()
    return [name for name, ratio in spread.items() if ratio > OUTLYING]


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
