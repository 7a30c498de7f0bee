"""The web service: ask a run's graph, add pages to it, and save corrections, over HTTP.

In: the folder of a run. Out: an HTTP API with an OpenAPI description, and corrections, which are samples for training.
Needs the extra `web`.

- `app.py`: the application. `guard.py`: who may ask, and how much. `serve.py`: the server. `run.py`: the folder of a run.
- `api.py`: the routes. `shapes.py`: what they take and give.
- `questions.py`, `neighbours.py`: what is asked of the database.
- `jobs.py`: new pages, each read in a process of its own that ends when its time is up.
- `corrections.py`: versions of each article's record, none ever lost. `doubt.py`: the least confident sentence of each.
"""

from pipeline.service.app import create_app

__all__ = ["create_app"]
