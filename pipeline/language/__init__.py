"""The spaCy language of guanxi: every character is a token.

In: the text of an article. Out: a `Doc` with one token for each character (white space included, so that token
indices are character offsets), sentence starts, and, after `guanxi_encoder`, one vector for each character in
`doc.tensor`. Word segmentation errors cut names and posts in two, so no room ever depends on word boundaries.

- `tokenizer.py`: characters to a Doc.
- `words.py`: `doc._.words` for people, cut by our own spacy-pkuseg model (`zh_guanxi_words`) when asked for.
- `sentences.py`: where sentences start.
- `vocabulary.py`: characters to the ids that the encoders know, by Unicode compatibility folding (UAX #15).
- `windows.py`: long texts as overlapping windows that end at sentence ends.
- `hashes.py`: the hashes of a model's files, checked when it is loaded.
- `encoder.py`: the spaCy component that runs the exported encoder with ONNX Runtime.
"""
