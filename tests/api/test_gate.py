"""What every request passes: no page for an unknown path, no 5xx for what a client sent."""

from __future__ import annotations

import base64
import hashlib
import io
import re

import pytest

from api.gate import LONGEST_BODY
from api.settings import Settings
from app import create_app
from geodata.errors import DataError
from geodata.store.reader import Reader
from tests.api.bodies import ADDRESS, body
from tests.api.conftest import told
from tests.conftest import NO_FILES

PAGES = ("/", "/wall", "/plan")


# ---- paths and methods ----


@pytest.mark.parametrize(
    "path",
    [
        *("/nope", "/wall/", "/plan/x", "/index.html", "/api", "/api/", "/api/summary/", "/geo"),
        *("/tiles/tickets/1/1.mvt", "/tiles/tickets/-1/0/0.mvt", "/export/tickets.xlsx", "/export"),
        *("/%E5%9C%B0%E5%9B%BE", "/.git/config", "/../app.py", "/%2e%2e/app.py"),
        *("/assets/../app.py", "/assets/%2e%2e/app.py", "/assets//etc/passwd"),
        *("/assets/nope.css", "/static/x", "/_dash-nope", "/_dash-component-suites/nope/x.js"),
        *("/_dash-component-suites/dash/nope.js", "/_dash-component-suites/dash/../../app.py"),
        f"/tiles/tickets/{'9' * 5_000}/0/0.mvt",
    ],
)
def test_an_unknown_path_is_404_and_no_page(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert told(response)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_an_unknown_path_is_404_whatever_the_method(client, method):
    assert client.open("/nope", method=method).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_served_for_reading_alone(client, page):
    assert client.get(page).mimetype == "text/html"
    assert client.head(page).status_code == 200
    refused = client.post(page)
    assert refused.status_code == 405
    assert {"GET", "HEAD"} <= set(refused.headers["Allow"].split(", "))
    assert page in told(refused)


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("/api/summary", "POST", "GET"),
        ("/healthz", "DELETE", "GET"),
        ("/geo/areas.geojson", "PUT", "GET"),
        ("/tiles/tickets/0/0/0.mvt", "POST", "GET"),
        ("/export/tickets.csv", "PATCH", "GET"),
        ("/_dash-layout", "POST", "GET"),
        (ADDRESS, "GET", "POST"),
        (ADDRESS, "PUT", "POST"),
    ],
)
def test_a_wrong_method_is_405_and_names_the_right_one(client, path, method, allowed):
    response = client.open(path, method=method)
    assert response.status_code == 405
    assert allowed in response.headers["Allow"].split(", ")
    assert method not in response.headers["Allow"].split(", ")
    assert method in told(response)


# ---- size ----


@pytest.mark.parametrize("by", [0, 1])
def test_a_body_may_be_as_long_as_the_limit_and_not_longer(client, by):
    sent = b" " * (LONGEST_BODY - 2) + b"{}" + b" " * by
    response = client.post(ADDRESS, data=sent, content_type="application/json")
    assert response.status_code == (413 if by else 400)
    assert told(response)


def test_a_body_that_does_not_say_its_length_is_stopped_at_the_limit(client):
    response = client.post(
        ADDRESS,
        input_stream=io.BytesIO(b" " * (LONGEST_BODY + 1)),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert response.status_code == 413
    assert told(response)


# ---- headers ----

EVERYWHERE = [*PAGES, "/nope", "/api/summary", "/api/summary?area=9", "/geo/areas.geojson?v=1"]
EVERYWHERE += ["/export/tickets.csv", "/tiles/tickets/0/0/0.mvt", "/healthz", "/_dash-layout"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_says_what_a_browser_may_do_with_it(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"]


def policy(client) -> dict[str, set[str]]:
    rules = client.get("/").headers["Content-Security-Policy"].split(";")
    return {words[0]: set(words[1:]) for words in map(str.split, rules)}


def test_a_page_may_load_nothing_from_elsewhere_and_run_no_script_but_ours(client):
    told_ = policy(client)
    assert told_["default-src"] == {"'self'"}
    assert told_["object-src"] == told_["frame-ancestors"] == {"'none'"}
    assert told_["base-uri"] == told_["form-action"] == told_["connect-src"] == {"'self'"}
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & told_["script-src"]
    assert not any("://" in source for sources in told_.values() for source in sources)


def test_every_script_within_the_page_is_known_by_its_hash(client):
    page = client.get("/").get_data(as_text=True)
    within = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>(.*?)</script>", page, re.DOTALL)
    assert within
    for script in within:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy(client)["script-src"]


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies", ADDRESS])
def test_what_dash_answers_is_kept_by_nobody(app, client, path):
    answer = (
        client.post(path, json=body(app, "page.children")) if path == ADDRESS else client.get(path)
    )
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_scripts_of_packages_may_be_kept(app, client):
    page = client.get("/").get_data(as_text=True)
    (script, *_) = re.findall(r'src="(/_dash-component-suites/[^"]+)"', page)
    answer = client.get(script)
    assert answer.status_code == 200
    assert "no-store" not in answer.headers.get("Cache-Control", "")


# ---- when it is our fault ----


def test_a_fault_of_ours_is_told_without_its_inside(client, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(Reader, "_run", broken)
    monkeypatch.setattr("api.summary.summed", broken)
    response = client.get("/api/summary")
    assert response.status_code == 500
    assert "secret" not in told(response)


def test_data_that_cannot_be_read_is_503_without_the_query(town_folder, monkeypatch, caplog):
    client = create_app(Settings(data=town_folder, cache=NO_FILES)).server.test_client()
    assert client.get("/api/summary").status_code == 200

    def broken(*_):
        raise DataError("This query failed: SELECT secret")

    monkeypatch.setattr(Reader, "_run", broken)
    response = client.get("/api/summary?hours=1/2")
    assert response.status_code == 503
    assert "SELECT" not in told(response)
    assert "SELECT secret" in caplog.text
