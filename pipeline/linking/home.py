"""The district that an issue speaks from: told by the user, by the paper's name, or found in the text."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import InputError
from pipeline.linking import divisions
from pipeline.linking.districts import district_of
from pipeline.linking.locating import plain
from pipeline.records import Record

SELF = {
    **{
        kind: re.compile(f"[全我]{kind}|{kind}(?:[纪监]?委|政府|政协|人大|领导|人民[政代法检]|监察委)")
        for kind in "区县市旗州"
    },
    "盟": re.compile("全盟|我盟|盟委|盟行署"),
    "地区": re.compile("全地区|我地区|地委|行署|地区行政公署"),
    "省": re.compile("全省|我省"),
}
"""The words in which a district speaks of itself, by what it is."""
DAILY = re.compile("(?:日报|晚报|晨报|早报|都市报)")
"""Papers of provinces and prefectures before those of counties of the same name (喀什日报, 吉林日报)."""
OPENING = re.compile("(?:《|今日|新|中国|看|平安|美丽|魅力|幸福)*")
"""What may stand before the place that a paper is called by."""
CLOSING = re.compile(
    "》|$|新?(?:日|晚|晨|早|周|旬|时|快|导)?[报刊]|新闻|时讯|通讯|消息|之[声窗]|都市报|商报|广播|电视|融媒"
)
"""What may stand after a place that does not open the name."""
PARTY = re.compile("^(?:中国共产党|中共|政协|共青团)")
"""What may stand before the place in the name of a congress."""


@dataclass(frozen=True, slots=True)
class Home:
    """A district that a paper belongs to. `path` is 湖北省/荆州市/沙市区."""

    code: str
    name: str
    path: str

    @classmethod
    def of(cls, code: str) -> Home:
        """The home with this code."""
        return cls(code, divisions.name(code), divisions.path(code))


@lru_cache(maxsize=1 << 8)
def resolve_home(text: str) -> Home:
    """The district that a user names: 湖北省/荆州市/沙市区, 湖北省荆州市沙市区, 沙市区, or a code.

    Raises InputError, with near matches, when the text names no district or more than one.
    """
    wanted = text.strip().strip("/")
    found = _meant(wanted)
    if len(found) == 1:
        return Home.of(found[0])
    raise InputError(_complaint(wanted, found))


def _meant(wanted: str) -> list[str]:
    """The divisions that a user or a masthead may mean: a code, a path, a name."""
    if wanted.isdigit():
        code = wanted.ljust(6, "0")
        return [code] if code in divisions.table().names else []
    found = _named(wanted)
    return [code for code in found if divisions.path(code) == wanted] or found


def _named(text: str) -> list[str]:
    """The divisions that a written path may mean; full names before short forms, counties before townships."""
    ends = [part for part in _splits(text) if divisions.candidates(part[-1])]
    for parts in sorted(ends, key=lambda parts: -len(parts[-1])):
        found = [code for code in divisions.candidates(parts[-1]) if _fits(code, parts[:-1])]
        ranked = sorted(found, key=lambda code: _rank(parts[-1], code))
        if ranked:
            return [code for code in ranked if _rank(parts[-1], code) == _rank(parts[-1], ranked[0])]
    return []


def _splits(text: str) -> list[list[str]]:
    """Ways to read a path: at its slashes, or as one string whose tail is a name."""
    if "/" in text:
        return [[part for part in re.split(r"\s*/\s*", text) if part]]
    return [[text[:cut], text[cut:]] if cut else [text] for cut in range(len(text) - 1)]


def _fits(code: str, above: Sequence[str]) -> bool:
    chain = divisions.chain(code)[:-1]
    forms = {form for part in chain for form in (divisions.name(part), divisions.short(part))}
    rest = "".join(above)
    for form in sorted(forms, key=len, reverse=True):
        rest = rest.replace(form, "", 1)
    return not rest


def _rank(form: str, code: str) -> tuple[bool, bool]:
    return len(code) > 6, not divisions.exact(form, code)


def _complaint(text: str, found: Sequence[str]) -> str:
    if found:
        paths = "、".join(divisions.path(code) for code in found[:6])
        return f"--home {text}: more than one district has this name; write one of {paths}"
    counties = [name for code, name in divisions.table().names.items() if len(code) == 6]
    near = difflib.get_close_matches(text.rsplit("/", maxsplit=1)[-1], counties, 4, 0.5)
    advice = f"; near: {'、'.join(near)}" if near else ""
    return f"--home {text}: no such district; write it like 湖北省/荆州市/沙市区{advice}"


def infer_home(records: Iterable[Record], newspaper: str | None = None, publisher: str | None = None) -> Home | None:
    """The district that an issue speaks from, None where nothing tells.

    `publisher` is the district of the masthead's 主管 or 主办, which is believed first, then the paper's name; several
    districts of one name, and papers without a place in their name, are decided by the text: the townships and villages
    that it names, the place names it repeats, and whether it says 全区, 县委 or 市政府 of itself.
    """
    told = _meant(publisher or "")
    if len(told) == 1:
        return Home.of(told[0])
    issue = list(records)
    votes = _votes(issue)
    votes = {code: votes[code] for code in told if code in votes} or votes
    named = _in_title(newspaper or "")
    if named and DAILY.search(newspaper or ""):
        named = [code for code in named if _height(code) == min(map(_height, named))]
    if named:
        return Home.of(max(named, key=lambda code: (votes.get(code, 0.0), divisions.level(code) == "county")))
    best = sorted(votes.items(), key=lambda item: -item[1])[:2]
    if not best or (len(best) > 1 and best[1][1] > 0.8 * best[0][1]):
        return None
    own = SELF.get(_kind(best[0][0]))
    speaks = own and any(own.search(record.text) for record in issue)
    return Home.of(best[0][0]) if best[0][1] >= (1.0 if speaks else 1.5) else None


def _in_title(newspaper: str) -> list[str]:
    """The counties, cities and provinces that the longest place name in a paper's title may mean. Of the longest, one that
    is all of the title (新|平山|报) goes before one that is not (新平|山报); a short name in the middle (贵|安新|区报) is none.
    """
    for length in range(len(newspaper), 1, -1):
        found: dict[int, list[str]] = {}
        for start in range(len(newspaper) - length + 1):
            form = newspaper[start : start + length]
            codes = [code for code in divisions.candidates(form) if len(code) == 6]
            sides = (OPENING.fullmatch(newspaper, 0, start), CLOSING.match(newspaper, start + length))
            if codes := [code for code in codes if any(sides) or divisions.exact(form, code)]:
                found.setdefault(sum(map(bool, sides)), codes)
        if found:
            return found[max(found)]
    return []


def _height(code: str) -> int:
    return ("province", "city", "county").index(divisions.level(code))


def _kind(code: str) -> str:
    """What a division is, in a word of `SELF`."""
    name = divisions.name(code)
    return "地区" if name.endswith("地区") else name[-1]


def _votes(records: Sequence[Record]) -> dict[str, float]:
    """How strongly the text speaks for each county and city."""
    mentions = Counter(form for record in records for form in _places(record))
    votes: dict[str, float] = defaultdict(float)
    for form, count in mentions.items():
        found = divisions.candidates(form)
        for code in found:
            if len(code) > 6:
                votes[code[:6]] += 1 / len(found)
            elif divisions.level(code) != "province":
                votes[code] += min(count, 6) / len(found) * (1 if divisions.exact(form, code) else 0.5)
    for code in [code for code in votes if divisions.level(code) == "county"]:
        city = divisions.parent(code)
        if city and city in votes:
            votes[code] += 0.25 * min(votes[city], 2)
    kinds = _kinds(records)
    return {code: vote * kinds.get(_kind(code), 0.1) for code, vote in votes.items()}


def _places(record: Record) -> Iterable[str]:
    """The districts named in a record, alone or at the front of a body's name, in full at the front of other names."""
    for mention in record.entities:
        if mention.label == "DISTRICT":
            yield plain(mention.text)
        elif mention.label == "AGENCY":
            form = district_of(mention)
            if any(len(code) == 6 or divisions.exact(form, code) for code in divisions.candidates(form)):
                yield form
        elif mention.label in {"EVENT", "ORG", "VENUE"}:
            name = PARTY.sub("", plain(mention.text))
            length, codes = divisions.leading(name)
            if any(len(code) == 6 and divisions.exact(name[:length], code) for code in codes):
                yield name[:length]


def _kinds(records: Sequence[Record]) -> dict[str, float]:
    """For each kind of district (区, 县, 市 …), how much the text speaks of itself in that word, at most 1."""
    text = "\n".join(record.text for record in records)
    counts = {kind: len(pattern.findall(text)) for kind, pattern in SELF.items()}
    most = max(counts.values())
    return {kind: 0.2 + 0.8 * count / most if most else 1.0 for kind, count in counts.items()}
