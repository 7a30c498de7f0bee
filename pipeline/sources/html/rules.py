"""How e-paper systems and portals name the parts of an article: the rows of `rules.tsv`."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

INFO = 80
"""Characters of the longest line that is taken for one of date, source and author."""


@cache
def rows() -> list[list[str]]:
    """(kind, name, role) of each rule."""
    lines = files(__package__).joinpath("rules.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def names() -> dict[tuple[str, str], str]:
    """The part that an element, comment or meta tag tells, by the kind of name and the name."""
    return {(kind, name): role for kind, name, role in rows()}


@cache
def around() -> frozenset[str]:
    """The names of elements that give the elements in them a part."""
    return frozenset(name.split()[0] for kind, name, _ in rows() if kind == "within")


@cache
def within() -> frozenset[str]:
    """The tags that take their part from an element around them."""
    return frozenset(name.split()[1] for kind, name, _ in rows() if kind == "within")


@cache
def pattern(role: str) -> re.Pattern[str]:
    """What a whole line of this part looks like."""
    return re.compile("|".join(f"(?:{name})" for kind, name, told in rows() if kind == "line" and told == role))


@cache
def finder(role: str) -> re.Pattern[str]:
    """What tells this in a line."""
    return re.compile(next(name for kind, name, told in rows() if kind == "find" and told == role))


def is_line(role: str, text: str) -> bool:
    """Whether a whole line is one that `rules.tsv` gives this part."""
    return len(text) <= INFO and pattern(role).fullmatch(text.strip()) is not None
