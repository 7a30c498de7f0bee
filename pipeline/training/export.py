"""A trained network as a spaCy pipeline that runs without torch."""

from __future__ import annotations

import copy
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
from torch.nn import functional
from transformers.models.bert.modeling_bert import BertSelfAttention

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
    nlp = assemble(network, vocabulary, quantised(network.encoder, vocabulary))
    nlp.meta.update(name=settings.model.name, description=settings.model.description, version=VERSION)
    nlp.meta["heads"] = network.encoder.bert.config.num_attention_heads
    nlp.meta["performance"] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    data = {path.name: file_digest(path) for path in settings.paths.train}
    nlp.meta["training"] = {"seed": settings.training.seed, "data": data}
    nlp.to_disk(out / "model")
    write_hashes(out / "model")
    return nlp


def quantised(encoder: Encoder, vocabulary: Vocabulary) -> bytes:
    """The encoder as ONNX with int8 weights and dynamically quantised activations.

    Weights have seven bits: processors without VNNI add two products of signed bytes in 16 bits, which full weights overflow.
    The few products whose inputs have outliers stay in full precision, for one scale does not do for all of them (Bondarenko
    et al. 2021, Understanding and Overcoming the Challenges of Efficient Transformer Quantization).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    exact = [f"/{name.replace('.', '/').replace('layer/', 'layer.')}/MatMul" for name in outlying(encoder, vocabulary)]
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
    """The encoder as ONNX in full precision, for one passage of any length without padding.

    Attention is one operation of the runtime: the products, masks and turns that torch would write in its place take a fifth
    longer.
    """
    encoder = copy.deepcopy(encoder)
    for layer in encoder.bert.encoder.layer:
        layer.attention.self = _Attention(layer.attention.self)
    ids, places = torch.randint(6, 100, (1, 16)), torch.zeros(1, 16, dtype=torch.long)
    torch.onnx.export(
        encoder,
        (ids, places),
        str(path),
        input_names=["ids", "places"],
        output_names=["vectors"],
        dynamic_axes={name: {1: "length"} for name in ("ids", "places", "vectors")},
        dynamo=False,
        opset_version=17,
    )


class _Attention(nn.Module):
    """The self-attention of a BERT layer, its products as one operation."""

    def __init__(self, layer: BertSelfAttention) -> None:
        super().__init__()
        self.query, self.key, self.value = layer.query, layer.key, layer.value
        self.heads = layer.num_attention_heads

    def forward(self, hidden: torch.Tensor, *_: object, **__: object) -> tuple[torch.Tensor, None]:
        """What BertSelfAttention returns, without masks."""
        mixed: torch.Tensor = _Products.apply(self.query(hidden), self.key(hidden), self.value(hidden), self.heads)
        return mixed, None


class _Products(torch.autograd.Function):
    """Attention of `heads` heads over queries, keys and values (B, L, D), which ONNX Runtime knows as MultiHeadAttention."""

    @staticmethod
    def forward(ctx: Any, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, heads: int) -> torch.Tensor:
        parted = (side.unflatten(-1, (heads, -1)).transpose(1, 2) for side in (query, key, value))
        return functional.scaled_dot_product_attention(*parted).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads).setType(query.type())


def _array(tensor: torch.Tensor) -> np.ndarray:
    array: np.ndarray = tensor.detach().float().numpy()
    return array
