"""Networks and training states on disk. Everything is read with `weights_only`, so no code is ever unpickled."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from transformers import BertModel

from pipeline.errors import DataError
from pipeline.language.vocabulary import Vocabulary
from pipeline.training.network import ATTENTION_DROPOUT, Encoder, Network
from pipeline.training.settings import Settings

logger = logging.getLogger(__name__)
PARTS = ("config.json", "vocab.txt", "places.pt", "heads.pt", "settings.json")
"""What lies beside the weights in a folder that `save_network` wrote."""
FILES = ("train", "dev", "raw")
PIECE = 1 << 20
"""Bytes of a file that are hashed at a time: raw news is large."""
UNTOLD = {"paths": {"samples", *FILES}, "training": {"epochs", "threads"}}
"""Settings that may change while a training goes on: where its files lie, how long it takes, on how many threads."""


def save_network(
    folder: Path, network: Network, vocabulary: Vocabulary, settings: Settings, figures: dict[str, float]
) -> None:
    """Write the encoder folder, the heads, the settings and the figures reached, all or none of them."""
    with _swapped_in(folder) as fresh:
        save_encoder(fresh, network.encoder, vocabulary)
        torch.save({"tagger": network.tagger.state_dict(), "arcs": network.arcs.state_dict()}, fresh / "heads.pt")
        (fresh / "settings.json").write_text(settings.model_dump_json(indent=1), encoding="utf-8")
        (fresh / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


def save_encoder(folder: Path, encoder: Encoder, vocabulary: Vocabulary) -> None:
    """Write the encoder folder."""
    encoder.bert.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(vocabulary.entries) + "\n", encoding="utf-8")
    torch.save(encoder.places.state_dict(), folder / "places.pt")


@contextmanager
def _swapped_in(folder: Path) -> Iterator[Path]:
    """A new folder to write to, which takes the place of `folder` when all is written."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
        fresh, old = Path(scratch, "fresh"), Path(scratch, "old")
        fresh.mkdir()
        yield fresh
        if folder.exists():
            folder.replace(old)
        fresh.replace(folder)


def load_encoder(folder: Path) -> Encoder:
    """The encoder of a folder that training wrote, or any that `transformers` reads as a BERT."""
    encoder = Encoder(
        BertModel.from_pretrained(folder, add_pooling_layer=False, attention_probs_dropout_prob=ATTENTION_DROPOUT)
    )
    places = folder / "places.pt"
    if places.exists():
        encoder.places.load_state_dict(torch.load(places, weights_only=True))
    return encoder


def load_network(folder: Path) -> Network:
    """Read what `save_network` wrote."""
    settings = Settings.model_validate_json((folder / "settings.json").read_text(encoding="utf-8"))
    network = Network(load_encoder(folder), settings.model.arc_width)
    load_heads(folder, network)
    return network


def load_heads(folder: Path, network: Network) -> None:
    """Give `network` the trained heads of `folder`, if it holds any."""
    path = folder / "heads.pt"
    if path.exists():
        heads = torch.load(path, weights_only=True)
        network.tagger.load_state_dict(heads["tagger"])
        network.arcs.load_state_dict(heads["arcs"])


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, or of all files of a folder one after the other. Raises DataError when one cannot be read."""
    digest = hashlib.sha256()
    try:
        for part in sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]:
            with part.open("rb") as file:
                while data := file.read(PIECE):
                    digest.update(data)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    return digest.hexdigest()


def training_digest(settings: Settings) -> str:
    """What tells one training from another: its settings and what its files hold.

    Raises DataError when a file cannot be read.
    """
    files = {key: [file_digest(path) for path in getattr(settings.paths, key)] for key in FILES}
    told = [settings.model_dump(mode="json", exclude=UNTOLD), files]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def save_checkpoint(out: Path, state: dict[str, object], epoch: int, best: dict[str, float], digest: str) -> None:
    """Everything a resumed run needs, written whole or not at all; `digest` is that of the training."""
    folder = out / "last"
    folder.mkdir(parents=True, exist_ok=True)
    data = {name: part.state_dict() for name, part in state.items()}  # type: ignore[attr-defined]
    data |= {"epoch": epoch, "best": best, "digest": digest, "random": torch.get_rng_state()}
    torch.save(data, folder / "state.tmp")
    (folder / "state.tmp").replace(folder / "state.pt")


def check_same(out: Path, digest: str) -> None:
    """Raises DataError when `out/last` is of a training with another digest."""
    path = out / "last" / "state.pt"
    if path.exists() and torch.load(path, weights_only=True, mmap=True).get("digest") != digest:
        raise DataError(f"{out}: holds another training; choose another --out")


def resume(out: Path, state: dict[str, object]) -> tuple[int, dict[str, float]]:
    """Load `out/last` into `state`; returns the epoch to go on with and the best figures so far."""
    path = out / "last" / "state.pt"
    if not path.exists():
        return 0, {}
    data = torch.load(path, weights_only=True)
    for name, part in state.items():
        part.load_state_dict(data[name])  # type: ignore[attr-defined]
    torch.set_rng_state(data["random"])
    logger.info("resuming %s after epoch %d", out, data["epoch"])
    return int(data["epoch"]), dict(data["best"])
