"""The town, read and served; see ``town.py``. Session fixtures are never written to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from cachelib import SimpleCache
from hypothesis import HealthCheck, settings

import layers
from api.settings import Settings
from app import create_app
from geodata.demo.build import build
from geodata.store.reader import Store
from layers._answers import Answers
from tests import town

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from dash import Dash
    from flask.testing import FlaskClient

    from geodata.store.reader import Reader
    from layers._answers import Question
    from layers._layer import Layer

# The same examples every time, so that a red run is red again; ``--hypothesis-profile=search``
# looks for new ones.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
settings.register_profile("steady", settings(max_examples=30, derandomize=True, **_CALM))
settings.register_profile("search", settings(max_examples=2_000, **_CALM))
settings.load_profile("steady")

NO_FILES = {"CACHE_TYPE": "SimpleCache"}


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town.build(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration district at its smallest, until 2024-06-30."""
    folder = tmp_path_factory.mktemp("tiny")
    build(folder, "tiny", 2023, dt.date(2024, 6, 30))
    return folder


@pytest.fixture(scope="session")
def reader(town_folder: Path) -> Reader:
    return Store(town_folder).reader()


@pytest.fixture(scope="session")
def answers(town_folder: Path) -> Answers:
    return Answers(Store(town_folder), layers.catalog(), SimpleCache())


@pytest.fixture(scope="session")
def catalog(answers: Answers) -> Mapping[str, Layer]:
    return answers.catalog()


@pytest.fixture(scope="session")
def ask(answers: Answers) -> Callable[..., Question]:
    """An address -> the question it asks of the town, on the morning after its last day."""

    def question(search: str = "", now: dt.datetime = town.NOW) -> Question:
        return answers.question(search, now)

    return question


@pytest.fixture(scope="session")
def app(town_folder: Path) -> Dash:
    return create_app(Settings(data=town_folder, cache=NO_FILES))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    return app.server.test_client()


# Two processes run the tests (`make test`). All that need the screen, and all that kill, stay
# together: two browsers at once, or two storms of kills, would only slow each other down.
TOGETHER = ("tests/browser", "tests/faults")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files stay whole, and the rooms above too."""
    from xdist.scheduler import LoadScopeScheduling

    class ByRoom(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return next((room for room in TOGETHER if file.startswith(room)), file)

    return ByRoom(config, log)
