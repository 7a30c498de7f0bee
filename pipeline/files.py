"""Files as the commands read and write them: streams, whole files, JSON Lines."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import InputError

SURROGATES = re.compile("[\ud800-\udfff]")


@contextmanager
def open_output(target: str | Path) -> Iterator[IO[str]]:
    """A text file to write that appears under its name only when all is written; `-` is standard output.

    Raises InputError when the folder cannot be written to.
    """
    if str(target) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    path = Path(target)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from error
    scratch = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
        scratch.chmod(0o644)
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({error.strerror}); make room or choose another place") from error
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def read_passages(source: str) -> Iterator[tuple[str, str]]:
    """(id, text) of each line of a JSON Lines file, `-` for standard input; other fields are passed over.

    Raises InputError that names the file and line of the first line that is not such an object.
    """
    try:
        file = sys.stdin.buffer if source == "-" else Path(source).open("rb")
    except OSError as error:
        raise InputError(
            f"{source}: cannot be read ({error.strerror}); give a JSON Lines file, or read pages with guanxi run"
        ) from error
    with file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield passage(line, f"{source}:{number}")


def passage(line: bytes | str, where: str) -> tuple[str, str]:
    """(id, text) of one line of JSON Lines. Raises InputError that begins with `where` when it is no such object."""
    try:
        data = json.loads(line if isinstance(line, str) else line.decode("utf-8-sig"))
        name, text = data["id"], data["text"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f'{where}: not a JSON object with "id" and "text" in UTF-8; mend or remove this line'
        ) from error
    if not isinstance(text, str):
        raise InputError(f'{where}: "text" is not a string; mend or remove this line')
    return without_surrogates(str(name)), without_surrogates(text)


def without_surrogates(text: str) -> str:
    """Lone surrogates, which JSON can tell and UTF-8 cannot, as U+FFFD; offsets stay."""
    return SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
