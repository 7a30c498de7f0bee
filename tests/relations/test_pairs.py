from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import LABELS, RELATIONS
from pipeline.relations.pairs import FEATURE_SIZES, REACH, RELATION_TYPES, candidate_pairs


def spans_of(labels):
    return [(LABELS.index(label), 3 * i, 3 * i + 2) for i, label in enumerate(labels)]


@given(st.lists(st.sampled_from(LABELS), max_size=120))
def test_pairs_are_exactly_those_the_scheme_allows_within_reach(labels):
    pairs = candidate_pairs("一" * 3 * len(labels), spans_of(labels))
    found = {
        (h, t, RELATION_TYPES[r])
        for h, t, row in zip(pairs.head, pairs.tail, pairs.allowed, strict=True)
        for r in row.nonzero()[0]
    }
    expected = {
        (h, t, relation)
        for relation, (heads, tails) in RELATIONS.items()
        for h, head in enumerate(labels)
        for t, tail in enumerate(labels)
        if head in heads and tail in tails and abs(h - t) <= REACH
    }
    assert found == expected
    order = list(zip(pairs.head.tolist(), pairs.tail.tolist(), strict=True))
    assert order == sorted({(h, t) for h, t, _ in expected})
    assert all((pairs.features[:, i] < size).all() for i, size in enumerate(FEATURE_SIZES))


def test_a_time_does_not_reach_over_a_full_stop():
    text = "3月5日召开会议。会上强调"
    spans = [(LABELS.index("TIME"), 0, 4), (LABELS.index("ACT"), 4, 6), (LABELS.index("ACT"), 11, 13)]
    pairs = candidate_pairs(text, spans)
    time = RELATION_TYPES.index("time")
    assert [(h, t) for h, t, row in zip(pairs.head, pairs.tail, pairs.allowed, strict=True) if row[time]] == [(1, 0)]
