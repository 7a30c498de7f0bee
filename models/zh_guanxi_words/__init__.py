"""zh_guanxi_words: the spacy-pkuseg segmentation model behind `doc._.words`."""

__version__ = "0.1.0"
