"""A training ends in one state or another, whatever its process says and however it ends."""

import sys
import time

import pytest

pytest.importorskip("fastapi")
from pipeline.service import retrain
from pipeline.service.retrain import Training

WARNS = """
import sys
print('{\\n "before": {"acts": 0.5},\\n "after": {"acts": 0.6}\\n}', flush=True)
sys.stderr.buffer.write(b"warning: \\xff\\n")
"""
GOES_ON = """
import sys, time
print("epoch 1", file=sys.stderr, flush=True)
time.sleep(60)
"""


@pytest.fixture
def start(tmp_path, monkeypatch):
    def started(*program):
        monkeypatch.setattr(retrain, "PROGRAM", program)
        training = Training(tmp_path / "training")
        training.start("model", [], [])
        return training

    return started


def until(true):
    end = time.monotonic() + 20
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_warnings_do_not_hide_the_figures(start):
    training = start(sys.executable, "-c", WARNS)
    assert until(lambda: training.state == "trained")
    assert training.figures == {"before": {"acts": 0.5}, "after": {"acts": 0.6}}


def test_a_training_that_was_stopped_says_so(start):
    training = start(sys.executable, "-c", GOES_ON)
    assert until(lambda: "epoch 1" in training.log)
    training.stop()
    assert until(lambda: training.state == "failed")
    assert training.reason == "训练中断。"


def test_a_training_that_cannot_begin_has_failed(start):
    training = start("/no/such/program")
    assert until(lambda: training.state == "failed")
    assert "/no/such/program" in training.reason
