"""Trains the spacy-pkuseg model behind `doc._.words` on segmentation derived from what the project has.

Annotated spans give borders; names of people and districts are words; what lies between is cut by jieba (MIT licence),
which is told the names of all divisions first. Raw news adds silver text, with mentions found by a shipped model.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.extract import extract, load_model
from pipeline.language.words import WHOLE, segmenter, word_offsets
from pipeline.linking import divisions
from pipeline.records import Record
from pipeline.training.corpora import read_raw
from pipeline.training.formats import load_samples
from pipeline.training.scoring.figures import Figures
from pipeline.training.settings import WordSettings

NEGLIGIBLE = 0.02


def train_words(settings: WordSettings, out: Path) -> dict[str, float]:
    """Train and write `out/model`; returns word precision, recall and F1 on the development files."""
    import jieba
    import spacy_pkuseg

    jieba.setLogLevel(logging.WARNING)
    for name in divisions.table().names.values():
        jieba.add_word(name)
    samples = load_samples(settings.paths.train)
    gold = [segment(record, jieba) for record in load_samples(settings.paths.dev)]
    silver = islice(_silver(settings), settings.words.raw_passages)
    with tempfile.TemporaryDirectory() as scratch:
        train, dev = Path(scratch) / "train.txt", Path(scratch) / "dev.txt"
        _write([*(segment(record, jieba) for record in samples), *(segment(record, jieba) for record in silver)], train)
        _write(gold, dev)
        (out / "model").mkdir(parents=True, exist_ok=True)
        spacy_pkuseg.train(str(train), str(dev), str(out / "model"), train_iter=settings.words.iterations)
    shrink(out / "model" / "weights.npz")
    return _figures(gold, segmenter(str(out / "model")))


def shrink(path: Path) -> None:
    """Drop weights too small to matter and digits beyond the third: a tenth of the size, the same words."""
    arrays = dict(np.load(path))
    weights = arrays["w"]
    arrays["w"] = np.where(np.abs(weights) < NEGLIGIBLE, 0.0, np.round(weights, 3))
    np.savez_compressed(path, **arrays)


def segment(record: Record, jieba: Any) -> list[str]:
    """The words of an annotated text, white space left out."""
    words: list[str] = []
    at = 0
    for entity in sorted(record.entities, key=lambda e: e.start):
        words += jieba.cut(record.text[at : entity.start])
        words += [entity.text] if entity.label in WHOLE else jieba.cut(entity.text)
        at = entity.end
    words += jieba.cut(record.text[at:])
    return [word for word in ("".join(w.split()) for w in words) if word]


def _silver(settings: WordSettings) -> Iterator[Record]:
    texts = (text for path in settings.paths.raw for text in read_raw(path))
    yield from extract(load_model(settings.paths.tagger), ((str(n), text) for n, text in enumerate(texts)))


def _write(passages: Iterable[Sequence[str]], path: Path) -> None:
    path.write_text("".join(" ".join(words) + "\n" for words in passages), encoding="utf-8")


def _figures(gold: Sequence[Sequence[str]], model: Any) -> dict[str, float]:
    counts = Figures()
    for words in gold:
        borders, at = set(), 0
        for word in words:
            borders.add((at, at + len(word)))
            at += len(word)
        found = set(word_offsets("".join(words), model))
        counts += Figures(len(borders), len(found), len(found & borders))
    return {name: round(getattr(counts, name), 4) for name in ("precision", "recall", "f1")}
