"""A reading laid out for people: what belongs to what, and what was left over."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from pipeline.pages.reading import Reading
from pipeline.records import Article, Page


def show(reading: Reading, page: Page) -> RenderableType:
    """A panel for each article and one for the leftover ranges."""
    masthead = "  ".join(x for x in (reading.newspaper, reading.date, reading.number, reading.home) if x)
    left = Text("\n".join(page.text[start:end].strip() for start, end in reading.other))
    panels: list[RenderableType] = [_article(article) for article in reading.articles]
    if reading.other:
        panels.append(Panel(left, title="left over", title_align="left", border_style="dim"))
    return Group(Text(f"{page.source}  {masthead}", style="bold"), *panels)


def _article(article: Article) -> Panel:
    lines = Text()
    for role, style in (("section", "dim"), ("kicker", "italic"), ("headline", "bold"), ("subtitle", "")):
        line = getattr(article, role)
        if line:
            lines.append(f"{role:>9}  ", style="dim").append(f"{line}\n", style=style)
    names = "  ".join(f"{credit.role or ''} {credit.name}".strip() for credit in article.byline)
    if names:
        lines.append("   byline  ", style="dim").append(f"{names}\n")
    return Panel(lines.append(article.body), title=f"{article.id} · {article.kind}", title_align="left")
