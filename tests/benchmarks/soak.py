"""A soak: `guanxi serve` and `guanxi run` under load for a time; tells the growth of memory and every request that was lost.

    python tests/benchmarks/soak.py --minutes 30

Half of the time goes to each. Several clients at once ask the server for pages, extraction and the graph, and an answer that is no 2xx is lost; the run reads ever new issues into one directory in one process. Memory is that of the process and its children,
and growth that from the first fifth of the time, when everything has been loaded, to the last.
"""

import argparse
import itertools
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

from scale import issue, paragraphs

COMMAND = [sys.executable, "-c", "from pipeline.cli import app; app()"]
TEXT = "3月5日,沙市区区长秦军主持召开区政府常务会议。"
PASSAGES = json.dumps({"passages": [{"id": "a", "text": TEXT}]}).encode()
ASKED = [
    ("/", None), ("/api/extract", PASSAGES), ("/graph", None), ("/api/graph", None), ("/api/extract", PASSAGES),
    ("/search?q=%E6%B2%99%E5%B8%82", None), ("/api/search?q=%E9%95%BF", None),
]  # fmt: skip
CLIENTS = 3


def memory(pid: int) -> float:
    """Megabytes that a process and its children hold."""
    total, children = 0.0, [pid]
    while children:
        one = children.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="utf-8")
            children += map(int, Path(f"/proc/{one}/task/{one}/children").read_text(encoding="utf-8").split())
        except OSError:
            continue
        total += next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
    return total


def watch(process: subprocess.Popen[bytes], seconds: float) -> list[float]:
    """Memory twice a second, until the time is over or the process ends."""
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        found.append(memory(process.pid))
        time.sleep(0.5)
    return found


def told(name: str, found: list[float], done: int, lost: int) -> None:
    """One row."""
    fifth = max(len(found) // 5, 1)
    first, last = statistics.median(found[:fifth]), statistics.median(found[-fifth:])
    print(f"| {name} | {len(found) / 120:.1f} | {done:,} | {lost} | {first:.0f} | {last:.0f} | {max(found):.0f} |")


def soak_serve(scratch: Path, seconds: float) -> None:
    """Load on `guanxi serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*COMMAND, "serve", str(scratch / "out"), "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    base, stop, answers, losses = f"http://127.0.0.1:{port}", threading.Event(), itertools.count(), []
    while process.poll() is None:
        try:
            urllib.request.urlopen(base, timeout=5).close()
            break
        except OSError:
            time.sleep(0.3)

    def client(number: int) -> None:
        for turn in itertools.count(number):
            if stop.is_set():
                return
            path, body = ASKED[turn % len(ASKED)]
            request = urllib.request.Request(base + path, body, {"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    answer.read()
                next(answers)
            except OSError as error:
                losses.append(f"{path}: {error}")

    clients = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for one in clients:
        one.start()
    found = watch(process, seconds)
    stop.set()
    for one in clients:
        one.join()
    process.terminate()
    process.wait()
    told("serve", found, next(answers), len(losses))
    for loss in losses[:5]:
        print(f"lost: {loss}", file=sys.stderr)


def soak_run(scratch: Path, seconds: float) -> None:
    """One long `guanxi run` over issues in numbers that outlast the time, then killed; what it read is counted."""
    folder, stock = scratch / "issues", paragraphs()
    folder.mkdir()
    for number in range(int(seconds * 20) + 100):
        (folder / f"{number:07}.txt").write_text(issue(number, 2, stock), encoding="utf-8")
    with (scratch / "log").open("wb") as log:
        process = subprocess.Popen([*COMMAND, "run", str(folder), "--out", str(scratch / "out")], stderr=log)
        found = watch(process, seconds)
        process.kill()
        process.wait()
    lines = (scratch / "log").read_text(encoding="utf-8").splitlines()
    read = [line for line in lines if line.startswith("reading ")]
    told("run", found[5:], len(read), len(lines) - len(read))


def main() -> None:
    """Soak and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    seconds = parser.parse_args().minutes * 30
    print(
        "| what | minutes | requests or issues | lost | MB at first | MB at last | MB at most |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as scratch:
        soak_run(Path(scratch), seconds)
        page = Path(scratch) / "page.txt"
        page.write_text(issue(0, 5, paragraphs()), encoding="utf-8")
        subprocess.run([*COMMAND, "run", str(page), "--out", f"{scratch}/out"], check=True, capture_output=True)
        soak_serve(Path(scratch), seconds)


if __name__ == "__main__":
    main()
