"""Chains of pieces, captions and headings put together as articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

from pipeline.pages.bylines import credits, lead_byline, tail_byline
from pipeline.pages.chains import Piece, link_pieces
from pipeline.pages.cues import closed, cue, weights
from pipeline.pages.headings import (
    Candidate,
    Heading,
    Scores,
    Target,
    assign,
    bigrams,
    is_column,
    search,
    total_score,
)
from pipeline.pages.lines import Paragraph
from pipeline.pages.pieces import Row
from pipeline.records import Credit, Kind

NARROW = 10
"""Beam of the search for headings while readings of the bodies are compared."""
FAR = 6
"""Items between captions and their story from which on more make no difference."""
LONGEST_ITEM = 650
"""Articles longer than this do not stand under a section of short news."""


@dataclass(slots=True)
class Draft:
    """An article in the making: its pieces with their sub-headings, and all that hangs on it."""

    pieces: list[Piece] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    subheads: dict[int, list[Paragraph]] = field(default_factory=dict)
    """Sub-heading lines by the index of the piece below them."""
    captions: list[Paragraph] = field(default_factory=list)
    notice: Paragraph | None = None
    section: Paragraph | None = None
    heading: Heading = field(default_factory=Heading)
    bylines: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join([*(p.text for p in self.pieces), *(p.text for p in self.captions)])

    @property
    def bullet(self) -> bool:
        return bool(self.pieces and not self.notice and cue("bullet").search(self.pieces[0].first))

    @property
    def lead(self) -> bool:
        return bool(self.pieces and cue("lead").search(self.pieces[0].first))

    @property
    def kind(self) -> Kind:
        if self.notice:
            return "notice"
        if self.captions:
            return "photo-story" if self.pieces or len(self.captions) > 1 else "caption"
        single = (len(self.pieces) == 1 and len(self.pieces[0].paragraphs) == 1) or sum(
            len(p.paragraphs) for p in self.pieces
        ) <= len(self.pieces)
        below = (line.text for line in self.bylines if line.start > self.pieces[-1].paragraphs[-1].start)
        tail = tail_byline(self.pieces[-1].last) or next((text for text in below if "摄" in text), "")
        if single and not self.lead:
            if "摄" in tail or cue("photo").search(self.pieces[0].first):
                return "photo-story" if self.heading.headline else "caption"
            if self.bullet or tail:
                return "brief"
        return "article"

    def credits(self) -> list[Credit]:
        """Who wrote or photographed it, each once, in printed order."""
        found = [c for line in self.bylines for c in credits(line.text)]
        if self.notice:
            return found
        first = self.pieces[0].first if self.pieces else ""
        texts = [lead_byline(first)] if first else []
        texts += [tail_byline(p.last) for p in self.pieces]
        texts += [p.text for p in self.captions if "摄" in p.text and not re.match("[①-⑳图]", p.text)]
        texts += [tail_byline(p.text) for p in self.captions if is_credited(p.text)]
        found += [c for text in texts if text for c in credits(text)]
        return list({(c.role, c.name): c for c in found}.values())

    def paragraphs(self) -> Iterator[Paragraph]:
        """All that it has of the page."""
        yield from (p for piece in self.pieces for p in piece.paragraphs)
        yield from (p for lines in self.subheads.values() for p in lines)
        yield from (p for p in (self.notice, self.section) if p)
        heading = self.heading
        yield from (*self.captions, *self.bylines, *heading.kicker, *heading.headline, *heading.subtitle)


def draft(row: Row, *, indented: bool, context: str) -> list[Draft]:
    """Articles in the order of their text."""
    readings = link_pieces(pieces_of(row), indented=indented, context=context)
    drafts = max(
        ((score, drafts_of(row, chains)) for score, chains in readings),
        key=lambda pair: pair[0] + (weights()["joint"] * _heading_score(pair[1], row) if len(readings) > 1 else 0.0),
    )[1]
    _add_headings(drafts, row)
    _add_sections(drafts, row)
    _add_bylines(drafts, row)
    return drafts


def pieces_of(row: Row) -> list[Piece]:
    """The pieces of bodies of a page in printed order."""
    return [item.piece for item in row.items if item.piece]


def drafts_of(row: Row, chains: list[list[tuple[int, bool]]]) -> list[Draft]:
    """Articles of these chains with their captions, without headings yet, in the order of their text."""
    at = [i for i, item in enumerate(row.items) if item.piece]
    pieces = pieces_of(row)
    drafts = [_chain(chain, pieces, at, row) for chain in chains]
    _add_captions(drafts, row)
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


def _add_captions(drafts: list[Draft], row: Row) -> None:
    """Numbered captions and the credit line join the photo story whose words they share; credited each, they stand alone."""
    for series in _series(row):
        paragraphs = [p for i in series for p in row.items[i].paragraphs]
        alone = len(paragraphs) == 1 and is_credited(paragraphs[0].text)
        fits = [] if alone else [(_caption_fit(series, d, row), k) for k, d in enumerate(drafts)]
        best = max(fits, default=(0.0, 0))
        if best[0] > 0:
            drafts[best[1]].captions += paragraphs
            drafts[best[1]].items = sorted({*drafts[best[1]].items, *series})
        else:
            drafts.append(Draft(captions=paragraphs, items=series))


def _series(row: Row) -> list[list[int]]:
    """Items of captions that are numbered on; a repeated number begins a new series."""
    out: list[list[int]] = []
    seen: set[str] = set()
    ended = False
    for i, item in enumerate(row.items):
        if item.kind != "numbered":
            continue
        numbers = {
            m.group() for p in item.paragraphs if (m := re.match(r"(?:图)?[①-⑳]|图[\d一二三四五六七八九十]+", p.text))
        }
        alone = len(item.paragraphs) == 1 and is_credited(item.paragraphs[0].text)
        if not out or numbers & seen or alone or ended:
            out.append([])
            seen = set()
        ended = alone
        out[-1].append(i)
        seen |= numbers
    return out


def is_credited(text: str) -> bool:
    """Whether a numbered caption names its own photographer, or says that its picture has none."""
    return bool(cue("credited").search(text))


def _caption_fit(series: list[int], candidate: Draft, row: Row) -> float:
    if candidate.notice or candidate.bullet or candidate.lead or len(candidate.text) > 500 or candidate.subheads:
        return -1.0
    if any(p.ended for p in candidate.pieces):
        return -1.0
    words = bigrams("\n".join(p.text for i in series for p in row.items[i].paragraphs))
    shared = len(words & bigrams(candidate.text)) / (len(words) or 1)
    gap = min(abs(i - j) for i in series for j in candidate.items)
    return 2.0 + 8 * shared - 0.4 * min(gap, FAR) - 0.5 * sum(len(p.paragraphs) - 1 for p in candidate.pieces)


def _add_headings(drafts: list[Draft], row: Row) -> None:
    """Pairs the heading lines that are no sub-headings with the articles."""
    wanting = [d for d in drafts if not d.notice]
    for t, heading in assign(heading_lines(drafts, row), [target(d) for d in wanting]).items():
        wanting[t].heading = heading


def _heading_score(drafts: list[Draft], row: Row) -> float:
    """How well the heading lines of the page can be shared out among these articles."""
    scores = Scores(heading_lines(drafts, row), [target(d) for d in drafts if not d.notice])
    return total_score(scores, search(scores, NARROW))


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
    return Target(d.items[0], d.items[-1], d.text, needs, block, shy)


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
    """A byline alone on its line goes to the headline above it, to the body below it, or to the nearest article without one."""
    lines = [i for i, item in enumerate(row.items) if item.kind == "byline"]
    headed = {i: d for i in lines if (d := _headed_above(drafts, row, i)) is not None}
    for i in sorted(lines, key=lambda i: i not in headed):
        below = headed.get(i) or next((d for d in drafts if d.items[0] == i + 1), None)
        if below is None or below.credits():
            free = [d for d in drafts if not d.credits() and not d.notice]
            below = min(free or drafts, key=lambda d: min(abs(i - k) for k in d.items), default=None)
        if below is not None:
            below.bylines += row.items[i].paragraphs


def _headed_above(drafts: list[Draft], row: Row, i: int) -> Draft | None:
    """The article whose headline is printed right above a byline in one block."""
    above = row.items[i - 1].paragraphs[-1] if i else None
    if above is None or above.block != row.items[i].paragraphs[0].block:
        return None
    return next((d for d in drafts if above in (*d.heading.headline, *d.heading.subtitle)), None)


def order(d: Draft, *, indented: bool) -> list[tuple[bool, Paragraph]]:
    """Paragraphs of the body, each with whether it goes on with the one before it; captions stand between whole ones."""
    whole: list[list[Paragraph]] = []
    for k, piece in enumerate(d.pieces):
        heads = d.subheads.get(k, [])
        whole += [[line] for line in heads]
        for n, paragraph in enumerate(piece.paragraphs):
            if n == 0 and k > 0 and not heads and _goes_on(d.pieces[k - 1], piece, indented):
                whole[-1].append(paragraph)
            else:
                whole.append([paragraph])
    if d.captions:
        whole = sorted([*whole, *([p] for p in d.captions)], key=lambda parts: parts[0].start)
    return [(n > 0, paragraph) for parts in whole for n, paragraph in enumerate(parts)]


def _goes_on(left: Piece, right: Piece, indented: bool) -> bool:
    """Whether a column broke inside a paragraph."""
    if not closed(left.last):
        return not left.paragraphs[-1].whole
    set_in = any(p.indent for p in left.paragraphs)
    return indented and set_in and not right.paragraphs[0].indent
