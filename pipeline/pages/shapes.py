"""Which heading lines printed together are kicker, headline and subtitle, and where a headline is broken over lines.

Every way to divide the lines is scored with features (weights in data/weights.json); the best wins. A headline can go on
over a line end (`县领导督查疫情防控` / `和安全生产工作`) or over a space (`巡山二十四载 守护一片绿`), or a subtitle begins there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.pages.cues import cue
from pipeline.pages.features import Features, add, weigh, weights
from pipeline.pages.joins import joins
from pipeline.pages.ngrams import ngrams, normal
from pipeline.pages.titles import SPACE, is_couplet, spaced_out

MOST_KICKERS, MOST_HEADS, MOST_BELOW = 2, 3, 3
COMMA = re.compile("[,、](?=.{3})")
"""Headlines have spaces in place of commas."""
NUMBER = re.compile(r"(?:[①-⑳]|\(\d{1,3}\)|\d{1,3})$")
"""The number of a part of a serial."""
HALF = 5
"""Least characters of half a headline."""
EVEN = 1.0
"""From this score of the network on, even lines are one that was broken."""
BRIEF = 6
"""Characters of a name of a column; headlines are rarely as short."""
FOUR = 4
"""Characters that most names of columns have."""
_FRAMED = re.compile(r"【[^【】]{2,10}】")
"""The name of a column in the brackets that portals and WeChat accounts put around it."""
MARKS = re.compile(r"[“”‘’『』「」《》!?:·]")


@dataclass(frozen=True, slots=True)
class Division:
    """How many lines are kickers and headline; the rest are subtitles.

    `words`: how many words of a headline alone on its line belong to it, the others are its subtitle; 0 for all.
    """

    kickers: int
    heads: int
    words: int = 0


def divide(lines: Sequence[str], w: Mapping[str, float] | None = None) -> Division:
    """The best division of folded heading lines."""
    return max(scored(tuple(lines), w), key=lambda pair: pair[0])[1]


def scored(lines: tuple[str, ...], w: Mapping[str, float] | None = None) -> list[tuple[float, Division]]:
    """All divisions with their scores; other weights than the shipped ones may be given."""
    if w is None or w is weights():
        return _scored(lines)
    return [(weigh(features, w), one) for features, one in _featured(lines)]


@lru_cache(maxsize=8192)
def _featured(lines: tuple[str, ...]) -> list[tuple[Features, Division]]:
    return [(division_features(lines, one), one) for one in divisions(lines)]


@lru_cache(maxsize=8192)
def _scored(lines: tuple[str, ...]) -> list[tuple[float, Division]]:
    return [(weigh(features, weights()), one) for features, one in _featured(lines)]


def divisions(lines: Sequence[str]) -> Iterator[Division]:
    """All ways to divide lines into kickers, headline and subtitles."""
    for kickers in range(min(MOST_KICKERS, len(lines) - 1) + 1):
        for heads in range(1, min(MOST_HEADS, len(lines) - kickers) + 1):
            below = len(lines) - kickers - heads
            if below <= MOST_BELOW:
                yield Division(kickers, heads)
            if heads == 1 and below == 0:
                found = heading_words(lines[-1])
                yield from (Division(kickers, 1, n) for n in range(1, len(found)) if not spaced_out(found))


def heading_words(line: str) -> list[str]:
    """The words of a heading line between its spaces, without a leading dash."""
    return SPACE.split(cue("dash").sub("", line, count=1).strip())


def division_features(lines: Sequence[str], division: Division) -> Features:
    """What speaks for a division, or against it."""
    above = lines[: division.kickers]
    head = lines[division.kickers : division.kickers + division.heads]
    below = list(lines[division.kickers + division.heads :])
    features: Features = {}
    for line in above:
        add(features, _kicker(line.strip(), len(MARKS.sub("", "".join(head)))))
    add(features, {"shape_kickers": len(above) > 1})
    for first, second in pairwise(head):
        add(features, _broken(first.strip(), second.strip()))
    words = heading_words(head[-1]) or [head[-1]]
    if division.words:
        couplet = _halves(words[division.words - 1], words[division.words])
        add(features, {name: -value for name, value in couplet.items()})
        below = [" ".join(words[division.words :])]
        words = words[: division.words]
    add(features, {"shape_dashed_head": bool(cue("dash").match(head[0])), "shape_colon_head": words[-1][-1:] == ":"})
    add(features, _below("".join(head), [line.strip() for line in below], spaced=bool(division.words)))
    add(features, {"shape_head_comma": sum(bool(COMMA.search(line)) for line in head)})
    add(features, {"shape_column_low": sum(map(is_column, [*head, *below]))})
    return features


def _kicker(line: str, head: int) -> Features:
    """A kicker above a headline of so many characters."""
    size = len(MARKS.sub("", NUMBER.sub("", "".join(line.split()))))
    return {
        "shape_kicker": 1.0,
        "shape_kicker_brief": size <= BRIEF,
        "shape_kicker_plain": size <= BRIEF and not _names_column(line),
        "shape_kicker_four": size == FOUR,
        "shape_kicker_actor": bool(cue("actor").search(line)),
        "shape_kicker_named": size <= BRIEF + 2 and bool(cue("column_brief").search(line)),
        "shape_kicker_comma": bool(COMMA.search(line)),
        "shape_kicker_shorter": max(-2.0, min(2.0, (head - size) / 4)),
        "shape_column": is_column(line) or bool(cue("column_start").match(line)) or _is_spaced_column(line),
        "shape_presence": bool(cue("presence").search(line)) and len(line) <= 20,
        "shape_question": bool(cue("question").search(line)),
        "shape_said": bool(cue("said").search(line)),
        "shape_event": bool(cue("event").search(line)) and not cue("said").search(line),
        "shape_kicker_couplet": is_couplet(line.split()),
        "shape_kicker_dash": bool(cue("dash").match(line)),
    }


def _is_spaced_column(line: str) -> bool:
    """Whether a line is one short word with spaces between its letters, as columns are named: 头 条."""
    letters = line.split()
    return 1 < len(letters) <= FOUR and spaced_out(letters)


def _names_column(line: str) -> bool:
    """Whether a kicker has the words of a column's name, and is no beginning of a headline."""
    return is_column(line) or any(cue(name).search(line) for name in ("column_brief", "column_start"))


