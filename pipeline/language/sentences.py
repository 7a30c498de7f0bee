"""Sentence boundaries of Chinese prose."""

from __future__ import annotations

import re

BOUNDARY = re.compile(r"[。！？!?…]+[”’』」）)\"]*|\n+")
"""End marks with the closing quotes and brackets that belong to them, or a line end."""


def sentence_ends(text: str) -> list[int]:
    """Offsets just after each sentence of `text`; the last one is the text's length."""
    ends = [match.end() for match in BOUNDARY.finditer(text)]
    if text and (not ends or ends[-1] != len(text)):
        ends.append(len(text))
    return ends
