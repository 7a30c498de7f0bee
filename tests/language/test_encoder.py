"""How many threads a model runs on."""

import pytest

from pipeline.errors import GuanxiError
from pipeline.language.encoder import THREADS, threads


@pytest.mark.parametrize("told", ["abc", "-1", "1.5"])
def test_what_is_no_number_of_threads_is_told(told, monkeypatch):
    monkeypatch.setenv(THREADS, told)
    with pytest.raises(GuanxiError, match=f"GUANXI_THREADS={told}: .* set it to 1 or more"):
        threads()


def test_the_number_of_threads_is_that_told_else_that_of_the_cores(monkeypatch):
    monkeypatch.setenv(THREADS, "3")
    assert threads() == 3
    for told in ("0", ""):
        monkeypatch.setenv(THREADS, told)
        assert threads() >= 1
