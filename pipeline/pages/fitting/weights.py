"""Fits the weights of the reading's features to pages with readings by people.

    python -m pipeline.pages.fitting.weights FOLDER [--match 'page-*'] [--torn seeds/annotated]
        [--headings seeds/headings.jsonl] [--out weights.json]

The pages of your own paper, read by you (docs/sources.md), make the reading better for it. Pages torn from annotated passages
keep the weights general. Each decision that a page calls for (which piece goes on which, which heading belongs where,
what is kicker, headline and subtitle) is searched for with the weights so far; where the best reading is not the right one by a
margin, the weights move just enough (passive-aggressive updates, averaged).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.pages import chains, headings, shapes
from pipeline.pages.articles import Draft, drafts_of, heading_lines, pieces_of, target
from pipeline.pages.chains import Link, Piece, Scorer, subhead_features
from pipeline.pages.cues import fold, weights
from pipeline.pages.fitting.tearing import clean_articles, tear
from pipeline.pages.headings import Candidate, Scores, State, Target
from pipeline.pages.measure import load_readings
from pipeline.pages.reading import Setting, prepared
from pipeline.records import Page
from pipeline.sources import read_pages
from pipeline.sources.text import page_of

Features = dict[str, float]
Weights = dict[str, float]
AGGRESSIVENESS = 0.1
"""Largest step of an update."""
BEAM = 15
MARGIN = 1.0
"""By how much a right decision should be better than each wrong one."""


@dataclass
class Task:
    """One search with its right answer: gives the features of both and how wrong the found one is."""

    kind: str
    compare: Callable[[Weights, float], tuple[Features, Features, float]]


def squeezed(text: str | None) -> str:
    """Folded text without spaces and dashes."""
    return re.sub(r"[\s—–-]", "", fold(text or ""))


class _Chains(Scorer):
    """Scores with a margin: every wrong decision looks better by `MARGIN`."""

    before: Sequence[int | None] = ()
    """The piece that each goes on from, -1 for none, None where it is not known."""
    margin = 0.0

    def start(self, i: int) -> float:
        return super().start(i) + self.margin * (self.before[i] not in (-1, None))

    def join(self, link: Link, i: int) -> float:
        return super().join(link, i) + self.margin * (self.before[i] not in (link.piece, None))


def chain_features(scorer: Scorer, found: Sequence[Sequence[tuple[int, bool]]]) -> Features:
    """All features of chains of pieces."""
    total: Features = {}
    for chain in found:
        link: Link | None = None
        for i, subhead in chain:
            if link is None:
                _add(total, scorer.start_features(i))
            else:
                _add(total, scorer.join_features(link, i))
                if scorer.pieces[i].heads:
                    _add(total, subhead_features(scorer, link, i, subhead))
            link = Link(i, link, subhead)
        _add(total, scorer.end_features(chain[-1][0]))
    return total


def _add(total: Features, more: Features) -> None:
    for name, value in more.items():
        total[name] = total.get(name, 0.0) + float(value)


def right_chains(pieces: Sequence[Piece], articles: Sequence[dict[str, Any]]) -> list[list[tuple[int, bool]]] | None:
    """The chains of the reading; None where a piece holds text of several articles or stands before its beginning."""
    bodies = [squeezed(a["body"]) for a in articles]
    places: dict[int, list[tuple[int, int]]] = {}
    loose = []
    for i, piece in enumerate(pieces):
        text = squeezed(piece.text)
        homes = [(body.find(text[:12]), k) for k, body in enumerate(bodies) if text[:12] in body and text[-12:] in body]
        if homes:
            places.setdefault(homes[0][1], []).append((i, homes[0][0]))
        else:
            loose.append([(i, False)])
    out: list[list[tuple[int, bool]]] = []
    for k, found in places.items():
        if [at for _, at in found] != sorted(at for _, at in found):
            return None
        heads = [bool(pieces[i].heads) and squeezed(pieces[i].heads[0].text) in bodies[k] for i, _ in found]
        out.append([(i, n > 0 and head) for n, ((i, _), head) in enumerate(zip(found, heads, strict=True))])
    return None if 4 * len(loose) > len(pieces) else sorted([*out, *loose])


def chain_task(pieces: list[Piece], setting: Setting, right: list[list[tuple[int, bool]]]) -> Task:
    """Which piece goes on which."""
    before: list[int | None] = [None] * len(pieces)
    for chain in right:
        for k, (i, _) in enumerate(chain):
            before[i] = chain[k - 1][0] if k else -1

    scorer = _Chains(pieces, indented=setting["indented"], context=setting["context"])
    scorer.before = before

    def compare(w: Weights, margin: float) -> tuple[Features, Features, float]:
        scorer.reweigh(w)
        scorer.margin = margin
        found = chains.search(scorer, BEAM)
        wrong = sum(
            before[i] not in (None, chain[k - 1][0] if k else -1) for chain in found for k, (i, _) in enumerate(chain)
        )
        wrong += sum(sub for c in found for _, sub in c) != sum(sub for c in right for _, sub in c)
        return chain_features(scorer, right), chain_features(scorer, found), float(wrong)

    return Task("chains", compare)


def _heading(article: dict[str, Any]) -> str:
    return "".join(squeezed(article[role]) for role in ("kicker", "headline", "subtitle"))


class _Headings(Scores):
    """Scores with a margin, as above."""

    margin = 0.0

    def prepare(self, right: State, articles: Sequence[dict[str, Any]]) -> None:
        """Tells the right reading."""
        whole = {run: squeezed("".join(self.texts(run))) for _, run in right.main}
        self.divisions = {
            run: one
            for run, words in whole.items()
            for a in articles
            if a["headline"] and words == _heading(a) and (one := right_division(self.texts(run), a))
        }
        self.homes = {k: (t, "main") for t, run in right.main for k in run}
        self.homes |= {k: (t, "extra") for t, k in right.extra}

    def right_features(self, right: State) -> Features:
        """Features of the right reading, its headings divided as the reading says."""
        total = self.state_features(right)
        for run, one in self.divisions.items():
            texts = self.texts(run)
            _add(total, shapes.division_features(texts, one))
            _add(total, {n: -v for n, v in shapes.division_features(texts, self.division(run)).items()})
        return total

    def run(self, target: int, run: tuple[int, ...]) -> float:
        return super().run(target, run) + self.margin * sum(self.homes.get(k) != (target, "main") for k in run)

    def extra(self, target: int, line: int) -> float:
        return super().extra(target, line) + self.margin * (self.homes.get(line) != (target, "extra"))


def right_headings(lines: list[Candidate], drafts: Sequence[Draft], articles: Sequence[dict[str, Any]]) -> State | None:
    """The headings of the reading; None where an article's draft is not found."""
    bodies = [squeezed(d.text) for d in drafts]
    main: list[tuple[int, tuple[int, ...]]] = []
    extra: list[tuple[int, int]] = []
    free = set(range(len(lines)))
    for article in articles:
        if not article["headline"] or article["kind"] == "notice":
            continue
        text = squeezed(article["body"])
        home = next((t for t, body in enumerate(bodies) if text[:15] in body or body[:15] in text), None)
        if home is None:
            return None
        whole = [squeezed(article[role]) for role in ("kicker", "headline", "subtitle")]
        own = [k for k in sorted(free) if _belongs(squeezed(lines[k].paragraph.text), whole)]
        heads = [k for k in own if squeezed(lines[k].paragraph.text)[:40] in whole[1] + whole[2]]
        heads = [k for k in heads if squeezed(lines[k].paragraph.text)[:4] in whole[1]] or heads
        if not heads:
            continue
        run = _run(heads[0], own, lines)
        main.append((home, run))
        extra += [(home, k) for k in own if k not in run]
        free -= set(own)
    return State(0.0, tuple(main), tuple(extra))


