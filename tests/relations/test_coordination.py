"""Names of one list hold their title together."""

import numpy as np
import pytest

from pipeline.records import LABELS
from pipeline.relations.coordination import HOLDS, PERSON, TITLE, closed_by, name_lists, share_titles
from pipeline.relations.pairs import candidate_pairs

TEXT = "主席刘俊平,黄海军、余松柏等区领导参加"
NAMES = [("TITLE", 0, 2), ("PERSON", 2, 5), ("PERSON", 6, 9), ("PERSON", 10, 13), ("TITLE", 14, 17)]
SPANS = [(LABELS.index(label), start, end) for label, start, end in NAMES]


def test_lists_end_at_other_signs():
    assert name_lists(TEXT, SPANS).tolist() == [0, 1, 2, 2, 4]
    assert closed_by(TEXT, SPANS).tolist() == [-1, -1, 4, 4, -1]


@pytest.mark.parametrize("etc", ["等", "等3名", "等三位", "等两位", "等几位", "等 3 位"])
def test_words_of_number_stand_between_a_list_and_its_title(etc):
    text = f"黄海军、王俊{etc}区领导参加"
    spans = [(PERSON, 0, 3), (PERSON, 4, 6), (TITLE, 6 + len(etc), 9 + len(etc))]
    assert closed_by(text, spans).tolist() == [2, 2, -1]


def test_a_list_shares_the_title_that_closes_it_and_averages_others():
    pairs = candidate_pairs(TEXT, SPANS)
    logits = np.full((len(pairs.head), 6), -5.0, np.float32)
    at = {(int(h), int(t)): n for n, (h, t) in enumerate(zip(pairs.head, pairs.tail, strict=True))}
    logits[at[2, 0], HOLDS], logits[at[3, 4], HOLDS], logits[at[1, 0], HOLDS] = 3.0, 2.0, 4.0
    share_titles(logits, pairs, name_lists(TEXT, SPANS), closed_by(TEXT, SPANS))
    assert logits[at[2, 4], HOLDS] == logits[at[3, 4], HOLDS] == 2.0
    assert logits[at[2, 0], HOLDS] == logits[at[3, 0], HOLDS] == -1.0
    assert logits[at[1, 0], HOLDS] == 4.0
