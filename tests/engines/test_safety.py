"""No file is trusted: models are what they were when they were made, and nothing that is read is ever executed."""

import pickle
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import srsly

from pipeline.errors import GuanxiError, ModelError
from pipeline.extract import load_model
from pipeline.language.hashes import NAME, write_hashes
from pipeline.language.words import segmenter
from pipeline.training.formats import FORMATS, read_samples
from pipeline.training.formats.notes import Notes

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture
def model(tmp_path):
    return Path(shutil.copytree(MODELS / "zh_guanxi_sm", tmp_path / "model"))


def test_a_damaged_model_is_named_and_an_own_one_loads(model):
    load_model(str(model))
    weights = model / "guanxi_mentions" / "weights.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    with pytest.raises(ModelError, match=r"weights\.safetensors: missing, damaged or changed"):
        load_model(str(model))
    (model / NAME).unlink()
    load_model(str(model))
    write_hashes(model)
    load_model(str(model))
    weights.unlink()
    with pytest.raises(ModelError, match="missing"):
        load_model(str(model))


@pytest.mark.parametrize("name", ["zh_guanxi_sm", "zh_guanxi_trf", "zh_guanxi_words"])
def test_shipped_models_bring_the_hashes_of_all_their_files(name, tmp_path):
    copy = Path(shutil.copytree(MODELS / name, tmp_path / name))
    write_hashes(copy)
    assert (copy / NAME).read_text(encoding="utf-8") == (MODELS / name / NAME).read_text(encoding="utf-8")


class Poison:
    """Writes a file when it is unpickled."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return Path.write_text, (self.mark, "executed")


def poisons(mark):
    """Pickles as the formats could hide them: plain, as an array of objects, as msgpack-numpy's objects."""
    plain = pickle.dumps(Poison(mark))
    array = mark.with_suffix(".npy")
    np.save(array, np.array([Poison(mark)], dtype=object), allow_pickle=True)
    hidden = {b"nd": True, b"type": "O", b"kind": b"O", b"shape": (1,), b"data": plain}
    return [plain, array.read_bytes(), srsly.msgpack_dumps(hidden)]


def test_a_poisoned_model_file_is_not_executed(model, tmp_path):
    mark = tmp_path / "mark"
    (model / NAME).unlink()
    paths = [path for path in model.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc", ".md"}]
    for poison in poisons(mark):
        for path in paths:
            sound = path.read_bytes()
            path.write_bytes(poison)
            with suppress(Exception):  # however it is refused
                load_model(str(model))
            path.write_bytes(sound)
            assert not mark.exists(), path


def test_a_poisoned_segmenter_is_not_executed(tmp_path):
    mark = tmp_path / "mark"
    for number, poison in enumerate(poisons(mark)):
        for name in ("features.msgpack", "weights.npz"):
            folder = tmp_path / f"{number}-{name}"
            shutil.copytree(MODELS / "zh_guanxi_words", folder)
            (folder / NAME).unlink()
            (folder / name).write_bytes(poison)
            with suppress(Exception):
                segmenter(str(folder))
            assert not mark.exists(), name


def test_a_poisoned_input_is_not_executed(tmp_path, guanxi):
    mark = tmp_path / "mark"
    for number, poison in enumerate(poisons(mark)):
        for suffix in (".txt", ".jsonl", ".html", ".docx", ".pdf", ".zip", ".pkl", ".spacy", ".ann", ".json", ".bio"):
            path = tmp_path / f"{number}{suffix}"
            path.write_bytes(poison)
            assert guanxi("pages", path, "-o", tmp_path / "out.jsonl").exit_code in {0, 1}
            for kind in FORMATS:
                with suppress(GuanxiError):
                    read_samples(path, Notes(), kind)
        assert not mark.exists()


def test_nothing_is_unpickled_on_the_way_from_page_to_graph(seeds, tmp_path):
    code = f"""
import sys
from pipeline.cli import app
def watch(event, arguments):
    if event == "pickle.find_class":
        raise RuntimeError(f"unpickled {{arguments}}")
sys.addaudithook(watch)
import spacy
spacy.load("zh_guanxi_trf")("沙市区区长秦军出席。")._.words
app(["run", {str(seeds / "pages" / "page-1.txt")!r}, "--out", {str(tmp_path / "out")!r}])
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
