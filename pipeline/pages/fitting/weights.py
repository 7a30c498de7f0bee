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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.pages.articles import drafts_of, heading_lines, pieces_of, target
from pipeline.pages.features import weights
from pipeline.pages.fitting.chains import chain_task, right_chains
from pipeline.pages.fitting.headings import heading_task, heading_tasks_of, right_headings, shape_tasks
from pipeline.pages.fitting.tasks import Task, Weights
from pipeline.pages.fitting.tearing import clean_articles, tear
from pipeline.pages.measure import load_readings
from pipeline.pages.reading import prepared
from pipeline.records import Page
from pipeline.sources import read_pages
from pipeline.sources.text import page_of

AGGRESSIVENESS = 0.1
"""Largest step of an update."""
MARGIN = 1.0
"""By how much a right decision should be better than each wrong one."""


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
    change = {n: right.get(n, 0.0) - found.get(n, 0.0) for n in right | found}
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
