"""Archives: zip, tar, gzip and what is nested in them, unpacked in memory within bounds; nothing is written to disk."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.errors import InputError
from pipeline.sources.inputs import LIMIT, TAKEN, Source, hidden, named

ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz"})
MEMBERS = 10_000
DEEPEST = 3
RATIO = 200
"""How many times its packed size a member of more than a megabyte may have; text packs some 5 times, zeros 1,000."""
DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError,
    NotImplementedError, ValueError, struct.error, KeyError, IndexError, OverflowError,
)  # fmt: skip
"""What the standard library raises on archives that are damaged, locked or in an unknown compression."""


@dataclass(slots=True)
class Allowance:
    """What an archive with all that is nested in it may still unpack."""

    name: str
    size: int = LIMIT
    members: int = MEMBERS

    def take(self, size: int, packed: int) -> None:
        """Uses up one member. Raises InputError when the archive asks for too much."""
        self.size -= size
        self.members -= 1
        if size > 2**20 and size > RATIO * max(packed, 1):
            raise InputError(f"{self.name}: unpacks to more than {RATIO} times its size, as a zip bomb; not read")
        if self.size < 0:
            raise InputError(f"{self.name}: unpacks to more than {LIMIT >> 20} MB; split it into issues")
        if self.members < 0:
            raise InputError(f"{self.name}: more than {MEMBERS} files; split it into issues")


def is_archive(source: Source) -> bool:
    """Whether the name says that a source is an archive."""
    return source.suffix in ARCHIVES


def expand(inputs: Sequence[str]) -> Iterator[Source]:
    """The sources that `inputs` name (see `named`), with the files of an archive in its place.

    An archive that cannot be unpacked is a source that says so when it is read, after the files that could be.
    """
    for source in named(inputs):
        if not is_archive(source):
            yield source
            continue
        try:
            yield from unpack(source)
        except InputError as error:
            yield Source(source.name, failure=str(error).removeprefix(f"{source.name}: "))


def unpack(source: Source) -> Iterator[Source]:
    """The files in an archive that can hold pages, as sources named `archive/member`.

    Raises InputError when the archive is damaged, locked by a password, empty of pages, or too large unpacked.
    """
    empty = True
    for member in _unpack(source, Allowance(source.name), 0):
        empty = False
        yield member
    if empty:
        raise InputError(f"{source.name}: no file in it can hold pages; give text, HTML, PDF, DOCX or image files")


def check_zip(source: Source) -> None:
    """Raises InputError when a zip package (a Word file) is damaged or would unpack to too much."""
    allowance = Allowance(source.name)
    try:
        with _zip(source) as archive:
            for info in archive.infolist():
                allowance.take(info.file_size, info.compress_size)
    except DAMAGE as error:
        raise _damaged(source.name) from error


def _unpack(source: Source, allowance: Allowance, depth: int) -> Iterator[Source]:
    if depth >= DEEPEST:
        raise InputError(f"{source.name}: archives nested more than {DEEPEST} deep; unpack it first")
    members = _members(source, allowance)
    while True:
        try:
            member = next(members, None)
        except DAMAGE as error:
            raise _damaged(source.name) from error
        if member is None:
            return
        if is_archive(member):
            yield from _unpack(member, allowance, depth + 1)
        else:
            yield member


def _damaged(name: str) -> InputError:
    return InputError(f"{name}: a damaged or locked archive; pack it again, without a password")


def _members(source: Source, allowance: Allowance) -> Iterator[Source]:
    data = source.data
    if data.startswith(b"PK"):
        yield from _zip_members(source, allowance)
    elif data.startswith(b"\x1f\x8b"):
        yield from _gzip_member(source, allowance)
    else:
        yield from _tar_members(source, allowance)


def _zip(source: Source) -> zipfile.ZipFile:
    if source.data.count(b"PK\1\2") > MEMBERS:
        raise InputError(f"{source.name}: more than {MEMBERS} files; split it into issues")
    return zipfile.ZipFile(io.BytesIO(source.data))


def _zip_members(source: Source, allowance: Allowance) -> Iterator[Source]:
    with _zip(source) as archive:
        for info in archive.infolist():
            name = _member_name(info)
            if _wanted(name) and not info.is_dir():
                allowance.take(info.file_size, info.compress_size)
                with archive.open(info) as file:
                    yield Source(f"{source.name}/{name}", content=file.read(info.file_size))


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name in UTF-8 where the archive says so, else in the encoding of Chinese Windows."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return raw.decode(encoding)
    return info.filename


def _gzip_member(source: Source, allowance: Allowance) -> Iterator[Source]:
    with gzip.GzipFile(fileobj=io.BytesIO(source.data)) as file:
        data = file.read(max(allowance.size, 0) + 1)
    allowance.take(len(data), len(source.data))
    stem = source.name[: -len(source.suffix)] if source.suffix in ARCHIVES else source.name
    packed = source.suffix == ".tgz" or data[257:262] == b"ustar"
    yield Source(stem + ".tar" if packed and not stem.endswith(".tar") else stem, content=data)


def _tar_members(source: Source, allowance: Allowance) -> Iterator[Source]:
    with tarfile.open(fileobj=io.BytesIO(source.data), mode="r:") as archive:
        for info in archive:
            if info.isreg() and not info.issparse() and _wanted(info.name):
                allowance.take(info.size, info.size)
                file = archive.extractfile(info)
                if file is not None:
                    yield Source(f"{source.name}/{info.name}", content=file.read())


def _wanted(name: str) -> bool:
    """Whether a member can hold pages."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.suffix.lower() in TAKEN and not hidden(path)
