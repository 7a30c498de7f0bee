"""All articles of one issue linked together."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.linking import districts, people, pronouns, times
from pipeline.linking.article import Draft
from pipeline.linking.dating import infer_date
from pipeline.linking.home import Home, infer_home
from pipeline.linking.villages import Memory
from pipeline.records import Article, Linked, Record, Span


def link_issue(
    articles: Sequence[tuple[Article, Record, list[Span]]],
    *,
    home: Home | str | None = None,
    date: str | None = None,
    newspaper: str | None = None,
) -> list[Linked]:
    """Link the articles of one issue: what each mention stands for, who holds which post, how bodies are ordered.

    `home` is the paper's district, as a `Home` or in words that a masthead may print, `date` the issue's ISO date; what is
    not given, and words that name no district or several, leave it to the paper's name and the text (see `infer_home`).
    """
    records = [record for _, record, _ in articles]
    place = home if isinstance(home, Home) else infer_home(records, newspaper, home)
    day = date or infer_date(records, newspaper)
    memory = Memory(place.code if place else None)
    for record in records:
        districts.learn(record.entities, record.text, memory)
    drafts = [Draft(record, memory, day, len(record.text) - len(article.body)) for article, record, _ in articles]
    for draft in drafts:
        draft.link_posts()
    cast = people.Cast(memory.home, [draft.said() for draft in drafts])
    linked = []
    before: str | None = None
    for (article, record, spans), draft in zip(articles, drafts, strict=True):
        draft.link_people(cast)
        told = draft.told_districts()
        dates = times.resolve(record, day, None if article.headline else before)
        before = times.last_day(dates.values())
        linked.append(
            Linked(
                article=article,
                record=record,
                text_spans=spans,
                home=place.path if place else None,
                newspaper=newspaper,
                date=day,
                nodes=list(draft.nodes.values()),
                links=list(draft.links.values()),
                holdings=draft.holdings,
                structure=draft.facts(),
                unmarked=[district for district, _ in told],
                implied=[*pronouns.implied_agents(record), *(arc for _, arc in told)],
                times=dates,
            )
        )
    return linked
