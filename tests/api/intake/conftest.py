"""A town to send tickets to: each test finds it without any, and nobody known."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, Protocol

import apsw
import orjson
import pytest

from api.intake import ROUTE
from api.settings import Settings
from app import create_app
from geodata import tokens
from geodata.store import journal
from tests.conftest import NO_FILES

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse


T = {"id": "L1", "created_at": "2020-11-22T10:00", "category": "社会秩序/噪声扰民/广场舞"}


def results(response) -> list[tuple]:
    return [(item["id"], item["status"]) for item in response.get_json()["items"]]


def faults(response) -> list[dict]:
    return [fault for item in response.get_json()["items"] for fault in item.get("errors", ())]


class Send(Protocol):
    def __call__(self, body: Any, key: str | None = None, query: str = "") -> TestResponse: ...


def server(folder: Path) -> Flask:
    return create_app(Settings(data=folder, cache=NO_FILES)).server


def kept(folder: Path) -> list[dict[str, Any]]:
    """The rows of the journal."""
    return [orjson.loads(row) for row in journal.Journal(folder).after(0)[1]]


@pytest.fixture(scope="session")
def shared_folder(town_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(town_folder, tmp_path_factory.mktemp("intake") / "data")


@pytest.fixture(scope="session")
def shared_server(shared_folder: Path) -> Flask:
    return server(shared_folder)


@pytest.fixture
def folder(shared_folder: Path) -> Path:
    (shared_folder / tokens.FILE).unlink(missing_ok=True)
    if (shared_folder / journal.FILE).is_file():
        connection = apsw.Connection(str(shared_folder / journal.FILE))
        connection.execute("DELETE FROM inbox; DELETE FROM latest; DELETE FROM answers")
        connection.close()
    return shared_folder


@pytest.fixture
def client(folder: Path, shared_server: Flask) -> FlaskClient:
    """A client of a server over the folder, on this machine."""
    return shared_server.test_client()


@pytest.fixture
def own_folder(town_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(town_folder, tmp_path / "data")


@pytest.fixture
def own_client(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A client of a server of its own, which looks at its journal for every answer."""
    monkeypatch.setattr("geodata.store.reader.TAIL_SECONDS", 0)
    return server(own_folder).test_client()


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Send tickets as JSON, with an Idempotency-Key where one is given."""

    def sent(body: Any, key: str | None = None, query: str = "") -> TestResponse:
        headers = {} if key is None else {"Idempotency-Key": key}
        data = json.dumps(body, ensure_ascii=False).encode()
        return client.post(
            ROUTE + query, data=data, content_type="application/json", headers=headers
        )

    return sent
