"""The spaCy component `guanxi_encoder`: one vector for each character, in `doc.tensor`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc

from pipeline.errors import ModelError
from pipeline.language.vocabulary import CLS, PAD, SEP, Vocabulary
from pipeline.language.windows import Window, windows

THREADS = "GUANXI_THREADS"
"""The environment variable that says on how many threads a model runs; all cores when it is not set."""
Int = NDArray[np.int64]
Runner = Callable[[Int, Int], NDArray[np.float32]]
"""Character ids and place features, both (B, L), to vectors (B, L, D)."""


Job = tuple[int, Window]
"""The number of a text and a window over it."""


def threads() -> int:
    """On how many threads a model runs."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return int(os.environ.get(THREADS, "0")) or cores


class CharacterEncoder(Pipe):
    """Runs the exported encoder over windows of each text and stitches the vectors together.

    `features` gives the place features of a text. `limit` and `context` are those of `windows`; `batch` is the number
    of characters that one run of the model takes.
    """

    def __init__(self, name: str, features: Callable[[str], Int], limit: int, context: int, batch: int) -> None:
        self.name = name
        self.features = features
        self.limit, self.context, self.batch = limit, context, batch
        self.vocabulary = Vocabulary([])
        self.run: Runner | None = None
        self.onnx = b""

    def __call__(self, doc: Doc) -> Doc:
        """Set the vectors of one Doc."""
        self._encode([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Set the vectors of many Docs, windows of like length run together."""
        source = iter(stream)
        while docs := list(islice(source, batch_size)):
            self._encode(docs)
            yield from docs

    def _encode(self, docs: Sequence[Doc]) -> None:
        if self.run is None:
            raise ModelError("guanxi_encoder has no model; load a trained pipeline such as zh_guanxi_sm")
        texts = [doc.text for doc in docs]
        inputs = [(self.vocabulary.ids(text), self.features(text)) for text in texts]
        jobs = [(which, w) for which, text in enumerate(texts) for w in windows(text, self.limit, self.context)]
        jobs.sort(key=lambda job: job[1].end - job[1].start)
        parts: list[list[tuple[int, NDArray[np.float32]]]] = [[] for _ in docs]
        groups = list(_groups(jobs, self.batch))
        for group, vectors in zip(groups, self._run_all(groups, inputs), strict=True):
            for row, (which, (start, keep, end)) in enumerate(group):
                parts[which].append((keep, vectors[row, 1 + keep - start : 1 + end - start]))
        for doc, found in zip(docs, parts, strict=True):
            if found:
                doc.tensor = np.concatenate([part for _, part in sorted(found, key=lambda pair: pair[0])])

    def _run_all(self, groups: list[list[Job]], inputs: list[tuple[Int, Int]]) -> Iterator[NDArray[np.float32]]:
        """Vectors of each group. Groups run side by side, one thread each, which cores share better than one run's work."""
        run = self.run
        assert run is not None
        with ThreadPoolExecutor(threads()) as pool:
            yield from pool.map(lambda group: run(*_stack(group, inputs)), groups)

    def load(self, model: bytes, vocabulary: Vocabulary) -> None:
        """Use an ONNX model with inputs `ids` and `places` and one output."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
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


def _groups(jobs: list[Job], size: int) -> Iterator[list[Job]]:
    """Cut jobs, shortest first, into groups of at most about `size` characters with padding."""
    group: list[Job] = []
    for job in jobs:
        if group and (len(group) + 1) * (job[1].end - job[1].start) > size:
            yield group
            group = []
        group.append(job)
    if group:
        yield group


def _stack(group: list[Job], inputs: list[tuple[Int, Int]]) -> tuple[Int, Int]:
    width = 2 + max(w.end - w.start for _, w in group)
    ids, places = np.full((len(group), width), PAD, np.int64), np.zeros((len(group), width), np.int64)
    for row, (which, (start, _, end)) in enumerate(group):
        length = end - start
        ids[row, 0], ids[row, 1 : 1 + length], ids[row, 1 + length] = CLS, inputs[which][0][start:end], SEP
        places[row, 1 : 1 + length] = inputs[which][1][start:end]
    return ids, places


@Language.factory(
    "guanxi_encoder",
    assigns=["doc.tensor"],
    default_config={"features": {"@misc": "guanxi.character_features.v1"}, "limit": 256, "context": 32, "batch": 1024},
)
def create_encoder(
    nlp: Language, name: str, features: Callable[[str], Int], limit: int, context: int, batch: int
) -> CharacterEncoder:
    """Factory of the encoder; its model comes with a trained pipeline."""
    return CharacterEncoder(name, features, limit, context, batch)
