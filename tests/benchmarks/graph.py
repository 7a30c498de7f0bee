"""How long a store of many edges takes to merge one more issue and to answer a question.

    python tests/benchmarks/graph.py [EDGES]

Fills a store in a scratch folder with made-up tenures and acts (a million edges if no number is given), adds one more
issue of 60 articles three times, with all files of the run directory, asks for the posts of a person, and prints the
seconds of each.
"""

import sys
import tempfile
import time
from pathlib import Path

from pipeline.engines.run import Manifest, write_files
from pipeline.graph import Entry, Store, bring_up_to_date
from pipeline.graph.facts import Fact, Facts, digest
from pipeline.graph.queries import person
from pipeline.records import ArticleRecord, Node

MANIFEST = Manifest(version="", model={}, told={}, inputs={}, counts={}, seconds=0.0, failures=[])


def facts(number: int) -> tuple[ArticleRecord, Facts]:
    """One article: ten people in ten posts, and acts of theirs."""
    article = f"article:{number:016x}:1"
    proof = {"article": article, "source": f"{number}.txt", "start": 0, "end": 4, "quote": "某某任职"}
    out = Facts()
    day = f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
    out.add_node(Node(id=article, labels=["Article"], properties={"name": article, "date": day}))
    for n in range(10):
        area = 110000 + (number * 7 + n) % 3000
        name = f"人{(number * 10 + n) % 50021}"
        who, post = f"person:{area}:{name}", f"post:{area}:县委员会:职{(number + n) % 900}"
        place = f"district:{area}"
        out.add_node(Node(id=who, labels=["Person"], properties={"name": name}))
        out.add_node(
            Node(id=post, labels=["Post"], properties={"name": post, "title": post.rsplit(":", maxsplit=1)[-1]})
        )
        out.add_node(Node(id=place, labels=["District"], properties={"name": place}))
        act = digest("act", article, str(n))
        out.add_node(Node(id=act, labels=["Act"], properties={"name": "出席", "verb": "出席", "category": "attend"}))
        ends = [
            ("HOLDS", who, post),
            ("AT", post, place),
            ("AGENT", act, who),
            ("PLACE", act, place),
            ("REPORTED_IN", act, article),
        ]
        for label, start, end in ends:
            more = {"status": "current"} if label == "HOLDS" else {}
            out.facts.append(Fact(label, start, end, 0.9, proof, day, properties=more))
    record = ArticleRecord(id=article, source=f"{number}.txt", body="某某任职" * 150, text="某某任职" * 150, date=day)
    return record, out


def fill(store: Store, edges: int) -> int:
    """Add articles, five hundred a transaction, until the store has so many edges; the number of articles."""
    number = 0
    while store.db.execute("SELECT count(*) FROM edges").fetchone()[0] < edges:
        some = [facts(n) for n in range(number, number + 500)]
        store.add(Entry(f"{number:064x}", f"{number}.txt", {}, 0.0), some)
        number += 500
    return number


class Clock:
    """Seconds by the wall and of the processor since the last call: on a busy machine the first tell little."""

    def __init__(self) -> None:
        self.last = time.perf_counter(), time.process_time()

    def __call__(self, what: str) -> None:
        now = time.perf_counter(), time.process_time()
        wall, busy = (new - old for new, old in zip(now, self.last, strict=True))
        sys.stdout.write(f"{what}: {wall:.3f} s ({busy:.3f} s of the processor)\n")
        sys.stdout.flush()
        self.last = time.perf_counter(), time.process_time()


def main(edges: int) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "guanxi.db") as store:
        out, clock = Path(folder), Clock()
        number = fill(store, edges)
        clock(f"{edges} edges filled in")
        write_files(store, out, MANIFEST)
        clock("files written for the first time")
        sizes = [round((out / name).stat().st_size / 1e6) for name in ("graph.jsonl", "articles.jsonl")]
        for issue in range(number, number + 180, 60):
            store.add(Entry(f"{issue:064x}", f"{issue}.txt", {}, 0.0), [facts(n) for n in range(issue, issue + 60)])
            clock("one more issue merged (60 articles, 3000 facts)")
            bring_up_to_date(store, out)
            clock("  graph.jsonl ({} MB) and articles.jsonl ({} MB) brought up to date".format(*sizes))
            write_files(store, out, MANIFEST)
            clock("  report and manifest written")
        person(out, "人77")
        clock("graph show for the first time")
        _, rows = person(out, "人77")
        clock(f"graph show again, {len(rows)} rows")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
