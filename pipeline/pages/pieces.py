"""A labelled page as a row of items: pieces of bodies, groups of heading lines, captions, bylines and marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import add

from pipeline.pages.bylines import is_roster, is_signed
from pipeline.pages.cues import closed, cue
from pipeline.pages.ngrams import normal
from pipeline.pages.paragraphs import Paragraph

CAPTION = 40
"""Characters of the longest caption with a triangle before it."""
SEEN = 4000
"""Characters of a piece whose words are compared with those of others."""


@dataclass(eq=False)
class Piece:
    """A run of body paragraphs that certainly belong together, and what stands directly above and below it."""

    paragraphs: list[Paragraph]
    heads: list[Paragraph] = field(default_factory=list)
    """The heading lines above it."""
    same_block: bool = False
    """Whether body text of the same block stands right above `heads`."""
    byline: bool = False
    below_section: bool = False
    after_jump: bool = False
    jump_out: bool = False
    above_captions: bool = False
    signed: bool = False
    """Whether a byline stands at its foot."""
    forced: bool = False
    """Whether the title of a notice stands above it, so that it begins an article."""
    style: dict[str, float] = field(default_factory=dict)

    @property
    def first(self) -> str:
        return self.paragraphs[0].text.strip()

    @property
    def last(self) -> str:
        return self.paragraphs[-1].text.strip()

    @cached_property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)

    @cached_property
    def plain(self) -> str:
        """The text as the tables of runs of characters have it."""
        return normal(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """All pairs of neighbouring characters."""
        seen = self.plain[:SEEN]
        return frozenset(map(add, seen, seen[1:]))

    @cached_property
    def ended(self) -> bool:
        """Whether a signature or a jump mark says that its article ends here on this page."""
        return self.signed or self.jump_out or is_signed(self.last)

    @cached_property
    def terminal(self) -> bool:
        """Whether no sentence goes on after it."""
        return closed(self.last) or self.ended or self.paragraphs[-1].whole


@dataclass(slots=True, eq=False)
class Item:
    """One thing on the page; `kind` is piece, heads, numbered, notice, section, byline, jump-in or jump-out."""

    kind: str
    paragraphs: list[Paragraph]
    piece: Piece | None = None


@dataclass(slots=True)
class Row:
    """The items of a page in printed order, and the furniture left over."""

    items: list[Item] = field(default_factory=list)
    furniture: list[Paragraph] = field(default_factory=list)


def row(page: list[Paragraph], text: str) -> Row:
    """Groups labelled paragraphs; `text` is the page's, for the style of print."""
    out = Row()
    bullets = Counter(paragraph.block for paragraph in page if _is_item(paragraph))
    for paragraph in page:
        if paragraph.role == "other":
            out.furniture.append(paragraph)
        elif paragraph.role == "body":
            _add_body(out, paragraph, among=bullets[paragraph.block] > 1)
        elif paragraph.role in ("heading", "numbered"):
            _add_grouped(out, "heads" if paragraph.role == "heading" else "numbered", paragraph)
        else:
            out.items.append(Item(paragraph.role, [paragraph]))
    _set_context(out)
    for item in out.items:
        if item.piece:
            item.piece.style = _style(item.piece, text)
    return out


def _add_body(out: Row, paragraph: Paragraph, *, among: bool) -> None:
    """Adds a paragraph; `among`: whether its block has several items with bullets."""
    last = out.items[-1] if out.items else None
    goes_on = last and last.piece and _together(last.paragraphs[-1], paragraph)
    if last and goes_on and not _breaks(last.paragraphs, paragraph, among=among):
        last.paragraphs.append(paragraph)
    else:
        row_piece = [paragraph]
        out.items.append(Item("piece", row_piece, Piece(row_piece)))


def _together(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether body paragraphs stand in one block or are verses of one poem."""
    return before.block == paragraph.block or (before.whole and paragraph.whole)


def _is_item(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a bulleted brief, or a caption with a triangle that points to its picture."""
    bullet = paragraph.role == "body" and cue("bullet").search(paragraph.text)
    return bool(bullet) and not cue("notice_line").search(paragraph.text)


def _breaks(before: list[Paragraph], paragraph: Paragraph, *, among: bool) -> bool:
    """Whether a new article begins inside a block; a lone short line with a bullet is a caption of the one around it."""
    if cue("lead").search(paragraph.text) or cue("photo").search(paragraph.text):
        return True
    if _is_item(paragraph) and (among or len(paragraph.text) > CAPTION):
        return True
    return is_signed(before[-1].text) and not is_roster(before[-1].text)


def _add_grouped(out: Row, kind: str, paragraph: Paragraph) -> None:
    last = out.items[-1] if out.items else None
    if last and last.kind == kind and last.paragraphs[-1].block == paragraph.block:
        last.paragraphs.append(paragraph)
    else:
        out.items.append(Item(kind, [paragraph]))


def _set_context(out: Row) -> None:
    """Tells every piece what stands directly above and below it."""
    last: Piece | None = None
    for at, item in enumerate(out.items):
        above = out.items[max(0, at - 2) : at]
        if item.kind == "jump-out" and last:
            last.jump_out = True  # a lone 下转 mark is of the piece above
        before = above[-1].piece if above else None
        if before and item.kind == "byline":
            before.signed |= _is_text(above, item.paragraphs[0].block)
        if before and item.kind == "numbered":
            before.above_captions = len(before.paragraphs) == 1
        if item.piece and above:
            _set_above(item.piece, item, above)
        if item.piece:
            item.piece.jump_out = any(p.jump_out for p in item.paragraphs)
        last = item.piece or last


def _set_above(piece: Piece, item: Item, above: Sequence[Item]) -> None:
    """Tells a piece what the last items above it are."""
    *further, before = above
    block = before.paragraphs[0].block
    piece.byline = before.kind == "byline" and not (_is_text(further, block) and item.paragraphs[0].block != block)
    piece.below_section = before.kind == "section"
    piece.after_jump = before.kind == "jump-in"
    piece.forced = before.kind == "notice"
    if before.kind == "heads":
        piece.heads = before.paragraphs
        same = bool(further) and further[-1].paragraphs[-1].block == block and further[-1].kind == "piece" == item.kind
        signed = bool(further and further[-1].piece and further[-1].piece.ended)
        piece.same_block = same and not signed and before.paragraphs[-1].block == item.paragraphs[0].block


def _is_text(items: Sequence[Item], block: int) -> bool:
    """Whether the last of some items is body text of a block: a byline below it is at its foot."""
    return bool(items) and items[-1].piece is not None and items[-1].paragraphs[-1].block == block


def _style(piece: Piece, text: str) -> dict[str, float]:
    """How a piece is set: shares of half-width commas and of full-width digits, wrapped or not."""
    raw = "".join(text[a:b] for p in piece.paragraphs for a, b in p.ranges)
    style: dict[str, float] = {}
    for name, one, other in (("comma", ",", "，"), ("bracket", "(", "（")):
        n, m = raw.count(one), raw.count(other)
        if n + m:
            style[name] = n / (n + m)
    half, full = len(re.findall("[0-9]", raw)), len(re.findall("[０-９]", raw))
    if half + full:
        style["digit"] = half / (half + full)
    if any(p.wrapped for p in piece.paragraphs):
        style["wrapped"] = 1.0
    elif max(len(p.text) for p in piece.paragraphs) > 40:
        style["wrapped"] = 0.0
    return style
