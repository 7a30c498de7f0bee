"""Words that depend on the scene or on chance: names, places, numbers, dates. The grammar calls them by name."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import sqrt

from pipeline.linking.divisions import short, table
from pipeline.training.generator.scene import Scene, homes

Pool = tuple[tuple[str, ...], tuple[float, ...]]
"""Words and their cumulated weights."""

HOURS = ("上午", "下午", "晚", "凌晨", "一早", "中午", "傍晚", "8时许", "14时30分", "晚8时")


def _rows(name: str) -> list[list[str]]:
    text = files("pipeline.training.generator").joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()]


@cache
def pools() -> dict[str, Pool]:
    """Parts of names; counts are flattened by the square root so that rare surnames are seen too."""
    found: dict[str, tuple[list[str], list[float]]] = {}
    for kind, part, count in _rows("names.tsv"):
        words, weights = found.setdefault(kind, ([], []))
        words.append(part)
        weights.append(sqrt(int(count)))
    return {kind: (tuple(words), tuple(accumulate(weights))) for kind, (words, weights) in found.items()}


@cache
def foreign() -> dict[str, list[str]]:
    """Parts of names of other peoples."""
    return {kind: parts.split() for kind, parts in _rows("minority.tsv")}


def draw(kind: str, chance: random.Random) -> str:
    """A part of a name by weight."""
    words, weights = pools()[kind]
    return chance.choices(words, cum_weights=weights)[0]


def person(scene: Scene) -> str:
    """A person's name: mostly surname and one or two characters."""
    chance = scene.chance
    dice = chance.random()
    if dice < 0.05:
        return _other_name(chance)
    surname = draw("surname", chance)
    if dice < 0.25:
        gap = "　" if scene.spaced_names and len(surname) == 1 else ""
        return surname + gap + draw("single", chance)
    return surname + draw("first", chance) + draw("last", chance)


def _other_name(chance: random.Random) -> str:
    kind = chance.choice(tuple(foreign()))
    parts = foreign()[kind]
    if kind == "uyghur":
        return "·".join(chance.sample(parts, 2)) if chance.random() < 0.8 else chance.choice(parts)
    return "".join(chance.sample(parts, 2)) if kind == "tibetan" else chance.choice(parts)


def stem(scene: Scene) -> str:
    """The name of some township or county without its kind, to make other names from."""
    home = scene.chance.choice(homes())
    name = scene.chance.choice((home.name, *home.towns))
    return name.removesuffix("街道").rstrip("镇乡县区市旗") or name if len(name) < 6 else name[:2]


def village(scene: Scene) -> str:
    """A village or community."""
    chance = scene.chance
    surname = draw("surname", chance)
    first = chance.choice(
        (
            stem(scene),
            f"{surname}家{chance.choice('庄湾沟寨坝坪岗塘铺堡冲垸')}",
            f"{chance.choice('大小上下东西南北前后新老')}{chance.choice('河山沟庄湾岭桥坪寨塘营街')}",
            draw("first", chance) + draw("last", chance),
            f"{surname}{chance.choice('庄湾沟寨坝坪岗塘铺堡楼桥')}",
        )
    )
    return first + chance.choice(("村", "村", "村", "社区", "社区"))


def elsewhere(scene: Scene) -> str:
    """A county or city far from home, in full or short."""
    names = table().names
    code = scene.chance.choice(homes()).code
    return scene.chance.choice((names[code], names[code], names.get(code[:4] + "00", names[code]), short(code)))


def elsewhere_town(scene: Scene) -> str:
    """A township anywhere."""
    return scene.chance.choice(scene.chance.choice(homes()).towns)


def province(scene: Scene) -> str:
    """Any province, mostly short."""
    names = table().names
    code = scene.chance.choice([code for code in names if code.endswith("0000") and code < "66"])
    return scene.chance.choice((names[code], short(code)))


def number(low: int, high: int) -> Callable[[Scene], str]:
    """A whole number from a range."""
    return lambda scene: str(scene.chance.randint(low, high))


def decimal(scene: Scene) -> str:
    """A number with one or two places."""
    return f"{scene.chance.uniform(0.2, 98):.{scene.chance.choice((1, 1, 2))}f}"


def day(scene: Scene) -> str:
    """A day of the month: 3月5日."""
    chance = scene.chance
    return f"{chance.randint(1, 12)}月{chance.randint(1, 28)}日"


def hour(scene: Scene) -> str:
    """A time of the day."""
    return scene.chance.choice(HOURS)


def days(scene: Scene) -> str:
    """A stretch of days: 3月5日至7日."""
    chance = scene.chance
    start = chance.randint(1, 24)
    return f"{chance.randint(1, 12)}月{start}{chance.choice(('日至', '日—', '至'))}{start + chance.randint(1, 4)}日"


def one_of(words: str) -> Callable[[Scene], str]:
    """One of some words."""
    options = words.split()
    return lambda scene: scene.chance.choice(options)


NUMERAL = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十三 三十 三十二"

WORDS: dict[str, Callable[[Scene], str]] = {
    "name": person,
    "surname": lambda scene: draw("surname", scene.chance),
    "L": lambda scene: scene.letter,
    "home": lambda scene: scene.home.name,
    "short": lambda scene: scene.short,
    "city": lambda scene: scene.city,
    "cityletter": lambda scene: scene.city[-1] if scene.city[-1] in "市州盟" else "市",
    "prov": lambda scene: scene.province,
    "provletter": lambda scene: "自治区" if scene.province.endswith("自治区") else scene.province[-1],
    "town": lambda scene: scene.town(),
    "zhen": lambda scene: scene.town("镇"),
    "xiang": lambda scene: scene.town("乡"),
    "jiedao": lambda scene: scene.town("街道"),
    "village": village,
    "stem": stem,
    "elsewhere": elsewhere,
    "farcounty": lambda scene: scene.chance.choice(homes()).name,
    "fartown": elsewhere_town,
    "farprov": province,
    "digit": number(0, 9),
    "n": number(2, 12),
    "nn": number(11, 98),
    "nnn": number(103, 990),
    "nnnn": number(1024, 9900),
    "dec": decimal,
    "num": one_of(NUMERAL),
    "year": lambda scene: str(scene.year),
    "lastyear": lambda scene: str(scene.year - 1),
    "month": number(1, 12),
    "day": day,
    "days": days,
    "hour": hour,
    "ch": lambda scene: draw("last", scene.chance),
    "brand": lambda scene: draw("first", scene.chance) + draw("last", scene.chance),
}
