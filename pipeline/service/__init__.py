"""The web application: see a run's graph, add pages to it, and correct what was found.

In: the folder of a run. Out: pages for people, an HTTP API with an OpenAPI description, and corrections, which are samples
for training. Needs the extra `web`.

- `app.py`: the application. `guard.py`: who may ask, and how much. `run.py`: the folder of a run. `serve.py`: the server.
- `read.py`: articles with their mentions. `links.py`: what a mention stands for, found anew with `pipeline.linking`,
  which gives the same nodes as the run did.
- `explore.py`: search, people, bodies, districts, the graph. `questions.py` and `neighbours.py`: what is asked of the
  database. `charts.py`: pictures of time. `tables.py`: what a page shows, as CSV and JSON.
- `add.py`: new pages, read by `jobs.py` in a process of its own that ends when its time is up. `failures.py`: why one was
  not read.
- `correct.py`: the editor's pages. `corrections.py`: versions of each article's record, none ever lost. `doubt.py`: the
  least confident sentence of each article. `retrain.py`: training on the corrections, in a process of its own.
- `api.py`: the API. `shapes.py`: what it takes and gives.
- `pages.py` and `words.py`: the templates, and what things are called on them.

`templates/` holds the pages, `static/` style and scripts as the browser reads them. `static/vendor/` holds Cytoscape.js
3.34.4 (MIT) and d3-force 3.0.1 with d3-dispatch, d3-quadtree and d3-timer (ISC), as their authors publish them. Nothing is
built, and nothing is fetched from elsewhere.
"""

from pipeline.service.app import create_app

__all__ = ["create_app"]
