"""An article in the making, and the order of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.pages.bylines import credits, distinct, is_credited, lead_byline, tail_byline
from pipeline.pages.cues import closed, cue
from pipeline.pages.headings import Heading
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.pieces import Piece
from pipeline.records import Credit, Kind


@dataclass(slots=True, eq=False)
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
            return "article" if cue("standing").match("".join(self.notice.text.split())) else "notice"
        if self.captions:
            return "photo-story" if self.pieces or len(self.captions) > 1 else "caption"
        single = all(len(p.paragraphs) == 1 for p in self.pieces)
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
        texts += [tail_byline(last) for last in self._lasts()]
        texts += [p.text for p in self.captions if "摄" in p.text and not re.match("[①-⑳图]", p.text)]
        texts += [tail_byline(p.text) for p in self.captions if is_credited(p.text)]
        found += [c for text in texts if text for c in credits(text)]
        return distinct(found)

    def _lasts(self) -> Iterator[str]:
        """The last paragraphs of all pieces, with their beginnings in the column before."""
        for before, piece in zip([None, *self.pieces], self.pieces, strict=False):
            torn = before is not None and len(piece.paragraphs) == 1 and not closed(before.last)
            yield (before.last if before and torn else "") + piece.last

    def paragraphs(self) -> Iterator[Paragraph]:
        """All that it has of the page; bylines that name nobody are left over."""
        yield from (p for piece in self.pieces for p in piece.paragraphs)
        yield from (p for lines in self.subheads.values() for p in lines)
        yield from (p for p in (self.notice, self.section) if p)
        heading = self.heading
        yield from (line for line in self.bylines if credits(line.text))
        yield from (*self.captions, *heading.kicker, *heading.headline, *heading.subtitle)


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
