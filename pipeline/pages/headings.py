"""Which heading lines belong to which article, and which of them is kicker, headline and subtitle.

A beam search over the heading lines in printed order: each begins the heading of an article, goes on with the line
above it, is a torn kicker or subtitle, or is left over; the score of a reading is the sum of what `fits` says of its parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter

from pipeline.pages.cues import cue
from pipeline.pages.features import weigh, weights
from pipeline.pages.fits import MANY, Candidate, Extra, Run, Scores, State, Target
from pipeline.pages.furniture import furniture_score
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.shapes import Division, divide, division_features

BEAM = 60
CANDIDATES = 6
LONGEST_RUN = 5
NEAREST = 8
"""Articles before a heading, and after it, that are tried on a page with many."""
FEW = 3
"""Lines of the longest block whose lines are taken with one of them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading lines of one article by their roles, in printed order."""

    kicker: tuple[Paragraph, ...] = ()
    headline: tuple[Paragraph, ...] = ()
    subtitle: tuple[Paragraph, ...] = ()
    words: int = 0
    """How many words of a headline alone on its line belong to it, the others are its subtitle; 0 for all."""


Path = tuple[float, tuple[Run, ...], tuple[Extra, ...], frozenset[int]]
"""A reading in the making: its score, the headings and the torn lines so far, and the targets of the last headings."""
Step = tuple[float, Path, Run | None, Extra | None]
"""A score, the reading before, and the heading or torn line that is added."""


def assign(scores: Scores) -> dict[int, Heading]:
    """Headings by target; some lines may be left over."""
    return _read(search(scores), scores.lines)


def search(scores: Scores, beam: int = BEAM) -> State:
    """The best reading that a beam search finds; its steps are whole headings, torn lines and lines left over."""
    number = len(scores.lines)
    steps: list[list[Step]] = [[] for _ in range(number + 1)]
    steps[0].append((0.0, (0.0, (), (), frozenset()), None, None))
    for i in range(number):
        best = sorted(steps[i], key=itemgetter(0), reverse=True)[:beam]
        _extend(map(_taken, best), steps, i, scores)
        steps[i] = []
    return _best_whole(steps[number], scores)


def _best_whole(steps: Sequence[Step], scores: Scores) -> State:
    """The best reading of the whole page; those that cannot be better than the one with the best parts are passed over."""
    first = _taken(max(steps, key=itemgetter(0)))[:3]
    least, most = scores.total(*first), scores.most_lost()
    hopeful = (_taken(step)[:3] for step in steps if step[0] + most >= least)
    return State(*max(hopeful, key=lambda whole: scores.total(*whole)))


def _taken(step: Step) -> Path:
    """The reading that a step leads to."""
    score, (_, main, extra, headed), run, torn = step
    if run:
        main = (*main, run)
        headed = frozenset([t for t, _ in main[-MANY:]])
    return score, main, (*extra, torn) if torn else extra, headed


def _extend(paths: Iterable[Path], steps: list[list[Step]], i: int, scores: Scores) -> None:
    """Adds all ways to go on with line `i` to the steps that lead to the lines behind them."""
    near = _near(scores.lines[i], scores.targets)
    left = weigh(scores.unused(i), scores.w)
    extras = [(gain, (t, i)) for gain, t in _best((scores.extra(t, i), t) for t in near)]
    runs = []
    for end in _ends(scores, i):
        lines = tuple(range(i, end))
        runs += [(gain, t, (t, lines), steps[end].append) for gain, t in _best((scores.run(t, lines), t) for t in near)]
    follows, behind = scores.follows(i), steps[i + 1]
    for path in paths:
        score, main, torn, headed = path
        # what is printed together is one run, not a heading and a torn line
        above = main[-1][0] if follows and main and main[-1][1][-1] == i - 1 else None
        if follows and torn and torn[-1][1] == i - 1:
            headed = headed | {torn[-1][0]}
        behind.append((score + left, path, None, None))
        behind += [(score + gain, path, None, extra) for gain, extra in extras if extra[0] != above]
        for gain, t, run, reach in runs:
            if t not in headed:
                reach((score + gain, path, run, None))


def _best(scored: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    """The targets worth trying, with their scores."""
    return sorted(scored, reverse=True)[:CANDIDATES]


def _ends(scores: Scores, start: int) -> Iterator[int]:
    """Where a heading that begins with a line can end."""
    for end in range(start + 1, min(start + LONGEST_RUN, len(scores.lines)) + 1):
        yield end
        if end < len(scores.lines) and not scores.follows(end):
            return


def _near(line: Candidate, targets: Sequence[Target]) -> list[int]:
    """Articles worth trying: all on a common page, the nearest on an endless one."""
    if len(targets) <= MANY:
        return list(range(len(targets)))
    at = bisect_left(targets, line.item, key=attrgetter("first"))
    return list(range(max(0, at - NEAREST), min(len(targets), at + NEAREST)))


def _left_beside(run: Sequence[int], lines: Sequence[Candidate], block: list[int], used: set[int]) -> list[int]:
    """The lines of a headline's block that no heading has, where it begins with them or with the run and has few."""
    if len(block) > FEW or block[0] > run[0] or any(k in used and k not in run for k in block):
        return []
    return [
        k
        for k in block
        if k not in run and furniture_score(lines[k].paragraph.text) <= 0 and (not lines[k].column or k > run[-1])
    ]


