"""Seconds of `guanxi run` on one hostile text of growing length: how the cost of the worst inputs grows.

    python tests/benchmarks/linear.py --characters 10000 100000 1000000
    python tests/benchmarks/linear.py --names 2000 8000

For each kind of text, the exponent is that of the last two lengths: 1 is linear. With `--names` it is linking alone, of one
article that names so many people.
"""

import argparse
import math
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from speed import measure

from pipeline.linking import link_issue
from pipeline.records import Article, Mention, Record, Relation

KINDS = {
    "no punctuation": "中国人民政府县委书记镇长局长",
    "a list of names": "王明华、李国强、张建军、",
    "open brackets": "（《“",
    "one character a line": "李\n",
    "posts": "区委常委、副区长、公安局局长王明华，",
}
ROLLS = {
    "people": "{PERSON}、",
    "people and acts": "{PERSON}{ACT=捐款}，他{ACT=说}，",
    "people and titles": "{TITLE=教师}{PERSON}、",
    "people, titles and bodies": "{AGENCY=县教育局}{TITLE=局长}{PERSON}，",
}


def roll(form: str, count: int) -> Record:
    """An article of many people, each in the same words."""
    text, mentions, relations = "", [], []
    for number in range(count):
        row = {}
        for word, label, said in re.findall(r"([^{]+)|{(\w+)=?(.*?)}", form):
            printed = word or said or f"李{chr(0x4E00 + number % 900)}{chr(0x4E00 + number // 900)}"
            if label:
                row[label] = f"M{len(mentions)}"
                end = len(text) + len(printed)
                mentions.append(Mention(id=row[label], label=label, start=len(text), end=end, text=printed))
            text += printed
        for kind, head, tail in (("holds", "PERSON", "TITLE"), ("at", "TITLE", "AGENCY")):
            if head in row and tail in row:
                relations.append(Relation(type=kind, head=row[head], tail=row[tail]))
    return Record(id="roll", text=text, entities=mentions, relations=relations)


def linking(form: str, count: int) -> float:
    """Seconds to link an article of so many people."""
    record = roll(form, count)
    started = time.monotonic()
    link_issue([(Article(id="roll", source="roll", body=record.text), record, [])], home="双峰县")
    return time.monotonic() - started


def table(kinds: dict[str, str], sizes: Sequence[int], seconds: Callable[[str, int], float]) -> None:
    """Print how the seconds of each kind grow."""
    print(f"| text | {' | '.join(f'{size:,}' for size in sizes)} | exponent |\n|---|{'---|' * len(sizes)}---|")
    for kind, form in kinds.items():
        took = [seconds(form, size) for size in sizes]
        power = math.log(took[-1] / took[-2]) / math.log(sizes[-1] / sizes[-2])
        print(f"| {kind} | {' | '.join(f'{s:.1f}' for s in took)} | {power:.2f} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--names", type=int, nargs="+", default=[])
    options = parser.parse_args()
    if options.names:
        linking("{PERSON}", 1)  # the tables are read
        table(ROLLS, options.names, linking)
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "text.txt"
        path.write_text("沙市区区长秦军主持召开会议。\n", encoding="utf-8")
        start, _ = measure([str(path), "--out", f"{scratch}/start"])

        def run(unit: str, size: int) -> float:
            path.write_text((unit * size)[:size], encoding="utf-8")
            out = tempfile.mkdtemp(dir=scratch)
            return max(measure([str(path), "--out", f"{out}/run"])[0] - start, 0.01)

        table(KINDS, options.characters, run)


if __name__ == "__main__":
    main()
