"""Uploads are read and merged as far as that can be done, and what cannot be done is said."""

import io
import zipfile
from threading import Event

import pytest

pytest.importorskip("fastapi")
from fastapi.testclient import TestClient
from filelock import FileLock

from pipeline.service import create_app, jobs
from pipeline.service.retrain import Training

TEXT = "沙市区召开会议\n\n本报讯 （记者 王明）3月5日，沙市区区长秦军主持召开会议。区长秦军强调安全。"


def upload(client, name, data):
    return client.post("/api/pages", files={"file": (name, data)}).json()["job"]


def test_an_archive_is_merged_without_what_cannot_be_read(run_folder, settled):
    client, data = TestClient(create_app(run_folder), "http://127.0.0.1"), io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", " ")
    job = upload(client, "两份.zip", data.getvalue())
    now = settled(client, job)
    assert now["state"] == "read"
    assert "white space" in now["reason"]
    assert "有一部分没有读出来" in client.get(f"/add/{job}").text
    with FileLock(run_folder / ".lock"):
        client.post(f"/api/pages/{job}/merge")
        assert "another run" in settled(client, job)["reason"]
    page = client.get(f"/add/{job}").text
    assert "没有并入" in page
    assert 'id="merge"' in page
    assert client.post(f"/api/pages/{job}/merge").status_code == 202
    now = settled(client, job)
    assert now["state"] == "merged"
    assert f"/correct/{now['articles'][0]['id']}" in client.get("/correct").text


def test_a_merge_comes_to_an_end_whatever_comes_after_it(tmp_path, monkeypatch):
    go_on = Event()
    monkeypatch.setattr(jobs, "guanxi", lambda *_, **__: "" if go_on.wait(60) else "never let on")
    uploads = jobs.Jobs(tmp_path / ".incoming", tmp_path, "model")
    job = uploads.add("a.txt", b"a")
    with pytest.raises(jobs.NotReadError):
        uploads.merge(job, lambda: None)
    go_on.set()
    uploads.pool.submit(lambda: None).result()
    uploads.merge(job, lambda: 1 / 0)
    uploads.pool.shutdown()
    assert job.state == "merged"


def test_uploads_of_an_earlier_server_are_gone(run_folder):
    old = run_folder / ".incoming" / "old" / "upload-a.txt"
    old.parent.mkdir(parents=True)
    old.write_text(TEXT, encoding="utf-8")
    create_app(run_folder)
    assert not old.exists()


def test_uploads_are_read_with_the_trained_model(run_folder, settled, monkeypatch, nlp):
    monkeypatch.chdir(run_folder.parent)
    app = create_app(run_folder.name)
    client, run = TestClient(app, "http://127.0.0.1"), app.state.run
    run.training = Training(run.folder / ".training" / "1", state="trained")
    run.training.folder.mkdir(parents=True)
    nlp.to_disk(run.training.model)
    assert client.post("/api/training/use").json()["in_use"]
    assert settled(client, upload(client, "a.txt", TEXT))["state"] == "read"
