"""Short words of printed names and the words of official names: 发改 → 发展和改革, 交警大队 → 交通警察大队."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pipeline.linking import divisions

SESSION = re.compile(r"[新本上下]?第?[一二三四五六七八九十百\d]+届")
GENERIC = re.compile(
    r"^(?:各|有关|相关|部分|其他|多个|多家|基层|上级)|(?:各|有关|相关)(?:部门|单位|乡镇|镇街|街道|机关|科室|委办局)"
    r"|直属?(?:部门|单位|机关)$|^(?:(?:苏木)?乡镇?|苏木镇)(?:村|场|街道)?$|^(?:两办|两院|几大班子|村?\W?两委\W?)$"
    r"|(?:四大家|四家班子|四大班子|四套班子|四班子?|两办)$|委(?:书记|常委)办公会$"
)
SUFFIX = re.compile(
    r"(?P<stem>.+?)(?P<suffix>委员会|工委|管委会|委|局|厅|办公室|办|中心|分局|支队|大队|总队|站|领导小组|党组|指挥部)$"
)
VILLAGERS = "村委会|村民委员会|居委会|居民委员会"
"""What the committees of villages and communities are called."""
VILLAGE_ORGANS = f"驻村(?:帮扶)?工作队|{VILLAGERS}|村务监督委员会|村?监委会"
"""The bodies of a village but for its party branch."""
FULL_ENDINGS = {"委": "委员会", "工委": "工作委员会", "管委会": "管理委员会", "办": "办公室"}
PARTY_UNITS = {
    "党支部": "支部委员会",
    "党总支": "总支部委员会",
    "机关党委": "机关委员会",
    "党委": "委员会",
    "党组": "党组",
}


def normal(text: str) -> str:
    """A printed name without spaces, full-width forms and the number of a session (十七届)."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return SESSION.sub("", plain) or plain


def generic(text: str) -> bool:
    """Is this a group without a name, which stands for nothing (各镇街, 有关部门, 县直各部门)?"""
    return bool(GENERIC.search(text))


def in_order(short: str, name: str) -> bool:
    """Does a name have all letters of a shorter one, in their order?"""
    letters = iter(name)
    return all(letter in letters for letter in short)


@cache
def table(file: str) -> dict[str, str]:
    """A table of short and full words."""
    return {row[0]: row[1] for row in divisions.rows(file)}


@lru_cache(maxsize=1 << 14)
def full(words: str) -> str:
    """A department's or unit's words written out: 发改局 → 发展和改革局, 卫健委 → 卫生健康委员会."""
    if words in table("units.tsv"):
        return table("units.tsv")[words]
    match = SUFFIX.match(words)
    if not match:
        return words
    stem, suffix = match["stem"], match["suffix"]
    if len(stem) == 1 and stem not in table("departments.tsv"):
        return words
    if suffix in {"办公室", "领导小组"} and f"{stem}委" in table("units.tsv"):
        stem = table("units.tsv")[f"{stem}委"]
    return table("departments.tsv").get(stem, stem) + FULL_ENDINGS.get(suffix, suffix)


def field(words: str) -> bool:
    """Are these words a department of government that a county has (教育局, 发改委)?"""
    match = SUFFIX.match(words)
    known = table("departments.tsv")
    return bool(
        match
        and match["suffix"] in {"局", "委", "厅", "委员会"}
        and (match["stem"] in known or match["stem"] in known.values())
    )
