"""Mentions: the nine labels of the annotation guidelines as flat spans of characters.

In: a Doc with one vector a character (`doc.tensor`). Out: `doc.ents`, with a score for each span in
`doc._.scores`.

- `tags.py`: spans as BIOES tags and back, the best legal tag sequence (Viterbi).
- `lexicon.py`, `data/`: place names that stand in a text, as features for the encoder. Source: the statistical
  division codes of the National Bureau of Statistics (2023).
- `leaders.py`: 区领导 and its like beside names, which are titles by the guidelines.
- `mentions.py`: the spaCy component `guanxi_mentions`.
"""
