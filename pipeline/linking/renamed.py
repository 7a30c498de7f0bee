"""Bodies that took the place of others: 云梦县扶贫开发办公室 → 云梦县乡村振兴局 → 云梦县农业农村局."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from pipeline.linking import divisions

PLACE = re.compile(r"[一-鿿·]*[省市县区旗州盟域团]$|自治区$")


@lru_cache(maxsize=1 << 14)
def later(name: str) -> dict[str, str]:
    """The full names that a body's name may have got later, each with the year of the reform."""
    return _others(name, _table()[0])


@lru_cache(maxsize=1 << 14)
def former(name: str) -> dict[str, str]:
    """The full names that a body may have had before, each with the year of the reform that ended it."""
    return _others(name, _table()[1])


Names = dict[str, dict[str, str]]


def _others(name: str, table: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for form, others in table.items():
        front, _, rest = form.partition("{P}")
        place = name[len(front) : len(name) - len(rest)]
        whole = "{P}" not in form
        if name == form if whole else (name.startswith(front) and name.endswith(rest) and PLACE.fullmatch(place)):
            found |= {other.replace("{P}", place): since for other, since in others.items()}
    return found


@cache
def _table() -> tuple[Names, Names]:
    """Former forms to later ones and back, over any number of reforms."""
    direct: Names = defaultdict(dict)
    for olds, news, year, _ in divisions.rows("renamed.tsv"):
        for old in map(_form, olds.split()):
            direct[old] |= {_form(new): year for new in news.split()}
    forward = {old: _closure(old, direct) for old in direct}
    back: Names = defaultdict(dict)
    for old, forms in forward.items():
        for new, since in forms.items():
            back[new][old] = since
    return forward, back


def _closure(old: str, direct: Names) -> dict[str, str]:
    found: dict[str, str] = {}
    todo = [old]
    for form in todo:
        for new, since in direct.get(form, {}).items():
            if new not in found:
                found[new] = since
                todo.append(new)
    return found


def _form(cell: str) -> str:
    return cell[1:] if cell.startswith("=") else cell if "{P}" in cell else "{P}" + cell
