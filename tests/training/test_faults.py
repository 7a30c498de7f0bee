"""Faulty files: each fault is told with file, line and remedy, all of a file at once, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.errors import DataError
from pipeline.training.formats import convert, load_samples, read_samples
from pipeline.training.formats.notes import LIMIT, Notes

SPANS = [
    {"id": "P1", "label": "PERSON", "start": 2, "end": 4, "text": "秦军"},
    {"id": "T1", "label": "TITLE", "start": 0, "end": 2, "text": "区长"},
]
HOLDS = {"type": "holds", "head": "P1", "tail": "T1"}


def line(name="a", text="区长秦军出席", entities=SPANS, relations=(HOLDS,), **more):
    return json.dumps({"id": name, "text": text, "entities": entities, "relations": list(relations), **more})


def faults(path, content):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DataError) as caught:
        read_samples(path, Notes())
    return caught.value.faults


def span(name, label, start, end, text):
    return {"id": name, "label": label, "start": start, "end": end, "text": text}


RECORD_FAULTS = {
    "overlap": (line(entities=[*SPANS, span("X1", "ACT", 3, 6, "军出席")]), "overlap; keep one"),
    "past the end": (
        line(entities=[*SPANS, span("X1", "ACT", 4, 9, "出席")]),
        "past the end of the text (6 characters)",
    ),
    "unknown label": (line(entities=[*SPANS, span("X1", "LOC", 4, 6, "出席")]), "'LOC' is none of 'PERSON', "),
    "broken": ('{"id": "a", "text": ', "not JSON ("),
    "arc labels": (line(relations=[{"type": "holds", "head": "T1", "tail": "P1"}]), "holds goes from PERSON to TITLE"),
    "arc without span": (line(relations=[{"type": "holds", "head": "P1", "tail": "T9"}]), "there is no span 'T9'"),
    "unknown relation": (
        line(relations=[{"type": "wrote", "head": "P1", "tail": "T1"}]),
        "'wrote' is none of 'holds', ",
    ),
    "bytes": (line(entities=[span("P1", "PERSON", 6, 12, "秦军")], relations=[]), "past the end"),
    "other words": (line(entities=[span("P1", "PERSON", 3, 5, "秦军")], relations=[]), "count offsets in characters"),
    "unknown field": (line(note="x"), "note: Extra inputs are not permitted"),
    "no text": ('{"id": "a"}', "text: Field required"),
    "no object": ("[1, 2]", "not an object"),
    "span id twice": (line(entities=[*SPANS, span("P1", "ACT", 4, 6, "出席")]), "the id is used twice"),
    "arc twice": (line(relations=[HOLDS, HOLDS]), "is given twice"),
}


@pytest.mark.parametrize(("content", "message"), RECORD_FAULTS.values(), ids=RECORD_FAULTS)
def test_a_fault_of_a_record_is_told_with_its_line(tmp_path, content, message):
    (fault,) = faults(tmp_path / "a.jsonl", f"{line('first')}\n{content}\n")
    assert fault.startswith(f"{tmp_path / 'a.jsonl'}:2: ")
    assert message in fault


def test_all_faults_of_a_file_are_told_together(tmp_path):
    content = "\n".join(bad for bad, _ in RECORD_FAULTS.values())
    found = faults(tmp_path / "a.jsonl", content)
    for number, (_, message) in enumerate(RECORD_FAULTS.values(), 1):
        assert any(f":{number}: " in fault and message in fault for fault in found), message


def test_one_record_with_several_faults(tmp_path):
    bad = line(entities=[span("P1", "LOC", 2, 99, "秦军"), span("T1", "TITLE", 0, 98, "区长")])
    label, *offsets, overlap = faults(tmp_path / "a.jsonl", bad)
    assert "'LOC'" in label
    assert len(offsets) == 2
    assert all("past the end" in fault for fault in offsets)
    assert "overlap" in overlap


def test_very_many_faults_are_cut_short(tmp_path):
    found = faults(tmp_path / "a.jsonl", "{\n" * (LIMIT + 30))
    assert len(found) == LIMIT + 1
    assert found[-1] == "and 30 more faults; mend these first"


def test_mixed_line_ends(tmp_path):
    content = f"{line('a')}\n{line('b')}\r\n{line('c')}\n"
    (fault,) = faults(tmp_path / "a.jsonl", content)
    assert f"{tmp_path / 'a.jsonl'}:2: line ends are mixed" in fault
    assert "save the file with" in fault


def test_one_kind_of_line_end_is_no_fault(tmp_path):
    for number, end in enumerate(("\n", "\r\n")):
        path = tmp_path / f"{number}.jsonl"
        path.write_bytes((line("a") + end + line("b") + end).encode())
        assert [r.id for r in read_samples(path, Notes())] == ["a", "b"]


def test_duplicate_ids(tmp_path):
    (fault,) = faults(tmp_path / "a.jsonl", f"{line('a')}\n{line('b')}\n{line('a')}\n")
    assert "a.jsonl:3: id 'a' was used at" in fault
    assert "a.jsonl:1; give another" in fault


def test_the_same_id_in_two_files(tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(line() + "\n")
    with pytest.raises(DataError, match="is also in"):
        load_samples([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])


def test_not_utf8(tmp_path):
    (fault,) = faults(tmp_path / "a.jsonl", line().encode() + b"\n" + '{"id": "区"}'.encode("gb18030"))
    assert ":2: not UTF-8" in fault


MARKUP = """# id: a
{区长|T1}{秦军|P1}{出席|X1}。
---
P1 holds T1
===
# id: a
{区长|T1}{秦军|Z1}{出席|X1}{。
第二行{县长|T2}
---
T1 holds P9
T1 holds T2
P1 likes T1
===
{区长|T1}
===
# id: c
会议
"""


def test_faults_of_markup_have_their_own_lines(tmp_path):
    found = faults(tmp_path / "a.ann", MARKUP)
    expected = {
        7: ["'Z1' is no id", "stray '{'"],
        6: ["id 'a' was used"],
        10: ["there is no span 'P9'"],
        11: ["joins TITLE to TITLE"],
        12: ["is no relation; write"],
        14: ["must begin with a line '# id: NAME'"],
        17: ["not closed by ==="],
    }
    for number, messages in expected.items():
        for message in messages:
            assert any(f"a.ann:{number}: " in fault and message in fault for fault in found), (number, message)
    assert len(found) == sum(map(len, expected.values()))


def test_faults_of_brat_have_the_lines_of_its_annotations(tmp_path):
    (tmp_path / "a.txt").write_text("区长秦军出席")
    marks = [
        "T1\tTITLE 0 2\t区长",
        "T2\tPERSON 3 5\t秦军",
        "T3\tLOC 5 6\t席",
        "T4\tACT 0 2;4 6\t区长 出席",
        "R1\tholds Arg1:T1 Arg2:T1",
    ]
    found = faults(tmp_path / "a.ann", "\n".join([*marks, "??"]))
    expected = {
        2: "count offsets",
        3: "'LOC' is none of",
        4: "is in pieces",
        5: "joins TITLE to TITLE",
        6: "no line of brat",
    }
    for number, message in expected.items():
        assert any(f"a.ann:{number}: " in fault and message in fault for fault in found), message
    assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[\n{"data": {"text": "区长"}, "annotations": [{"result": []}]},\n{"id": ]', ":3: not JSON"),
        ('[\n{"data": {"text": "区长"}, "annotations": [{"result": []}]}\n', ":2: not JSON"),
        ('[{"id": 1, "text": "区长", "label": []}]', ":1: no data: this may be JSON-MIN"),
        (
            '[{"data": {"text": "区长"}, "annotations": [{"result": []}, {"result": []}]}]',
            "has 2 annotations; keep one",
        ),
        (
            '[\n{"data": {"text": "区长"}, "annotations": [{"result": [{"type": "labels"}]}]}]',
            ":2: no Label Studio task",
        ),
    ],
)
def test_faults_of_label_studio(tmp_path, content, message):
    (fault,) = faults(tmp_path / "a.json", content)
    assert message in fault


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("区\tI-TITLE\n", ":1: I-TITLE follows no TITLE"),
        ("区\tB-TITLE\n长\tI-PERSON\n", ":2: I-PERSON follows no PERSON"),
        ("区\tTITLE\n", ":1: 'TITLE' is no tag"),
        ("好\tO\n区\tB-LOC\n", ":2: record 'a-1': span 'S1': label: 'LOC' is none of"),
    ],
)
def test_faults_of_columns(tmp_path, content, message):
    (fault,) = faults(tmp_path / "a.conll", content)
    assert message in fault


@pytest.mark.parametrize("content", [b"", b"no docbin", b"\x80\x04."])
def test_a_damaged_docbin(tmp_path, content):
    (fault,) = faults(tmp_path / "a.spacy", content)
    assert "a.spacy: no DocBin" in fault


def test_the_command_tells_each_fault_in_a_line_and_writes_nothing(guanxi, tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(bad for bad, _ in RECORD_FAULTS.values()))
    result = guanxi("convert", source, tmp_path / "b.ann")
    assert result.exit_code == 1
    assert all(one.startswith(f"guanxi: {source}:") for one in result.stderr.splitlines())
    assert len(result.stderr.splitlines()) >= len(RECORD_FAULTS)
    assert not (tmp_path / "b.ann").exists()


def test_text_that_markup_cannot_hold_is_refused(tmp_path):
    (tmp_path / "a.jsonl").write_text(line(text="区长秦军{x}"))
    with pytest.raises(DataError, match=r"cannot stand in \.ann"):
        convert(tmp_path / "a.jsonl", tmp_path / "b.ann")
    assert not (tmp_path / "b.ann").exists()


def test_a_pattern_of_samples_that_matches_nothing_is_refused(tmp_path):
    from pipeline.training.settings import read_settings

    with pytest.raises(DataError, match=r"paths.train.*matches no file"):
        read_settings(Path("configs/sm.cfg"), {"paths.samples": str(tmp_path)})
