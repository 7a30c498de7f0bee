"""Words of a Doc, for people."""

import spacy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.words import segmenter, word_offsets

TEXT = "3月5日,沙市区区长秦军主持召开 区政府常务会议。"


def test_words_are_spans_that_cover_everything_but_white_space():
    doc = spacy.load("zh_guanxi_sm")(TEXT)
    words = doc._.words
    assert "".join(word.text for word in words) == TEXT.replace(" ", "")
    assert {"沙市区", "区长", "秦军"} <= {word.text for word in words}


def test_a_doc_without_mentions_has_words_too():
    doc = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "guanxi.CharacterTokenizer.v1"}}})(TEXT)
    assert "秦军" in [word.text for word in doc._.words]


@given(st.text(max_size=60))
def test_words_of_any_text_lie_in_order(text):
    at = 0
    for start, end in word_offsets(text, segmenter("zh_guanxi_words")):
        assert at <= start < end <= len(text)
        at = end