@lru_cache(maxsize=1024)
def _broken(first: str, second: str) -> Features:
    """The two lines as one headline broken in two."""
    if cue("dash").match(second):
        return {"shape_joined_dash": 1.0}
    if first.endswith(":"):
        return {"shape_joined_colon": 1.0}
    net = joins()
    sizes = len(MARKS.sub("", first)), len(MARKS.sub("", second))
    return {
        "shape_joined": 1.0,
        "shape_unfinished": bool(
            cue("unfinished").search(first) or (cue("goes_on").match(second) and not is_column(first))
        )
        and " " not in first + second,
        "shape_join_ngram": ngrams().continuation(normal(first), normal(second)),
        "shape_join_net": max(-6.0, min(6.0, net.score(net.left(first), net.right(second)))),
        "shape_finished": bool(cue("finished").search(first)),
        "shape_join_acting": bool(cue("acting").search(first)),
        "shape_join_predicate": bool(cue("predicate").match(second)),
        "shape_join_even": sizes[0] == sizes[1] >= HALF,
        "shape_lower": max(0, sizes[1] - sizes[0]) / 4,
        "shape_uneven": abs(sizes[0] - sizes[1]) / 4,
        "shape_join_short": max(0, 8 - sizes[0]) / 4,
        "shape_join_long": max(0, sum(sizes) - 20) / 4,
        "shape_join_event": bool(cue("event").search(first)),
        "shape_join_spaced": " " in first + second,
    }


def _halves(first: str, second: str) -> Features:
    """What speaks for the two words around a space being halves of one headline, such as 办好民生“微实事” 绘就幸福“大图景”."""
    # what stands before a colon says of whom the couplet speaks
    sizes = len(MARKS.sub("", first.rsplit(":", maxsplit=1)[-1])), len(MARKS.sub("", second))
    return {
        "couplet": 1.0,
        "couplet_even": sizes[0] == sizes[1],
        "couplet_uneven": abs(sizes[0] - sizes[1]) / 4,
        "couplet_short": max(0, 8 - sizes[0]) / 4,
        "couplet_long": max(0, max(sizes) - 8) / 4,
        "couplet_digit": bool(re.search(r"\d", first)) != bool(re.search(r"\d", second)),
        "couplet_event": bool(cue("event").search(first)),
    }


def _below(head: str, below: Sequence[str], *, spaced: bool) -> Features:
    if not below:
        return {}
    first = below[0]
    longer = (len(MARKS.sub("", first)) - len(MARKS.sub("", head))) / 4
    return {
        "shape_below": not spaced,
        "shape_dash": sum(bool(cue("dash").match(line)) for line in below),
        "shape_second": len(below) - 1,
        "shape_below_end": bool(cue("subtitle_end").search(below[-1])),
        "shape_below_longer": max(-2.0, min(2.0, longer)),
        "shape_below_short": max(0, 6 - len(first)) / 4,
        "shape_below_presence": bool(cue("presence").search(first)),
        "shape_below_couplet": not spaced and is_couplet(head.split()) and is_couplet(first.split()),
        "shape_below_event": bool(cue("event").search(first)) and not cue("event").search(head),
    }


@lru_cache(maxsize=1024)
def is_column(text: str) -> bool:
    """Whether a line is the standing name of a column."""
    bare = re.sub(r"\s", "", text)
    longest = 8 if cue("subtitle_end").search(bare) else 16
    if _FRAMED.fullmatch(bare):
        return True
    return len(bare) <= longest and (bool(cue("column").search(bare)) or bool(cue("section").search(bare)))


def is_broken_couplet(lines: Sequence[str]) -> bool:
    """Whether two lines of a headline are even halves that do not read on, such as 莲叶田田连富路 / 荷香阵阵入农家."""
    if len(lines) != 2 or " " in lines[0].strip() + lines[1].strip():
        return False
    sizes = [len(MARKS.sub("", line.strip())) for line in lines]
    if len({bool(re.search(r"\d", line)) for line in lines}) > 1 or cue("finished").search(lines[1].strip()):
        return False
    features = _broken(lines[0].strip(), lines[1].strip())
    torn = features.get("shape_joined_colon") or features.get("shape_unfinished") or features.get("shape_join_acting")
    torn = torn or features.get("shape_join_net", 0.0) > EVEN
    return sizes[0] == sizes[1] >= HALF and not torn


def reads_on(first: str, second: str) -> bool:
    """Whether a line of a subtitle goes on in the next line without a space."""
    return weigh(_broken(first.strip(), second.strip()), weights()) > 0
