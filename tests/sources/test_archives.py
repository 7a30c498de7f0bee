"""Archives give their files as sources; bombs and damage end in one line."""

import gzip
import io
import tarfile
import zipfile

import pytest

from pipeline.errors import InputError
from pipeline.sources import Source, expand, read_pages

PAGES = {"要闻/第1版.txt": "区委书记宋子刚调研。".encode(), "2.htm": "区长秦军出席。".encode("gb18030")}


def zipped(files, **options):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(files, mode="w"):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(PAGES)),
        ("a.tar", tarred(PAGES)),
        ("a.tgz", tarred(PAGES, "w:gz")),
        ("a.tar.gz", tarred(PAGES, "w:gz")),
        ("a.zip", zipped({**PAGES, ".hidden.txt": b"no", "__MACOSX/1.txt": b"no", "x.exe": b"no"})),
    ],
)
def test_members_are_sources(name, data, tmp_path):
    (tmp_path / name).write_bytes(data)
    found = {s.name.removeprefix(f"{tmp_path}/").split("/", 1)[1]: s.data for s in expand([str(tmp_path)])}
    assert found == PAGES


def test_names_of_chinese_windows():
    data = zipped({"AAAA.txt": b"text"}).replace(b"AAAA", "要闻".encode("gbk"))
    (page,) = read_pages(Source("a.zip", content=data))
    assert page.source == "a.zip/要闻.txt"


def test_archives_in_archives():
    data = zipped({"in.tar": tarred({"1.txt.gz": gzip.compress(b"text")})})
    (page,) = read_pages(Source("a.zip", content=data))
    assert page.source == "a.zip/in.tar/1.txt"


def nested(depth):
    data = PAGES["2.htm"]
    for _ in range(depth):
        data = zipped({"a.zip" if data[:2] == b"PK" else "1.txt": data})
    return data


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.zip", zipped({"1.txt": bytes(10**7)}), "bomb"),
        ("a.gz", gzip.compress(bytes(10**7)), "bomb"),
        ("a.docx", zipped({"word/document.xml": bytes(10**7)}), "bomb"),
        ("a.zip", nested(6), "nested"),
        ("a.zip", zipped({"1.exe": b"x"}), "no file in it"),
        ("a.zip", zipped(PAGES)[:100], "damaged"),
        ("a.tar", b"text" * 300, "damaged"),
        ("a.zip", zipped({f"{n}.txt": b"" for n in range(10_001)}), "10000 files"),
    ],
)
def test_bombs_and_damage_end_in_one_line(name, data, says, tmp_path):
    with pytest.raises(InputError, match=says) as caught:
        list(read_pages(Source(name, content=data)))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    (tmp_path / name).write_bytes(data)
    *_, last = expand([str(tmp_path / name)])
    with pytest.raises(InputError, match=says):
        list(read_pages(last))
