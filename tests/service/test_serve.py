"""`guanxi serve` prints an address that works, once there is something to open."""

import socket
from contextlib import nullcontext

import pytest

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient


def test_the_printed_address_opens_the_pages(guanxi, run_folder, monkeypatch):
    served = []
    monkeypatch.setattr("uvicorn.Server.run", lambda server, **_: served.append(server.config.app))
    monkeypatch.setattr("pipeline.service.serve.listening", lambda *_: nullcontext())
    address = guanxi("serve", run_folder, "--host", "::1", "--token", "a+b&c#d").stderr.strip()
    assert address.startswith("http://[::1]:8000/")
    assert TestClient(served[0], "http://127.0.0.1").get(address, follow_redirects=False).cookies["guanxi"]


def test_a_folder_without_a_run_has_no_address(guanxi, tmp_path):
    result = guanxi("serve", tmp_path)
    assert result.exit_code == 1
    assert "http://" not in result.output + result.stderr


def test_a_port_that_is_taken_is_told(guanxi, run_folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        result = guanxi("serve", run_folder, "--port", other.getsockname()[1])
    assert result.exit_code == 1
    assert "choose another --port" in " ".join(result.stderr.split())
    assert "http://" not in result.output + result.stderr
