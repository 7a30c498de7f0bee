"""Characters a second, start-up time and peak memory of `guanxi run`, page to graph.

    python tests/benchmarks/speed.py --copies 20 --jobs 1 2

Every copy of the sample pages gets a line of its own, so that none counts as read before. Prints a Markdown table.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = Path(__file__).parents[2] / "seeds" / "pages"
COMMAND = [sys.executable, "-c", "from pipeline.cli import app; app()", "run"]


def copies(folder: Path, count: int) -> int:
    """Write `count` copies of the sample pages; the characters in all."""
    characters = 0
    for number in range(count):
        for path in sorted(PAGES.glob("*.txt")):
            text = f"{path.read_text(encoding='utf-8')}\n第{number}次\n"
            (folder / f"{path.stem}-{number}.txt").write_text(text, encoding="utf-8")
            characters += len(text)
    return characters


def measure(arguments: list[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of one command, its own process alone."""
    started = time.monotonic()
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run failed with status {status}")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, nargs="+", default=[20])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--models", nargs="+", default=["zh_guanxi_sm", "zh_guanxi_trf"])
    options = parser.parse_args()
    print(
        "| model | pages | characters | jobs | seconds | characters a second | peak MB |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as scratch:
        one = Path(scratch) / "one.txt"
        one.write_text("3月5日,沙市区区长秦军主持召开区政府常务会议。\n", encoding="utf-8")
        for model in options.models:
            seconds, memory = measure([str(one), "--out", f"{scratch}/{model}", "--model", model])
            print(f"| {model} | 1 sentence | 25 | 1 | {seconds:.1f} | | {memory:.0f} |")
        for count in options.copies:
            folder = Path(scratch) / str(count)
            folder.mkdir()
            characters = copies(folder, count)
            for model in options.models:
                for jobs in options.jobs:
                    out = f"{scratch}/{model}-{count}-{jobs}"
                    seconds, memory = measure([str(folder), "--out", out, "--model", model, "--jobs", str(jobs)])
                    pages = len(list(folder.iterdir()))
                    rate = f"{characters / seconds:,.0f}"
                    print(
                        f"| {model} | {pages} | {characters:,} | {jobs} | {seconds:.1f} | {rate} | {memory:.0f} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
