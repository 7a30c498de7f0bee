"""Pictures of time, as shares of their width: tenures as bars, months as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.service.run import Row

MOST_MONTHS = 60
LEAST_SHARE = 1.2
"""The narrowest bar, in percent; a tenure that is shorter is drawn as a dot."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A tenure: its row in the table, and where it begins and how long it is, in percent of the width; 0 is a dot."""

    row: Row
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in the order of time, marks of the axis as (percent, text), and how many rows are not drawn."""

    bars: list[Bar]
    marks: list[tuple[float, str]]
    left_out: int


def timeline(rows: Sequence[Row], most: int = 40) -> Timeline:
    """Tenures between `first_seen` and `last_seen`, the first `most` of them; those without a date are not drawn."""
    dated = [
        (row, first, last) for row in rows if (first := _day(row["first_seen"])) and (last := _day(row["last_seen"]))
    ]
    dated = sorted(dated, key=lambda one: (one[1], one[2]))[:most]
    if not dated:
        return Timeline([], [], len(rows))
    low, high = min(first for _, first, _ in dated), max(last for _, _, last in dated)
    span = max(high - low, 30) * 1.04
    bars = []
    for row, first, last in dated:
        share = 100 * (last - first) / span
        bars.append(Bar(row, round(100 * (first - low) / span, 2), round(share, 2) if share > LEAST_SHARE else 0))
    return Timeline(bars, _marks(low, span), len(rows) - len(dated))


def months(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The last months with the number of acts and the height of their column in percent; months without any are there too."""
    counts = {row["month"]: row["acts"] for row in rows if len(row["month"]) == 7}
    if not counts:
        return []
    names = _months(min(counts), max(counts))
    most = max(counts.get(month, 0) for month in names)
    return [{"month": m, "acts": counts.get(m, 0), "height": round(100 * counts.get(m, 0) / most, 1)} for m in names]


def _months(first: str, last: str) -> list[str]:
    """Every month up to the last, from the first or from `MOST_MONTHS` before the end."""
    end, start = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (last, first))
    shown = range(max(start, end - MOST_MONTHS + 1), end + 1)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in shown]


def _marks(low: int, span: float) -> list[tuple[float, str]]:
    """At most six dates along the axis: first days of years or of months."""
    first = date.fromordinal(low)
    days = [date(y, m, 1) for y in range(first.year, first.year + int(span / 365) + 2) for m in range(1, 13)]
    inside = [day for day in days if low <= day.toordinal() <= low + span]
    for keep in ({1}, {1, 7}, {1, 4, 7, 10}, set(range(1, 13))):
        chosen = [day for day in inside if day.month in keep]
        if len(chosen) > 2:
            break
    chosen = chosen[:: max(1, len(chosen) // 6)] if span > 60 else [first]
    return [(round(100 * (day.toordinal() - low) / span, 2), f"{day:%Y-%m}") for day in chosen]


def _day(text: str | None) -> int | None:
    try:
        return date.fromisoformat(text or "").toordinal()
    except ValueError:
        return None
