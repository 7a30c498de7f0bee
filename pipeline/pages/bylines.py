"""Names of reporters, correspondents and photographers out of bylines and bracketed signatures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.pages.cues import cue, fold, roles, surnames
from pipeline.records import Credit

_HAN = "㐀-鿿"
_AFTER = {"摄", "文/图", "图/文", "文图", "文并摄", "摄影报道", "图文报道", "供图", "供稿", "报道", "摄影", "拍摄"}
"""Roles that may stand after the names."""
_PREFIX = re.compile(
    r"^(?:本组图片|本版图片|本组照片|以上图片|组图|均为|均由|本报|本刊|本台|图片|照片|由|□|■|◇|◆|△)+[:由]?"
)
_OWN = re.compile(r"(?:本报|本刊|本台)(?=[^\s、]{0,4}(?:记者|通讯员))")
_EMPLOYER_OF = re.compile(
    rf"(?<![{_HAN}·])[{_HAN}]{{1,12}}(?:[县市区旗州报台局院会部厂社站所委办队]|中心|融媒|公司|学校)"
    r"(?=(?:全媒体|融媒体?|见习|实习|首席|特约)?(?:记者|通讯员))"
)
"""The place, the paper or the office of a reporter, printed before the role without a gap: 通海县|全媒体记者."""
_LEAD = re.compile(r"^[^。,(]{0,14}?(?:讯|电|导读)?\s*\(([^()]{1,80})\)")
_REPORTED = re.compile(
    r"^本[报刊台](?:[^。,:(]{0,6}讯\s*)?"
    r"((?:(?:本报|特约|见习|实习|全媒体|融媒体?)*(?:记者|通讯员)[^。,:()]{2,30})报道)\s*[:,]?"
)
"""本报讯 记者张三 通讯员李四报道：, 本报记者张三报道"""
_TAIL = re.compile(r"[(【]([^()【】。;]{1,80})[)】]\s*$")
_FOREIGN_LETTERS = "阿艾依古丽买提尔吐孜玛拉热帕力汗斯江别克巴图格日勒其木扎西卓次仁旦增洛桑多吉央金达娃白呼和乌兰苏娜敖登宝音布赫那万木合麦麦迪尼亚再努呷惹"
"""Characters that Uyghur, Kazakh, Mongolian, Tibetan and Yi names are written with."""
_FOREIGN = re.compile(f"[{_FOREIGN_LETTERS}]{{3,8}}")
_SIGN = re.compile("^[◎○◉▢●△▲]+")
"""Signs that may stand before an author's name, and before other things."""
_FRAME = re.compile(r"[【\[〔](.*)[】\]〕]")
"""What a byline may stand in."""
MOST_SIGNED = 3
"""So many names sign a text without saying what these people did."""
LONGEST_SIGNED = 24
"""Characters that their names take at most, with letter-spacing."""
_NO_ROLE = (None, "作者")
"""What credits have as their role where none that tells more is printed."""
_AUTHOR = re.compile(r"^作\s*者\s*[:/]\s*")
_ROLE_COLON = re.compile(r"(记者|通讯员|实习生|摄影|文/图|图/文|文图|[文图])\s*[:|]\s*")
"""A role with a colon or a bar before names, as portals print it."""
_BYLINE_ROLE = re.compile(r"记者|通讯员|特约撰稿|实习生|摄$|摄影|文/图|图/文|文图|[文图][:/]|作者[:/]|供[图稿]")
_SUPPLIED = re.compile(r"\([^()。]{4,}(?:供稿|提供|整理)\)")
"""Where a text came from, below it."""
_TORN_TAIL = re.compile(rf"[{_HAN}·、\s]{{1,12}}\)")
"""The rest of a bracketed signature that began in the column before."""
_OPEN_TAIL = re.compile(
    r"。\s*((?:本报)?(?:[^\s。,]{0,3}记者|通讯员)?\s*[^。,;:!?()]{2,24}\s*(?:摄|摄影报道|图文报道|文/图|图/文|供图))\s*$"
)


@lru_cache(maxsize=1)
def _role_pattern() -> re.Pattern[str]:
    return re.compile("|".join([*map(re.escape, roles()), r"(?:^|(?<=\s))[文图](?=\s*[:/])"]))


def _name_cost(name: str) -> float:
    known = surnames()
    family = name[:2] if name[:2] in known and len(name) > 2 else name[:1]
    given = len(name) - len(family)
    if given not in (1, 2):
        return 12.0
    return math.log(1000 / known.get(family, 0.05)) + (0.0 if given == 2 else 1.5)


def split_names(run: str) -> list[str]:
    """Names printed without anything between them: 杜先锋何月 → 杜先锋, 何月."""
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        options = [
            (best[start][0] + _name_cost(run[start:end]), [*best[start][1], run[start:end]])
            for start in range(max(0, end - 4), end)
        ]
        best.append(min(options))
    return best[-1][1]


