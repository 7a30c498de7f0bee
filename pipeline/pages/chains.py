"""Which pieces of bodies read on in which: a beam search over scored links.

Each piece either starts an article or continues one of those that are still open; the score of a reading is the sum of
what `links` says of its parts. Only the last few open articles are tried, so the time is linear in the number of pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from operator import itemgetter
from typing import Any

from pipeline.pages.links import Link, Scorer
from pipeline.pages.pieces import Piece

BEAM = 40
WINDOW = 10
KEPT = 8
"""So many readings of the bodies are weighed with the headings that they leave."""
NEAR = 4.0
"""How much worse than the best such a reading may score."""
LARGE = 400
"""Pages with more pieces than this are read with a narrow beam."""

Done = Any
"""Chains that are closed, as a linked list: (chain, the rest) or None."""
State = tuple[float, "tuple[Link, ...]", Done]
"""A reading in the making: its score, the ends of its open chains, and the closed ones."""
Step = tuple[float, State, int, Link]
"""A score, the reading before, the open chain that the next piece joins (-1: none), and the chain's new end."""


Chains = list[list[tuple[int, bool]]]
"""Articles as lists of (piece, its heading is a sub-heading), in the order of their first pieces."""


def link_pieces(pieces: list[Piece], *, indented: bool, context: str) -> list[tuple[float, Chains]]:
    """The best readings, each with its score, the best first; only those that are nearly as good as the best."""
    return candidates(Scorer(pieces, indented=indented, context=context))[:KEPT]


def search(scorer: Scorer, beam: int = BEAM) -> Chains:
    """The best chains that a beam search finds."""
    return candidates(scorer, beam)[0][1]


def candidates(scorer: Scorer, beam: int = BEAM) -> list[tuple[float, Chains]]:
    """The readings that a beam search finds, not much worse than the best, the best first."""
    wide = len(scorer.pieces) <= LARGE
    beam, window = (beam, WINDOW) if wide else (4, 4)
    states: list[State] = [(0.0, (), None)]
    for i in range(len(scorer.pieces)):
        best = sorted(_steps(states, i, scorer, beam, window), key=itemgetter(0), reverse=True)[:beam]
        states = [_taken(step, window) for step in best]
    ended = [(s[0] + sum(scorer.end(link.piece) for link in s[1]), s) for s in states]
    ended.sort(key=lambda pair: -pair[0])
    return [(score, _chains(state)) for score, state in ended if score > ended[0][0] - NEAR]


def _chains(state: State) -> Chains:
    found = list(state[1])
    node = state[2]
    while node is not None:
        found.append(node[0])
        node = node[1]
    return sorted(_unroll(link) for link in found)


def _steps(states: Sequence[State], i: int, scorer: Scorer, beam: int, window: int) -> Iterator[Step]:
    """The ways to go on with piece `i` that can be among the best.

    Readings that share a chain share what a join gains, and the longer chain.
    """
    start, alone = scorer.start(i), Link(i)
    starts = [
        score + start + (scorer.end(links[0].piece) if len(links) == window else 0.0) for score, links, _ in states
    ]
    least = min(starts) if len(states) == beam else -inf
    joined: dict[Link, list[tuple[float, Link]]] = {}
    for state, begun in zip(states, starts, strict=True):
        score, links, _ = state
        yield begun, state, -1, alone
        for k, link in enumerate(links):
            if link not in joined:
                joined[link] = _joined(link, i, scorer)
            for gain, longer in joined[link]:
                if score + gain >= least:
                    yield score + gain, state, k, longer


def _joined(link: Link, i: int, scorer: Scorer) -> list[tuple[float, Link]]:
    """The ways in which piece `i` can go on a chain, with what each gains."""
    gain = scorer.join(link, i)
    if not scorer.pieces[i].heads:
        return [(gain, Link(i, link))]
    return [(gain + scorer.subhead(link, i, subhead=sub), Link(i, link, sub)) for sub in (True, False)]


def _taken(step: Step, window: int) -> State:
    """The reading that a step leads to."""
    score, (_, links, done), k, end = step
    if k >= 0:
        return score, (*links[:k], *links[k + 1 :], end), done
    if len(links) == window:
        links, done = links[1:], (links[0], done)
    return score, (*links, end), done


def _unroll(link: Link) -> list[tuple[int, bool]]:
    out: list[tuple[int, bool]] = []
    at: Link | None = link
    while at is not None:
        out.append((at.piece, at.subhead))
        at = at.before
    return out[::-1]
