"""`graph.jsonl` and `articles.jsonl` beside a store, brought up to date.

The lines stand in the order of their keys. The store notes the keys of the lines that have changed since a file was
written (`watch.sql`), so that one more issue is put between the lines of a large graph, and all others are copied
as they stand. A file that was never written, or that somebody else has touched, is written anew.
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from pipeline.files import open_output
from pipeline.graph.store import Item, Store, dumps

MANY = 50_000
"""Changed lines from which on a file is written anew."""
STEP = 1 << 15
"""Bytes that are skipped first when a line is looked for."""
Key = tuple[Any, ...]
"""What a line is sorted by."""


class Kind(NamedTuple):
    """A kind of file: all its lines in order, the line of a key that the store has now, the key of a line's object."""

    lines: Callable[[Store], Iterator[str]]
    line: Callable[[Store, Key], str | None]
    key: Callable[[dict[str, Any]], Key]


def bring_up_to_date(store: Store, folder: Path) -> None:
    """Let `graph.jsonl` and `articles.jsonl` in a folder hold what the store holds; each appears when it is whole."""
    store.watch()
    for name, kind in KINDS.items():
        path = folder / name
        keys = _changes(store, path)
        if keys is None or len(keys) > MANY:
            with open_output(path) as file:
                file.writelines(kind.lines(store))
        elif keys:
            changes = ((key, kind.line(store, key)) for key in keys)
            with open_output(path) as file, path.open("rb") as old:
                splice(old, changes, kind.key, file.buffer)  # type: ignore[attr-defined]
        _note(store, path)


def graph_lines(store: Store) -> Iterator[str]:
    """The lines of `graph.jsonl`, in an order that depends on what they say alone."""
    return map(_line, store.items())


def splice(
    old: IO[bytes], changes: Iterable[tuple[Key, str | None]], key_of: Callable[[dict[str, Any]], Key], out: IO[bytes]
) -> None:
    """Write the lines of `old`, which stand in the order of their keys, with some changed, added or taken out (None).

    `changes` stand in the order of their keys too; `key_of` tells the key of a line's object.
    """
    with mmap.mmap(old.fileno(), 0, access=mmap.ACCESS_READ) as text, memoryview(text) as view:
        at = 0
        for key, line in changes:
            start, end = _find(text, key, key_of, at)
            out.write(view[at:start])
            out.write((line or "").encode("utf-8"))
            at = end
        out.write(view[at:])


def _find(text: mmap.mmap, key: Key, key_of: Callable[[dict[str, Any]], Key], low: int) -> tuple[int, int]:
    """Where the line with a key begins and ends; where it would stand, twice, if there is none.

    Looks in steps that double from `low`, for changes stand close, then halves the stretch that is left.
    """
    high, step = len(text), STEP
    while low < high:
        middle = low + step if step and low + step < high else (low + high) // 2
        start = text.rfind(b"\n", low, middle) + 1 or low
        end = text.find(b"\n", start) + 1
        found = key_of(json.loads(text[start:end]))
        if found == key:
            return start, end
        low, high, step = (end, high, step * 2) if found < key else (low, start, 0)
    return low, low


def _changes(store: Store, path: Path) -> list[Key] | None:
    """The keys of the lines that changed since a file was written; None where it is not the file that was written."""
    query = "SELECT size, modified FROM written WHERE file = ?"
    if (
        not path.is_file()
        or not path.stat().st_size
        or store.db.execute(query, (path.name,)).fetchone() != _stamp(path)
    ):
        return None
    query = "SELECT a, b, c, d, id FROM changed WHERE file = ? ORDER BY a, b, c, d, id"
    return store.db.execute(query, (path.name,)).fetchall()


def _note(store: Store, path: Path) -> None:
    """Note that a file holds what the store holds."""
    with store.transaction():
        store.db.execute("INSERT OR REPLACE INTO written VALUES (?, ?, ?)", (path.name, *_stamp(path)))
        store.db.execute("DELETE FROM changed WHERE file = ?", (path.name,))


def _stamp(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _graph_line(store: Store, key: Key) -> str | None:
    item = store.edge(key[-1]) if key[0] else store.node(key[-1])
    return _line(item) if item else None


def _graph_key(item: dict[str, Any]) -> Key:
    if item["type"] == "node":
        return 0, item["labels"][0], "", "", item["id"]
    return 1, item["label"], item["start"]["labels"][0], item["end"]["labels"][0], item["id"]


def _article_line(store: Store, key: Key) -> str | None:
    record = store.record(key[-1])
    return record and record + "\n"


def _article_key(item: dict[str, Any]) -> Key:
    return item["source"], re.sub(r"[0-9]*$", "", item["id"]), len(item["id"]), "", item["id"]


def _line(item: Item) -> str:
    return dumps(item) + "\n"


KINDS = {
    "graph.jsonl": Kind(graph_lines, _graph_line, _graph_key),
    "articles.jsonl": Kind(lambda store: (line + "\n" for line in store.records()), _article_line, _article_key),
}
