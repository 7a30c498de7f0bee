"""Corpora and raw news: what is no passage is told with file and line."""

import gzip
import json

import pytest

from pipeline.errors import DataError
from pipeline.training.corpora import read_corpus, read_raw

TEXT = "全县春季农业生产工作会议在县城召开，各乡镇负责人参加会议并发言，县长王伟出席。"
NEWS = json.dumps({"text": TEXT}, ensure_ascii=False)
PASSAGE = json.dumps({"text": TEXT, "entities": [{"label": "name", "start": 34, "end": 36}]})
LINES = {
    "broken": b"{",
    "list": b"[1]",
    "number": b"1",
    "no text": b'{"title": ""}',
    "no string": b'{"text": 1}',
    "not UTF-8": NEWS.encode("gb18030"),
}


def test_empty_lines_are_passed_over(tmp_path):
    (tmp_path / "news.jsonl").write_text(f"\n{NEWS}\r\n \n{NEWS}\n", encoding="utf-8")
    assert list(read_raw(tmp_path / "news.jsonl")) == [TEXT, TEXT]
    (tmp_path / "corpus.jsonl").write_text(f"{PASSAGE}\n\n", encoding="utf-8")
    (passage,) = read_corpus(tmp_path / "corpus.jsonl")
    assert (passage.text, passage.spans) == (TEXT, [("name", 34, 36)])


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize(("name", "opened"), [("news.jsonl", open), ("news.jsonl.gz", gzip.open)])
def test_a_line_of_news_without_text_is_told(tmp_path, line, name, opened):
    with opened(tmp_path / name, "wb") as file:
        file.write(NEWS.encode() + b"\n\n" + line + b"\n")
    with pytest.raises(DataError) as caught:
        list(read_raw(tmp_path / name))
    assert str(caught.value).startswith(f'{tmp_path / name}:3: not a JSON object with "text"')


@pytest.mark.parametrize(
    "line", [NEWS, NEWS[:-1] + ', "entities": null}', NEWS[:-1] + ', "entities": [{"label": "a"}]}']
)
def test_a_passage_of_a_corpus_without_spans_is_told(tmp_path, line):
    (tmp_path / "corpus.jsonl").write_text(f"{PASSAGE}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r'corpus\.jsonl:2: not a JSON object with "text" and "entities"'):
        read_corpus(tmp_path / "corpus.jsonl")


@pytest.mark.parametrize("content", [None, b"no gzip", gzip.compress(NEWS.encode())[:-9]])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content):
    if content:
        (tmp_path / "news.jsonl.gz").write_bytes(content)
    with pytest.raises(DataError, match=r"news\.jsonl\.gz: cannot be read"):
        list(read_raw(tmp_path / "news.jsonl.gz"))
