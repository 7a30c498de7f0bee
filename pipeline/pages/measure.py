"""How well pages are read: pages with the readings of careful people, measured one by one and together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.table import Table

from pipeline.errors import DataError, InputError
from pipeline.pages.reading import read_articles
from pipeline.pages.score import score, summary
from pipeline.sources import Source, read_pages

NEEDED = {"headline": str | None, "byline": list, "body": str}
"""What every article of a reading must say."""
OPTIONAL: dict[str, Any] = {"subtitle": None, "kicker": None, "section": None, "kind": "article"}
COLUMNS = ("bodies", "headlines", "subtitles", "bylines")
OVERALL = "all pages"


@dataclass(frozen=True, slots=True)
class Sample:
    """A page and its reading by a person: `NAME.json` beside `NAME.txt` (or .html, .pdf and so on)."""

    name: str
    source: Source
    reading: dict[str, Any]


def load_readings(place: Path, match: Sequence[str] = ()) -> list[Sample]:
    """The pages with readings in a folder, or the one of a file, in the order of their names.

    `match`: patterns of names such as `page-*`; none for all. Raises InputError where nothing is found, DataError where
    a reading does not have the form of docs/sources.md.
    """
    files = sorted(place.glob("*.json")) if place.is_dir() else [place.with_suffix(".json")]
    chosen = [file for file in files if not match or any(fnmatch(file.stem, pattern) for pattern in match)]
    samples = [
        Sample(file.stem, reading=_reading(file), source=_page_of(file)) for file in sorted(chosen, key=_natural)
    ]
    if not samples:
        raise InputError(
            f"{place}: no readings NAME.json here{' of these names' if match else ''}; see docs/sources.md"
        )
    return samples


def _natural(file: Path) -> list[tuple[int, str]]:
    """page-2 before page-10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in file.stem.split("-")]


def _page_of(file: Path) -> Source:
    pages = [p for p in sorted(file.parent.glob(f"{file.stem}.*")) if p.suffix != ".json"]
    if not pages:
        raise InputError(f"{file}: no page {file.stem}.txt beside this reading; put it there")
    return Source(str(pages[0]), pages[0])


def _reading(file: Path) -> dict[str, Any]:
    try:
        reading = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"{file}: not found; a page's reading stands beside it") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{file}: not JSON in UTF-8; write it anew") from error
    if not isinstance(reading, dict) or not isinstance(reading.get("articles"), list):
        raise DataError(f'{file}: not a reading: an object with "articles" is wanted, see docs/sources.md')
    faults = [f"{file}: article {n}: {fault}" for n, one in enumerate(reading["articles"], 1) for fault in _faults(one)]
    if faults:
        raise DataError(*faults)
    return reading | {"articles": [OPTIONAL | article for article in reading["articles"]]}


def _faults(article: Any) -> list[str]:
    if not isinstance(article, dict):
        return ["not an object"]
    faults = [f'"{key}" is missing or of another kind' for key, kind in NEEDED.items() if not _is(article, key, kind)]
    credits = article.get("byline")
    if isinstance(credits, list) and not all(isinstance(c, dict) and {"role", "name"} <= c.keys() for c in credits):
        faults.append('"byline" wants {"role", "name"} for each person')
    return faults


def _is(article: dict[str, Any], key: str, kind: Any) -> bool:
    return key in article and isinstance(article[key], kind)


def measure(samples: Sequence[Sample]) -> dict[str, Counter[str]]:
    """Counts by page (pipeline.pages.score), each page read anew; `OVERALL` holds their sum.

    A file with several pages (a PDF) is measured as one.
    """
    counts: dict[str, Counter[str]] = {}
    for sample in samples:
        articles = [article for page in read_pages(sample.source) for article in read_articles(page).articles]
        counts[sample.name] = score(sample.reading, articles)
    return counts | {OVERALL: sum(counts.values(), Counter[str]())}


def as_dict(counts: dict[str, Counter[str]]) -> dict[str, Any]:
    """All counts and shares, for JSON."""
    return {name: dict(sorted(one.items())) | {"shares": summary(one)} for name, one in counts.items()}


def table(counts: dict[str, Counter[str]]) -> Table:
    """A line for each page and one for all."""
    out = Table(title="Pages read, as a careful person reads them", box=SIMPLE, collapse_padding=True, pad_edge=False)
    out.add_column("page", no_wrap=True)
    for column in ("articles", *COLUMNS, "char F1", "foreign"):
        out.add_column(column, justify="right")
    for name, one in counts.items():
        if name == OVERALL:
            out.add_section()
        shares = summary(one)
        cells = [str(one[column]) for column in ("articles", *COLUMNS)]
        out.add_row(name, *cells, f"{shares['characters_f1']:.3f}", str(one["foreign"]))
    shares = summary(counts[OVERALL])
    out.add_row("share", "", "", *(f"{shares[column]:.3f}" for column in COLUMNS), "", "")
    return out
