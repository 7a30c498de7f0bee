"""Printed place names to divisions, zones and countries: what a form may stand for, and which of these it is here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.linking import divisions
from pipeline.linking.divisions import stem
from pipeline.linking.places import Place, corps
from pipeline.linking.wording import generic
from pipeline.linking.zones import areas, listed, short_zone, zone_class

VILLAGE = re.compile(r".+(?:村|社区|居民区|嘎查|居委会|村委会|新村|屯|寨|分场|生产队|小区)$")
TOWN = re.compile(r".+(?:镇|乡|街道|苏木|街道办事处|农场|林场)$")
OWN_LEVEL = re.compile(
    r"(?:[全我本]|(?=自治|林区|特区))(?P<word>自治[区州县旗]|林区|特区|[省市县区州旗盟])(?:上下|各地)?"
)
TWICE = re.compile("(.+)[（(](.+)[）)]")
LEVEL_BONUS = {"province": 1.5, "city": 1.0, "county": 0.5, "township": -2.0}
Resolved = tuple[Place, float]


def base(home: str | None, marks: Sequence[str]) -> str | None:
    """The paper's home, else the only county that the article names."""
    counties = [code for code in marks if divisions.level(code) == "county"]
    return home or (counties[0] if len(counties) == 1 else None)


def plain(form: str) -> str:
    """A printed name without the spaces that layouts put into it."""
    return "".join(form.split())


@lru_cache(maxsize=1 << 14)
def locate(
    form: str, above: str | None, home: str | None, marks: tuple[str, ...] = (), below: str = ""
) -> Resolved | None:
    """The division, zone or country that a form stands for; villages need more (see `resolve`).

    `above` is the place that the form stands after, `marks` what the article names (see `anchors`), `below` the name of a
    place that follows.
    """
    if generic(form):
        return None
    if twice := TWICE.fullmatch(form):
        return locate(twice[2], above, home, marks) or locate(twice[1], above, home, marks)
    if own := OWN_LEVEL.fullmatch(form):
        code = _own(own["word"], home)
        return (Place.division(code), 0.95) if code else None
    if VILLAGE.match(form) and not any(divisions.level(code) != "township" for code in divisions.candidates(form)):
        return None
    scored = sorted(((_score(form, code, above, home, marks, below), code) for code in _candidates(form)), reverse=True)
    renamed = not divisions.candidates(form)  # 龙门区 may be anything but the county of Longmen far away
    scored = [
        (score, code) for score, code in scored if score >= 0 and not (renamed and _far(code, above, home, marks))
    ]
    if not above and ((zone_class(form) and (home or marks)) or form in divisions.words("common word")):
        scored = [(score, code) for score, code in scored if _near_by(code, home, marks)]
    if scored and not (above is None and home and TOWN.match(form) and not divisions.within(scored[0][1], home)):
        return _choice(scored)
    return (
        _short_joined(form, home, marks)
        or _near(form, above or home)
        or (_choice(scored) if scored else None)
        or _joined(form, above, home, marks)
        or _corps(form, home)
        or _zone(form, above, home, marks)
        or _short_zone(form, above or home)
        or _country(form)
        or _unlisted(form, above, home)
    )


def opening(name: str, home: str | None, marks: tuple[str, ...]) -> tuple[int, str | None]:
    """The length of the full names of divisions, one in the other, that a longer name begins with (济南市莱芜区), and the code
    of the last: those of the home's province and those that the article names.
    """
    length, area = 0, home
    while found := divisions.leading(name[length:])[0]:
        form = name[length : length + found]
        place = locate(form, area if length else None, home, marks)
        code = place[0].area if place and place[0].kind == "division" else None
        if not code or len(code) > 6 or not divisions.exact(form, code) or not _near_by(code, home, marks):
            break
        length, area = length + found, code
    return length, area


def _joined(form: str, above: str | None, home: str | None, marks: tuple[str, ...]) -> Resolved | None:
    """Places printed as one: 兰州市西固区, 平凉市崆峒区西阳乡."""
    for length in range(len(form) - 2, 1, -1):
        if any(len(code) == 6 and divisions.exact(form[:length], code) for code in divisions.candidates(form[:length])):
            first = locate(form[:length], above, home, marks, form[length:])
            if first and first[0].area and (rest := locate(form[length:], first[0].area, home, marks)):
                if rest[0].kind != "division":
                    return None
                return rest[0], round(min(first[1], rest[1]), 2)
    return None


