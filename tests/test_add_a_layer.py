"""``docs/how-to/add-a-layer.md``, tried: its blocks become a layer with no other edit."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import orjson
import pytest
from cachelib import SimpleCache
from flask.testing import FlaskClient
from plotly.io.json import to_json_plotly

import layers
from api.settings import Settings
from app import create_app
from callbacks.controls import panel as controls
from callbacks.pages import PAGES
from callbacks.refresh import screen
from geodata.store.reader import Store
from layers._answers import Answers

ROOT = Path(__file__).resolve().parent.parent

PAGE = (ROOT / "docs" / "how-to" / "add-a-layer.md").read_text("utf-8")
CODE = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
TOML = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)[1]
FEATURES = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.fixture(params=["code", "toml"])
def settings(request: pytest.FixtureRequest, town_folder: Path, tmp_path: Path) -> Settings:
    """The town with the page's features, and the page's declaration in a folder of its own."""
    data, room = tmp_path / "data", tmp_path / "room"
    shutil.copytree(town_folder, data)
    (data / "layers").mkdir()
    room.mkdir()
    (data / "layers" / "bus_stops.geojson").write_text(FEATURES, "utf-8")
    if request.param == "code":
        (room / "bus_stops.py").write_text(CODE, "utf-8")
    else:
        (data / "layers" / "bus_stops.toml").write_text(TOML, "utf-8")
    return Settings(data=data, rooms=(layers.ROOM, room), cache={"CACHE_TYPE": "SimpleCache"})


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(settings).server.test_client()


@pytest.fixture
def answers(settings: Settings) -> Answers:
    found = layers.catalog(settings.rooms, settings.data)
    return Answers(Store(settings.data), found, SimpleCache())


def test_it_is_in_the_panel_with_its_filters(answers: Answers) -> None:
    text = str(to_json_plotly(controls(answers.reader(), answers.catalog(), "zh")))
    assert '"data-layer":"bus_stops"' in text
    for key in ("opacity.bus_stops", "bus_stops.mode", "bus_stops.per_hour"):
        assert f'"key":"{key}"' in text


def test_it_is_on_the_map_and_in_the_legend_when_the_address_says_so(answers: Answers) -> None:
    search = "?layers=grids,bus_stops&bus_stops.mode=bus"
    shown = orjson.loads(screen(answers, search, PAGES["/plan"], ("legend", "exports")))
    specs = {s["id"]: s for s in shown["scene"]["layers"] if s["source"].startswith("bus_stops")}
    assert "bus_stops-dot" in specs
    assert ["in", ["to-string", ["get", "mode"]], ["literal", ["bus"]]] in specs["bus_stops-dot"][
        "filter"
    ]
    legend = str(orjson.dumps(shown["panels"]["legend"]).decode())
    assert "十分钟内一班" in legend
    assert "/export/bus_stops.csv" in orjson.dumps(shown["panels"]["exports"]).decode()


def test_its_shapes_travel_and_its_rows_leave(client: FlaskClient) -> None:
    shapes = client.get("/geo/bus_stops.geojson").get_json()["features"]
    assert [f["properties"]["id"] for f in shapes] == ["S1", "S2"]
    text = client.get("/export/bus_stops.csv?bus_stops.per_hour=10/..").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["name"] for row in rows] == ["火车站"]


def test_its_address_keys_are_checked(client: FlaskClient) -> None:
    assert client.get("/api/summary?bus_stops.mode=bus").status_code == 200
    refused = client.get("/api/summary?bus_stops.mode=rocket")
    assert refused.status_code == 400
    assert "rocket" in refused.get_json()["error"]


def test_picking_one_shows_its_fields(answers: Answers) -> None:
    shown = orjson.loads(screen(answers, "?selected=bus_stops:S1", PAGES["/"], ("detail",)))
    assert "火车站" in orjson.dumps(shown["panels"]["detail"]).decode()
    assert shown["scene"]["selection"] == [118.0505, 36.7884]
