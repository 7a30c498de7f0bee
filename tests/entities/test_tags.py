import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.tags import TAGS, decode, encode
from pipeline.records import LABELS


@st.composite
def flat_spans(draw):
    spans, at = [], 0
    for gap, length, label in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.sampled_from(LABELS)), max_size=20)
    ):
        spans.append((label, at + gap, at + gap + length))
        at += gap + length
    return spans, at + draw(st.integers(0, 3))


@given(flat_spans())
def test_spans_survive_tags(case):
    spans, length = case
    tags = encode(spans, length)
    logits = np.full((length, len(TAGS)), -5.0, np.float32)
    logits[np.arange(length), tags] = 5.0
    assert [span[:3] for span in decode(logits)] == spans


@given(st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_any_scores_give_spans_without_overlap(length, seed):
    logits = np.random.default_rng(seed).normal(size=(length, len(TAGS))).astype(np.float32) * 3
    spans = decode(logits)
    assert all(0 <= start < end <= length and 0 < score <= 1 for _, start, end, score in spans)
    assert all(before[2] <= after[1] for before, after in itertools.pairwise(spans))


def test_an_illegal_best_sequence_becomes_the_best_legal_one():
    logits = np.zeros((3, len(TAGS)), np.float32)
    logits[0, TAGS.index("B-PERSON")] = 4
    logits[1, TAGS.index("E-TITLE")] = 1
    logits[1, TAGS.index("I-PERSON")] = 0.9
    logits[2, TAGS.index("E-PERSON")] = 4
    assert [span[:3] for span in decode(logits)] == [("PERSON", 0, 3)]


def test_a_fault_between_certain_characters_leaves_the_rest_as_it_is():
    tags = encode([("PERSON", 1, 3), ("TITLE", 8, 10)], 12)
    logits = np.zeros((12, len(TAGS)), np.float32)
    logits[np.arange(12), tags] = 12
    logits[5, TAGS.index("I-AGENCY")], logits[5, 0] = 4, 3.9
    assert [span[:3] for span in decode(logits)] == [("PERSON", 1, 3), ("TITLE", 8, 10)]
