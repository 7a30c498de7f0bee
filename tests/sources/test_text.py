import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.files import read_passages
from pipeline.pages.restored import Restored
from pipeline.sources import LeftOutError, Source, expand, read_pages
from pipeline.sources.text import page_of

NEWS = "本报讯(通讯员刘江林)近日,省委编办印发通报,表彰全省市县机构编制工作。\r\n区委编办荣获二等奖。"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def page(data, name="page.txt"):
    (one,) = read_pages(Source(name, content=data))
    return one


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_office_encodings_read_alike(encoding):
    assert page(NEWS.encode(encoding)).text == NEWS.replace("\r\n", "\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16-le"])
def test_short_text_is_told_apart(encoding):
    assert page("区委常委会".encode(encoding)).text == "区委常委会"


def test_traditional_big5():
    text = "縣政府今日召開會議,討論鄉鎮建設問題。" * 5
    assert page(text.encode("big5")).text == text


@given(st.text(alphabet="区委,。\r\n ab", max_size=60))
def test_pieces_lead_back_to_the_source(decoded):
    one = page_of("x", decoded)
    assert "".join(one.text[p.start : p.end] for p in one.pieces) == one.text
    for piece in one.pieces:
        there = decoded[piece.source_start : piece.source_start + piece.end - piece.start]
        assert there.replace("\r", "\n") == one.text[piece.start : piece.end]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n ", "white space"),
        (bytes(range(256)) * 40, "binary"),
        (b"\xef\xbb\xbf\xff\xfe\xff", "damaged"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data, says):
    with pytest.raises(InputError, match=says) as caught:
        page(data)
    assert "page.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_page_or_an_input_error(data):
    with contextlib.suppress(InputError):
        assert page(data).text.strip()


def test_folders_globs_and_missing_files(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.txt", "notes.json", ".hidden/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("区委", encoding="utf-8")
    names = [s.name for s in expand([str(tmp_path), str(tmp_path / "*.txt"), str(tmp_path / "none.txt")])]
    assert names == [str(tmp_path / n) for n in ("a.txt", "b.txt", "sub/c.txt", "none.txt")]
    with pytest.raises(InputError, match="no such file"):
        list(read_pages(Source("none.txt", tmp_path / "none.txt")))


def test_a_broken_line_of_json_is_named():
    with pytest.raises(InputError, match=r"x\.jsonl:2: ") as caught:
        list(read_pages(Source("x.jsonl", content=b"\nnonsense\n{}")))
    assert not isinstance(caught.value, LeftOutError)


def test_a_broken_line_of_json_does_not_cost_the_others():
    lines = ["nonsense", '{"id": "a", "text": "区委"}', '{"id": "b", "text": 1}', '{"id": "c", "text": "政府"}']
    pages = read_pages(Source("x.jsonl", content="\n".join([*lines, *["{"] * 20]).encode()))
    assert [next(pages).source for _ in range(2)] == ["x.jsonl#a", "x.jsonl#c"]
    with pytest.raises(
        LeftOutError, match=r"x\.jsonl: read without line 1, 5, .* and 11 more .*, line 3 \(\"text\" is"
    ):
        next(pages)


@pytest.mark.parametrize(
    "line", ['{"id": 1, "text": null}', '{"id": 1, "text": ["区委"]}', '{"text": "区委"}', "[" * 100_000]
)
def test_a_line_of_json_without_text_is_refused_alike_everywhere(line, tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(line, encoding="utf-8")
    said = []
    for read in (read_passages, lambda name: read_pages(Source(name, path))):
        with pytest.raises(InputError, match=r"x\.jsonl:1: .*; mend or remove this line") as caught:
            list(read(str(path)))
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_a_long_text_with_two_signs_at_line_ends_is_restored():
    line = "会议" * 40
    source = f"{line}\r\n" * 30_000
    one = page_of("x", source)
    body = Restored()
    for at in range(0, len(one.text), len(line) + 1):
        body.add(one, at, at + len(line))
    assert body.text == one.text.replace("\n", "")
    for start, end, at in body.spans(one):
        assert body.text[start:end] == source[at : at + end - start]


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def test_kinds_that_are_not_read_are_told_and_not_passed_over(tmp_path):
    for name, data in {
        "旧稿.doc": OLD_WORD, "一期.rar": b"Rar!\x1a\x07" + bytes(50), "扫描.tif": b"II*\0" + bytes(50),
        "网页.doc": f"<html><body><p>{NEWS * 3}</p></body></html>".encode(), "~$旧稿.docx": bytes(50), "style.css": b"p {}",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    found = {source.name.rpartition("/")[2]: source for source in expand([str(tmp_path)])}
    assert set(found) == {"旧稿.doc", "一期.rar", "扫描.tif", "网页.doc"}
    assert "二等奖" in next(read_pages(found["网页.doc"])).text
    for name, advice in (("旧稿.doc", ".docx"), ("一期.rar", ".zip"), ("扫描.tif", ".png")):
        with pytest.raises(InputError, match=f"{name}: .*{advice}"):
            next(read_pages(found[name]))
