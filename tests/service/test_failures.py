"""Why an upload was not read is told in Chinese first."""

import ast
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
import pipeline.sources
from pipeline.service.failures import OTHER, in_chinese
from pipeline.service.jobs import guanxi


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("upload-a.txt: the file is empty; leave it out or export the page again", "空"),
        ("upload-a.pdf: protected by a password; save it without", "密码"),
        ("upload-a.bin: binary data, not text; give a text, HTML, PDF, DOCX or image file", "格式"),
        ("upload-a.pdf: more than 500 pages; split it into issues", "太大"),
        ("Reading took longer than 600 seconds; split the file into pages.", "太久"),
        ("upload-password.pdf: not a whole PDF file; export the page again", "损坏"),
        ("--home 某区: no such district; write it like 湖北省/荆州市/沙市区", "没有这个地区"),
        ("model zh_none: not installed and not a folder; use zh_guanxi_sm", "模型"),
        ("something else", OTHER),
    ],
)
def test_a_failure_is_told_by_its_kind(reason, words):
    assert words in in_chinese(reason)


NOT_OF_UPLOADS = {
    "7: 7",
    "7:7: 7",
    "7: no such file or folder; check the path",
    "7: cannot be read (7); check its name and permissions",
}


def lines():
    """All lines with which an input is refused, as they stand in the code, with 7 for what differs."""
    for path in Path(pipeline.sources.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "InputError":
                parts = getattr(node.args[0], "values", [node.args[0]])
                yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in parts)


def test_every_refusal_has_a_kind():
    assert {line for line in lines() if in_chinese(line) == OTHER} <= NOT_OF_UPLOADS


@pytest.mark.parametrize(("data", "words"), [(b"  \n", "空"), (bytes(range(256)) * 40, "格式")])
def test_what_the_reader_says_is_understood(tmp_path, data, words):
    (tmp_path / "upload-a.txt").write_bytes(data)
    assert words in in_chinese(guanxi("run", "upload-a.txt", "--out", "out", folder=tmp_path))
