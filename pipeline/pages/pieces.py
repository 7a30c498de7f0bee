"""A labelled page as a row of items: pieces of bodies, groups of heading lines, captions, bylines and marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.pages.bylines import tail_byline
from pipeline.pages.chains import Piece
from pipeline.pages.cues import cue
from pipeline.pages.lines import Paragraph


@dataclass(slots=True)
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
    for paragraph in page:
        if paragraph.role == "other":
            out.furniture.append(paragraph)
        elif paragraph.role == "body":
            _add_body(out, paragraph)
        elif paragraph.role in ("heading", "numbered"):
            _add_grouped(out, "heads" if paragraph.role == "heading" else "numbered", paragraph)
        else:
            out.items.append(Item(paragraph.role, [paragraph]))
    _set_context(out)
    for item in out.items:
        if item.piece:
            item.piece.style = _style(item.piece, text)
    return out


def _add_body(out: Row, paragraph: Paragraph) -> None:
    last = out.items[-1] if out.items else None
    if last and last.piece and _together(last.paragraphs[-1], paragraph) and not _breaks(last.paragraphs, paragraph):
        last.paragraphs.append(paragraph)
    else:
        row_piece = [paragraph]
        out.items.append(Item("piece", row_piece, Piece(row_piece)))


def _together(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether body paragraphs stand in one block or are verses of one poem."""
    return before.block == paragraph.block or (before.whole and paragraph.whole)


def _breaks(before: list[Paragraph], paragraph: Paragraph) -> bool:
    """Whether a new article begins inside a block."""
    if cue("lead").search(paragraph.text) or cue("photo").search(paragraph.text):
        return True
    if cue("bullet").search(paragraph.text) and not cue("notice_line").search(paragraph.text):
        return True
    return tail_byline(before[-1].text) is not None


def _add_grouped(out: Row, kind: str, paragraph: Paragraph) -> None:
    last = out.items[-1] if out.items else None
    if last and last.kind == kind and last.paragraphs[-1].block == paragraph.block:
        last.paragraphs.append(paragraph)
    else:
        out.items.append(Item(kind, [paragraph]))


def _set_context(out: Row) -> None:
    """Tells every piece what stands directly above and below it."""
    for before, item in zip([None, *out.items], out.items, strict=False):
        if item.kind == "jump-out":
            _mark_jump(out, item)
        if item.kind == "numbered" and before and before.piece:
            before.piece.above_captions = len(before.paragraphs) == 1
        if item.piece is None or before is None:
            continue
        item.piece.byline = before.kind == "byline"
        item.piece.after_jump = before.kind == "jump-in"
        item.piece.forced = before.kind == "notice"
        if before.kind == "heads":
            item.piece.heads = before.paragraphs
            above = out.items.index(before) - 1
            same = above >= 0 and out.items[above].paragraphs[-1].block == before.paragraphs[0].block
            item.piece.same_block = same and out.items[above].kind == "piece" == item.kind
            item.piece.same_block &= before.paragraphs[-1].block == item.paragraphs[0].block
        item.piece.jump_out = item.piece.jump_out or any(p.jump_out for p in item.paragraphs)


def _mark_jump(out: Row, mark: Item) -> None:
    """The piece above a lone 下转 mark is the one that goes on elsewhere."""
    for item in reversed(out.items[: out.items.index(mark)]):
        if item.piece:
            item.piece.jump_out = True
            return


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
