r"""The notation of the grammar files, read into a tree.

    @opening = P                      a rule; what it exports to the name it is bound to
    *3 <time:M>，<officer:P>{出席|X agent=P object=E time=M}<event:E>。

Each line under a rule is an alternative, `*3` its weight.

- `{characters|NAME arcs}` is a mention; the first letter of NAME gives its label as in `.ann` files. `agent=P,Q` draws
  an arc to every mention bound to these names, or none where nothing is bound. `^P` looks the name up outside the rule.
- `<rule>` puts in an alternative of a rule or a word from `words.py`; `<rule:P>` also binds what it
  exports to P, `<rule:*>` to the names it has there.
- `<=P:P2>` repeats the first mention bound to P, with its label, and binds the repetition to P2.
- `[one/other/]` is one of several, here perhaps nothing. `\n` is a line break.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

from pipeline.errors import DataError

TOKEN = re.compile(r"\{|\}|\[|\]|/|<[^<>]*>|\|[^{}|]*(?=\})|[^{}\[\]/<>|]+")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a rule or word; `name` binds what it exports."""

    rule: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """An earlier mention, mentioned again and bound to `name`."""

    earlier: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention: label letter, names it is bound to and its arcs as (type, name)."""

    name: str
    arcs: tuple[tuple[str, str], ...]
    content: tuple[Node, ...]


Node = str | Slot | Again | Choice | Marked


@dataclass(frozen=True, slots=True)
class Rule:
    """Alternatives with their cumulated weights, and the names whose mentions are exported."""

    exports: tuple[str, ...]
    options: tuple[tuple[Node, ...], ...]
    weights: tuple[int, ...]


@cache
def rules() -> dict[str, Rule]:
    """All rules of the grammar files."""
    found: dict[str, Rule] = {}
    folder = files("pipeline.training.generator").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            found |= parse(file.read_text("utf-8"), file.name)
    return found


def parse(text: str, where: str) -> dict[str, Rule]:
    """The rules of one file. Raises DataError with the line that cannot be read."""
    blocks: dict[str, tuple[tuple[str, ...], list[tuple[int, tuple[Node, ...]]]]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("@"):
            name, _, exports = line[1:].partition("=")
            options: list[tuple[int, tuple[Node, ...]]] = []
            blocks[name.strip()] = (tuple(exports.split()), options)
        elif line.strip() and not line.startswith("#"):
            weight, body = re.fullmatch(r"(?:\*(\d+) )?(.*)", line).groups()  # type: ignore[union-attr]
            options.append((int(weight or 1), _sequence(body, f"{where}:{number}")))
    return {
        name: Rule(exports, tuple(body for _, body in options), tuple(accumulate(weight for weight, _ in options)))
        for name, (exports, options) in blocks.items()
    }


def _sequence(line: str, where: str) -> tuple[Node, ...]:
    tokens = TOKEN.findall(line)
    if "".join(tokens) != line:
        raise DataError(f"{where}: cannot be read as a line of the grammar; see grammar.py for the notation")
    nodes, rest = _nodes(tokens, frozenset(), where)
    if rest:
        raise DataError(f"{where}: {rest[0]!r} closes nothing")
    return nodes


def _nodes(tokens: Sequence[str], stop: frozenset[str], where: str) -> tuple[tuple[Node, ...], Sequence[str]]:
    """The nodes up to a token of `stop`, and the tokens from there on."""
    nodes: list[Node] = []
    node: Node
    while tokens and tokens[0][0] not in stop:
        token, tokens = tokens[0], tokens[1:]
        if token == "{":
            node, tokens = _marked(tokens, where)
        elif token == "[":
            node, tokens = _choice(tokens, where)
        elif token in ("}", "]"):
            return tuple(nodes), [token, *tokens]
        elif token.startswith("<"):
            node = _slot(token[1:-1])
        else:
            node = token.replace("\\n", "\n")
        nodes.append(node)
    return tuple(nodes), tokens


def _marked(tokens: Sequence[str], where: str) -> tuple[Marked, Sequence[str]]:
    content, tokens = _nodes(tokens, frozenset("|"), where)
    if len(tokens) < 2 or tokens[1] != "}":
        raise DataError(f"{where}: a mention must read {{characters|NAME arcs}}")
    name, *arcs = tokens[0][1:].split()
    pairs = tuple((arc.split("=")[0], target) for arc in arcs for target in arc.split("=")[1].split(","))
    return Marked(name, pairs, content), tokens[2:]


def _choice(tokens: Sequence[str], where: str) -> tuple[Choice, Sequence[str]]:
    options: list[tuple[Node, ...]] = []
    while True:
        option, tokens = _nodes(tokens, frozenset("/]"), where)
        options.append(option)
        if not tokens:
            raise DataError(f"{where}: [ is not closed")
        closing, tokens = tokens[0], tokens[1:]
        if closing == "]":
            return Choice(tuple(options)), tokens


def _slot(text: str) -> Slot | Again:
    rule, _, name = text.partition(":")
    if rule.startswith("="):
        return Again(rule[1:], name)
    return Slot(rule, name or None)
