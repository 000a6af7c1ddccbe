from __future__ import annotations

import re

import pytest

from api import vendor, wire
from api.settings import Settings
from tests.api.conftest import told

KINDS = {
    "mjs": "text/javascript",
    "js": "text/javascript",
    "css": "text/css",
    "woff2": "font/woff2",
}


@pytest.fixture
def build(client) -> str:
    return client.get("/version.json").get_json()["build"]


@pytest.mark.parametrize("name", vendor.FILES)
def test_a_file_that_is_listed_is_what_npm_has_installed(client, build, name):
    answer = client.get(f"/vendor/{build}/{name}")
    assert answer.status_code == 200
    assert answer.data == (Settings().packages / vendor.FILES[name]).read_bytes()
    assert answer.mimetype == KINDS[name.rpartition(".")[2]]
    assert answer.headers["Cache-Control"] == wire.FOREVER


@pytest.mark.parametrize("name", vendor.FILES)
def test_a_file_of_another_build_is_not_there(client, name):
    answer = client.get(f"/vendor/0123456789ab/{name}")
    assert answer.status_code == 404
    assert name in told(answer)


@pytest.mark.parametrize(
    "name",
    [
        *("nothing.js", "maplibre-gl.js", "package.json", "MAPLIBRE-GL.css", "maplibre-gl.css/"),
        *("../app.py", "..%2fapp.py", "%2e%2e%2fapp.py", "..%5capp.py", "/etc/passwd", "%00"),
        "../../node_modules/maplibre-gl/package.json",
        "%2e%2e/%2e%2e/node_modules/maplibre-gl/package.json",
    ],
)
def test_nothing_else_of_the_packages_is_served(client, build, name):
    answer = client.get(f"/vendor/{build}/{name}")
    assert answer.status_code == 404
    assert told(answer)


def test_a_page_asks_for_files_of_its_own_build_that_are_there(client, build):
    for path in ("/", "/wall", "/plan"):
        page = client.get(path).get_data(as_text=True)
        asked = set(re.findall(r"""["(](/vendor/[^"')]+)""", page))
        assert len(asked) >= 3
        for address in asked:
            assert address.startswith(f"/vendor/{build}/")
            assert client.get(address).status_code == 200


def test_what_is_not_installed_is_named(tmp_path):
    assert vendor.missing(Settings()) == []
    assert vendor.missing(Settings(packages=tmp_path)) == list(vendor.FILES.values())
