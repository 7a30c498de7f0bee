"""The right chains of pieces on a page with a reading, and the search for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.pages.chains import Chains, search
from pipeline.pages.cues import cue
from pipeline.pages.features import Features, add
from pipeline.pages.fitting.tasks import BEAM, Task, Weights, squeezed
from pipeline.pages.links import Link, Scorer
from pipeline.pages.pieces import Piece
from pipeline.pages.reading import Setting


class _Chains(Scorer):
    """Scores with a margin: every wrong decision looks better by it."""

    before: Sequence[int | None] = ()
    """The piece that each goes on from, -1 for none, None where it is not known."""
    margin = 0.0

    def start(self, i: int) -> float:
        return super().start(i) + self.margin * (self.before[i] not in (-1, None))

    def join(self, link: Link, i: int) -> float:
        return super().join(link, i) + self.margin * (self.before[i] not in (link.piece, None))


def chain_features(scorer: Scorer, found: Chains) -> Features:
    """All features of chains of pieces."""
    total: Features = {}
    for chain in found:
        link: Link | None = None
        for i, subhead in chain:
            if link is None:
                add(total, scorer.start_features(i))
            else:
                add(total, scorer.join_features(link, i))
                if scorer.pieces[i].heads:
                    add(total, scorer.subhead_features(link, i, subhead=subhead))
            link = Link(i, link, subhead)
        add(total, scorer.end_features(chain[-1][0]))
    return total


def right_chains(pieces: Sequence[Piece], articles: Sequence[dict[str, Any]]) -> Chains | None:
    """The chains of the reading; None where a piece holds text of several articles or stands before its beginning."""
    bodies = [squeezed(a["body"]) for a in articles]
    places: dict[int, list[tuple[int, int]]] = {}
    loose = []
    for i, piece in enumerate(pieces):
        text = squeezed(cue("bullet").sub("", piece.text))
        homes = [(body.find(text[:12]), k) for k, body in enumerate(bodies) if text[:12] in body and text[-12:] in body]
        if homes:
            places.setdefault(homes[0][1], []).append((i, homes[0][0]))
        else:
            loose.append([(i, False)])
    out: Chains = []
    for k, found in places.items():
        if [at for _, at in found] != sorted(at for _, at in found):
            return None
        heads = [bool(pieces[i].heads) and squeezed(pieces[i].heads[0].text) in bodies[k] for i, _ in found]
        out.append([(i, n > 0 and head) for n, ((i, _), head) in enumerate(zip(found, heads, strict=True))])
    return None if 4 * len(loose) > len(pieces) else sorted([*out, *loose])


def chain_task(pieces: list[Piece], setting: Setting, right: Chains) -> Task:
    """Which piece goes on which."""
    before: list[int | None] = [None] * len(pieces)
    for chain in right:
        for k, (i, _) in enumerate(chain):
            before[i] = chain[k - 1][0] if k else -1

    scorer = _Chains(pieces, indented=setting["indented"], context=setting["context"])
    scorer.before = before

    def compare(w: Weights, margin: float) -> tuple[Features, Features, float]:
        scorer.reweigh(w)
        scorer.margin = margin
        found = search(scorer, BEAM)
        wrong = sum(
            before[i] not in (None, chain[k - 1][0] if k else -1) for chain in found for k, (i, _) in enumerate(chain)
        )
        wrong += sum(sub for c in found for _, sub in c) != sum(sub for c in right for _, sub in c)
        return chain_features(scorer, right), chain_features(scorer, found), float(wrong)

    return Task("chains", compare)
