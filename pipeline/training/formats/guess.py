"""Which format a file has, by its name and, where names are shared, by what stands in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.errors import DataError
from pipeline.training.formats.brat import LINE
from pipeline.training.formats.notes import Notes
from pipeline.training.formats.text import read_lines

SUFFIXES = {
    ".ann": "ann",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".spacy": "docbin",
    ".json": "label-studio",
    ".conll": "bio",
    ".bio": "bio",
    ".iob": "bio",
    ".bioes": "bioes",
    ".bmes": "bioes",
}


def source_format(path: Path) -> str:
    """The format of an input. Raises DataError when neither name nor content tells."""
    if path.is_dir() or (path.suffix == ".txt" and path.with_suffix(".ann").exists()):
        return "brat"
    kind = _by_suffix(path, "--from")
    if kind == "ann" and _is_brat(path):
        return "brat"
    return "doccano" if kind == "jsonl" and _is_doccano(path) else kind


def target_format(path: Path) -> str:
    """The format to write: by suffix; a name without one is a brat folder, `-` records on standard output."""
    if str(path) == "-":
        return "jsonl"
    return "brat" if path.is_dir() or not path.suffix else _by_suffix(path, "--to")


def _by_suffix(path: Path, option: str) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise DataError(f"{path}: the name does not tell the format; say it with {option}")
    return SUFFIXES[path.suffix.lower()]


def _is_brat(path: Path) -> bool:
    """Whether an `.ann` file is standoff: its first line is, or it is empty beside a text."""
    first = next((line for _, line in read_lines(path, Notes()) if line.strip()), None)
    return path.with_suffix(".txt").exists() if first is None else bool(LINE.match(first))


def _is_doccano(path: Path) -> bool:
    """Whether a line holds what only doccano writes; faulty lines are left to the reader."""
    return any(_doccano_line(line) for _, line in read_lines(path, Notes()) if '"label' in line or "_offset" in line)


def _doccano_line(line: str) -> bool:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return False
    if not isinstance(value, dict):
        return False
    entities = value.get("entities")
    spans = entities if isinstance(entities, list) else []
    return "label" in value or "labels" in value or any(isinstance(e, dict) and "start_offset" in e for e in spans)
