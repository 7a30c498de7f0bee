"""What a conversion has to say: everything wrong with a file, and everything that a format cannot hold."""

from __future__ import annotations

from collections import Counter

from pipeline.errors import DataError

LIMIT = 50
"""Faults that are told at once."""


class Notes:
    """Faults and losses, gathered so that all of a file's are told together."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.lost: Counter[str] = Counter()

    def fault(self, where: str, problem: str) -> None:
        """Note what is wrong at a place (`file:line`), with its remedy."""
        self.faults.append(f"{where}: {problem}")

    def lose(self, what: str, count: int = 1) -> None:
        """Note that so many things of a kind cannot be kept."""
        if count:
            self.lost[what] += count

    def settle(self) -> None:
        """Raise DataError with the faults, at most `LIMIT`, if there are any."""
        more = len(self.faults) - LIMIT
        if self.faults:
            rest = [f"and {more} more faults; mend these first"] if more > 0 else []
            raise DataError(*self.faults[:LIMIT], *rest)

    def losses(self) -> list[str]:
        """What is lost, a line each."""
        return [f"not kept: {count} {what}" for what, count in self.lost.items()]
