"""The short table at the end of a run."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table


def summary(counts: Mapping[str, int], seconds: float) -> Table:
    """Articles, people, posts, bodies, districts, acts and seconds in one line."""
    table = Table()
    for name in [*counts, "seconds"]:
        table.add_column(name, justify="right")
    table.add_row(*(f"{count:,}" for count in counts.values()), f"{seconds:.1f}")
    return table
