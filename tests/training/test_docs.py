"""The commands that the documents of data and evaluation show work as shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["formats.md", "evaluation.md"])
def test_commands_of_the_documents(name, guanxi, seeds, tmp_path, monkeypatch):
    (tmp_path / "seeds").symlink_to(seeds)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```console\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)
    commands = [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ guanxi ")]
    assert commands
    for command in commands:
        result = guanxi(*shlex.split(command, comments=True)[1:])
        assert result.exit_code == 0, (command, result.output)
