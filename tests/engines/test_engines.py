"""The same run however it is done: in several processes, killed and begun again, with a process that dies."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

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
