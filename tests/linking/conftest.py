"""Passages annotated by hand, linked as the articles of one issue."""

import pytest

from pipeline.linking import link_issue
from pipeline.records import Article
from pipeline.training.formats import load_samples


@pytest.fixture
def link(tmp_path):
    def linked(*passages, home="四川省/资阳市/乐至县", date=None):
        blocks = (f"# id: p{n}\n{text.strip()}\n===\n" for n, text in enumerate(passages))
        (tmp_path / "passages.ann").write_text("".join(blocks), encoding="utf-8")
        records = load_samples([tmp_path / "passages.ann"])
        parts = [(Article(id=r.id, source="t", body=r.text), r, [(0, len(r.text), 0)]) for r in records]
        return link_issue(parts, home=home, date=date)

    return linked
