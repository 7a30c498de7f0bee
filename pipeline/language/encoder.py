"""The spaCy component `guanxi_encoder`: one vector for each character, in `doc.tensor`."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from pipeline.errors import GuanxiError, ModelError
from pipeline.language.vocabulary import CLS, SEP, Vocabulary
from pipeline.language.windows import Window, windows

THREADS = "GUANXI_THREADS"
"""The environment variable that says on how many threads a model runs; all cores when it is not set."""
SLOW = "SkipLayerNormFusion"
"""One operation for addition and normalisation, which takes five times as long as the two."""
Int = NDArray[np.int64]
Vectors = NDArray[np.float32]
Runner = Callable[[Int, Int], Vectors]
"""Character ids and place features, both (1, L), to vectors (1, L, D)."""


def threads() -> int:
    """On how many threads a model runs. Raises GuanxiError when the environment variable says no number."""
    told = os.environ.get(THREADS) or "0"
    if not told.isdecimal():
        raise GuanxiError(f"{THREADS}={told}: not a number of threads; set it to 1 or more, or to 0 for all cores")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return int(told) or cores


class CharacterEncoder(Pipe):
    """Runs the exported encoder over windows of each text and stitches the vectors together.

    `features` gives the place features of a text. `limit` and `context` are those of `windows`. Every window runs by itself on
    one core: nothing is spent on padding, cores share the windows, and what a text gets does not depend on the texts beside
    it (the scales of dynamic quantization are those of one run).
    """

    def __init__(self, name: str, features: Callable[[str], Int], limit: int, context: int) -> None:
        self.name = name
        self.features = features
        self.limit, self.context = limit, context
        self.vocabulary = Vocabulary([])
        self.run: Runner | None = None
        self.onnx = b""

    def __call__(self, doc: Doc) -> Doc:
        """Set the vectors of one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Set the vectors of many Docs. While a batch is read on by the caller, the model already runs over the next one."""
        if self.run is None:
            raise ModelError("guanxi_encoder has no model; load a trained pipeline such as zh_guanxi_sm")
        source = iter(stream)
        ahead: deque[list[tuple[Doc, list[Future[Vectors]]]]] = deque()
        with ThreadPoolExecutor(threads()) as pool:
            while docs := list(islice(source, batch_size)):
                ahead.append([(doc, self._submit(doc.text, pool)) for doc in docs])
                if len(ahead) > 1:
                    yield from map(_finished, ahead.popleft())
            for batch in ahead:
                yield from map(_finished, batch)

    def _submit(self, text: str, pool: ThreadPoolExecutor) -> list[Future[Vectors]]:
        """The vectors of each window of a text, without its context."""
        ids, places = self.vocabulary.ids(text), self.features(text)
        return [pool.submit(self._run, ids, places, w) for w in windows(text, self.limit, self.context)]

    def _run(self, ids: Int, places: Int, window: Window) -> Vectors:
        start, keep, end = window
        row, around = np.empty((1, end - start + 2), np.int64), np.zeros((1, end - start + 2), np.int64)
        row[0, 0], row[0, 1:-1], row[0, -1] = CLS, ids[start:end], SEP
        around[0, 1:-1] = places[start:end]
        assert self.run is not None
        return self.run(row, around)[0, 1 + keep - start : -1]

    def load(self, model: bytes, vocabulary: Vocabulary) -> None:
        """Use an ONNX model with inputs `ids` and `places` and one output."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW]
        )
        self.onnx, self.vocabulary = model, vocabulary
        self.run = lambda ids, places: session.run(None, {"ids": ids, "places": places})[0]

    def to_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write `encoder.onnx` and `vocab.txt` into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "encoder.onnx").write_bytes(self.onnx)
        (folder / "vocab.txt").write_text("\n".join(self.vocabulary.entries) + "\n", encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> CharacterEncoder:
        """Read what `to_disk` wrote."""
        folder = Path(path)
        self.load((folder / "encoder.onnx").read_bytes(), Vocabulary.load(folder / "vocab.txt"))
        return self


def _finished(pair: tuple[Doc, list[Future[Vectors]]]) -> Doc:
    doc, parts = pair
    if parts:
        doc.tensor = np.concatenate([part.result() for part in parts])
    return doc


@Language.factory(
    "guanxi_encoder",
    assigns=["doc.tensor"],
    default_config={"features": {"@misc": "guanxi.character_features.v1"}, "limit": 256, "context": 32},
)
def create_encoder(
    nlp: Language, name: str, features: Callable[[str], Int], limit: int, context: int
) -> CharacterEncoder:
    """Factory of the encoder; its model comes with a trained pipeline."""
    return CharacterEncoder(name, features, limit, context)
