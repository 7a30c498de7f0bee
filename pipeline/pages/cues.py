"""Printed formulas of newspapers, read from data/cues.json, matched on folded text."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "data"
_FOLD = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | {"\u3000": " ", "\xa0": " ", "丨": "|"}
_WIDE = re.compile("[\uff01-\uff5e\u3000\xa0丨]")
_TERMINAL = re.compile(r"[。!?…][”’」』)》\"']*$")


def fold(text: str) -> str:
    """Full-width Latin, digits, punctuation and spaces, and the stroke 丨 that stands for a bar, as their half-width twins;
    the length stays.
    """
    # str.translate asks for every character
    return _WIDE.sub(lambda match: _FOLD[match.group()], text)


def closed(text: str) -> bool:
    """Whether folded text ends a sentence."""
    return bool(_TERMINAL.search(text))


@lru_cache(maxsize=1)
def _cues() -> dict[str, Any]:
    return dict(json.loads((_DATA / "cues.json").read_text(encoding="utf-8")))


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of one formula."""
    return re.compile(_cues()[name])


@lru_cache(maxsize=1)
def furniture_cues() -> list[tuple[re.Pattern[str], float]]:
    """Patterns of mastheads, editors' lines, navigation and advertisements with their weights."""
    return [(re.compile(pattern), weight) for pattern, weight in _cues()["furniture"].items()]


@lru_cache(maxsize=1)
def roles() -> list[str]:
    """Words for what a credited person did, longest first."""
    return sorted(_cues()["roles"], key=len, reverse=True)


@lru_cache(maxsize=1)
def surnames() -> dict[str, int]:
    """Surnames with how often they are met."""
    rows = (_DATA / "surnames.tsv").read_text(encoding="utf-8").splitlines()
    return {name: int(count) for name, count in (row.split("\t") for row in rows)}
