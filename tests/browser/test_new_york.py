"""New York's real 311 appeals through the whole product, counted again by pandas from the files.

The files stay outside the repository; without them these tests are skipped.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from flask.testing import FlaskClient

from api.settings import Settings
from app import create_app
from geodata.__main__ import main
from tests.browser.conftest import Screen, Served, serving
from tests.conftest import NO_FILES

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "nyc311"
FILES = ("animals", "atlas", "coms", "pyboot", "som")
AREAS = SHARED / "nyc_community_districts.geojson"
BOROUGHS = {"MANHATTAN": 1, "BRONX": 2, "BROOKLYN": 3, "QUEENS": 4, "STATEN ISLAND": 5}
DATES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M", "ISO8601")
EVER = "?datetime=../.."

pytestmark = pytest.mark.skipif(
    not AREAS.is_file(), reason="the real files of shared/data/nyc311 are not beside the checkout"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder, after the six imports of the how-to."""
    data = tmp_path_factory.mktemp("new-york") / "data"
    assert main(["import", "areas", str(AREAS), "--data", str(data)]) == 0
    for name in FILES:
        assert main(["import", "tickets", str(SHARED / f"{name}.csv"), "--data", str(data)]) == 0
    return data


@pytest.fixture(scope="module")
def appeals() -> pd.DataFrame:
    """The five files as pandas reads them: when, what, state, and the district of each."""
    frame = pd.concat([_read(name) for name in FILES], ignore_index=True)
    frame = frame.drop_duplicates("unique_key", keep="last").set_index("unique_key")
    frame["created"] = _moments(frame["created_date"])
    frame["due"] = _moments(frame["due_date"])
    frame["is_open"] = frame["status"] != "Closed"
    frame["district"] = _districts(frame)
    return frame


def _read(name: str) -> pd.DataFrame:
    frame = pd.read_csv(SHARED / f"{name}.csv", dtype=str)
    return frame.rename(columns=lambda column: column.lower().replace(" ", "_"))


def _moments(texts: pd.Series) -> pd.Series:
    found = pd.Series(pd.NaT, texts.index, dtype="datetime64[us]")
    for how in DATES:
        found = found.fillna(pd.to_datetime(texts, format=how, errors="coerce"))
    return found


def _districts(frame: pd.DataFrame) -> pd.Series:
    """The district the point lies in, else the one its community board names."""
    areas = gpd.read_file(AREAS)[["boro_cd", "geometry"]]
    lon, lat = (pd.to_numeric(frame[name]) for name in ("longitude", "latitude"))
    points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), index=frame.index, crs=4326)
    inside = gpd.sjoin(points.to_frame("geometry"), areas, predicate="within")["boro_cd"]
    board = frame["community_board"].str.extract(r"^(\d\d) (.+)$")
    named = board[1].map(BOROUGHS).astype("Int64").astype("string") + board[0]
    return inside.reindex(frame.index).fillna(named.where(named.isin(areas["boro_cd"])))


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Settings(data=folder, cache=NO_FILES)).server.test_client()


@pytest.fixture(scope="module")
def new_york(folder: Path) -> Iterator[Served]:
    with serving(folder) as served:
        yield served


def test_the_place_is_new_york_on_its_own_clock(folder: Path, client: FlaskClient) -> None:
    assert 'timezone = "America/New_York"' in (folder / "place.toml").read_text("utf-8")
    assert client.get("/version.json").get_json()["data_until"].endswith("-04:00")


def test_every_appeal_of_the_files_is_counted_once(
    client: FlaskClient, appeals: pd.DataFrame
) -> None:
    told = client.get(f"/api/summary{EVER}").get_json()
    assert told["total"] == len(appeals)
    assert told["open"] == int(appeals["is_open"].sum())
    assert told["unplaced"] == int(appeals["district"].isna().sum())


def test_every_district_has_the_appeals_that_pandas_finds_in_it(
    client: FlaskClient, appeals: pd.DataFrame
) -> None:
    told = client.get(f"/api/summary{EVER}").get_json()["areas"]
    counted = appeals.groupby("district").agg(total=("is_open", "size"), open=("is_open", "sum"))
    assert len(told) == 71
    for area in told:
        expected = counted.loc[area["code"]] if area["code"] in counted.index else (0, 0)
        assert (area["total"], area["open"]) == tuple(expected), area["name"]


def test_days_begin_at_new_yorks_midnight(client: FlaskClient, appeals: pd.DataFrame) -> None:
    day = appeals[appeals["created"].dt.date == pd.Timestamp("2022-05-01").date()]
    told = client.get("/api/summary?datetime=2022-05-01/2022-05-02").get_json()
    assert told["total"] == len(day) > 900


def test_the_export_holds_the_same_appeals(client: FlaskClient, appeals: pd.DataFrame) -> None:
    text = client.get(f"/export/tickets.csv{EVER}").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["id"] for row in rows} == set(appeals.index)
    assert {row["id"]: row["area"] for row in rows if row["area"]} == appeals[
        "district"
    ].dropna().to_dict()
    shapes = json.loads(client.get(f"/export/areas.geojson{EVER}").get_data())
    assert sum(f["properties"]["total"] for f in shapes["features"]) == int(
        appeals["district"].notna().sum()
    )


@pytest.mark.browser
def test_the_screen_shows_new_york_and_drills_to_one_appeal(
    screen: Callable[..., Screen], new_york: Served, appeals: pd.DataFrame
) -> None:
    leader = screen(served=new_york).open(f"/{EVER}&lang=en")
    assert leader.crumbs() == ["New York City"]
    assert leader.number("total") == len(appeals)
    assert {f["state"]["v"] for f in leader.drawn("areas-fill")} >= {
        int(n) for n in appeals["district"].value_counts().head(20)
    }
    assert leader.page.evaluate("onemap.map.getLayer('tickets-heat') !== undefined")
    assert leader.page.locator(".demo-mark").count() == 0
    first = leader.page.locator(".panel--ranking li a").first
    busiest = appeals["district"].value_counts()
    leader.doing(first.click)
    assert f"area={busiest.index[0]}" in leader.search
    assert leader.number("total") == busiest.iloc[0]
    leader.doing(leader.page.locator(".panel--list .list a").first.click)
    ident = leader.search.partition("selected=tickets:")[2].partition("&")[0]
    assert appeals.loc[ident, "district"] == busiest.index[0]
    assert leader.page.locator(".steps li").count() >= 1


@pytest.mark.browser
def test_the_wall_of_new_york_goes_round_what_new_york_has(
    screen: Callable[..., Screen], new_york: Served
) -> None:
    wall = screen(1920, 1080, served=new_york).open("/wall")
    scenes = wall.page.locator("#scenes a")
    ids = [scenes.nth(i).get_attribute("data-scene-id") for i in range(scenes.count())]
    assert ids == ["overview", "ranking"]
    assert wall.text("h1") == "New York City 一张图"
