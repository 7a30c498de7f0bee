"""What name a PERSON mention gives: without what layout, tagger or custom put to it or left out of it.

A surname before a title (王书记) is no name; one glued to its title (覃部长) is told here and looked up in `people.py`.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence

from pipeline.linking import divisions
from pipeline.pages.cues import surnames
from pipeline.records import Mention, Record

DOTS = re.compile("[·•・‧]")
DOT = re.compile(r"\s*[·•・‧]\s*")
INTRODUCED = re.compile("[一-鿿](?<![在到来赴对让从])")
"""The end of a word that may introduce somebody: 村民|石柱, but 来到|石柱."""
ANONYMOUS = re.compile("^.{1,2}某")
"""刘某, 赵某某, 戎某胜: whoever an article calls so."""


def people(record: Record) -> list[Mention]:
    """The PERSON mentions of an article in order."""
    return sorted((m for m in record.entities if m.label == "PERSON"), key=lambda m: m.start)


def name_of(text: str) -> str:
    """A name without the spaces that layouts put into it, and with one kind of middle dot."""
    return DOTS.sub("·", "".join(text.split()))


def is_place(name: str, places: Collection[str]) -> bool:
    """Is what was taken for a name one of these places, of which the article or its paper is (小金), or the way to it (来永昌,
    来永)? 江华 in 江华县 may be somebody.
    """
    if name[0] in "来赴到":
        return any(name[1:] in {place, place[0]} for place in places)
    return name in places and name[0] not in surnames()


def is_unheralded(mention: Mention, text: str) -> bool:
    """Does no word stand before a name that may introduce somebody (村民石柱)? Without a title, the name of the paper's county
    is then the county's, though it begins with a surname: ，石柱将学习; 来到石柱.
    """
    return not INTRODUCED.search(text[max(0, mention.start - 1) : mention.start])


def is_surname(name: str, titles: Sequence[str]) -> bool:
    """Is this the surname that stands before a title (王书记, 欧阳主任)?"""
    return len(name) == 1 or (name in divisions.words("surname") and bool(titles))


def glued(name: str) -> tuple[str, str] | None:
    """The surname and the title of 覃部长 or 欧阳副主任, None for a name."""
    length = 2 if name[:2] in divisions.words("surname") else 1
    title = name[length:]
    return (name[:length], title) if title.removeprefix("副") in divisions.words("spoken title") else None


def spell(record: Record, issue: Collection[str], own: Container[str] = ()) -> dict[str, str]:
    """The name that each PERSON mention of an article gives; `issue` are the names that the issue has, as printed.

    What a reporter is called stays as it is: `own` are the mentions of these.
    """
    printed = _joined(record)
    here = set(printed.values())
    whole = _wholes(here), _wholes(issue)
    found = {}
    for mention in people(record):
        name = _cut(mention, printed[mention.id], record.text, here, issue)
        found[mention.id] = name if mention.id in own or "·" in name else _whole(name, *whole)
    return found


def _joined(record: Record) -> dict[str, str]:
    """The names as printed; two mentions with nothing but a middle dot between them are one name."""
    order = people(record)
    names = {mention.id: name_of(mention.text) for mention in order}
    for first, second in itertools.pairwise(order):
        if DOT.fullmatch(record.text[first.end : second.start]):
            names[first.id] = names[second.id] = f"{names[first.id]}·{names[second.id]}"
    return names


def _cut(mention: Mention, name: str, text: str, here: Container[str], issue: Container[str]) -> str:
    """A name without the first letter of the word that follows it (方远仔|细察看), where the shorter name is known; a surname
    with all of the title that it took the first letter of (王董|事长).
    """
    for title in divisions.words("spoken title") if len(name) == 2 else ():
        if len(title) > 2 and title[0] == name[1] and text.startswith(title[1:], mention.end):
            return name[0] + title
    swallowed = name[-1:] + text[mention.end : mention.end + 1] in divisions.words("after a name")
    if swallowed and name[:-1] in issue:
        return name[:-1]
    glue = divisions.words("glued to a name")
    short = (name[:length] for length in (len(name) - 1, len(name) - 2) if length > 1 and name[length] in glue)
    return next((known for known in short if known in here), name)


def _wholes(names: Iterable[str]) -> dict[str, set[str]]:
    """The names with a dot by their first parts."""
    wholes: dict[str, set[str]] = defaultdict(set)
    for name in names:
        first, dot, _ = name.partition("·")
        if dot:
            wholes[first].add(name)
    return wholes


def _whole(name: str, *wholes: Mapping[str, set[str]]) -> str:
    """The one name with a dot whose first part is all that is printed here (阿不都热依木 for 阿不都热依木·买买提), as the first
    that has just one tells.
    """
    for whole in wholes:
        if len(found := whole.get(name, set())) == 1:
            return next(iter(found))
    return name
