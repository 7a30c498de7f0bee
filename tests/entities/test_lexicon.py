from pipeline.entities.lexicon import place_features


def test_full_names_and_short_forms_are_marked_apart():
    assert place_features("到沙市区、沙市调研").tolist() == [0, 1, 2, 3, 0, 4, 6, 0, 0]


def test_the_longest_name_wins():
    assert place_features("漾濞彝族自治县").tolist() == [1, 2, 2, 2, 2, 2, 3]
