"""Disks that are full or cannot be written, files that change, runs that meet: a clear line, and nothing half-written."""

import errno
import os
import resource
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from pipeline import files
from pipeline.errors import InputError
from pipeline.sources import Source, read_pages

COMMAND = [sys.executable, "-c", "from pipeline.cli import app; app()", "run"]
FILES = ("graph.jsonl", "articles.jsonl", "report.html")


def said(result):
    lines = (result.stdout + result.stderr).splitlines()
    assert not any("Traceback" in line for line in lines), result.stderr
    return "\n".join(line for line in lines if line.startswith("guanxi:"))


def test_a_full_disk_is_told_and_the_next_run_makes_it_whole(seeds, tmp_path):
    page, whole = seeds / "pages" / "page-1.txt", tmp_path / "whole"
    subprocess.run([*COMMAND, str(page), "--out", str(whole)], check=True, capture_output=True)
    largest = max(path.stat().st_size for path in whole.iterdir())
    for limit in (40_000, largest - 1):
        out = tmp_path / str(limit)
        full = subprocess.run(
            [*COMMAND, str(page), "--out", str(out)],
            check=False, capture_output=True, text=True,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )  # fmt: skip
        assert full.returncode == 1
        assert "choose another" in said(full)
        assert not (out / "manifest.json").exists()
        subprocess.run([*COMMAND, str(page), "--out", str(out)], check=True, capture_output=True)
        assert [(out / name).read_bytes() for name in FILES] == [(whole / name).read_bytes() for name in FILES]
        assert {path.name for path in out.iterdir()} == {path.name for path in whole.iterdir()}


def test_a_file_that_cannot_be_written_whole_is_not_there(tmp_path, monkeypatch):
    path = tmp_path / "records.jsonl"
    path.write_text("before", encoding="utf-8")
    full = pytest.raises(InputError, match=r"records\.jsonl: cannot be written \(No space left on device\)")
    with full, files.open_output(path) as file:
        file.write("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert [p.name for p in tmp_path.iterdir()] == ["records.jsonl"]
    assert path.read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("out", ["/sys/guanxi", "page-1.txt/out", "page-1.txt"])
def test_a_folder_that_cannot_be_written_is_told(out, seeds, guanxi):
    result = guanxi("run", seeds / "pages" / "page-1.txt", "--out", seeds / "pages" / out)
    assert result.exit_code == 1
    assert "cannot be written" in said(result)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_run_that_may_only_be_read_is_told(seeds, tmp_path, guanxi):
    guanxi("run", seeds / "pages" / "page-1.txt", "--out", tmp_path / "out")
    tmp_path.joinpath("out").chmod(0o500)
    result = guanxi("run", seeds / "pages" / "page-2.txt", "--out", tmp_path / "out")
    tmp_path.joinpath("out").chmod(0o700)
    assert result.exit_code == 1
    assert "cannot be" in said(result)


@pytest.mark.parametrize(
    ("option", "value", "remedy"),
    [
        ("--date", "2024/03/07", "2024-03-07"),
        ("--date", "20240307", "2024-03-07"),
        ("--home", "云梦城", "云梦县"),
    ],
)
def test_a_date_or_home_that_says_nothing_is_told_once_before_anything_is_read(
    option, value, remedy, seeds, tmp_path, guanxi
):
    result = guanxi("run", seeds / "pages", "--out", tmp_path / "out", option, value)
    assert result.exit_code == 1
    assert value in said(result)
    assert remedy in said(result)
    assert not (tmp_path / "out").exists()


def test_a_damaged_run_is_not_merged(seeds, tmp_path, guanxi):
    guanxi("run", seeds / "pages" / "page-1.txt", "--out", tmp_path / "run")
    (tmp_path / "run" / "guanxi.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    result = guanxi("graph", "merge", tmp_path / "run", "--out", tmp_path / "merged")
    assert result.exit_code == 1
    assert "guanxi.db" in said(result)
    assert not (tmp_path / "merged").exists()


def test_a_second_run_into_one_folder_is_refused(seeds, tmp_path, guanxi):
    with FileLock(tmp_path / ".lock"):
        result = guanxi("run", seeds / "pages" / "page-1.txt", "--out", tmp_path)
    assert result.exit_code == 1
    assert "another run is writing here; wait for it" in said(result)
    assert not (tmp_path / "guanxi.db").exists()


def test_a_file_that_changes_while_it_is_read_is_told_and_the_rest_is_read(seeds, tmp_path, guanxi, monkeypatch):
    changing = tmp_path / "changing.txt"
    shutil.copy(seeds / "pages" / "page-1.txt", changing)
    fstat, calls = os.fstat, []

    def growing(number):
        found = fstat(number)
        if Path(f"/proc/self/fd/{number}").resolve() == changing.resolve() and not calls:
            calls.append(number)
            with changing.open("a", encoding="utf-8") as file:
                file.write("又来一行。\n")
        return found

    monkeypatch.setattr("pipeline.sources.inputs.os.fstat", growing)
    result = guanxi("run", changing, seeds / "pages" / "page-2.txt", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "changing.txt: changed while it was read" in said(result)
    assert (tmp_path / "out" / "articles.jsonl").stat().st_size


def test_what_was_hashed_is_what_is_read(seeds, tmp_path):
    path = tmp_path / "page.txt"
    shutil.copy(seeds / "pages" / "page-1.txt", path)
    source = Source(str(path), path)
    digest = source.digest
    path.write_text("另一页的字。\n" * 20, encoding="utf-8")
    assert "另一页" not in "".join(page.text for page in read_pages(source))
    assert source.digest == digest


def test_a_pipe_is_read(seeds, tmp_path, guanxi):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    text = (seeds / "pages" / "page-1.txt").read_bytes()
    threading.Thread(target=pipe.write_bytes, args=(text,), daemon=True).start()
    assert guanxi("pages", pipe, "-o", tmp_path / "out.jsonl").exit_code == 0


def test_no_member_of_an_archive_is_written_anywhere(seeds, tmp_path, guanxi):
    import zipfile

    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    with zipfile.ZipFile(inside / "evil.zip", "w") as archive:
        for name in ("../../evil.txt", "/tmp/guanxi-evil.txt", "C:\\evil.txt", "ok.txt"):
            archive.write(seeds / "pages" / "page-1.txt", name)
    assert guanxi("run", inside / "evil.zip", "--out", inside / "out").exit_code == 0
    assert sorted(path.name for path in tmp_path.rglob("*evil*")) == ["evil.zip"]
    assert not Path("/tmp/guanxi-evil.txt").exists()
