"""The shipped pipelines load by name, without torch, and find the plain facts of a plain sentence."""

import subprocess
import sys

import pytest
import spacy

TEXT = "3月5日,双峰县委书记张明到荷叶镇调研。"


@pytest.mark.parametrize("name", ["zh_guanxi_sm", "zh_guanxi_trf"])
def test_a_model_loads_by_name(name):
    doc = spacy.load(name)(TEXT)
    found = {(span.text, span.label_) for span in doc.ents}
    assert {("双峰县委", "AGENCY"), ("书记", "TITLE"), ("张明", "PERSON"), ("荷叶镇", "DISTRICT")} <= found
    arcs = {(arc.type, doc.ents[arc.head].text, doc.ents[arc.tail].text) for arc in doc._.relations}
    assert {("holds", "张明", "书记"), ("at", "书记", "双峰县委")} <= arcs


def test_running_needs_no_torch():
    code = f"import sys; sys.modules['torch'] = None; import spacy; spacy.load('zh_guanxi_sm')('{TEXT}')"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
