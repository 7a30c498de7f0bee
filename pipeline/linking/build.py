"""Build `data/divisions.tsv.gz` from the statistical division codes (one CSV a level).

    python -m pipeline.linking.build DIVISIONS_FOLDER

Source: the division codes of the National Bureau of Statistics, edition of 2023, as provinces.csv, cities.csv,
areas.csv and streets.csv of the project Administrative-divisions-of-China (WTFPL version 2). Codes are written in the
form of GB/T 2260 (six digits for province, city and county; nine for townships). Entries that only fill a level
(市辖区, 省直辖县级行政区划) are left out: their counties belong to the province.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.linking.divisions import stem

OUT = Path(__file__).with_name("data") / "divisions.tsv.gz"
FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
EXTRA = [("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")]


def short_forms(code: str, name: str) -> list[str]:
    """The other forms that a division goes by: its stem, and its stem with the bare kind (石柱县, 延边州, 恒合乡)."""
    short, kind = stem(name)
    forms = [short] if len(short) > 1 and kind else []
    if len(short) > 1 and short + kind != name and kind not in {"区", ""}:
        forms.append(short + kind)
    if name.endswith("街道办事处"):
        forms.append(name.removesuffix("办事处"))
    return [form for form in dict.fromkeys(forms) if form != name]


def read(folder: Path) -> Iterator[tuple[str, str]]:
    """All divisions as (code, name)."""
    for level, width in (("provinces", 6), ("cities", 6), ("areas", 6), ("streets", 9)):
        with (folder / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["name"] not in FILLERS:
                    yield row["code"].ljust(width, "0"), row["name"]


def build(folder: Path, out: Path = OUT) -> int:
    """Write the table, a line `code⇥name⇥form form…` for each division; returns the number of lines."""
    names = dict(EXTRA)
    for code, name in read(folder):
        names.setdefault(code, name)
    lines = [f"{code}\t{name}\t{' '.join(short_forms(code, name))}" for code, name in sorted(names.items())]
    out.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    return len(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]))} divisions\n")
