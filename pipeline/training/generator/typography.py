"""How a paper prints: half- or full-width punctuation, ideographic spaces, spaces around digits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from pipeline.training.generator.scene import Scene

HALF = str.maketrans("，：；（）！？", ",:;()!?")
WIDE_SPACE = str.maketrans(" ", "　")
DIGIT_BORDER = re.compile(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿])")
Spans = list[tuple[str, int, int]]


def restyle(text: str, spans: Spans, scene: Scene) -> tuple[str, Spans]:
    """The text in the scene's typography, and its spans moved with it."""
    if scene.half_width:
        text = text.translate(HALF)
    if scene.wide_spaces:
        text = text.translate(WIDE_SPACE)
    return space_digits(text, spans) if scene.spaced_digits else (text, spans)


def space_digits(text: str, spans: Spans) -> tuple[str, Spans]:
    """A space between every number and the characters around it, outside of spans at their borders."""
    cuts = [match.start() for match in DIGIT_BORDER.finditer(text)]
    moved = [(label, start + bisect_right(cuts, start), end + bisect_left(cuts, end)) for label, start, end in spans]
    return DIGIT_BORDER.sub(" ", text), moved
