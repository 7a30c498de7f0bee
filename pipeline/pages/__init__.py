"""Pages in, articles out: the reading that a careful person makes of a page torn from its layout.

What comes in is a `Page`: text in the order of its source, and, where the source tells them, blocks with roles, article
numbers or type sizes. What goes out is a `Reading`: articles with headline, subtitle, kicker, section, byline, kind and
restored body, each with spans back to the decoded source; the ranges left over; and what the masthead says.

How: `columns` parts what stands side by side in `lines`, `widths` measures them and `paragraphs` joins those of wrapped
columns; `parts` labels the paragraphs (`furniture` and lists of `contents`, jump mark, byline, caption, notice, heading, body and its `lists`) and
`pieces` groups them; `chains` links pieces of bodies by a beam search over what `links` scores (does the sentence go on, do
quotation marks close, do both speak of the same things, are they set alike); `headings` shares the heading lines out among
the articles by a second beam search over what `fits` scores, `shapes` tells kicker, headline and subtitle apart; of several
good readings of the bodies the one wins that its headings fit too. `articles` puts all together as `drafts` with their
`captions`, and `reading` writes it out. The searches only look at a bounded window, so the time is linear in the length of
the page.

Knowledge: data/cues.json (printed formulas), data/weights.json (one number for each feature), data/joins.npz (a network that
sees both sides of a torn place), data/ngrams.npz (counts of character runs) and data/surnames.tsv; data/SOURCES.md says
where they came from, `fitting` makes the weights and the network.

Measured by `measure`: pages beside the readings of careful people, scored by `score`.
"""

from pipeline.pages.reading import Reading, article_text, read_articles

__all__ = ["Reading", "article_text", "read_articles"]
