"""What is known of the characters of a text before a model reads them: place names there, and borders of words.

`data/places.txt.gz` holds the names of all provinces, cities, counties and townships (statistical division codes of
the National Bureau of Statistics, 2023, WTFPL copy) and the short forms of provinces, cities and counties.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import cache
from importlib.resources import files

import ahocorasick
import numpy as np
from numpy.typing import NDArray
from spacy.util import registry

from pipeline.language.dictionary import PARTS, word_parts

PLACES = 7
"""Values of a place feature: none; begin, inside, end of a full name; begin, inside, end of a short form."""
FEATURES = PLACES * PARTS


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    packed = files("pipeline.entities").joinpath("data/places.txt.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        short, _, name = line.partition("\t")
        automaton.add_word(name, _parts(len(name), 4 if short == "s" else 1))
    automaton.make_automaton()
    return automaton


@cache
def _parts(length: int, begin: int) -> bytes:
    """The features of a name's characters."""
    return bytes([begin, *[begin + 1] * (length - 2), begin + 2]) if length > 1 else bytes([begin + 2])


def place_features(text: str) -> NDArray[np.int64]:
    """For each character its place in the longest place name there; shape (len(text),), values below PLACES."""
    features = bytearray(len(text))
    for last, parts in _automaton().iter_long(text):
        features[last + 1 - len(parts) : last + 1] = parts
    return np.frombuffer(features, np.uint8).astype(np.int64)


def character_features(text: str) -> NDArray[np.int64]:
    """For each character its place feature and its part in a word as one number below FEATURES; shape (len(text),)."""
    return place_features(text) + PLACES * word_parts(text)


@registry.misc("guanxi.character_features.v1")
def create_character_features() -> Callable[[str], NDArray[np.int64]]:
    """`character_features` for the `features` setting of `guanxi_encoder`."""
    return character_features
