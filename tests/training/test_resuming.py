"""A training that was stopped goes on; another one in the same folder is refused."""

import pytest

from pipeline.errors import DataError

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = pytest.mark.slow


@pytest.fixture
def short(changed):
    """Settings for one epoch."""
    return changed({"training.epochs": 1})


def test_only_the_same_training_goes_on(settings, short, changed, sample_file, tmp_path):
    from pipeline.training.train import train

    out = tmp_path / "out"
    first = train(short, out)
    assert train(short, out) == first
    train(settings, out)
    assert torch.load(out / "last" / "state.pt", weights_only=True)["epoch"] == 2
    for other in ({"model.arc_width": 128}, {"training.rate": 1e-3}, {"paths.encoder": "zh_guanxi_trf"}):
        with pytest.raises(DataError, match=f"{out}: holds another training; choose another --out"):
            train(changed(other), out)
    sample_file.write_text("".join(sample_file.read_text("utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    with pytest.raises(DataError, match="holds another training"):
        train(settings, out)


def test_a_run_stopped_while_it_is_judged_is_judged_after_all(short, tmp_path, monkeypatch):
    from pipeline.training import train as module

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(module, "evaluate_network", stopped)
        module.train(short, tmp_path)
    assert module.train(short, tmp_path)["mean"] >= 0
    assert (tmp_path / "best" / "heads.pt").exists()


def test_a_network_is_replaced_whole_or_not_at_all(settings, tmp_path, monkeypatch):
    from pipeline.language.vocabulary import SPECIALS, Vocabulary
    from pipeline.training.checkpoints import save_network
    from pipeline.training.shipped import unpack

    folder = tmp_path / "best"
    unpack("zh_guanxi_sm", folder, settings)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    network = _untrained(folder)

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(torch, "save", stopped)
        save_network(folder, network, Vocabulary([*SPECIALS]), settings, {})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    save_network(folder, network, Vocabulary([*SPECIALS]), settings, {})
    assert all((folder / name).read_bytes() != before[name] for name in ("model.safetensors", "heads.pt", "vocab.txt"))
    assert {path.name for path in tmp_path.iterdir()} == {"best", "samples.jsonl"}


def _untrained(folder):
    """A network of the size of the one in `folder`."""
    from pipeline.training.checkpoints import load_network

    network = load_network(folder)
    for weights in network.parameters():
        torch.nn.init.normal_(weights)
    return network
