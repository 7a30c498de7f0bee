"""How good predictions are: annotated and predicted records in, figures, tables and examples out.

- `figures.py`: strict precision, recall and F1 by label, relation and group.
- `lengths.py`: the same by the length of the text. `mistakes.py`: what became of the spans of each label.
- `calibration.py`: whether a score of 0.9 means right nine times in ten (Guo et al. 2017, On Calibration of Modern Neural
  Networks). `bootstrap.py`: whether one system is really better than another (Efron & Tibshirani 1993, chapter 16; for F1
  over documents Berg-Kirkpatrick et al. 2012).
- `passages.py`: the sentences with the most mistakes. `evaluation.py`: all of these at once. `tables.py`: for people.
"""

from __future__ import annotations

from pipeline.training.scoring.evaluation import Evaluation, evaluate, predictions
from pipeline.training.scoring.figures import Figures, Report, group_f1, paired, score

__all__ = ["Evaluation", "Figures", "Report", "evaluate", "group_f1", "paired", "predictions", "score"]
