"""What people look at: the short table at the end of a run, and `report.html`.

In: the articles of a run with their mentions, and the graph's nodes and edges. Out: one HTML file without any request to a
network: articles with coloured mentions and arcs, the officials' table, the acts, and the graph as a picture.

- `summary.py`: the table at the end of a run. `html.py`: the file, from `report.html.j2`, `report.css` and `report.js`.
- `articles.py`: an article as HTML. `tables.py`: officials and acts. `picture.py`: the graph's layout.

All text of the input is escaped, and a content security policy allows the file's own script and style alone.
"""

from pipeline.report.html import ARTICLES, write_report
from pipeline.report.summary import summary

__all__ = ["ARTICLES", "summary", "write_report"]
