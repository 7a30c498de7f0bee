"""What many tests share: the shipped model, the sample pages, one run over the seed page."""

import json
from pathlib import Path

import pytest
from hypothesis import settings
from typer.testing import CliRunner

settings.register_profile("any machine", deadline=None)  # a busy machine imports slowly
settings.load_profile("any machine")
SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="session")
def seeds():
    return SEEDS


@pytest.fixture(scope="session")
def nlp():
    from pipeline.extract import load_model

    return load_model("zh_guanxi_sm")


@pytest.fixture
def guanxi():
    from pipeline.cli import app

    return lambda *arguments, **options: CliRunner().invoke(app, [str(a) for a in arguments], **options)


@pytest.fixture(scope="session")
def seed_run(tmp_path_factory):
    """The folder of a run over the seed page, with nothing told about its home or date."""
    from pipeline.cli import app

    out = tmp_path_factory.mktemp("seed")
    result = CliRunner().invoke(app, ["run", str(SEEDS / "pages" / "seed.txt"), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def seed_articles(seed_run):
    return [json.loads(line) for line in (seed_run / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
