"""A shipped pipeline back as a network that can be trained on: its int8 weights times their scales."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from spacy.language import Language
from spacy.util import is_package
from transformers import BertConfig, BertModel

from pipeline.extract import load_model
from pipeline.training.checkpoints import save_network
from pipeline.training.network import ATTENTION_DROPOUT, Encoder, Network
from pipeline.training.settings import Settings

Tensors = dict[str, np.ndarray]


def unpack_shipped(settings: Settings, out: Path) -> Settings:
    """The settings with networks for `paths.encoder` and `paths.teacher`: pipelines are unpacked below `out/start`.

    What lies there is written anew, for it may come from other pipelines.
    """
    paths = {key: getattr(settings.paths, key) for key in ("encoder", "teacher")}
    networks = {key: _network_folder(path, out / "start" / key, settings) for key, path in paths.items() if path}
    return settings.model_copy(update={"paths": settings.paths.model_copy(update=networks)})


def _network_folder(path: Path, folder: Path, settings: Settings) -> Path:
    if not is_pipeline(path):
        return path
    unpack(str(path), folder, settings)
    return folder


def is_pipeline(path: Path) -> bool:
    """Whether `path` is an installed pipeline's name or a pipeline's folder."""
    return (path / "meta.json").exists() or is_package(str(path))


def unpack(name: str, folder: Path, settings: Settings) -> None:
    """Write the pipeline `name` as a folder that training starts from.

    Raises ModelError when there is no such pipeline.
    """
    nlp = load_model(name)
    encoder: Any = nlp.get_pipe("guanxi_encoder")
    network = Network(shipped_encoder(nlp), settings.model.arc_width)
    mentions: Any = nlp.get_pipe("guanxi_mentions")
    relations: Any = nlp.get_pipe("guanxi_relations")
    network.tagger.load_state_dict(_tensors({"weight": mentions.weight, "bias": mentions.bias}))
    network.arcs.load_state_dict(_tensors(relations.tensors))
    save_network(folder, network, encoder.vocabulary, settings, {})


def encoder_tensors(model: bytes) -> Tensors:
    """Full-precision weights of an exported encoder under the names that torch gives them."""
    graph = onnx.load_from_string(model).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    names = {name: name for name in stored}
    for node in graph.node:
        if node.op_type in ("MatMul", "MatMulInteger") and node.input[1] in stored:
            layer = node.name.strip("/").removesuffix("_quant").removesuffix("/MatMul")
            names[node.input[1]] = layer.replace("/", ".") + ".weight"
    tensors = {}
    for name, values in stored.items():
        base = name.removesuffix("_quantized")
        if base != name:
            shifted = values.astype(np.float32) - stored[f"{base}_zero_point"]
            matrix = names[name] != name
            full = shifted * stored[f"{base}_scale"]
            tensors[names[name] if matrix else base] = full.T if matrix else full
        elif not name.endswith(("_scale", "_zero_point")):
            tensors[names[name]] = values.T if names[name] != name else values
    return tensors


def shipped_encoder(nlp: Language) -> Encoder:
    """The encoder of a pipeline as a network."""
    component: Any = nlp.get_pipe("guanxi_encoder")
    tensors = encoder_tensors(component.onnx)
    words = tensors["bert.embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=words.shape[1],
        num_hidden_layers=1 + max(int(n.split(".")[3]) for n in tensors if n.startswith("bert.encoder.layer.")),
        num_attention_heads=int(nlp.meta.get("heads", 12)),
        intermediate_size=len(tensors["bert.encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(tensors["bert.embeddings.position_embeddings.weight"]),
        type_vocab_size=len(tensors["bert.embeddings.token_type_embeddings.weight"]),
        attention_probs_dropout_prob=ATTENTION_DROPOUT,
    )
    encoder = Encoder(BertModel(config, add_pooling_layer=False))
    encoder.load_state_dict(_tensors(tensors), strict=True)
    return encoder


def _tensors(arrays: Tensors) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(np.array(array, np.float32)) for name, array in arrays.items()}
