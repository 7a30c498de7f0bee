"""Tables made by hand: issues of marked passages, and what a reader says that each mention stands for.

    python tests/linking/tables.py [TABLE …]

prints for each table how many rows are right, and the wrong rows.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.linking import link_issue
from pipeline.records import Article, Linked, Mention, Record

HERE = Path(__file__).parent
MARK = re.compile(r"\{([^|}]+)\|([A-Z])(?:=([^}]+))?\}")
LABELS = {"D": "DISTRICT", "A": "AGENCY", "E": "EVENT"}


@dataclass(frozen=True)
class Case:
    """A mention in its passage, what it stands for, and what was found (None for nothing)."""

    passage: str
    printed: str
    wanted: str
    found: str | None


def judge(name: str) -> list[Case]:
    """Link every issue of a table and set what was found beside what a reader says."""
    return [case for home, passages in issues(name) for case in cases(home, passages)]


def right(case: Case) -> bool:
    """Is what was found what the reader says, NIL for nothing?"""
    return (case.found or "NIL") == case.wanted


def issues(name: str) -> Iterator[tuple[str | None, list[str]]]:
    """The issues of a table: the home that is told, and the marked passages."""
    for block in re.split(r"^= ", (HERE / name).read_text("utf-8"), flags=re.M)[1:]:
        home, *passages = (line for line in block.splitlines() if not line.startswith("#"))
        if home == "-":
            yield from ((None, [passage]) for passage in passages)
        else:
            yield home, passages


def link(passages: list[str], **told: str | None) -> list[Linked]:
    """Link marked passages as the articles of one issue."""
    records = [unmark(passage, n)[0] for n, passage in enumerate(passages)]
    return link_issue([(article(record), record, []) for record in records], **told)


def article(record: Record) -> Article:
    """An article whose body is a record's text."""
    return Article(id=record.id, source="table", body=record.text)


def unmark(passage: str, number: int = 0) -> tuple[Record, dict[str, str]]:
    """The record of a marked passage, and the answers by mention id."""
    text, mentions, answers, last = "", [], {}, 0
    for mark in MARK.finditer(passage):
        text += passage[last : mark.start()]
        start, last = len(text), mark.end()
        text += mark[1]
        mention = Mention(id=f"M{len(mentions)}", label=LABELS[mark[2]], start=start, end=len(text), text=mark[1])
        mentions.append(mention)
        if mark[3]:
            answers[mention.id] = mark[3]
    return Record(id=f"passage-{number}", text=text + passage[last:], entities=mentions), answers


def cases(home: str | None, passages: list[str]) -> Iterator[Case]:
    """The judged mentions of one issue."""
    for passage, linked in zip(passages, link(passages, home=home), strict=True):
        nodes = {node.id: node.properties for node in linked.nodes}
        links = {link.entity: nodes[link.node] for link in linked.links if link.node}
        answers = unmark(passage)[1]
        for mention in linked.record.entities:
            if mention.id in answers:
                node = links.get(mention.id, {})
                yield Case(linked.record.text, mention.text, answers[mention.id], node.get("path", node.get("name")))


def main() -> None:
    """Print the figures and the wrong rows of the tables named, or of all."""
    for name in sys.argv[1:] or sorted(path.name for path in HERE.glob("*.txt")):
        judged = judge(name)
        wrong = [case for case in judged if not right(case)]
        sys.stdout.write(
            f"{name}: {len(judged) - len(wrong)} of {len(judged)} right ({1 - len(wrong) / len(judged):.3f})\n"
        )
        for case in wrong:
            sys.stdout.write(f"  {case.printed}: wanted {case.wanted}, found {case.found} in {case.passage}\n")


if __name__ == "__main__":
    main()
