"""An evaluation for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.box import SIMPLE
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.training.scoring.calibration import Calibration
from pipeline.training.scoring.evaluation import Evaluation
from pipeline.training.scoring.figures import GROUPS, Report, Span
from pipeline.training.scoring.mistakes import Mistakes
from pipeline.training.scoring.passages import Passage

RIGHT, MISSED, SPURIOUS = "green", "bold red", "bold yellow"
CONTEXT = 24
"""Characters that stay on either side of a mistake."""
ARCS = 4
"""Relations of each kind that are shown below a sentence."""


def tables(evaluation: Evaluation, calibration: bool) -> Iterator[RenderableType]:
    """Figures, lengths, mistakes, calibration if asked for, and the worst sentences."""
    yield figures_table(evaluation.report)
    if len(evaluation.lengths) > 1:
        yield lengths_table(evaluation.lengths)
    yield mistakes_table(evaluation.mistakes)
    if calibration:
        yield from (calibration_table(kind, one) for kind, one in evaluation.calibration.items())
        if not evaluation.calibration:
            yield Text("These predictions have no scores, so their calibration cannot be told.")
    yield from map(passage_text, evaluation.worst)


def figures_table(report: Report) -> Table:
    """Precision, recall and F1 by group, label and relation."""
    table = _table(f"{report.records} records, strict", "", "gold", "predicted", "right", "precision", "recall", "F1")
    for rows in (report.groups, report.labels, report.relations):
        for name, one in rows.items():
            rates = [f"{rate:.3f}" for rate in (one.precision, one.recall, one.f1)]
            table.add_row(name, str(one.gold), str(one.predicted), str(one.right), *rates)
        table.add_section()
    return table


def lengths_table(lengths: dict[str, Report]) -> Table:
    """F1 of each group by length of text."""
    table = _table("F1 by length of text", "characters", "records", *GROUPS)
    for name, report in lengths.items():
        rates = (f"{one.f1:.3f}" if one.gold or one.predicted else "-" for one in report.groups.values())
        table.add_row(name, str(report.records), *rates)
    return table


def mistakes_table(mistakes: dict[str, Mistakes]) -> Table:
    """What became of the annotated spans of each label."""
    columns = ("", "right", "other label", "other bounds", "missed", "spurious")
    table = _table("What became of the annotated spans", *columns)
    for label, one in mistakes.items():
        table.add_row(
            label, str(one.right), _named(one.labels, 2), _named(one.bounds, 1), str(one.missed), str(one.spurious)
        )
    return table


def calibration_table(kind: str, calibration: Calibration) -> Table:
    """The reliability table of mentions or relations."""
    title = f"Scores of {kind}: expected calibration error {calibration.error:.3f}"
    table = _table(title, "score", "predicted", "mean score", "share right")
    for one in calibration.bins:
        table.add_row(f"{one.low:.1f} to {one.high:.1f}", str(one.count), f"{one.score:.3f}", f"{one.right:.3f}")
    return table


def passage_text(passage: Passage) -> RenderableType:
    """A sentence as annotated and as read; double brackets and colour show what is on one side only."""
    head = f"\n{passage.id}, from character {passage.start}: {passage.faults} mistakes"
    lines = [Text(head, style="bold")]
    lines += (
        Text.assemble(f"{name:<10}", _marked(passage, side, other, style))
        for name, side, other, style in (
            ("gold", passage.gold, passage.predicted, MISSED),
            ("predicted", passage.predicted, passage.gold, SPURIOUS),
        )
    )
    lines += _arcs("missed", passage.missed, MISSED)
    lines += _arcs("spurious", passage.spurious, SPURIOUS)
    return Group(*lines)


def _marked(passage: Passage, side: frozenset[Span], other: frozenset[Span], style: str) -> Text:
    text, run, at = Text(), Text(), 0
    for label, start, end in sorted(side, key=lambda span: span[1]):
        low, high = start - passage.start, end - passage.start
        alone = (label, start, end) not in other
        words = f"{_line(passage.text[low:high])} {label}"
        run.append(_line(passage.text[at:low]))
        if alone:
            text = text + _shortened(run) + Text(f"[[{words}]]", style)
            run = Text()
        else:
            run.append(f"[{words}]", RIGHT)
        at = high
    return text + _shortened(run.append(_line(passage.text[at:])))


def _shortened(run: Text) -> Text:
    """A stretch without mistakes, its middle left out when it is long."""
    return run if len(run) <= 3 * CONTEXT else run[:CONTEXT] + Text(" … ") + run[-CONTEXT:]


def _arcs(name: str, arcs: tuple[str, ...], style: str) -> list[Text]:
    """The first few arcs on a line."""
    if not arcs:
        return []
    more = f"; and {len(arcs) - ARCS} more" if len(arcs) > ARCS else ""
    return [Text.assemble(f"{name:<10}", (_line("; ".join(arcs[:ARCS])) + more, style))]


def _line(text: str) -> str:
    return text.replace("\n", "⏎")


def _named(counts: Counter[str], top: int) -> str:
    """The sum, and the most frequent labels."""
    most = ", ".join(f"{label} {count}" for label, count in counts.most_common(top))
    return f"{counts.total()} ({most})" if counts else "0"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, box=SIMPLE)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table
