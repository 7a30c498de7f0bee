"""Linking: what each mention of an issue stands for.

In: the articles of one issue with their mentions and relations. Out: `Linked` articles: a node for every mention that is
known, who holds which post, which body belongs to which and serves which district, and ISO dates.

- `home.py`: the paper's own district, told, read from its name, or voted for by the text.
- `districts.py`: the places that an article names. `locating.py` which division a form stands for, `zones.py` and
  `villages.py` what the table does not have; `places.py`, `divisions.py` the national codes.
- `reading.py`: names of bodies to full official names by a grammar of place or level word × kind. `fronts.py` reads the place
  at the front, `unplaced.py` names without one, `bodies.py` the kinds; `scene.py` is what the article has named so far.
- `posts.py`: posts, with `ranks.py` and `seats.py` (which posts are left for which). `owners.py` finds whose post a title is,
  `implied.py` where only the title tells.
- `things.py`: organisations, sites and events. `people.py`: names to people, `names.py` what name is printed,
  `namesakes.py`, `standing.py` which posts of a name are another person's. `renamed.py`: what bodies were called before
  and after reforms.
- `times.py`: the times of an article to ISO dates, in the order of the text. `expressions.py` reads one time and intervals,
  `days.py` days by their number, `periods.py` months and years, `relative.py` what is told from the issue or the day before,
  `feasts.py` feasts and the old calendar; `timeline.py` is what is known when a time is read. `dating.py`: the day the issue
  was printed.
- `rows.py`: how far the place goes on that a row of posts names.
- `holdings.py`: who holds which post. `holders.py`: who may hold a title by where it stands. `tenure.py` and `status.py`:
  whether a post is held. `pronouns.py`: who 他, 她 and 两人 are. `positions.py`: what stands next to a place of a text.
- `article.py`: all of it for one article, `issue.py` for one issue.

Node ids are the same on every machine: district:421002, district:421002001:江汉社区, district:country:俄罗斯,
agency:421002:中共荆州市沙市区委员会, post:421002:区长, person:421002:秦军, org:421002:…, venue:…, event:….

Where the knowledge comes from: `data/divisions.tsv.gz` is built by `build.py` from the statistical division codes of the
National Bureau of Statistics (2023, WTFPL); the other tables under `data/` name their source in their first lines.
"""

from pipeline.linking.dating import infer_date
from pipeline.linking.home import Home, infer_home, resolve_home
from pipeline.linking.issue import link_issue

__all__ = ["Home", "infer_date", "infer_home", "link_issue", "resolve_home"]
