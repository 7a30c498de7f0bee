"""What more samples buy: the small network trained on 25, 50, 100, 200 and all samples, tested on the development files.

    python docs/examples/learning_curve.py build/encoder build/curve

The first argument is the encoder that configs/pretrain.cfg made. Fewer samples are read more often. A hundred samples are also
read beside as many composed characters again, for as many steps: the difference is what the generator adds.
"""

import json
import random
import sys
from pathlib import Path

from pipeline.training.formats import load_samples
from pipeline.training.settings import read_settings
from pipeline.training.train import train

RUNS = [(25, 40, 0.0), (50, 30, 0.0), (100, 20, 0.0), (100, 10, 1.0), (200, 12, 0.0), (None, 4, 0.0)]
"""Samples (None for all), epochs, and composed characters for each of theirs."""


def main(encoder: Path, out: Path) -> None:
    config = Path("configs/sm.cfg")
    samples = load_samples(read_settings(config).paths.train)
    random.Random(1).shuffle(samples)
    for count, epochs, composed in RUNS:
        chosen = samples[:count]
        folder = out / f"{len(chosen)}-{composed}"
        folder.mkdir(parents=True, exist_ok=True)
        train_file = folder / "train.jsonl"
        train_file.write_text("".join(r.model_dump_json(exclude_none=True) + "\n" for r in chosen), encoding="utf-8")
        changes = {
            "paths.encoder": str(encoder),
            "paths.teacher": None,
            "paths.train": [str(train_file)],
            "training.epochs": epochs,
            "training.eval_every": epochs,
            "training.cycle": 0,
            "training.generated_share": composed,
        }
        characters = sum(len(r.text) for r in chosen)
        figures = train(read_settings(config, changes), folder)
        row = {"samples": len(chosen), "characters": characters, "composed": composed, "epochs": epochs, **figures}
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
