from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.windows import windows

PROSE = st.text(alphabet="会议召开区委,。\n、“”", max_size=2000)


@given(PROSE, st.integers(20, 400), st.integers(0, 19))
def test_windows_cover_every_character_once_and_fit(text, limit, context):
    found = windows(text, limit, context)
    assert "".join(text[w.keep : w.end] for w in found) == text
    assert all(w.start <= w.keep < w.end and w.end - w.start <= limit for w in found)


def test_windows_end_at_sentence_ends_and_repeat_context():
    text = "会议召开了。" * 100
    found = windows(text, 100, 20)
    assert all(text[w.end - 1] == "。" for w in found)
    assert all(0 < w.keep - w.start <= 20 for w in found[1:])
