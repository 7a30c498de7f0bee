"""Text files of annotations: UTF-8 and one kind of line end, or an error that says where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import DataError


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(number, line without its end) of each line of a file.

    Raises DataError when the file is missing, is not UTF-8, or mixes line ends.
    """
    kind: bytes | None = None
    try:
        with Path(path).open("rb") as file:
            for number, data in enumerate(file, 1):
                line, end = _cut(data)
                kind = kind or end
                if b"\r" in line or end not in (kind, b""):
                    raise DataError(f"{path}:{number}: line ends are mixed; save the file with \\n line ends only")
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}:{number}: not UTF-8 ({error.reason}); save the file as UTF-8") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the name") from error


def read_text(path: Path) -> str:
    r"""The whole text with `\n` for line ends; raises what `read_lines` raises."""
    return "\n".join(line for _, line in read_lines(path))


def _cut(data: bytes) -> tuple[bytes, bytes]:
    for end in (b"\r\n", b"\n"):
        if data.endswith(end):
            return data[: -len(end)], end
    return data, b""
