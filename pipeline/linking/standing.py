"""How high a post stands and at what body: what tells one bearer of a name from another, in an issue and over years.

A post is known by its id (see `posts.py`) and its rank, as the graph has them too. The steps are those of `ranks.RANKS`:
0 is the head of a province, 4 of a county, 6 of a township.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.linking import divisions
from pipeline.linking.places import ZONE_CODE
from pipeline.linking.posts import WARDEN
from pipeline.linking.ranks import RANKS

SHARED = re.compile(r"(?:代表|委员|党员|模范|会员|院士|干部|民警|教师|职工|领导|常委)$")
"""Memberships of many, by which nobody is told from others."""
VILLAGE_SITE = re.compile("村|社区|嘎查")
LOCAL_TITLE = re.compile("(?<!第一)书记$|[镇乡部]长$|主任$|主席$")
"""Titles that somebody has in a township itself, not who comes there from the county (第一书记, 包保责任人)."""
LEADERS, TOWN, UNIT = 5, 6, 8
"""The lowest step of a county's leaders, that of heads of townships and of a county's departments, and one below all of these."""


@dataclass(frozen=True, slots=True)
class Office:
    """A post that somebody is said to hold. `step` is None where offices of that kind differ."""

    post: str
    step: int | None = None
    current: bool = True

    @property
    def title(self) -> str:
        """The title alone."""
        return self.post.rpartition(":")[2]

    @property
    def area(self) -> str:
        """The code of the division that the post's body belongs to, or "-"."""
        return self.post.split(":")[1]

    @property
    def body(self) -> str:
        """The name of the body or site, empty for a district's own posts and where no body is known."""
        parts = self.post.split(":")
        return parts[2] if len(parts) > 3 else ""

    @property
    def telling(self) -> bool:
        """Does the post tell its holder from others of the name?"""
        return not SHARED.search(self.title) and not WARDEN.search(self.title)

    @property
    def placed(self) -> bool:
        """Is it known what the post belongs to?"""
        return self.post.count(":") == 2 or bool(self.body)

    @property
    def local(self) -> bool:
        """Is the post one of a township or village?"""
        return len(self.area) > 6

    def namesake(self, name: str) -> str:
        """The id of somebody who is told from others of the name by this post: by the township, else by the body."""
        if self.local:
            return f"person:{self.area}:{name}"
        return f"person:{self.area}:{name}:{self.body or self.title}"


def office(post: str, rank: str | None, current: bool = True) -> Office:
    """The office of a post's id and its rank."""
    return Office(post, _step(Office(post), rank), current)


def _step(bare: Office, rank: str | None) -> int | None:
    if WARDEN.search(bare.title) or ZONE_CODE.match(bare.area):
        return None  # leaders of a county look after the rivers of its villages and head its zones
    if rank:
        return RANKS.index(rank)
    if SHARED.search(bare.title):
        return None
    if re.sub("^(?:常务)?副", "", bare.title) in divisions.words("unit title"):
        return UNIT
    return (UNIT if VILLAGE_SITE.search(bare.body) else TOWN) if bare.local and LOCAL_TITLE.search(bare.title) else None


def below(low: Office, high: Office, later: bool) -> bool:
    """Does nobody who holds one post hold the other, lower one beside it, or take it `later`?

    Leaders of a county are no heads of its townships beside it, and do not become heads of its departments; lower ones
    may rise. Other posts need two steps between them.
    """
    if low.step is None or high.step is None:
        return False
    leader = high.step <= LEADERS and low.step >= TOWN and (later or low.local)
    return (leader or low.step - high.step > 1) and not _together(low.post, high.post)


@cache
def _doubles() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [(re.compile(high), re.compile(low)) for high, low in divisions.rows("doubles.tsv")]


def _together(low: str, high: str) -> bool:
    """May one person hold both, by custom?"""
    return any(upper.search(high) and lower.search(low) for upper, lower in _doubles())
