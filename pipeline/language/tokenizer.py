"""The tokenizer: one token a character, white space too, so that token indices are character offsets."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from pipeline.language.sentences import sentence_ends

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class CharacterTokenizer(DummyTokenizer):
    """Characters to tokens. A lone surrogate, which no UTF-8 string can hold, becomes U+FFFD."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A Doc whose token i is character i of `text`, with sentence starts set."""
        words = [c if not "\ud800" <= c <= "\udfff" else REPLACEMENT for c in text]
        starts = [False] * len(words)
        for end in (0, *sentence_ends(text)):
            if end < len(words):
                starts[end] = True
        return Doc(self.vocab, words=words, spaces=[False] * len(words), sent_starts=starts)


@registry.tokenizers("guanxi.CharacterTokenizer.v1")
def create_tokenizer() -> Callable[[Language], CharacterTokenizer]:
    """Factory for the `[nlp.tokenizer]` block of a config."""
    return lambda nlp: CharacterTokenizer(nlp.vocab)