def _names(text: str) -> list[str]:
    """Names in a stretch without roles; letter-spaced names are closed."""
    names: list[str] = []
    single = False
    found = re.split(r"[\s、,/|;]+", text.strip())
    if _are_pairs(found):
        found = ["".join(pair) for pair in zip(found[::2], found[1::2], strict=True)]
    for word, following in zip(found, [*found[1:], ""], strict=True):
        if len(word) == 1 and single and len(names[-1]) < 3:
            names[-1] += word
        elif len(word) == 1 != len(following) and names and _ends_in_surname(names[-1]):
            names[-1:] = [names[-1][:-1], names[-1][-1] + word]
        elif word:
            names.append(word)
        single = len(word) == 1 and not (len(names[-1]) > 1 and not single)
    out: list[str] = []
    for name in filter(None, map(_without_employer, names)):
        run = bool(re.fullmatch(f"[{_HAN}]{{4,}}", name)) and name[:2] not in surnames()
        several = (run or (len(name) > 4 and "·" not in name)) and not _FOREIGN.fullmatch(name)
        out.extend(split_names(name) if several else [name])
    return [n for n in out if re.fullmatch(f"[{_HAN}·]{{2,15}}", n)]


def _ends_in_surname(word: str) -> bool:
    """Whether a name is printed against the first letter of a letter-spaced one, as across a line end: 申海芳杨 帆."""
    return len(word) > 2 and is_name(word[:-1]) and word[-1] in surnames()


def _without_employer(word: str) -> str:
    """A word of a byline without the body that a person works for (县委宣传部, 县融媒体中心马丹)."""
    for cut in (len(word), len(word) - 2, len(word) - 3, len(word) - 4):
        named = cut == len(word) or is_name(word[cut:])
        if cut > 1 and named and cue("employer").search(word[:cut]):
            return word[cut:]
    return "" if cue("employer_short").search(word) and not _are_people(word) else word


def _are_people(word: str) -> bool:
    """Whether a word can be names printed without anything between them."""
    return "·" in word or all(map(is_name, split_names(word)))


def _are_pairs(words: list[str]) -> bool:
    """Whether these are the letters of several spaced-out names of two letters: 王 帅 曹 阳."""
    known = surnames()
    return (
        len(words) >= 4
        and len(words) % 2 == 0
        and all(len(word) == 1 for word in words)
        and all(word in known for word in words[::2])
    )


def credits(text: str) -> list[Credit]:
    """Credits of one byline such as `记者/林慧妍 通讯员/赵柏宁`, `文/图 字光宏` or `王 琪 苗兴刚 摄`."""
    line = _OWN.sub(" ", _PREFIX.sub("", fold(text).strip(" ()【】[]〔〕□■◇◆△◎○◉▢●▲")))
    line = _EMPLOYER_OF.sub(" ", line)
    found = list(_role_pattern().finditer(line))
    if not found:
        return [Credit(name=n) for n in _names(line)]
    people: list[Credit] = []
    for name in _names(line[: found[0].start()]):
        people.append(Credit(role=found[0].group() if found[0].group() in _AFTER else None, name=name))
    for match, after in zip(found, [*found[1:], None], strict=True):
        part = line[match.end() : after.start() if after else len(line)].strip(" :/")
        trailing = after is not None and after.group() in _AFTER and not line[after.end() :].strip()
        role = after.group() if trailing and after and after.group() != "报道" else match.group()
        people.extend(Credit(role=role, name=name) for name in _names(part))
    return people


def distinct(found: Iterable[Credit]) -> list[Credit]:
    """Each person with each role once; whom a portal's line names as author has, where one is printed, another role too."""
    people = {(c.role, c.name): c for c in found}
    told = {name for role, name in people if role not in _NO_ROLE}
    return [c for c in people.values() if c.role not in _NO_ROLE or c.name not in told]


def is_signature(inner: str) -> bool:
    """Whether the folded words of a bracket are only names with their roles."""
    line = _role_pattern().sub(" ", _OWN.sub(" ", _PREFIX.sub("", inner)))
    words = [w for w in re.split(r"[\s、,/|:]+", line) if w]
    known, known_role = surnames(), line != inner
    return (
        bool(words)
        and all(
            re.fullmatch(f"[{_HAN}·]{{1,12}}", w)
            and (
                len(w) <= 3
                or "·" in w
                or is_name(w)
                or all(len(n) < 4 for n in split_names(w))
                or (known_role and _is_foreign(w))
            )
            for w in words
        )
        and (known_role or all(w[0] in known or len(w) == 1 or _FOREIGN.fullmatch(w) for w in words))
    )


