from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.vocabulary import NEWLINE, SPECIALS, UNK, Vocabulary, fold

VOCABULARY = Vocabulary([*SPECIALS, "区", ",", " ", "8"])


@given(st.text())
def test_one_id_a_character(text):
    assert len(VOCABULARY.ids(text)) == len(text)


@given(st.characters())
def test_folding_keeps_the_number_of_characters(character):
    assert len(fold(character)) == 1


def test_full_width_forms_and_spaces_fold_to_the_known_ones():
    assert VOCABULARY.ids("，,　 ８区\n甲").tolist() == [7, 7, 8, 8, 9, 6, NEWLINE, UNK]