def _short_joined(form: str, home: str | None, marks: tuple[str, ...]) -> Resolved | None:
    """A place after the short name of its city or county: 密云溪翁庄镇, 南京鼓楼区. The table must have it there, under no
    other name, and no place of the whole name.
    """
    length, codes = divisions.leading(form)
    if not 1 < length <= len(form) - 3 or divisions.candidates(form):
        return None
    owners = [code for code in codes if len(code) == 6 and divisions.level(code) != "province"]
    inside = {
        code
        for code in divisions.candidates(form[length:])
        if divisions.exact(form[length:], code) and any(divisions.within(code, owner) for owner in owners)
    }
    return (Place.division(next(iter(inside))), 0.85) if len(inside) == 1 else None


def _far(code: str, above: str | None, home: str | None, marks: Sequence[str]) -> bool:
    """Is a division neither in the place it is looked for in, nor near one that is known? Unknown where none is."""
    return not above and bool(home or marks) and not _near_by(code, home, marks)


def _near_by(code: str, home: str | None, marks: Sequence[str]) -> bool:
    """Does a division lie in the province of the paper, or in a place that the article names?"""
    return any(code[:2] == near[:2] for near in (home or "-", *marks))


def _candidates(form: str) -> list[str]:
    """Codes of a form, else those of the same stem at the same level: a county that has become a city or district."""
    found = divisions.candidates(form) or (divisions.candidates(f"{form}道") if form.endswith("街") else [])
    short, kind = stem(form)
    if found or len(short) < 2 or short[-1] in "市县区" or kind not in {"县", "市", "区", "地区"}:
        return found
    same = [code for code in divisions.candidates(short) if len(code) == 6 and divisions.level(code) != "province"]
    return [code for code in same if kind not in {"县", "区"} or not _has_counties(code)]


def _has_counties(code: str) -> bool:
    """Has a division counties, so that it is no county of its name grown up (东莞县) but the city above it (酒泉县)?"""
    return any(len(below) == 6 for below in divisions.children(code))


def _score(form: str, code: str, above: str | None, home: str | None, marks: Sequence[str], below: str) -> float:
    """How well a division fits a form where it stands; below 0 it does not."""
    score = _form_score(form, code)
    level = divisions.level(code)
    if above:
        return score + (8 if divisions.within(code, above) and code != above else -20)
    close = _closeness(code, home)
    if level == "township" and close < 4 and not divisions.exact(form, code):
        return -1
    named = level != "township" or TOWN.match(form)
    near = 2.5 if named and any(divisions.within(code, mark) and code != mark for mark in marks) else 0
    if level == "township" and home and not near and (close == 0 or (close < 3 and not TOWN.match(form))):
        return -1
    if level == "township" and not home and not near and any(divisions.level(mark) != "province" for mark in marks):
        return -1
    inside = 0
    if code in marks:  # where the article names 镇江市, 镇江 is that city rather than 镇江新区
        inside = 2 if divisions.exact(form, code) else 3 if level == "city" else 0
    follows = 2 if below and any(divisions.within(other, code) for other in divisions.candidates(below)) else 0
    return score + close + max(near, inside) + follows


def _form_score(form: str, code: str) -> float:
    if divisions.exact(form, code):
        return 3 if len(code) == 6 else 2.9
    if (form, code) in divisions.table().aliases:
        return 2.5
    return (0 if form == divisions.short(code) else 1.5) + LEVEL_BONUS[divisions.level(code)] + 0.5


def _closeness(code: str, home: str | None) -> float:
    """How near a division is to the paper's home."""
    if not home:
        return 0
    if divisions.within(code, home) or divisions.within(home, code):
        return 5
    if code[:4] == home[:4]:
        return 3
    return 1.5 if code[:2] == home[:2] else 0


