"""What kind of act a verb is, and whether a report tells of it as of its day."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

CATEGORIES = (
    "convene", "attend", "chair", "speak", "inspect", "appoint", "remove", "elect", "award", "issue", "sign", "launch",
    "visit", "investigate", "sentence", "donate", "other",
)  # fmt: skip
"""All that `category` may answer, the most usual first."""
GOT = re.compile("(?:[被受获]|[受得]到|获得)了?$")
"""Words before a verb that say it of what somebody got."""


@cache
def _rows(name: str) -> list[list[str]]:
    lines = files(__package__).joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _rules() -> list[tuple[str, re.Pattern[str]]]:
    return [(category, re.compile(pattern)) for category, pattern in _rows("verbs.tsv")]


@lru_cache(maxsize=1 << 12)
def category(verb: str) -> str:
    """The category of a verb as printed (召开 → convene), `other` for what no rule knows."""
    plain = re.sub(r"\s+", "", verb)
    return next((name for name, pattern in _rules() if pattern.search(plain)), "other")


@lru_cache(maxsize=1 << 12)
def of_the_day(verb: str, before: str = "") -> bool:
    """Is this verb as printed, behind some words, said of what was done on the day that a report tells of?"""
    plain = re.sub(r"\s+", "", verb)
    kinds = {"verb"} if GOT.search(before) else {"verb", "active"}
    return any(
        which == category(verb) if by == "category" else by in kinds and re.search(which, plain)
        for by, which in _rows("reported.tsv")
    )
