"""zh_guanxi_sm: mentions and relations of Chinese government news, as a spaCy pipeline."""

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_path

from pipeline.language.hashes import check_hashes

__version__ = "0.1.0"


def load(**overrides: Any) -> Language:
    """The pipeline; `spacy.load("zh_guanxi_sm")` calls this. Raises ModelError when a file was changed."""
    check_hashes(Path(__file__).parent)
    return load_model_from_path(Path(__file__).parent, **overrides)
