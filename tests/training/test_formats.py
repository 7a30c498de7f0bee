"""Conversions: what the tools export is read, what is written comes back, what is lost is said."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from pipeline.errors import DataError
from pipeline.records import LABELS, RELATIONS, Mention, Record, Relation
from pipeline.relations.arcs import Arc
from pipeline.training.formats import FORMATS, convert, read_samples
from pipeline.training.formats.notes import Notes

EXPORTS = Path(__file__).parent / "exports"
NAMES = {"docbin": "a.spacy", "brat": "a", "doccano": "a.jsonl", "label-studio": "a.json", "ann": "a.ann"}


def content(record):
    """What must survive: text, spans and arcs, whatever their ids."""
    spans = {e.id: (e.label, e.start, e.end, e.text) for e in record.entities}
    return record.text, sorted(spans.values()), sorted((r.type, spans[r.head], spans[r.tail]) for r in record.relations)


def contents(records):
    return {record.id: content(record) for record in records}


def shown(record):
    """Spans and arcs as words."""
    text = {e.id: e.text for e in record.entities}
    spans = [(e.label, e.text) for e in record.entities]
    return spans, {(r.type, text[r.head], text[r.tail]) for r in record.relations}


def read(name):
    notes = Notes()
    return read_samples(EXPORTS / name, notes), dict(notes.lost)


MAYOR = [("DISTRICT", "沙市区"), ("TITLE", "区长"), ("PERSON", "秦军")]
POST = {("holds", "秦军", "区长"), ("at", "区长", "沙市区")}


def test_brat_spans_over_line_ends_relations_and_events():
    (record,), lost = read("brat")
    spans, relations = shown(record)
    assert record.id == "issue-1"
    assert spans == [("TIME", "3月5日"), *MAYOR, ("ACT", "出席"), ("EVENT", "全区经济\n工作会议")]
    acts = {("agent", "出席", "秦军"), ("object", "出席", "全区经济\n工作会议"), ("time", "出席", "3月5日")}
    assert relations == POST | acts
    assert lost == {"attributes of brat": 1, "comments of brat": 1}


def test_brat_by_any_of_its_files():
    for name in ("brat/issue-1.ann", "brat/issue-1.txt"):
        assert contents(read(name)[0]) == contents(read("brat")[0])


def test_doccano_with_relations():
    (first, empty), lost = read("doccano-relations.jsonl")
    assert shown(first) == ([*MAYOR, ("ACT", "主持")], POST | {("agent", "主持", "秦军")})
    assert (first.id, shown(empty)) == ("6400", ([], set()))
    assert lost == {"fields 'Comments' of doccano": 1}


def test_doccano_sequence_labels():
    (first, empty), _ = read("doccano-labels.jsonl")
    assert shown(first) == ([("DISTRICT", "江汉社区"), ("TITLE", "书记"), ("PERSON", "王芳")], set())
    assert not empty.entities


def test_doccano_counts_as_javascript_does(tmp_path):
    example = {"id": 1, "text": "县长𠮷田", "label": [[0, 2, "TITLE"], [2, 5, "PERSON"]]}
    (tmp_path / "a.jsonl").write_text(json.dumps(example))
    (record,) = read_samples(tmp_path / "a.jsonl", Notes())
    assert [(e.start, e.end, e.text) for e in record.entities] == [(0, 2, "县长"), (2, 4, "𠮷田")]
    convert(tmp_path / "a.jsonl", tmp_path / "b.jsonl", None, "doccano")
    assert json.loads((tmp_path / "b.jsonl").read_text())["label"] == example["label"]


def test_label_studio_export():
    (record,), lost = read("label-studio.json")
    assert shown(record) == (MAYOR, POST)
    assert lost == {
        "results of type 'choices' of Label Studio": 1,
        "tasks without annotation or prediction": 1,
    }


def test_label_studio_pre_annotations_keep_scores():
    (record,), _ = read("label-studio-import.json")
    assert shown(record) == ([("TITLE", "县长"), ("PERSON", "张明")], {("holds", "张明", "县长")})
    assert [e.score for e in record.entities] == [0.9, 0.5]


def test_conll_sentences():
    (first, second), _ = read("sentences.bio")
    assert shown(first) == (MAYOR, set())
    assert second.text == "会议"
    (record,), _ = read("sentences.bmes")
    assert shown(record) == ([("DISTRICT", "沙市区"), ("TITLE", "长")], set())


@st.composite
def records(draw, name="r"):
    """A valid record with any characters: Chinese, white space, line ends, astral planes."""
    alphabet = st.sampled_from("沙市区长秦军出席会议,。 \n\t\u3000·()#O-\u2028𠮷👩") | st.characters(
        exclude_categories=["Cs"], exclude_characters="\r{}|"
    )
    text = draw(st.text(alphabet, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans = [(a, b) for a, b in pairwise(cuts) if draw(st.booleans())]
    labels = [draw(st.sampled_from(LABELS)) for _ in spans]
    entities = [
        Mention(id=f"e{i}", label=label, start=a, end=b, text=text[a:b])
        for i, ((a, b), label) in enumerate(zip(spans, labels, strict=True))
    ]
    possible = [
        (kind, h.id, t.id)
        for kind, (heads, tails) in RELATIONS.items()
        for h in entities
        for t in entities
        if h.label in heads and t.label in tails and h.id != t.id
    ]
    arcs = draw(st.lists(st.sampled_from(possible), unique=True, max_size=6)) if possible else []
    return Record(
        id=name,
        text=text,
        entities=entities,
        relations=[Relation(type=kind, head=head, tail=tail) for kind, head, tail in arcs],
    )


def round_trip(given_records, kind, name):
    with TemporaryDirectory() as folder:
        source, target, back = Path(folder, "in.jsonl"), Path(folder, name), Path(folder, "back.jsonl")
        source.write_text("".join(r.model_dump_json() + "\n" for r in given_records), encoding="utf-8")
        lost = convert(source, target, "jsonl", kind)
        assert convert(target, back, kind) == []
        return lost, contents(read_samples(back, Notes(), "jsonl"))


@pytest.mark.parametrize("kind", ["jsonl", "docbin", "doccano", "label-studio"])
@settings(deadline=None, max_examples=60)
@given(st.tuples(records("文件 1/甲.乙"), records("b")))
def test_formats_that_hold_everything(kind, pair):
    lost, back = round_trip(pair, kind, NAMES.get(kind, "b.jsonl"))
    assert back == contents(pair)
    assert lost == []


@settings(deadline=None, max_examples=100)
@given(st.tuples(records("文件 1/甲.乙"), records("b")))
def test_brat_holds_all_but_line_ends_at_borders(pair):
    lost, back = round_trip(pair, "brat", "folder")
    ragged = any(e.text.strip("\n") != e.text for r in pair for e in r.entities)
    assert bool(lost) == ragged
    if not ragged:
        assert back == contents(pair)


@pytest.mark.parametrize("kind", ["bio", "bioes"])
@settings(deadline=None, max_examples=60)
@given(st.tuples(records("文件 1"), records("b")))
def test_conll_holds_spans_and_says_what_it_loses(kind, pair):
    lost, back = round_trip(pair, kind, "a.conll")
    ragged = sum(e.text.strip("\n") != e.text for r in pair for e in r.entities)
    arc_count = sum(len(r.relations) for r in pair)
    expected = {}
    if ragged:
        expected["spans that begin or end with a line end"] = ragged
    if arc_count:
        expected["relations (CoNLL columns have no place for them)"] = arc_count
    assert sorted(lost) == sorted(f"not kept: {count} {what}" for what, count in expected.items())
    for record in pair:
        text, spans, _ = content(record)
        kept = [span for span in spans if span[3].strip("\n") == span[3]]
        assert back[record.id] == (text, kept, [])


@settings(deadline=None, max_examples=100)
@given(records())
def test_markup_holds_a_record_or_refuses_it(record):
    try:
        lost, back = round_trip([record], "ann", "a.ann")
    except DataError as error:
        assert "cannot stand in .ann" in str(error)
        assert record.text != record.text.strip("\n") or not record.text.strip() or "#" in record.text
    else:
        assert (lost, back) == ([], contents([record]))


def test_brat_documents_are_not_mixed_with_others(seeds, tmp_path):
    source = seeds / "annotated" / "dev" / "pages-dev.ann"
    convert(source, tmp_path / "a")
    with pytest.raises(DataError, match="name a new folder"):
        convert(source, tmp_path / "a")


def test_seed_samples_go_through_every_format(seeds, tmp_path):
    source = seeds / "annotated" / "dev" / "pages-dev.ann"
    expected = contents(read_samples(source, Notes()))
    for kind in ("docbin", "brat", "doccano", "label-studio", "jsonl", "ann"):
        target = tmp_path / kind / NAMES.get(kind, "r.jsonl")
        assert convert(source, target, None, kind) == []
        assert contents(read_samples(target, Notes())) == expected, kind


def test_docbin_is_what_spacy_users_know(seeds, tmp_path):
    convert(seeds / "annotated" / "dev" / "news-d.ann", tmp_path / "dev.spacy")
    record = read_samples(seeds / "annotated" / "dev" / "news-d.ann", Notes())[0]
    doc = next(DocBin().from_disk(tmp_path / "dev.spacy").get_docs(spacy.blank("zh").vocab))
    assert [token.text for token in doc] == list(record.text)
    assert [(e.label_, e.start, e.end) for e in doc.ents] == [(e.label, e.start, e.end) for e in record.entities]
    found = {(kind, doc.ents[head].text, doc.ents[tail].text) for kind, head, tail, _ in doc._.relations}
    assert found == shown(record)[1]
    assert Arc(*doc._.relations[0]).type in RELATIONS


def test_a_docbin_is_replaced_whole(seeds, tmp_path):
    convert(seeds / "annotated" / "dev" / "pages-dev.ann", tmp_path / "a.spacy")
    before = (tmp_path / "a.spacy").read_bytes()
    with (tmp_path / "a.spacy").open("rb") as reader:
        convert(seeds / "annotated" / "dev" / "news-d.ann", tmp_path / "a.spacy")
        assert reader.read() == before
    assert (tmp_path / "a.spacy").read_bytes() != before


def test_scores_are_kept_or_said_to_be_lost(tmp_path):
    person = Mention(id="P1", label="PERSON", start=2, end=4, text="秦军", score=0.5)
    title = Mention(id="T1", label="TITLE", start=0, end=2, text="区长", score=0.25)
    record = Record(
        id="a",
        text="区长秦军",
        entities=[title, person],
        relations=[Relation(type="holds", head="P1", tail="T1", score=0.75)],
    )
    source = tmp_path / "in.jsonl"
    source.write_text(record.model_dump_json() + "\n", encoding="utf-8")
    for kind in FORMATS:
        target = tmp_path / f"{kind}-out"
        lost = convert(source, target, None, kind)
        assert any("scores" in line for line in lost) == (kind not in ("jsonl", "docbin")), kind
    assert read_samples(tmp_path / "docbin-out", Notes(), "docbin") == [record]


def test_command_says_losses_and_guesses_formats(guanxi, seeds, tmp_path):
    source = seeds / "annotated" / "dev" / "pages-dev.ann"
    result = guanxi("convert", source, tmp_path / "a.bio")
    assert result.exit_code == 0
    assert "not kept: " in result.stderr and "relations" in result.stderr
    assert guanxi("convert", tmp_path / "a.bio", tmp_path / "a.doc").exit_code == 1
    result = guanxi("convert", source, tmp_path / "a.doc", "--to", "doccano")
    assert (result.exit_code, result.stderr) == (0, "")
    line = json.loads((tmp_path / "a.doc").read_text(encoding="utf-8").splitlines()[0])
    assert line["entities"][0].keys() == {"id", "label", "start_offset", "end_offset"}
