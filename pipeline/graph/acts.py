"""What kind of act a verb is."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def _rules() -> list[tuple[str, re.Pattern[str]]]:
    lines = files(__package__).joinpath("data/verbs.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(category, re.compile(pattern)) for category, pattern in pairs]


def category(verb: str) -> str:
    """The category of a verb as printed (召开 → convene), `other` for what no rule knows."""
    plain = re.sub(r"\s+", "", verb)
    return next((name for name, pattern in _rules() if pattern.search(plain)), "other")
