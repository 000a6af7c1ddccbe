"""The real thing: ``python app.py`` in a process of its own, with gunicorn in front."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import app as product
from tests.api.bodies import ADDRESS, body

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds, on a busy machine


@dataclass
class Served:
    """A running server, and where it said it listens."""

    process: subprocess.Popen[str]
    host: str
    port: int

    def get(self, path: str) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection(self.host, self.port, PATIENCE)) as line:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read()


def stays(line: http.client.HTTPConnection) -> bool:
    """Whether a kept-alive connection is answered and kept; a stopping server closes it."""
    line.request("GET", "/healthz")
    answer = line.getresponse()
    assert answer.read() == b'{"alive":true}'
    return not answer.will_close


@contextmanager
def running(data: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "app.py", "--port", "0", "--data", str(data), *more]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)  # gunicorn: at once
        process.communicate(timeout=PATIENCE)


@pytest.fixture
def data(town_folder, tmp_path) -> Path:
    """The town, to be written to."""
    return Path(shutil.copytree(town_folder, tmp_path / "town"))


@pytest.fixture
def serve(data) -> Iterator[Served]:
    with running(data) as process:
        line = process.stdout.readline()
        found = re.fullmatch(r"http://([\d.]+):(\d+)\n", line)
        assert found, f"{line!r} {process.stderr.read() if process.poll() else ''}"
        yield Served(process, found[1], int(found[2]))


def test_it_says_where_it_listens_once_it_can_answer(serve):
    assert serve.host == "127.0.0.1"
    assert serve.port > 0
    assert serve.get("/readyz")[0] == 200
    status, numbers = serve.get("/api/summary")
    assert (status, json.loads(numbers)["total"]) == (200, 9)


def test_a_path_or_a_line_that_is_too_long_is_refused_and_nothing_falls(serve):
    assert serve.get("/" + "x" * 4_000)[0] == 404
    assert serve.get("/api/summary?" + "x" * 9_000)[0] == 414  # of gunicorn
    assert serve.get("/healthz")[0] == 200


def test_a_stopped_server_first_answers_what_it_has_begun(serve, app):
    sent = json.dumps(body(app, "search.data")).encode()
    kept = http.client.HTTPConnection(serve.host, serve.port, PATIENCE)
    with closing(kept), socket.create_connection((serve.host, serve.port), PATIENCE) as line:
        assert stays(kept)
        line.sendall(
            f"POST {ADDRESS} HTTP/1.1\r\nHost: town\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(sent)}\r\nExpect: 100-continue\r\n\r\n".encode()
        )
        assert line.recv(1000).startswith(b"HTTP/1.1 100")  # it is being answered now
        serve.process.send_signal(signal.SIGTERM)
        while stays(kept):
            assert serve.process.poll() is None
        line.sendall(sent)
        with closing(http.client.HTTPResponse(line)) as answer:
            answer.begin()
            assert answer.status == 200
            assert "response" in json.loads(answer.read())
    assert serve.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_ends_when_told_and_says_nothing_more(serve, how):
    assert serve.get("/healthz")[0] == 200
    serve.process.send_signal(how)
    assert serve.process.wait(PATIENCE) == 0
    assert serve.process.stdout.read() == ""
    assert "Traceback" not in serve.process.stderr.read()


def test_data_that_cannot_be_opened_is_told_in_a_sentence_and_the_server_ends(data):
    (generation,) = (data / "store").glob("*.duckdb")
    generation.write_bytes(generation.read_bytes()[:5_000])
    with running(data) as process:
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode not in {0, None}
    assert "http://" not in out
    assert "No generation of" in err
    assert "Restore a backup" in err
    assert "Traceback" not in err


# ---- what never begins to serve ----


def said(capsys) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


@pytest.fixture(autouse=True)
def never_serves(request, monkeypatch):
    """In this process nothing is served; the tests above have one of their own."""
    monkeypatch.setattr(product, "serve", lambda *_: pytest.fail("it began to serve"))


def test_an_empty_folder_is_refused_with_the_cure(tmp_path, capsys):
    assert product.main(["--data", str(tmp_path)]) == 2
    assert f"{tmp_path} holds no data yet. `python -m geodata demo --data" in said(capsys)


def test_the_folder_of_the_environment_is_meant_when_none_is_given(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ONEMAP_DATA", str(tmp_path / "elsewhere"))
    assert product.main([]) == 2
    assert "elsewhere holds no data yet" in said(capsys)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("store/current.json", "{", "is damaged"),
        ("place.toml", "title = ", "is not readable TOML"),
        ("place.toml", 'title = "x"\ntimezone = "Mars"\nroot = "1"', "not an IANA name"),
        ("layers/trees.toml", "id = 'trees'", "trees.toml lacks"),
    ],
)
def test_a_folder_with_a_damaged_file_is_refused_and_the_file_is_named(
    data, capsys, name, text, why
):
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_text(text, "utf-8")
    assert product.main(["--data", str(data)]) == 2
    told = said(capsys)
    assert name.rpartition("/")[2] in told
    assert why in told


def test_a_whole_folder_is_served_where_it_was_asked_for(town_folder, monkeypatch):
    asked = []
    monkeypatch.setattr(product, "serve", lambda _, *where: asked.append(where))
    arguments = ["--host", "0.0.0.0", "--port", "9000", "--data", str(town_folder)]
    assert product.main(arguments) == 0
    assert product.main(["--data", str(town_folder)]) == 0
    assert asked == [("0.0.0.0", 9000, town_folder), ("127.0.0.1", 8050, town_folder)]
