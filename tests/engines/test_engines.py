"""The same run however it is done: in several processes, killed and begun again, with a process that dies."""

import contextlib
import gc
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from pipeline.engines.pool import read_in_pool
from pipeline.engines.source import Context
from pipeline.sources import Source

COMMAND = [sys.executable, "-c", "from pipeline.cli import app; app()", "run"]
FILES = ("graph.jsonl", "articles.jsonl", "report.html")


@pytest.fixture(scope="module")
def pages(tmp_path_factory, seeds):
    folder = tmp_path_factory.mktemp("pages")
    for path in sorted((seeds / "pages").glob("page-*.txt")):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def unbroken(pages, tmp_path_factory):
    out = tmp_path_factory.mktemp("unbroken")
    subprocess.run([*COMMAND, str(pages), "--out", str(out)], check=True, capture_output=True)
    return contents(out)


def contents(out):
    return {name: (out / name).read_bytes() for name in FILES}


def test_two_processes_write_what_one_writes(pages, unbroken, tmp_path):
    subprocess.run([*COMMAND, str(pages), "--out", str(tmp_path), "--jobs", "2"], check=True, capture_output=True)
    assert contents(tmp_path) == unbroken


@pytest.mark.parametrize("kills", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_a_killed_run_goes_on_without_loss_or_doubles(kills, pages, unbroken, tmp_path):
    chance = random.Random(kills)
    for _ in range(kills):
        process = subprocess.Popen(
            [*COMMAND, str(pages), "--out", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.8, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run([*COMMAND, str(pages), "--out", str(tmp_path)], check=True, capture_output=True)
    assert contents(tmp_path) == unbroken


class Deadly(Source):
    """Ends the process that receives it."""

    def __reduce__(self):
        return os._exit, (1,)


def test_a_process_that_dies_takes_only_its_source_with_it(pages):
    good = Source(str(pages / "page-1.txt"), content=(pages / "page-1.txt").read_bytes())
    outcomes = {
        source.name: outcome
        for source, outcome in read_in_pool(
            [good, Deadly("deadly.txt", content=b"x"), good], Context(), "zh_guanxi_sm", 2
        )
    }
    assert "deadly.txt: the process that read it died" in outcomes["deadly.txt"].reason
    assert outcomes[good.name].articles


@pytest.fixture(scope="module")
def many(pages, tmp_path_factory):
    """More sources than one part of the cluster's work holds, with a faulty one, an archive and a page given twice."""
    folder = tmp_path_factory.mktemp("many")
    text = "沙市区区长秦军主持召开会议。\n本报讯 3月{}日，区委书记何文到岑河镇调研。\n"
    for number in range(1, 60):
        (folder / f"{number:02}.txt").write_text(text.format(number % 28 + 1) + f"第{number}期\n", encoding="utf-8")
    (folder / "faulty.txt").write_bytes(bytes(range(256)) * 40)
    shutil.copy(folder / "01.txt", folder / "twice.txt")
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        archive.write(next(pages.glob("*.txt")), "page.txt")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("kill", [False, True])
def test_a_cluster_writes_what_one_process_writes(kill, many, tmp_path):
    pytest.importorskip("ray")
    subprocess.run([*COMMAND, str(many), "--out", str(tmp_path / "one")], check=False, capture_output=True)
    process = subprocess.Popen(
        [*COMMAND, str(many), "--out", str(tmp_path / "ray"), "--engine", "ray", "--jobs", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if kill:
        kill_a_worker(process.pid)
    assert process.wait() == 1  # the faulty page
    assert contents(tmp_path / "ray") == contents(tmp_path / "one")
    assert not (tmp_path / "ray" / ".parts").exists()
    one, ray = (json.loads((tmp_path / name / "manifest.json").read_text("utf-8")) for name in ("one", "ray"))
    assert all(one[key] == ray[key] for key in ("inputs", "counts", "failures", "told", "model"))


def kill_a_worker(pid):
    """Kill the first worker of the cluster of a process that reads."""
    psutil = pytest.importorskip("psutil")
    while psutil.pid_exists(pid):
        for child in psutil.Process(pid).children(recursive=True):
            if any("Reader.read" in word for word in child.cmdline()):
                child.kill()
                return
        time.sleep(0.2)
    pytest.fail("no worker was seen")


def test_a_source_that_kills_workers_is_left_out(nlp, pages, tmp_path):
    pytest.importorskip("ray")
    from pipeline.engines.cluster import Reader

    reader = object.__new__(Reader.__ray_metadata__.modified_class)
    reader.nlp = nlp
    target = tmp_path / "00000000.db"
    target.with_suffix(".reading").write_text("deadly.txt\ndeadly.txt\n", encoding="utf-8")
    good = Source(str(pages / "page-1.txt"), pages / "page-1.txt")
    read = reader.read([Source("deadly.txt", content=b"x"), good], Context(), target)
    assert "deadly.txt: the process that read it died" in read[0][1]
    assert read[1] == (good, None)
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_an_engine_that_is_not_installed_is_named(pages, tmp_path, guanxi, monkeypatch):
    monkeypatch.setitem(sys.modules, "pipeline.engines.cluster", None)
    monkeypatch.setitem(sys.modules, "ray", None)
    result = guanxi("run", pages, "--out", tmp_path, "--engine", "ray")
    assert result.exit_code == 1
    assert "pip install 'guanxi[ray]'" in result.output + result.stderr


def test_a_stopped_run_says_so_and_goes_on(pages, tmp_path, guanxi, monkeypatch):
    @contextlib.contextmanager
    def stopped(*_):
        def step(_):
            raise KeyboardInterrupt

        yield step

    unheard = []
    monkeypatch.setattr(sys, "unraisablehook", unheard.append)
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.cli.progress", stopped)
        result = guanxi("run", pages, "--out", tmp_path / "out")
    gc.collect()
    assert (result.exit_code, unheard) == (130, [])
    assert "guanxi: stopped" in result.stderr
    assert guanxi("run", pages, "--out", tmp_path / "out").exit_code == 0
    assert guanxi("run", pages, "--out", tmp_path / "whole").exit_code == 0
    assert (tmp_path / "out" / "graph.jsonl").read_bytes() == (tmp_path / "whole" / "graph.jsonl").read_bytes()
