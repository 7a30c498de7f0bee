"""JSON Lines `{"id", "text"}`, each line a page of body text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pipeline.errors import InputError
from pipeline.files import passage
from pipeline.records import Block, Page
from pipeline.sources.inputs import LeftOutError, Source
from pipeline.sources.text import decode, page_of


def read_lines(source: Source) -> Iterator[Page]:
    """A page for each line that can be read; its name is the file's with the line's id. Then LeftOutError if others cannot.

    Raises InputError that names the first line when none can be read.
    """
    faults: dict[str, list[int]] = defaultdict(list)
    empty = True
    for number, line in enumerate(decode(source.data, source.name).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{source.name}:{number}"
        try:
            page = _page(line, where, source.name)
        except InputError as error:
            faults[str(error).removeprefix(f"{where}: ")].append(number)
        else:
            empty = False
            yield page
    if empty and faults:
        fault, numbers = next(iter(faults.items()))
        raise InputError(f"{source.name}:{numbers[0]}: {fault}")
    if faults:
        raise LeftOutError.of(source.name, "line", faults)


def _page(line: str, where: str, name: str) -> Page:
    key, text = passage(line, where)
    page = page_of(f"{name}#{key}", text)
    page.blocks.append(Block(0, len(page.text), "body", 0))
    return page