def _belongs(line: str, whole: Sequence[str]) -> bool:
    return len(line) > 1 and (any(line in one for one in whole) or line == whole[1] + whole[2])


def _run(head: int, own: Sequence[int], lines: Sequence[Candidate]) -> tuple[int, ...]:
    """The lines around the headline that are printed together with it."""
    low = high = head
    while low - 1 in own and lines[low].item - lines[low - 1].item <= 1:
        low -= 1
    while high + 1 in own and lines[high + 1].item - lines[high].item <= 1:
        high += 1
    return tuple(range(low, high + 1))


def heading_task(
    lines: list[Candidate], targets: list[Target], right: State, articles: Sequence[dict[str, Any]]
) -> Task:
    """Which heading belongs where."""
    scores = _Headings(lines, targets)
    scores.prepare(right, articles)

    def compare(w: Weights, margin: float) -> tuple[Features, Features, float]:
        scores.reweigh(w)
        scores.margin = margin
        found = headings.search(scores, BEAM)
        wrong = len(set(right.main) ^ set(found.main)) + len(set(right.extra) ^ set(found.extra))
        wrong += sum(run in scores.divisions and scores.division(run) != scores.divisions[run] for _, run in found.main)
        return scores.right_features(right), scores.state_features(found), wrong / 2

    return Task("headings", compare)


def shape_tasks(lines: list[Candidate], right: State, articles: Sequence[dict[str, Any]]) -> list[Task]:
    """What is kicker, headline and subtitle, for headings that are printed together."""
    out = []
    torn = {t for t, _ in right.extra}
    for t, run in right.main:
        texts = tuple(lines[k].paragraph.text for k in run)
        whole = squeezed("".join(texts))
        for a in articles:
            if t not in torn and a["headline"] and whole == _heading(a):
                division = right_division(texts, a)
                if division:
                    out.append(shape_task(texts, division))
    return out


def right_division(texts: Sequence[str], article: dict[str, Any]) -> shapes.Division | None:
    """The division of heading lines that the reading says."""
    for one in shapes.divisions(texts):
        head = "".join(squeezed(t) for t in texts[one.kickers : one.kickers + one.heads])
        if one.words:
            head = squeezed("".join(shapes.heading_words(texts[-1])[: one.words]))
        kicker = "".join(squeezed(t) for t in texts[: one.kickers])
        if head == squeezed(article["headline"]) and kicker == squeezed(article["kicker"]):
            return one
    return None


