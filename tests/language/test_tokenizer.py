from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from pipeline.language.tokenizer import CharacterTokenizer

TOKENIZER = CharacterTokenizer(Vocab())


@given(st.text())
def test_every_character_is_a_token_at_its_own_offset(text):
    doc = TOKENIZER(text)
    assert doc.text == text
    assert [token.idx for token in doc] == list(range(len(text)))


def test_a_lone_surrogate_keeps_its_place():
    doc = TOKENIZER("区\ud800委")
    assert len(doc) == 3
    assert doc[2].text == "委"


def test_sentences_end_after_closing_quotes_and_at_line_ends():
    doc = TOKENIZER("他说:“好。”\n会议召开。会上")
    assert [sentence.text for sentence in doc.sents] == ["他说:“好。”", "\n", "会议召开。", "会上"]