def lead_byline(text: str) -> str | None:
    """The words of the bracket after 本报讯, if they hold a byline."""
    folded = fold(text)
    match = _REPORTED.match(folded)
    if match:
        return text[match.start(1) : match.end(1)]
    match = _LEAD.match(folded)
    return text[match.start(1) : match.end(1)] if match and _role_pattern().search(match.group(1)) else None


@lru_cache(maxsize=512)
def tail_byline(text: str) -> str | None:
    """The bracketed or bare signature at the end of a paragraph."""
    folded = fold(text)
    match = _TAIL.search(folded)
    if match and is_signature(match.group(1)):
        return text[match.start(1) : match.end(1)]
    match = _OPEN_TAIL.search(folded)
    return text[match.start(1) : match.end(1)] if match else None


def is_signed(text: str) -> bool:
    """Whether a folded paragraph ends with a signature, or is the rest of one."""
    return tail_byline(text) is not None or bool(_TORN_TAIL.fullmatch(text.strip()))


def is_credited(text: str) -> bool:
    """Whether a numbered caption names its own photographer, or says that its picture has none."""
    return bool(cue("credited").search(text))


@lru_cache(maxsize=1024)
def is_byline(text: str) -> bool:
    """Whether a line holds a byline and nothing else."""
    whole = fold(text).strip()
    framed = _FRAME.fullmatch(whole)
    line = _AUTHOR.sub("", framed[1].strip() if framed else whole)
    if _SUPPLIED.fullmatch(line) and not credits(line):
        return True
    signed = _SIGN.match(line) or _AUTHOR.match(whole)
    if _are_people_abroad(line) or (signed and _is_authors(_SIGN.sub("", line).strip())):
        return True
    return _are_credits(_SIGN.sub("", line).strip() if signed else line)


def _is_authors(line: str) -> bool:
    """Whether a folded line is one name or several."""
    return is_name(line) or all(map(is_name, re.split(r"[、,/]|\s{2,}", line)))


def _are_credits(line: str) -> bool:
    """Whether a folded line is names with their roles, or names after a square."""
    marked = line[:1] in "□■◇◆"
    bare = line.strip(" □■◇◆")
    if _ROLE_COLON.match(bare):
        bare = _ROLE_COLON.sub(r"\1/", bare)
        # 记者：您好 is what someone says
        if not all(is_name(credit.name) for credit in credits(bare)):
            return False
    if not bare or len(bare) > 60 or re.search(r"[。;:!?“”]", bare):
        return False
    if not (marked or _BYLINE_ROLE.search(bare)) or not is_signature(bare.strip("()")):
        return False
    # 记者走基层 and 记者手记 are names of columns
    apart = (
        marked or bare.startswith(("本报", "本刊", "本台")) or bool(re.search(r"[\s/:、]", bare.replace("文/图", "")))
    )
    return apart or any(c.name[0] in surnames() for c in credits(bare))


def _are_people_abroad(line: str) -> bool:
    """Whether a folded line is nothing but names, one of them of a people that writes its names with a dot: 热依拉·库尔班 刘志强."""
    words = line.split()
    return any("·" in word and _is_foreign(word) for word in words) and all(map(is_name, words))


def _is_foreign(word: str) -> bool:
    """Whether half of a word's characters are those that names of other peoples are written with."""
    letters = word.replace("·", "")
    return 2 * sum(letter in _FOREIGN_LETTERS for letter in letters) >= len(letters)


_ROSTER = re.compile(r"(?:[一二三四五六七八九十]+、)?[^:。,;“”]{2,30}:(.+)")
_REMARK = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=512)
def is_roster(text: str) -> bool:
    """Whether a folded line says which people are of a place or hold a post: 西江镇：白正华 李 涛, 副主任：王林建、陈琳（女）."""
    match = _ROSTER.fullmatch(text.strip())
    if not match:
        return False
    words = [word for word in re.split(r"[、\s]+", _REMARK.sub("", match[1])) if word]
    letters = [word for word in words if len(word) == 1]
    return bool(words) and len(letters) % 2 == 0 and all(len(word) == 1 or is_name(word) for word in words)


def are_people(text: str) -> bool:
    """Whether a folded line is nothing but one person's name, or the names of a few with gaps between them."""
    if len(text) > LONGEST_SIGNED:
        return False
    names = _names(text)
    whole = sum(map(len, names)) == len(re.sub(r"[\s、]", "", text))
    return whole and 0 < len(names) <= MOST_SIGNED and all(map(is_name, names))


def is_name(text: str) -> bool:
    """Whether a folded line can be one person's name and nothing else."""
    bare = re.sub(r"\s", "", text)
    if re.fullmatch(f"[{_HAN}]{{2,7}}(?:·[{_HAN}]{{2,7}})+", bare):
        return True
    family = bare[:2] if bare[:2] in surnames() and len(bare) > 2 else bare[:1]
    return bool(re.fullmatch(f"[{_HAN}]{{2,4}}", bare)) and family in surnames() and len(bare) - len(family) in (1, 2)
