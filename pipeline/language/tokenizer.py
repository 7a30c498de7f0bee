"""The tokenizer: one token a character, white space too, so that token indices are character offsets."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from pipeline.files import without_surrogates
from pipeline.language.sentences import sentence_ends
from pipeline.language.words import words

if not Doc.has_extension("words"):
    Doc.set_extension("words", getter=words)


class CharacterTokenizer(DummyTokenizer):
    """Characters to tokens. A lone surrogate, which no UTF-8 string can hold, becomes U+FFFD."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc whose token i is character i of `text`, with sentence starts set."""
        characters = list(without_surrogates(text))
        starts = [False] * len(characters)
        for end in (0, *sentence_ends(text)):
            if end < len(characters):
                starts[end] = True
        return Doc(self.vocab, words=characters, spaces=[False] * len(characters), sent_starts=starts)


@registry.tokenizers("guanxi.CharacterTokenizer.v1")
def create_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """Factory for the `[nlp.tokenizer]` block of a config."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)
