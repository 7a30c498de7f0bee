"""Networks and training states on disk. Everything is read with `weights_only`, so no code is ever unpickled."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import torch
from transformers import BertModel

from pipeline.language.vocabulary import Vocabulary
from pipeline.training.network import Encoder, Network
from pipeline.training.settings import Settings

logger = logging.getLogger(__name__)


def save_network(
    folder: Path, network: Network, vocabulary: Vocabulary, settings: Settings, figures: dict[str, float]
) -> None:
    """Write the encoder folder, the heads, the settings and the figures reached."""
    folder.mkdir(parents=True, exist_ok=True)
    network.encoder.bert.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(vocabulary.entries) + "\n", encoding="utf-8")
    torch.save(network.encoder.places.state_dict(), folder / "places.pt")
    torch.save({"tagger": network.tagger.state_dict(), "arcs": network.arcs.state_dict()}, folder / "heads.pt")
    (folder / "settings.json").write_text(settings.model_dump_json(indent=1), encoding="utf-8")
    (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


def load_network(folder: Path) -> Network:
    """Read what `save_network` wrote."""
    bert = BertModel.from_pretrained(folder, add_pooling_layer=False)
    encoder = Encoder(bert)
    encoder.places.load_state_dict(torch.load(folder / "places.pt", weights_only=True))
    settings = Settings.model_validate_json((folder / "settings.json").read_text(encoding="utf-8"))
    network = Network(encoder, settings.model.arc_width)
    load_heads(folder, network)
    return network


def load_heads(folder: Path, network: Network) -> None:
    """Give `network` the trained heads of `folder`, if it holds any."""
    path = folder / "heads.pt"
    if path.exists():
        heads = torch.load(path, weights_only=True)
        network.tagger.load_state_dict(heads["tagger"])
        network.arcs.load_state_dict(heads["arcs"])


def save_checkpoint(out: Path, state: dict[str, object], epoch: int, best: dict[str, float]) -> None:
    """Everything a resumed run needs, written whole or not at all."""
    folder = out / "last"
    folder.mkdir(parents=True, exist_ok=True)
    data = {name: part.state_dict() for name, part in state.items()}  # type: ignore[attr-defined]
    data |= {"epoch": epoch, "best": best, "random": torch.get_rng_state()}
    torch.save(data, folder / "state.tmp")
    (folder / "state.tmp").replace(folder / "state.pt")


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
