"""Chains of pieces, captions and headings put together as articles."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, takewhile

from pipeline.pages.bylines import tail_byline
from pipeline.pages.captions import add_captions
from pipeline.pages.chains import Chains, link_pieces
from pipeline.pages.cues import cue
from pipeline.pages.drafts import Draft
from pipeline.pages.features import weights
from pipeline.pages.fits import Candidate, Scores, Target
from pipeline.pages.headings import assign, search
from pipeline.pages.pieces import Piece, Row
from pipeline.pages.shapes import is_column

NARROW = 10
"""Beam of the search for headings while readings of the bodies are compared."""
LONGEST_ITEM = 650
"""Articles longer than this do not stand under a section of short news."""
Reading = tuple[float, list[Draft], Scores]
"""A score of the bodies, articles of these bodies, and how well the heading lines fit them."""


def draft(row: Row, *, indented: bool, context: str) -> list[Draft]:
    """Articles in the order of their text."""
    linked = link_pieces(pieces_of(row), indented=indented, context=context)
    # one at a time, for on an endless page each is large
    readings = (_reading(score, drafts_of(row, chains), row) for score, chains in linked)
    _, drafts, fits = max(readings, key=_joint_score) if len(linked) > 1 else next(readings)
    _add_headings(drafts, fits)
    _add_sections(drafts, row)
    _add_bylines(drafts, row)
    return drafts


def _reading(score: float, drafts: list[Draft], row: Row) -> Reading:
    return score, drafts, Scores(heading_lines(drafts, row), [target(d) for d in _wanting(drafts)])


def _wanting(drafts: list[Draft]) -> list[Draft]:
    """The articles that want a heading; notices have theirs."""
    return [d for d in drafts if not d.notice]


def _joint_score(reading: Reading) -> float:
    """Score of a reading of the bodies together with how well the heading lines can be shared out among its articles."""
    score, _, fits = reading
    return score + weights()["joint"] * fits.total(*search(fits, NARROW))


def pieces_of(row: Row) -> list[Piece]:
    """The pieces of bodies of a page in printed order."""
    return [item.piece for item in row.items if item.piece]


def drafts_of(row: Row, chains: Chains) -> list[Draft]:
    """Articles of these chains with their captions, without headings yet, in the order of their text."""
    at = [i for i, item in enumerate(row.items) if item.piece]
    pieces = pieces_of(row)
    drafts = [_chain(chain, pieces, at, row) for chain in chains]
    add_captions(drafts, row)
    return sorted(drafts, key=lambda d: d.items[0])


def _chain(chain: list[tuple[int, bool]], pieces: list[Piece], at: list[int], row: Row) -> Draft:
    out = Draft()
    for k, (number, subhead) in enumerate(chain):
        if subhead:
            out.subheads[k] = pieces[number].heads
        out.pieces.append(pieces[number])
        out.items.append(at[number])
    before = row.items[out.items[0] - 1] if out.items[0] else None
    if before and before.kind == "notice":
        out.notice = before.paragraphs[0]
    return out


def _add_headings(drafts: list[Draft], fits: Scores) -> None:
    """Pairs the heading lines with the articles."""
    wanting = _wanting(drafts)
    for t, heading in assign(fits).items():
        wanting[t].heading = heading


def heading_lines(drafts: list[Draft], row: Row) -> list[Candidate]:
    """The heading lines of a page that are no sub-headings, and names of columns printed with a heading."""
    taken = {id(line) for d in drafts for lines in d.subheads.values() for line in lines}
    lines = []
    for i, item in enumerate(row.items):
        if item.kind == "heads":
            lines += [Candidate(p, i, i, is_column(p.text)) for p in item.paragraphs if id(p) not in taken]
        elif item.kind == "section" and _beside_heading(row, i):
            group = i + 1 if row.items[i + 1].kind == "heads" else i
            lines.append(Candidate(item.paragraphs[0], i, group, True))
    return lines


def _beside_heading(row: Row, i: int) -> bool:
    """Whether a column name is printed in one block with the heading below it, and not with several briefs."""
    if i + 1 >= len(row.items) or row.items[i + 1].kind != "heads":
        return False
    block = row.items[i].paragraphs[-1].block
    inside = takewhile(lambda item: item.paragraphs[0].block == block, islice(row.items, i + 1, None))
    below = [item.piece for item in inside if item.piece]
    several = sum(bool(cue("lead").search(piece.first) or tail_byline(piece.last)) for piece in below)
    return row.items[i + 1].paragraphs[0].block == block and several < 2


def _section_end(row: Row, i: int) -> int:
    """Where a section ends at the latest: with its block when that goes on below its name, or at the next section."""
    block, items = row.items[i].paragraphs[-1].block, row.items
    own = i + 1 < len(items) and items[i + 1].paragraphs[0].block == block
    ends = (
        k for k in range(i + 1, len(items))
        if items[k].kind == "section" or (own and items[k].paragraphs[0].block != block)
    )  # fmt: skip
    return next(ends, len(items))


def target(d: Draft) -> Target:
    """What the pairing of headings must know of an article."""
    jumped = bool(d.pieces and (d.pieces[0].after_jump or d.pieces[0].paragraphs[0].jump_in))
    rare = d.bullet or d.kind == "caption"
    shy = 1.0 if rare else 0.7 if jumped else 0.0
    needs = 0.0 if rare or jumped else 1.0 if d.kind == "brief" else 3.0
    block = d.pieces[0].paragraphs[0].block if d.pieces else -1
    # a byline between the two does not part a heading from its body
    first = d.items[0] - (bool(d.pieces) and d.pieces[0].byline)
    return Target(first, d.items[-1], d.text, needs, block, shy)


def _add_sections(drafts: list[Draft], row: Row) -> None:
    """A section line covers the short items that follow it; over one item alone it is its kicker."""
    for i, item in enumerate(row.items):
        if item.kind != "section" or _beside_heading(row, i):
            continue
        covered: list[Draft] = []
        until = _section_end(row, i)
        for d in (d for d in drafts if i < d.items[0] < until):
            if not _is_item(d) or (covered and d.bullet != covered[0].bullet):
                break
            covered.append(d)
        if len(covered) == 1 and not covered[0].bullet and not covered[0].heading.kicker:
            covered[0].heading = replace(covered[0].heading, kicker=(item.paragraphs[0],))
        else:
            for d in covered:
                d.section = item.paragraphs[0]


def _is_item(d: Draft) -> bool:
    short = len(d.text) <= LONGEST_ITEM and not d.subheads and not d.heading.kicker
    return short and d.kind in ("article", "brief") and d.section is None


def _add_bylines(drafts: list[Draft], row: Row) -> None:
    """Bylines alone on their lines go to the headline or the text above them in their block, to the body below them, or to
    the nearest article without one.
    """
    runs = _byline_runs(row)
    found = [_beside(drafts, row, run) for run in runs]
    for run, beside in sorted(zip(runs, found, strict=True), key=lambda pair: pair[1] is None):
        home = beside or next((d for d in drafts if d.items[0] == run[-1] + 1), None)
        if home is None or (home.credits() and home is not beside):
            free = [d for d in drafts if not d.credits() and not d.notice]
            home = min(free or drafts, key=lambda d: min(abs(run[0] - k) for k in d.items), default=None)
        if home is not None:
            home.bylines += [line for i in run for line in row.items[i].paragraphs]


def _byline_runs(row: Row) -> list[list[int]]:
    """Items of bylines, those that stand together in one block as one run."""
    runs: list[list[int]] = []
    for i, item in enumerate(row.items):
        if item.kind != "byline":
            continue
        if runs and runs[-1][-1] == i - 1 and row.items[i - 1].paragraphs[-1].block == item.paragraphs[0].block:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _beside(drafts: list[Draft], row: Row, run: list[int]) -> Draft | None:
    """The article whose headline or text a run of bylines stands beside in one block."""
    above, below = run[0], run[-1]
    return _headed_above(drafts, row, above) or _signed_above(drafts, row, above) or _headed_below(drafts, row, below)


def _headed_above(drafts: list[Draft], row: Row, i: int) -> Draft | None:
    """The article whose headline is printed right above a byline in one block."""
    above = row.items[i - 1].paragraphs[-1] if i else None
    if above is None or above.block != row.items[i].paragraphs[0].block:
        return None
    return next((d for d in drafts if above in (*d.heading.headline, *d.heading.subtitle)), None)


def _headed_below(drafts: list[Draft], row: Row, i: int) -> Draft | None:
    """The article whose headline is printed right below a byline in one block, unless it has another byline."""
    below = row.items[i + 1].paragraphs[0] if i + 1 < len(row.items) else None
    if below is None or below.block != row.items[i].paragraphs[0].block:
        return None
    return next((d for d in drafts if below in (*d.heading.kicker, *d.heading.headline) and not d.credits()), None)


def _signed_above(drafts: list[Draft], row: Row, i: int) -> Draft | None:
    """The article whose text ends right above a byline in one block."""
    above = row.items[i - 1].piece if i else None
    return next((d for d in drafts if above and above.signed and above in d.pieces), None)
