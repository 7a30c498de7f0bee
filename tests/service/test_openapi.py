"""Whatever is sent to the API or asked of the pages, the server never fails."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings

schemathesis = pytest.importorskip("schemathesis")
pytestmark = pytest.mark.slow
PAGES = ("/", "/acts", "/articles", "/articles/{key}", "/search", "/nodes/{key}", "/graph", "/add", "/add/{key}", "/correct", "/correct/{key}")  # fmt: skip
QUERY = ("q", "label", "since", "until", "start", "end", "category", "sure", "as", "table", "node", "token")


@pytest.fixture(scope="module")
def app(seed_run, tmp_path_factory):
    from pipeline.service import api, create_app

    with pytest.MonkeyPatch.context() as patch:
        # What is asked here at random must not begin to train.
        patch.setattr(api, "missing", lambda: ["torch"])
        app = create_app(shutil.copytree(seed_run, tmp_path_factory.mktemp("fuzz") / "run"))
        yield app
        app.state.run.jobs.close()


def never_fails(schema):
    for found in schema.get_all_operations():

        @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=found.ok().as_strategy())
        def ask(case):
            case.call_and_validate(checks=[schemathesis.checks.not_a_server_error])

        ask()


def test_the_api_never_fails(app):
    never_fails(schemathesis.openapi.from_asgi("/api/openapi.json", app))


def test_the_pages_never_fail(app):
    """The pages are described here as the API describes itself, with real articles and nodes among what is asked for."""
    run = app.state.run
    keys = [key for key, _ in run.hubs[:20]] + [row["id"] for row in run.ask("SELECT id FROM articles")]

    def described(path):
        key = {"name": "key", "in": "path", "required": True, "schema": {"anyOf": [{"enum": keys}, {"type": "string"}]}}
        query = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in QUERY]
        return {"get": {"parameters": [*([key] if "{" in path else []), *query], "responses": {}}}

    paths = {path: described(path) for path in PAGES}
    schema = schemathesis.openapi.from_dict({"openapi": "3.1.0", "info": {"title": "", "version": "1"}, "paths": paths})
    schema.app = app
    never_fails(schema)