def _read(state: State, lines: Sequence[Candidate]) -> dict[int, Heading]:
    used = {k for _, run in state.main for k in run} | {k for _, k in state.extra}
    extras: dict[int, list[Candidate]] = defaultdict(list)
    for t, k in state.extra:
        extras[t].append(lines[k])
    blocks: dict[int, list[int]] = defaultdict(list)
    for k, line in enumerate(lines):
        blocks[line.group].append(k)
    headings = {}
    for t, run in state.main:
        beside = _left_beside(run, lines, blocks[lines[run[-1]].group], used)
        used.update(beside)
        heading = split_roles([lines[k].paragraph for k in sorted({*run, *beside})])
        headings[t] = _with_extras(heading, extras.pop(t, []))
    for t, torn in extras.items():
        headings[t] = Heading(kicker=tuple(line.paragraph for line in torn))
    return headings


def _with_extras(heading: Heading, extras: list[Candidate]) -> Heading:
    """Adds torn lines: columns are kickers; of two torn headings the plainer one is the subtitle."""
    for extra in extras:
        line = extra.paragraph
        if extra.column or (heading.subtitle and not heading.kicker):
            heading = replace(heading, kicker=(*heading.kicker, line))
        elif heading.subtitle:
            heading = replace(heading, subtitle=(*heading.subtitle, line), words=0)
        else:
            heading = _with_torn(heading, line)
    return heading


def _with_torn(heading: Heading, line: Paragraph) -> Heading:
    """The heading with a torn line as its kicker, as its subtitle or as the headline that it explains."""
    head, text = tuple(one.text for one in heading.headline), line.text
    options = [(_score((*head, text), Division(0, len(head))), replace(heading, subtitle=(line,), words=0))]
    if not cue("dash").match(text):
        options.append((_score((text, *head), Division(0, 1)), Heading(heading.kicker, (line,), heading.headline)))
    if not heading.kicker:
        options.append((_score((text, *head), Division(1, len(head))), replace(heading, kicker=(line,))))
    return max(options, key=itemgetter(0))[1]


def _score(lines: Sequence[str], division: Division) -> float:
    return weigh(division_features(lines, division), weights())


def split_roles(run: list[Paragraph]) -> Heading:
    """The best division of a run of heading lines."""
    best = divide([p.text for p in run])
    low, high = best.kickers, best.kickers + best.heads
    return Heading(tuple(run[:low]), tuple(run[low:high]), tuple(run[high:]), best.words)
