"""Articles whose parts the source itself tells: HTML and the like."""

from __future__ import annotations

from collections import defaultdict

from pipeline.pages.bylines import credits, distinct, lead_byline, tail_byline
from pipeline.pages.cues import fold
from pipeline.pages.paragraphs import Paragraph
from pipeline.pages.restored import Restored
from pipeline.pages.signatures import signatures
from pipeline.records import Article, Block, Credit, Page

GLUE = {"body": "\n", "kicker": " ", "subtitle": " "}


def told_articles(page: Page, stem: str) -> list[Article]:
    """The articles of a page whose blocks have roles and article numbers; none where the blocks do not tell."""
    numbered: dict[int, list[Block]] = defaultdict(list)
    for block in page.blocks:
        if block.article is not None and block.role:
            numbered[block.article].append(block)
    return [
        _article(blocks, page, f"{stem}-{number}") for number, (_, blocks) in enumerate(sorted(numbered.items()), 1)
    ]


def _article(blocks: list[Block], page: Page, name: str) -> Article:
    parts: dict[str, Restored] = defaultdict(Restored)
    for block in blocks:
        part = parts[block.role or "body"]
        if part:
            part.put(GLUE.get(block.role or "body", ""))
        part.add(page, block.start, block.end)
    heads = {role: parts[role] for role in ("headline", "subtitle", "kicker", "section") if role in parts}
    body = parts["body"]
    people = _credits(parts["byline"].text, body.text)
    signed = signatures(people, [*_printed(blocks, "byline", page), *_printed(blocks, "body", page)], page)
    return Article(
        id=name,
        source=page.source,
        page=page.number,
        byline=people,
        body=body.text,
        spans=body.spans(page),
        head_spans={role: part.spans(page) for role, part in [*heads.items(), ("byline", signed)] if part.parts},
        **{role: part.text for role, part in heads.items()},
    )


def _printed(blocks: list[Block], role: str, page: Page) -> list[Paragraph]:
    """The blocks of one part as the paragraphs in which names are looked for."""
    found = [block for block in blocks if block.role == role]
    return [Paragraph([(b.start, b.end)], fold(page.text[b.start : b.end]), n, False) for n, b in enumerate(found)]


def _credits(line: str, body: str) -> list[Credit]:
    paragraphs = body.split("\n")
    texts = [line, lead_byline(paragraphs[0]), *(tail_byline(paragraph) for paragraph in paragraphs)]
    return distinct(credit for text in texts if text for credit in credits(text))