def _choice(scored: Sequence[tuple[float, str]]) -> Resolved | None:
    """The best division where it is clearly the best."""
    best, code = scored[0]
    margin = best - scored[1][0] if len(scored) > 1 else 4.0
    if margin < 0.5:
        return None
    far = divisions.level(code) == "township" and best < 5
    return Place.division(code), round(min(0.99, 0.6 + 0.1 * margin) if not far else 0.55, 2)


def _near(form: str, area: str | None) -> Resolved | None:
    """A township whose kind has changed (乡 to 镇) or that is printed short (观音镇 for 观音垱镇)."""
    if not area or not TOWN.match(form) or divisions.level(area) != "county":
        return None
    short, kind = stem(form)
    towns = [code for code in divisions.children(area) if len(code) > 6]
    same = [code for code in towns if divisions.short(code) == short]
    longer = [code for code in towns if divisions.name(code).startswith(short) and divisions.name(code).endswith(kind)]
    shorter = [
        code for code in towns if short.startswith(divisions.short(code)) and divisions.name(code).endswith(kind)
    ]
    found = same or longer or shorter
    confidence = 0.8 if same else 0.7 if longer else 0.6
    return (Place.division(found[0]), confidence) if len(found) == 1 and len(short) > 1 else None


def _zone(form: str, above: str | None, home: str | None, marks: tuple[str, ...]) -> Resolved | None:
    parts = zone_class(form)
    if not parts:
        return None
    if form in areas():
        return Place("zone", areas()[form], form, form), 0.9
    front, kind = parts
    if front and front in "省市县区州旗盟":
        area = _own(front, home)
        return _zone(form[1:], area, area, marks) if area else None
    cut = divisions.leading(front + kind)[0]
    known = locate(front[:cut], above, home, marks) if 1 < cut <= len(front) else None
    if known and (known[0].site or (cut < len(front) and not _plainly(front[:cut], known[0].area))):
        known = None
    if known and cut == len(front) and known[0].level == "township":
        if not TOWN.match(known[0].name):
            return known
        if not TOWN.match(front):  # 金山工业园区 need not lie in 金山街道, but does in its county
            town, known = known[0].area or "", None
            above = above or (town[:6] if home and divisions.within(town, home) else None)
    area = known[0].area if known else above or home
    if not area or area == divisions.NATION:
        return None
    site = front[cut:] + kind if known else front + kind
    if site == kind and (zone := listed(kind, area)):
        return zone, 0.85
    return Place("zone", area, site, form if front else divisions.short(area) + form), 0.8


def _short_zone(form: str, home: str | None) -> Resolved | None:
    zone = short_zone(form, home)
    return (zone, 0.7) if zone else None


def _own(word: str, home: str | None) -> str | None:
    """The division of the home that a level word means: 市 in 市高新区."""
    own = reversed(divisions.chain(home)) if home else ()
    return next((code for code in own if divisions.name(code).endswith(word)), None)


def _plainly(form: str, code: str | None) -> bool:
    """May a zone's name begin with this place and go on (武汉|东湖高新区)? Not with short names of counties (红旗|渠)."""
    return bool(code) and (divisions.exact(form, code or "") or divisions.level(code or "") in {"province", "city"})


def _corps(form: str, home: str | None) -> Resolved | None:
    found = corps(form, home)
    return (found[0], 0.85) if found and not found[1] else None


def _country(form: str) -> Resolved | None:
    country = divisions.countries().get(form)
    return (Place("country", None, country, country), 0.95) if country else None


def _unlisted(form: str, above: str | None, home: str | None) -> Resolved | None:
    """A township that the table does not have, in the county that it is printed after, else in the paper's own, where no
    other county of the prefecture has one of its name.
    """
    area = above or home
    if not area or not TOWN.match(form) or divisions.level(area) != "county":
        return None
    if not above and any(code[:4] == area[:4] for code in divisions.candidates(form)):
        return None
    length, codes = divisions.leading(form)
    if len(form) < 3 or any(_names_more(form[:length], code) for code in codes):
        return None
    return Place("town", area, form, form), 0.5


def _names_more(front: str, code: str) -> bool:
    """Does a name that begins with this form name two places: a county or city in full, or a province (江苏鹤乡)?"""
    return len(code) == 6 and (divisions.exact(front, code) or divisions.level(code) == "province")
