"""The division table: codes, names, forms and the order of the administrative divisions.

Codes are those of GB/T 2260 for province (420000), city (421000) and county (421002), and the nine digits of the
statistical codes for townships (421002001).
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Level = Literal["province", "city", "county", "township"]
NATION = "100000"
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
SHORT = 4
"""Letters of the longest names of counties without their kind that papers print before 县领导."""
KIND = r"(?P<kind>特别行政区|自治[区州县旗]|街道办事处|民族苏木|街道|苏木|新区|林区|特区|地区|[省市区县旗州盟镇乡])"


@dataclass(frozen=True, slots=True)
class Table:
    """All divisions. `names` maps a code to its name, `forms` a full name, short form or alias to codes."""

    names: dict[str, str]
    forms: dict[str, list[str]]
    shorts: dict[str, str]
    aliases: frozenset[tuple[str, str]]


def rows(name: str) -> list[list[str]]:
    """The rows of a table under `data/`, without comments."""
    text = files("pipeline.linking").joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def words(use: str) -> frozenset[str]:
    """The words of `words.tsv` for a use."""
    return frozenset(next(row[1] for row in rows("words.tsv") if row[0] == use).split())


@cache
def table() -> Table:
    """The division table, read once."""
    packed = files("pipeline.linking").joinpath("data/divisions.tsv.gz").read_bytes()
    names: dict[str, str] = {}
    forms: dict[str, list[str]] = {}
    shorts: dict[str, str] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        code, name, others = line.split("\t")
        names[code] = name
        forms.setdefault(name, []).append(code)
        for form in others.split():
            forms.setdefault(form, []).append(code)
            shorts.setdefault(code, form)
    aliases = frozenset((row[0], row[1]) for row in rows("aliases.tsv"))
    for form, code in sorted(aliases):
        if code not in forms.setdefault(form, []):
            forms[form].append(code)
    return Table(names, forms, shorts, aliases)


def peoples() -> list[str]:
    """Names of peoples as they stand in names of divisions, without 族."""
    return [row[0] for row in rows("peoples.tsv")]


@cache
def _name() -> re.Pattern[str]:
    """A division's name: stem, the peoples whose division it is, and kind."""
    people = "|".join(sorted(peoples(), key=len, reverse=True))
    return re.compile(rf"(?P<stem>.+?)(?P<people>(?:(?:{people})民?族)*(?:(?:{people})族?)?)(?P<auto>{KIND})$")


def stem(name: str) -> tuple[str, str]:
    """The short form of a division's name and its kind: 漾濞彝族自治县 → (漾濞, 县), 沙市区 → (沙市, 区)."""
    match = _name().match(name)
    if not match:
        return name, ""
    kind = match["kind"]
    people = match["people"] if kind.startswith("自治") or match["people"].endswith("族") else ""
    whole = name.removesuffix(kind)
    short = whole.removesuffix(people)
    if len(short) == 1 and people:  # 彭水自治县 is of no 水族
        short = whole
    return short, kind.removeprefix("自治").removesuffix("办事处")


@cache
def countries() -> dict[str, str]:
    """Short names and abbreviations of countries → short name (俄 → 俄罗斯)."""
    return {form: row[0] for row in rows("countries.tsv") for form in (row[0], *row[1].split())}


def candidates(form: str) -> list[str]:
    """The codes of all divisions that a printed form may stand for."""
    return table().forms.get(form, [])


@lru_cache(maxsize=1 << 16)
def leading(text: str) -> tuple[int, list[str]]:
    """The longest name or form of a division that a longer text begins with: its length, and its codes."""
    for length in range(min(len(text) - 1, 15), 1, -1):
        if found := candidates(text[:length]):
            return length, found
    return 0, []


def run_into(text: str, at: int) -> int:
    """How many letters before a position are a county's whose full name goes on with the letter there: 九原|区领导."""
    forms = {length: text[at - length : at + 1] for length in range(min(SHORT, at), 0, -1)}
    return next((n for n, form in forms.items() if any(len(c) == 6 and exact(form, c) for c in candidates(form))), 0)


def may_open(form: str) -> bool:
    """May this form be a place at all: one of the table, or a name that ends like a place?"""
    return form in table().forms or form[-1] in "县市区旗州盟镇乡道木场园城地"


def name(code: str) -> str:
    """The official name of a division: 沙市区."""
    return "中华人民共和国" if code == NATION else table().names[code]


def short(code: str) -> str:
    """The name without its kind, 沙市; the name itself where nothing shorter is used."""
    return table().shorts.get(code) or name(code)


def exact(form: str, code: str) -> bool:
    """Is this form the division's full name?"""
    return table().names[code] == form


def level(code: str) -> Level:
    """The level of a code; 东莞市, which has no counties, is a city."""
    if len(code) > 6:
        return "township"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def parent(code: str) -> str | None:
    """The division that a division belongs to, None for a province."""
    if len(code) > 6:
        return code[:6]
    city, province = code[:4] + "00", code[:2] + "0000"
    if code != city and city in table().names:
        return city
    return None if code == province else province


def chain(code: str) -> list[str]:
    """The division and all that it belongs to, the province first."""
    above = parent(code)
    return [*(chain(above) if above else []), code]


def within(code: str, area: str) -> bool:
    """Is a division the area itself or a part of it?"""
    if area == NATION:
        return True
    if len(area) > 6:
        return code == area
    return code.startswith(area[:2] if area.endswith("0000") else area[:4] if area.endswith("00") else area)


def path(code: str) -> str:
    """The names from the province down: 湖北省/荆州市/沙市区."""
    return "/".join(name(part) for part in chain(code))


@cache
def _below() -> dict[str | None, list[str]]:
    below: dict[str | None, list[str]] = {}
    for code in table().names:
        below.setdefault(parent(code), []).append(code)
    return below


def children(code: str) -> list[str]:
    """The codes directly below a division."""
    return _below().get(code, [])
