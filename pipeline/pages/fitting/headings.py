"""The right headings of a page with a reading, and the searches for them: where each belongs, and how it is divided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.pages.cues import fold
from pipeline.pages.drafts import Draft
from pipeline.pages.features import Features, add
from pipeline.pages.fits import Candidate, Scores, State, Target
from pipeline.pages.fitting.tasks import BEAM, Task, Weights, squeezed
from pipeline.pages.headings import search
from pipeline.pages.shapes import Division, division_features, divisions, heading_words, scored


def _heading(article: dict[str, Any]) -> str:
    return "".join(squeezed(article[role]) for role in ("kicker", "headline", "subtitle"))


class _Headings(Scores):
    """Scores with a margin: every wrong decision looks better by it."""

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
            add(total, division_features(texts, one))
            add(total, {n: -v for n, v in division_features(texts, self.division(run)).items()})
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
        found = search(scores, BEAM)
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


def right_division(texts: Sequence[str], article: dict[str, Any]) -> Division | None:
    """The division of heading lines that the reading says."""
    for one in divisions(texts):
        head = "".join(squeezed(t) for t in texts[one.kickers : one.kickers + one.heads])
        if one.words:
            head = squeezed("".join(heading_words(texts[-1])[: one.words]))
        kicker = "".join(squeezed(t) for t in texts[: one.kickers])
        if head == squeezed(article["headline"]) and kicker == squeezed(article["kicker"]):
            return one
    return None


def shape_task(texts: tuple[str, ...], right: Division) -> Task:
    """What is kicker, headline and subtitle in these lines."""

    def compare(w: Weights, margin: float) -> tuple[Features, Features, float]:
        found = max(scored(texts, w), key=lambda pair: pair[0] + margin * (pair[1] != right))[1]
        return (
            division_features(texts, right),
            division_features(texts, found),
            2.0 * (found != right),
        )

    return Task("shapes", compare)


def heading_tasks_of(path: Path) -> list[Task]:
    """The divisions of a file of printed headings: {"lines", "kickers", "heads", "words"?} a line."""
    tasks = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        texts = tuple(fold(text) for text in one["lines"])
        right = Division(one["kickers"], one["heads"], one.get("words", 0))
        if right in divisions(texts):
            tasks.append(shape_task(texts, right))
    return tasks