def shape_task(texts: tuple[str, ...], right: shapes.Division) -> Task:
    """What is kicker, headline and subtitle in these lines."""

    def compare(w: Weights, margin: float) -> tuple[Features, Features, float]:
        found = max(shapes.scored(texts, w), key=lambda pair: pair[0] + margin * (pair[1] != right))[1]
        return (
            shapes.division_features(texts, right),
            shapes.division_features(texts, found),
            2.0 * (found != right),
        )

    return Task("shapes", compare)


def tasks_of(page: Page, articles: Sequence[dict[str, Any]]) -> list[Task]:
    """The searches that a page calls for, each with its right answer, as far as the page's parts were labelled right."""
    _, row, setting = prepared(page)
    pieces = pieces_of(row)
    right = right_chains(pieces, articles)
    if right is None:
        return []
    found = [chain_task(pieces, setting, right)]
    drafts = [d for d in drafts_of(row, right) if not d.notice]
    lines = heading_lines(drafts, row)
    state = right_headings(lines, drafts, articles)
    if state is not None:
        found.append(heading_task(lines, [target(d) for d in drafts], state, articles))
        found += shape_tasks(lines, state, articles)
    return found


def fit(tasks: Sequence[Task], w: Weights, rounds: int, rng: random.Random) -> Weights:
    """The averaged weights after some rounds of updates."""
    now, total, steps = dict(w), dict.fromkeys(w, 0.0), 0
    order = list(tasks)
    for _ in range(rounds):
        rng.shuffle(order)
        for task in order:
            update(task, now)
            steps += 1
            for name in total:
                total[name] += now[name]
        show("wrong", mistakes(tasks, {name: total[name] / steps for name in w}))
    return {name: total[name] / steps for name in w}


def show(*words: object) -> None:
    """A line of progress."""
    print(*words, flush=True)  # noqa: T201


def update(task: Task, w: Weights) -> None:
    """One passive-aggressive step."""
    right, found, wrong = task.compare(w, MARGIN)
    if not wrong:
        return
    change = {n: right.get(n, 0.0) - found.get(n, 0.0) for n in right.keys() | found.keys()}
    size = sum(value * value for value in change.values())
    worse = sum(w[n] * value for n, value in change.items())
    loss = MARGIN * wrong - worse
    if size > 0 and loss > 0:
        step = min(AGGRESSIVENESS, loss / size)
        for name, value in change.items():
            w[name] += step * value


def mistakes(tasks: Sequence[Task], w: Weights) -> dict[str, float]:
    """The share of searches of each kind that find anything wrong."""
    sums: dict[str, list[float]] = {}
    for task in tasks:
        sums.setdefault(task.kind, []).append(float(task.compare(w, 0.0)[2] > 0))
    return {kind: round(sum(values) / len(values), 3) for kind, values in sums.items()}


def heading_tasks_of(path: Path) -> list[Task]:
    """The divisions of a file of printed headings: {"lines", "kickers", "heads", "words"?} a line."""
    tasks = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        texts = tuple(fold(text) for text in one["lines"])
        right = shapes.Division(one["kickers"], one["heads"], one.get("words", 0))
        if right in shapes.divisions(texts):
            tasks.append(shape_task(texts, right))
    return tasks


def torn_pages(folder: Path, number: int, rng: random.Random) -> list[tuple[Page, list[dict[str, Any]]]]:
    """Pages torn from the annotated passages of a folder."""
    articles = clean_articles(sorted(folder.glob("*.ann")))
    out = []
    for _ in range(number):
        text, reading = tear(rng.sample(articles, min(len(articles), rng.randint(4, 8))), rng)
        out.append((page_of("torn.txt", text), reading["articles"]))
    return out


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--match", action="append", default=[])
    parser.add_argument("--torn", type=Path)
    parser.add_argument("--headings", type=Path)
    parser.add_argument("--only", default="", help="fit weights whose names begin so, such as shape,couplet")
    parser.add_argument("--number", type=int, default=80)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--out", type=Path, default=Path("weights.json"))
    options = parser.parse_args()
    rng = random.Random(0)
    read = [
        (page, s.reading["articles"])
        for s in load_readings(options.pages, options.match)
        for page in read_pages(s.source)
    ]
    torn = torn_pages(options.torn, options.number, rng) if options.torn else []
    tasks = [task for page, articles in [*read, *torn] for task in tasks_of(page, articles)]
    tasks += heading_tasks_of(options.headings) if options.headings else []
    before = weights()
    show(len(tasks), "searches; wrong before", mistakes(tasks, before))
    after = fit(tasks, before, options.rounds, rng)
    show("wrong after", mistakes(tasks, after))
    chosen = tuple(options.only.split(","))
    rounded = {n: round(value if n.startswith(chosen) else before[n], 3) for n, value in after.items()}
    options.out.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
