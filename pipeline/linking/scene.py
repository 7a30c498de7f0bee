"""Where an article stands: the paper's home and the places named so far. Level words (市, 县, 镇) are read by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.linking import divisions
from pipeline.linking.places import Place

LEVEL_WORD = re.compile(r"自治区|兵团|街道|社区|嘎查|苏木|[省市县区州旗盟地镇乡村]")
NOT_LEVEL = re.compile(r"市场|乡村|地方|地质|地震|区域|县域|社区矫正|村镇|市政(?!府|协)|地理|区块|旗舰|州际")
LOCAL = {"镇", "乡", "街道", "苏木", "村", "社区", "嘎查"}
ENDINGS = {"地": ("地区",), "盟": ("盟",), "自治区": ("自治区",), "省": ("省", "自治区")}


@dataclass
class Scene:
    """One article in its issue. `places` are (position, place) in the order of the text."""

    home: str | None
    places: Sequence[tuple[int, Place]] = ()
    committees: list[tuple[int, Place]] = field(default_factory=list)

    def level(self, word: str, at: int) -> tuple[Place, float] | None:
        """The place that a level word at this position means: 区 is the paper's own district, 镇 the last town."""
        if word in LOCAL:
            return self._last(word, at)
        endings = ENDINGS.get(word, (word,))
        for code in reversed(divisions.chain(self.home) if self.home else []):
            if len(code) == 6 and divisions.name(code).endswith(endings):
                return Place.division(code), 0.95
        return self._context(endings, at)

    def nearest(self, levels: set[str], at: int) -> Place | None:
        """The last place of some level before a position, else the first after it."""
        fitting = [(start, place) for start, place in self.places if place.level in levels]
        before = [place for start, place in fitting if start <= at]
        return before[-1] if before else fitting[0][1] if fitting else None

    def _last(self, word: str, at: int) -> tuple[Place, float] | None:
        fitting = [(start, place) for start, place in self.places if place.name.endswith(word)]
        before = [place for start, place in fitting if start <= at]
        if not fitting:
            return None
        return (before[-1], 0.85) if before else (fitting[0][1], 0.7)

    def _context(self, endings: tuple[str, ...], at: int) -> tuple[Place, float] | None:
        """The division of that kind which the last place before, or the first after, is or lies in."""
        order = sorted(self.places, key=lambda item: (item[0] > at, abs(at - item[0])))
        for _, place in order:
            for code in reversed(divisions.chain(place.area) if place.area else []):
                if len(code) == 6 and divisions.name(code).endswith(endings):
                    return Place.division(code), 0.75
        return None
