"""A run that is served: to a client in the same process, or over a port to a real browser."""

import shutil
import threading
import time

import pytest

pytest.importorskip("fastapi")


@pytest.fixture
def run_folder(seed_run, tmp_path):
    return shutil.copytree(seed_run, tmp_path / "run")


@pytest.fixture
def settled():
    """Waits for an upload to be read or merged; its state then."""
    return _settled


def _settled(client, job):
    deadline = time.monotonic() + 300
    while (now := client.get(f"/api/pages/{job}").json())["state"] in ("waiting", "reading", "merging"):
        assert time.monotonic() < deadline, now
        time.sleep(0.2)
    return now


@pytest.fixture
def site(run_folder):
    """The address of a server of the run."""
    with served(run_folder) as address:
        yield address


class served:
    def __init__(self, folder):
        import uvicorn

        from pipeline.service import create_app

        self.server = uvicorn.Server(uvicorn.Config(create_app(folder), port=0, log_level="warning"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        while not self.server.started:
            time.sleep(0.05)
        return f"http://127.0.0.1:{self.server.servers[0].sockets[0].getsockname()[1]}"

    def __exit__(self, *_):
        self.server.should_exit = True
        self.thread.join(20)


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not chromium:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(browser, site):
    """A tab of its own on the served run; any error that the page or its policy reports fails the test."""
    with opened(browser, site) as page:
        yield page


class opened:
    def __init__(self, browser, site, width=1366, height=768):
        self.context = browser.new_context(base_url=site, viewport={"width": width, "height": height})
        self.faults = []

    def __enter__(self):
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console",
            lambda said: self.faults.append(said.text) if said.type == "error" and "409" not in said.text else None,
        )
        page.on(
            "requestfinished",
            lambda request: (
                None
                if "127.0.0.1" in request.url or request.url.startswith(("data:", "blob:"))
                else self.faults.append(request.url)
            ),
        )
        return page

    def __exit__(self, kind, *_):
        self.context.close()
        assert kind or not self.faults, self.faults
