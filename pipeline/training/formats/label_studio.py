"""Label Studio's JSON (https://labelstud.io/guide/task_format): tasks with labelled regions and relations.

Annotated records become tasks with an annotation, predicted ones (with scores) tasks with a prediction.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.files import open_output
from pipeline.records import Record
from pipeline.training.formats.check import Raw
from pipeline.training.formats.notes import Notes
from pipeline.training.formats.text import read_text

GAP = re.compile(r"\s*,?\s*")
FROM, TO = "label", "text"
"""Names of the `Labels` and `Text` tags of the labelling interface (docs/formats.md)."""


def parse_label_studio(path: Path, notes: Notes) -> Iterator[Raw]:
    """The tasks of an export or import file that hold an annotation or, failing that, a prediction."""
    for number, task in _tasks(path, notes):
        try:
            raw = _task(task, path, number, notes)
        except (KeyError, TypeError, AttributeError) as error:
            problem = f"no Label Studio task ({type(error).__name__}: {error}); export it again as JSON"
            notes.fault(f"{path}:{number}", problem)
        else:
            if raw:
                yield raw


def write_label_studio(records: Sequence[Record], path: Path, notes: Notes) -> None:
    """Write tasks to import. Scores of relations are lost."""
    with open_output(path) as file:
        json.dump([_written(record) for record in records], file, ensure_ascii=False, indent=1)
        file.write("\n")
    lost = sum(r.score is not None for record in records for r in record.relations)
    notes.lose("scores of relations (Label Studio keeps those of regions alone)", lost)


def _written(record: Record) -> dict[str, Any]:
    regions = [
        {"id": e.id, "from_name": FROM, "to_name": TO, "type": "labels"}
        | {"value": {"start": e.start, "end": e.end, "text": e.text, "labels": [e.label]}}
        | ({} if e.score is None else {"score": e.score})
        for e in record.entities
    ]
    kinds: dict[tuple[str, str], list[str]] = {}
    for r in record.relations:
        kinds.setdefault((r.head, r.tail), []).append(r.type)
    arcs = [
        {"type": "relation", "from_id": head, "to_id": tail, "direction": "right", "labels": labels}
        for (head, tail), labels in kinds.items()
    ]
    scores = [e.score for e in record.entities if e.score is not None]
    result: dict[str, Any] = {"result": [*regions, *arcs]}
    data = {"data": {"id": record.id, TO: record.text}}
    if scores:
        return data | {"predictions": [{"model_version": "guanxi", "score": min(scores)} | result]}
    return data | {"annotations": [result]}


def _tasks(path: Path, notes: Notes) -> Iterator[tuple[int, Any]]:
    """(line, value) of each task of a JSON list, so that faults can be found in the file."""
    text = read_text(path, notes)
    decoder = json.JSONDecoder()
    at, number, seen = _skip(text, 0), 1, 0
    closing = "]" if text[at : at + 1] == "[" else ""
    at = _skip(text, at + len(closing))
    while text[at : at + 1] != closing:
        number, seen = number + text.count("\n", seen, at), at
        try:
            task, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            number = error.lineno if isinstance(error, json.JSONDecodeError) else number
            notes.fault(f"{path}:{number}", f"not JSON ({error}); export the file again")
            return
        yield number, task
        at = _skip(text, at)


def _skip(text: str, at: int) -> int:
    """The offset of the next value: past white space and a comma."""
    match = GAP.match(text, at)
    return match.end() if match else at


def _task(task: Any, path: Path, number: int, notes: Notes) -> Raw | None:
    """A task as a record; None, with a note, when it holds none."""
    if "data" not in task:
        problem = "no data: this may be JSON-MIN, which holds no relations; export as JSON instead"
        notes.fault(f"{path}:{number}", problem)
        return None
    name = str(task["data"].get("id", task.get("id", number)))
    text = _text(task["data"])
    if text is None:
        notes.fault(f"{path}:{number}", f"task {name!r}: which field is the text? name it 'text' in data")
    result = _result(task, f"{path}:{number}: task {name!r}", notes)
    if text is None or result is None:
        return None
    raw = Raw({"id": name, "text": text, "entities": [], "relations": []}, path, number)
    for item in result:
        _read_item(raw, item, notes)
    return raw


def _text(data: dict[str, Any]) -> str | None:
    """The text of a task: the field `text`, or the only one that can be."""
    texts = [value for key, value in data.items() if key != "id" and isinstance(value, str)]
    text = data.get(TO, texts[0] if len(texts) == 1 else None)
    return text if isinstance(text, str) else None


def _result(task: dict[str, Any], where: str, notes: Notes) -> list[dict[str, Any]] | None:
    """Regions and relations of the one annotation, or of the one prediction where nobody has annotated."""
    done = [a for a in task.get("annotations", task.get("completions", [])) if not a.get("was_cancelled")]
    guesses = task.get("predictions", [])
    chosen = done or guesses
    if not chosen:
        notes.lose("tasks without annotation or prediction")
        return None
    if len(chosen) > 1:
        notes.faults.append(f"{where} has {len(chosen)} {'annotations' if done else 'predictions'}; keep one")
        return None
    notes.lose("predictions beside annotations", len(guesses) if done else 0)
    result: list[dict[str, Any]] = chosen[0]["result"]
    return result


def _read_item(raw: Raw, item: dict[str, Any], notes: Notes) -> None:
    if item["type"] == "relation":
        _read_relation(raw, item, notes)
    elif item["type"] in ("labels", "hypertextlabels"):
        _read_region(raw, item, notes)
    else:
        notes.lose(f"results of type {item['type']!r} of Label Studio")


def _read_region(raw: Raw, item: dict[str, Any], notes: Notes) -> None:
    value = item["value"]
    place = value.get("globalOffsets", value)
    labels = value.get(item["type"], value.get("labels", []))
    if len(labels) != 1:
        problem = f"record {raw.data['id']!r}: span {item['id']!r} has {len(labels)} labels; give it one"
        notes.fault(raw.where(), problem)
        return
    start, end = place["start"], place["end"]
    span = {"id": item["id"], "label": labels[0], "start": start, "end": end}
    score = {"score": item["score"]} if item.get("score") is not None else {}
    printed = value.get("text", raw.data["text"][max(0, start) : end])
    raw.data["entities"].append(span | {"text": printed} | score)


def _read_relation(raw: Raw, item: dict[str, Any], notes: Notes) -> None:
    name = f"record {raw.data['id']!r}: relation {item['from_id']} to {item['to_id']}"
    ends = {"right": (item["from_id"], item["to_id"]), "left": (item["to_id"], item["from_id"])}
    direction = item.get("direction", "right")
    if direction not in ends:
        notes.fault(raw.where(), f"{name} goes both ways; give it one direction")
    elif not item.get("labels"):
        notes.fault(raw.where(), f"{name} has no label; give it one or remove it")
    else:
        head, tail = ends[direction]
        raw.data["relations"] += [{"type": kind, "head": head, "tail": tail} for kind in item["labels"]]
