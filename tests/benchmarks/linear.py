"""Seconds of `guanxi run` on one hostile text of growing length: how the cost of the worst inputs grows.

    python tests/benchmarks/linear.py --characters 10000 100000 1000000

For each kind of text, the exponent is that of the last two lengths: 1 is linear.
"""

import argparse
import math
import tempfile
from pathlib import Path

from speed import measure

KINDS = {
    "no punctuation": "中国人民政府县委书记镇长局长",
    "a list of names": "王明华、李国强、张建军、",
    "open brackets": "（《“",
    "one character a line": "李\n",
    "posts": "区委常委、副区长、公安局局长王明华，",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    sizes = parser.parse_args().characters
    print(f"| text | {' | '.join(f'{size:,}' for size in sizes)} | exponent |\n|---|{'---|' * len(sizes)}---|")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "text.txt"
        path.write_text("沙市区区长秦军主持召开会议。\n", encoding="utf-8")
        start, _ = measure([str(path), "--out", f"{scratch}/start"])
        for number, (kind, unit) in enumerate(KINDS.items()):
            seconds = []
            for size in sizes:
                path.write_text((unit * size)[:size], encoding="utf-8")
                seconds.append(max(measure([str(path), "--out", f"{scratch}/{number}-{size}"])[0] - start, 0.01))
            power = math.log(seconds[-1] / seconds[-2]) / math.log(sizes[-1] / sizes[-2])
            print(f"| {kind} | {' | '.join(f'{s:.1f}' for s in seconds)} | {power:.2f} |", flush=True)


if __name__ == "__main__":
    main()
