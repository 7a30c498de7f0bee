"""Bodies that took the place of others: 云梦县扶贫开发办公室 → 云梦县乡村振兴局 → 云梦县农业农村局."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from pipeline.linking import divisions
from pipeline.linking.places import Place

PLACE = re.compile(r"[一-鿿·]*[省市县区旗州盟域团]$|自治区$")
BRANCH = "{S}"
"""What marks the form of a city's branch in a county: {C}生态环境局{S}分局."""

Key = tuple[str, str]
"""The code of the division that a body is of, and its full name."""
Forms = dict[str, dict[str, str]]
Tails = Mapping[str, Sequence[tuple[int, str, dict[str, str]]]]
"""Numbered forms with the forms that they turn into, by what ends them and thus each name of such a body."""


@lru_cache(maxsize=1 << 14)
def later(area: str, name: str) -> dict[Key, str]:
    """The bodies that a body may have become later, each with the year of the reform."""
    return _others(area, name, _table()[0])


@lru_cache(maxsize=1 << 14)
def former(area: str, name: str) -> dict[Key, str]:
    """The bodies that a body may have been before, each with the year of the reform that ended it."""
    return _others(area, name, _table()[1])


def _others(area: str, name: str, table: Tails) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for _, form, others in sorted(entry for at in range(len(name)) for entry in table.get(name[at:], ())):
        for code, place in _owners(form, area, name):
            for other, since in others.items():
                found |= dict.fromkeys(_named(other, code, place), since)
    return found


def _owners(form: str, area: str, name: str) -> Iterator[Key]:
    """The division, and its name in names of bodies, whose body of a form has this name."""
    if BRANCH in form:
        yield from _counties(form, area, name)
    elif "{P}" not in form:
        yield from [(area, "")] if name == form else []
    else:
        front, _, rest = form.partition("{P}")
        place = name[len(front) : len(name) - len(rest)]
        if name.startswith(front) and name.endswith(rest) and PLACE.fullmatch(place):
            yield area, place


def _counties(form: str, area: str, name: str) -> Iterator[Key]:
    """The counties whose branch has this name; it may be held a body of the county or of its city."""
    words = re.match(re.escape(form).replace(r"\{C\}", ".+?").replace(r"\{S\}", "(.+)") + "$", name)
    near = [code for code in divisions.candidates(words[1]) if area in (code, divisions.parent(code))] if words else []
    for code in near:
        if (code, name) in _named(form, code, ""):
            yield code, Place.division(code).title


def _named(form: str, area: str, place: str) -> list[Key]:
    """The bodies that a form stands for at a division; a branch may be held a body of the county or of its city."""
    if BRANCH not in form:
        return [(area, form.replace("{P}", place))]
    city = divisions.parent(area) if area in divisions.table().names else None
    if not city or divisions.level(area) != "county" or divisions.level(city) != "city":
        return []
    county = Place.division(area)
    name = form.replace("{C}", county.city).replace(BRANCH, county.short)
    return [(area, name), (city, name)]


@cache
def _table() -> tuple[Tails, Tails]:
    """Former forms to later ones and back, over any number of reforms."""
    direct: Forms = defaultdict(dict)
    for olds, news, year, _ in divisions.rows("renamed.tsv"):
        for old in map(_form, olds.split()):
            direct[old] |= {_form(new): year for new in news.split()}
    forward = {old: _closure(old, direct) for old in direct}
    back: Forms = defaultdict(dict)
    for old, forms in forward.items():
        for new, since in forms.items():
            back[new][old] = since
    return _by_tail(forward), _by_tail(back)


def _by_tail(forms: Forms) -> Tails:
    tails: dict[str, list[tuple[int, str, dict[str, str]]]] = defaultdict(list)
    for number, (form, others) in enumerate(forms.items()):
        tails[form.rpartition("}")[2]].append((number, form, others))
    return tails


def _closure(old: str, direct: Forms) -> dict[str, str]:
    found: dict[str, str] = {}
    todo = [old]
    for form in todo:
        for new, since in direct.get(form, {}).items():
            if new not in found:
                found[new] = since
                todo.append(new)
    return found


def _form(cell: str) -> str:
    return cell[1:] if cell.startswith("=") else cell if "{" in cell else "{P}" + cell
