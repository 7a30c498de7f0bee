"""Where and how a passage is printed: the paper's home, its places and its typography."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

from pipeline.linking.divisions import short, table

KINDS = "县区市旗"
TOWN_ENDS = ("镇", "乡", "街道", "苏木")


@dataclass(frozen=True, slots=True)
class Home:
    """A county with the places around it."""

    code: str
    name: str
    towns: tuple[str, ...]


@cache
def homes() -> tuple[Home, ...]:
    """All counties that have townships with usual names."""
    names = table().names
    towns: dict[str, list[str]] = {}
    for code, name in names.items():
        if len(code) == 9 and name.endswith(TOWN_ENDS) and len(name) <= 8:
            towns.setdefault(code[:6], []).append(name)
    return tuple(
        Home(code, name, tuple(towns[code]))
        for code, name in names.items()
        if len(code) == 6 and not code.endswith("00") and name[-1] in KINDS and len(towns.get(code, ())) > 3
    )


@cache
def towns_ending(ending: str) -> tuple[str, ...]:
    """All townships with this ending."""
    return tuple(town for home in homes() for town in home.towns if town.endswith(ending))


class Scene:
    """What stays the same through a passage."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.home = chance.choice(homes())
        code = self.home.code
        names = table().names
        self.province = names[code[:2] + "0000"]
        self.city = names.get(code[:4] + "00", self.province)
        self.letter = self.home.name[-1]
        self.short = short(code) if len(short(code)) <= 5 else self.home.name
        self.towns = chance.sample(self.home.towns, len(self.home.towns))
        self.year = chance.choice((2021, 2022, 2023, 2023, 2024, 2024, 2024, 2025, 2025))
        self.half_width = chance.random() < 0.5
        self.wide_spaces = chance.random() < 0.2
        self.spaced_digits = chance.random() < 0.06
        self.spaced_names = chance.random() < 0.2

    def town(self, ending: str = "") -> str:
        """A township of the home, not the same twice in a row; with this ending, elsewhere where the home has none."""
        self.towns.append(self.towns.pop(0))
        near = next((town for town in self.towns if town.endswith(ending)), None)
        return near or self.chance.choice(towns_ending(ending))
