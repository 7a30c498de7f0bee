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
from pipeline.language.hashes import check_hashes

MODEL = "zh_guanxi_words"
_lock = threading.Lock()


WHOLE = frozenset({"PERSON", "DISTRICT"})
"""Labels whose mentions are one word each."""


def words(doc: Doc) -> list[Span]:
    """The words of a Doc whose tokens are characters, in order; white space belongs to none.

    No word crosses the border of a mention, and names of people and districts are one word.
    Raises ModelError when the segmentation model is not installed.
    """
    model, text = segmenter(MODEL), doc.text
    found: list[Span] = []

    def cut(start: int, end: int) -> None:
        part = text[start:end]
        if part.strip():
            found.extend(doc[start + first : start + last] for first, last in word_offsets(part, model))

    at = 0
    for mention in doc.ents:
        cut(at, mention.start)
        if mention.label_ in WHOLE:
            found.append(mention)
        else:
            cut(mention.start, mention.end)
        at = mention.end
    cut(at, len(doc))
    return found


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
    """The pkuseg model in the package or folder `name`. Raises ModelError when there is none, or it was changed."""
    import spacy_pkuseg

    spec = None if Path(name).is_dir() else find_spec(name)
    folder = Path(name) if spec is None or spec.origin is None else Path(spec.origin).parent
    if not (folder / "weights.npz").exists():
        raise ModelError(f"{name}: no segmentation model is installed or lies there; reinstall guanxi")
    check_hashes(folder)
    # the default dictionary of spacy-pkuseg is a pickle, and none is loaded here
    return spacy_pkuseg.pkuseg(str(folder), user_dict=None)
