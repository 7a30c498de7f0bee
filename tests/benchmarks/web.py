"""How long each page of the web application takes to answer on a large graph.

    python tests/benchmarks/web.py [NODES]

Fills a run in a scratch folder with the papers of a few counties (100,000 nodes if no number is given), so that districts,
bodies and people have as many facts as in years of one paper, and prints the median and the longest of ten answers of each
page in milliseconds. The articles are those of the sample pages again and again, so that they are linked as real ones are.
"""

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from fastapi.testclient import TestClient

from pipeline.graph import Entry, Store
from pipeline.graph.facts import Fact, Facts, digest
from pipeline.records import ArticleRecord, Mention, Node
from pipeline.service import create_app

COUNTIES = 6
BODIES = [f"第{n}局" for n in range(60)]
TITLES = ["局长", "副局长", "党组书记", "主任", "科长"]
CATEGORIES = ["attend", "inspect", "speak", "convene", "other"]
AGAIN = 10


def facts(number: int) -> tuple[ArticleRecord, Facts]:
    """One article of a county: an event, five people in posts, and what they did there."""
    dice = random.Random(number)
    area, out = f"4210{dice.randrange(COUNTIES):02}", Facts()
    article, day = f"article:{number:016x}:1", f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}"
    text = "".join(f"沙市区第{n}局局长人{dice.randrange(9000)}出席会议。" for n in range(5))
    proof = {"article": article, "source": f"{number}.txt", "start": 0, "end": 4, "quote": text[:20]}

    def node(key: str, label: str, name: str, **more: str) -> str:
        return out.add_node(Node(id=key, labels=[label], properties={"name": name, **more}))

    def fact(label: str, start: str, end: str, **more: str) -> None:
        out.facts.append(Fact(label, start, end, 0.5 + 0.5 * dice.random(), proof, day, properties=more))

    node(article, "Article", f"标题{number}", date=day, newspaper="某县日报", source=f"{number}.txt")
    place = node(f"district:{area}", "District", f"县{area}", path=f"某省/某市/县{area}", code=area)
    event = node(f"event:{area}:{number // 3}", "Event", f"第{number // 3}次会议")
    for n in range(5):
        body, title, name = dice.choice(BODIES), dice.choice(TITLES), f"人{dice.randrange(9000)}"
        agency = node(f"agency:{area}:{body}", "Agency", f"县{area}{body}", system="government", district=place)
        post = node(f"post:{area}:{body}:{title}", "Post", f"县{area}{body}{title}", title=title, system="government")
        who = node(f"person:{area}:{name}", "Person", name)
        act = node(digest("act", article, str(n)), "Act", f"{name}出席", verb="出席", category=dice.choice(CATEGORIES), date=day)  # fmt: skip
        for label, start, end in [("AT", post, agency), ("SERVES", agency, place), ("AGENT", act, who), ("OBJECT", act, event), ("PLACE", act, place), ("REPORTED_IN", act, article)]:  # fmt: skip
            fact(label, start, end)
        fact("HOLDS", who, post, status=dice.choice(["current", "current", "former"]))
    label = {"人": "PERSON", "局": "AGENCY"}
    entities = [Mention(id=f"M{n}", label=label[text[n]], start=n, end=n + 2, text=text[n : n + 2], score=dice.random())
                for n in range(len(text) - 2) if text[n] in label]  # fmt: skip
    return ArticleRecord(
        id=article, source=f"{number}.txt", headline=None, body=text, text=text, entities=entities, date=day
    ), out


def fill(folder: Path, nodes: int) -> None:
    """A run of so many nodes, a few articles to an issue."""
    with Store(folder / "guanxi.db") as store:
        number = 0
        while store.db.execute("SELECT count(*) FROM nodes").fetchone()[0] < nodes:
            for issue in range(number, number + 500, 10):
                some = [facts(n) for n in range(issue, issue + 10)]
                store.add(Entry(f"{issue:064x}", f"{issue}.txt", {}, 0.0), some)
            number += 500


def addresses(client: TestClient) -> list[str]:
    """A page of each kind, on the best connected nodes."""
    best = {label: client.get("/search", params={"label": label, "as": "json"}).json()["results"][0]["id"]
            for label in ("Person", "Post", "Agency", "District", "Event")}  # fmt: skip
    article = f"article:{7:016x}:1"
    graph = [f"/api/graph?most={query}" for query in ("300", "5000", "5000&since=2024-12")]
    around = [f"/api/graph?node={best[label]}&depth={depth}" for label in ("Person", "District") for depth in (1, 2, 3)]
    around += [f"/api/graph?node={best[label]}&depth=3&most=5000" for label in ("Person", "Agency", "District")]
    edge = client.get(f"/api/graph?node={best['District']}&most=1").json()["edges"][0]["id"]
    acts = ["/acts", "/acts?q=人7&category=inspect&since=2015&sure=0.6", "/acts?start=100"]
    short = [f"/search?q={name}" for name in ("第7局", "7局", "县7局")]
    narrowed = f"/nodes/{best['District']}?since=2015&until=2016-06&category=inspect&sure=0.6"
    return [
        "/", "/articles", "/articles?q=99&since=2014", "/articles?start=5000", "/search?q=人7", "/search?q=nothing",
        "/search?label=Person", *(f"/nodes/{key}" for key in best.values()), narrowed, f"/nodes/{best['District']}?as=json", "/graph", *graph, *around,
        f"/api/edges/{edge}", *acts, *short,
        f"/articles/{article}", f"/api/nodes/{best['Person']}/articles", "/add", "/correct", f"/correct/{article}", "/api/",
    ]  # fmt: skip


def measured(client: TestClient, path: str) -> float:
    """Ask for a page ten times, print the median and the longest of its times, and give the median, in milliseconds."""
    times = []
    for _ in range(AGAIN):
        start = time.perf_counter()
        assert client.get(path).status_code == 200, path
        times.append(1000 * (time.perf_counter() - start))
    sys.stdout.write(f"{statistics.median(times):7.0f} {max(times):7.0f}  {path}\n")
    return statistics.median(times)


def main(nodes: int) -> None:
    """Fill, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        fill(Path(folder), nodes)
        sys.stdout.write(f"{nodes} nodes filled in: {time.perf_counter() - start:.1f} s\n")
        start = time.perf_counter()
        with TestClient(
            create_app(folder), "http://127.0.0.1"
        ) as client:  # one event loop for all requests, as the server has
            sys.stdout.write(f"application started: {time.perf_counter() - start:.1f} s\n")
            worst = max(measured(client, path) for path in addresses(client))
        sys.stdout.write(f"slowest median: {worst:.0f} ms\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
