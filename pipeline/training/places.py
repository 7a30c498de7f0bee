"""Build `pipeline/entities/data/places.txt.gz` from the statistical division codes (one CSV a level).

python -m pipeline.training.places DIVISIONS_FOLDER
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from pathlib import Path

from pipeline.linking.divisions import peoples

OUT = Path(__file__).parents[1] / "entities" / "data" / "places.txt.gz"
NAMES = "|".join(sorted((name for name in peoples() if name != "民"), key=len, reverse=True))
SUFFIX = re.compile(rf"((?:{NAMES})族?)*(自治)?(特别行政区|自治区|新区|林区|地区|省|市|区|县|旗|州|盟)$")
GENERIC = {"街道", "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def short_form(name: str) -> str | None:
    """A province, city or county as papers shorten it (漾濞彝族自治县 → 漾濞), None where nothing short is left."""
    short = SUFFIX.sub("", name)
    return short if 2 <= len(short) < len(name) else None


def build(divisions: Path, out: Path = OUT) -> int:
    """Write the name list, one `f⇥name` (full) or `s⇥name` (short) a line; returns the number of lines."""
    full: set[str] = set()
    short: set[str] = set()
    for level in ("provinces", "cities", "areas", "streets"):
        with (divisions / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            names = {row["name"] for row in csv.DictReader(file)} - GENERIC
        full |= names
        if level != "streets":
            short |= {form for name in names if (form := short_form(name))}
    lines = sorted(f"f\t{name}" for name in full if len(name) > 1) + sorted(f"s\t{name}" for name in short - full)
    out.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))
    return len(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]))} names\n")
