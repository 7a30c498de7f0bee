"""Words for people: `doc._.words`, cut by a spacy-pkuseg model of this genre (the package `zh_guanxi_words`).

Models read characters, so nothing here runs unless somebody asks a Doc for its words.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span

from pipeline.errors import ModelError

MODEL = "zh_guanxi_words"
_lock = threading.Lock()


def words(doc: Doc) -> list[Span]:
    """The words of a Doc whose tokens are characters, in order; white space belongs to none.

    Raises ModelError when the segmentation model is not installed.
    """
    return [doc[start:end] for start, end in word_offsets(doc.text, segmenter(MODEL))]


def word_offsets(text: str, model: Any) -> Iterator[tuple[int, int]]:
    """First and last character (exclusive) of each word that a pkuseg `model` cuts."""
    at = 0
    with _lock:
        cut = model.cut(text)
    for word in cut:
        start = text.find(word, at)
        if start >= 0:
            at = start + len(word)
            yield start, at


@lru_cache(maxsize=2)
def segmenter(name: str) -> Any:
    """The pkuseg model in the package or folder `name`. Raises ModelError when there is none."""
    import spacy_pkuseg

    spec = None if Path(name).is_dir() else find_spec(name)
    folder = Path(name) if spec is None or spec.origin is None else Path(spec.origin).parent
    if not (folder / "weights.npz").exists():
        raise ModelError(f"{name}: no segmentation model is installed or lies there; reinstall guanxi")
    # the default dictionary of spacy-pkuseg is a pickle, and none is loaded here
    return spacy_pkuseg.pkuseg(str(folder), user_dict=None)
