"""Three made-up issues of one paper, read into one folder."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app

ISSUES = sorted((Path(__file__).parent / "issues").glob("*.txt"))
HOME = "湖北省/孝感市/云梦县"


def read_issues(issues, out):
    """Run each issue into a folder, with its home and date told."""
    for issue in issues:
        options = ["--out", str(out), "--home", HOME, "--date", issue.stem]
        result = CliRunner().invoke(app, ["run", str(issue), *options])
        assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def issues():
    return ISSUES


@pytest.fixture(scope="session")
def read():
    return read_issues


@pytest.fixture(scope="session")
def years(tmp_path_factory):
    return read_issues(ISSUES, tmp_path_factory.mktemp("years"))
