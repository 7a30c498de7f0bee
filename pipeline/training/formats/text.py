"""Text files of annotations: UTF-8 and one kind of line end, or faults that say where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DataError
from pipeline.training.formats.notes import Notes


def read_lines(path: Path, notes: Notes) -> Iterator[tuple[int, str]]:
    """(number, line without its end) of each line of a file.

    Notes where line ends begin to mix. Raises DataError when the file cannot be read or a line is not UTF-8.
    """
    kind: bytes | None = None
    mixed = False
    for number, data in enumerate(read_bytes(path).splitlines(keepends=True), 1):
        line, end = _cut(data)
        kind = kind or end
        if not mixed and end not in (kind, b""):
            names = {b"\n": "\\n", b"\r\n": "\\r\\n", b"\r": "\\r"}
            problem = f"line ends are mixed, {names[end]} after {names[kind]}; save the file with \\n line ends only"
            notes.fault(f"{path}:{number}", problem)
            mixed = True
        yield number, _decoded(line, f"{path}:{number}", number)


def read_text(path: Path, notes: Notes) -> str:
    r"""The whole text with `\n` for line ends; notes and raises what `read_lines` does."""
    return "\n".join(line for _, line in read_lines(path, notes))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises DataError when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the name") from error


def _decoded(line: bytes, where: str, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{where}: not UTF-8 ({error.reason}); save the file as UTF-8") from error


def _cut(data: bytes) -> tuple[bytes, bytes]:
    for end in (b"\r\n", b"\n", b"\r"):
        if data.endswith(end):
            return data[: -len(end)], end
    return data, b""
