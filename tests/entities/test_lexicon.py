from pipeline.entities.lexicon import FEATURES, PLACES, character_features, place_features
from pipeline.language.dictionary import word_parts


def test_full_names_and_short_forms_are_marked_apart():
    assert place_features("到沙市区、沙市调研").tolist() == [0, 1, 2, 3, 0, 4, 6, 0, 0]


def test_longest_name_wins():
    assert place_features("漾濞彝族自治县").tolist() == [1, 2, 2, 2, 2, 2, 3]


def test_the_likeliest_words_are_marked_not_the_first_that_fit():
    assert word_parts("看望离退休老干部。").tolist() == [1, 3, 1, 2, 3, 1, 2, 3, 0]
    assert word_parts("明察暗访后通报").tolist() == [1, 2, 2, 3, 0, 1, 3]


def test_any_character_has_a_feature():
    text = "\ud800𠮷\u200b" * 3 + "x"
    assert word_parts("").tolist() == []
    assert word_parts(text).tolist() == [0] * len(text)
    assert max(character_features("沙市区区长看望离退休老干部")) < FEATURES


def test_place_and_word_can_be_read_from_one_number():
    text = "会同县公安局"
    assert (character_features(text) % PLACES).tolist() == place_features(text).tolist()
    assert (character_features(text) // PLACES).tolist() == word_parts(text).tolist()
