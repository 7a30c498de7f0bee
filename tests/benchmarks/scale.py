"""Cost against the number of issues: seconds, characters a second and the driver's peak memory of `guanxi run`.

    python tests/benchmarks/scale.py --issues 1 10 100 1000
    python tests/benchmarks/scale.py --issues 10000 --articles 1 --engine ray --jobs 2

Every issue is a page of its own: some articles of the sample pages, chosen and dated by its number, with names of its own.
Prints a Markdown table. CPU seconds are told of `--engine local` alone: the workers of a cluster are no children of the run.
"""

import argparse
import os
import random
import subprocess
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from speed import COMMAND, PAGES

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "明华国强建军晓东文斌海涛志伟丽娟秀英立新永平"


def paragraphs() -> list[str]:
    """The longer paragraphs of the sample pages."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(PAGES.glob("page-*.txt")))
    return [line for text in texts for line in text.split("\n") if len(line) > 80]


def issue(number: int, articles: int, stock: list[str]) -> str:
    """The page of an issue."""
    dice = random.Random(number)
    day = date(2004, 1, 1) + timedelta(days=number % 7300)
    parts = [f"沙市日报\n{day.year}年{day.month}月{day.day}日 第{number}期"]
    for _ in range(articles):
        name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
        parts.append(f"{name}调研重点工作\n本报讯 {day.month}月{day.day}日，区委副书记{name}到岑河镇调研。{dice.choice(stock)}")  # fmt: skip
    return "\n".join(parts) + "\n"


def measure(arguments: list[str]) -> tuple[float, float, float]:
    """Seconds, seconds of the processors, and peak megabytes of one command and the processes it waited for."""
    started = time.monotonic()
    process = subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the run failed with status {status}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--issues", type=int, nargs="+", default=[1, 10, 100, 1000])
    parser.add_argument("--articles", type=int, default=2)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--model", default="zh_guanxi_sm")
    options = parser.parse_args()
    stock = paragraphs()
    print(
        "| issues | characters | engine | jobs | seconds | CPU seconds | characters a second | driver's peak MB | output MB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for count in options.issues:
        with tempfile.TemporaryDirectory() as scratch:
            folder, out = Path(scratch) / "issues", Path(scratch) / "out"
            folder.mkdir()
            pages = [issue(number, options.articles, stock) for number in range(count)]
            for number, page in enumerate(pages):
                (folder / f"{number:06}.txt").write_text(page, encoding="utf-8")
            size = sum(map(len, pages))
            how = ["--model", options.model, "--engine", options.engine, "--jobs", str(options.jobs)]
            seconds, cpu, memory = measure([str(folder), "--out", str(out), *how])
            written = sum(path.stat().st_size for path in out.rglob("*")) / 2**20
        print(
            f"| {count:,} | {size:,} | {options.engine} | {options.jobs} | {seconds:.1f} | {cpu:.1f} | {size / seconds:,.0f} "
            f"| {memory:.0f} | {written:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
