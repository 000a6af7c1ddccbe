from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import mapbox_vector_tile
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api import wire
from api.tiles import MAX_ZOOM
from geodata.space import cells, crs
from tests import town
from tests.api.conftest import told
from tests.api.test_export import rows
from tests.api.test_summary import searches

ALL = "?datetime=../.."
# T08 has no place and T09 no finer one than its community: ten of the twelve are points.
PLACED = ["T01", "T02", "T03", "T04", "T05", "T06", "T07", "T10", "T11", "T12"]
WEST, SOUTH, EAST, NORTH = town.W, town.S, town.Z, town.N


def around(z: int, margin: int) -> Iterator[tuple[int, int]]:
    """Column and row of every tile that the town lies in, and of those beside it."""
    x, y = cells.mercator(np.array([WEST, EAST]), np.array([NORTH, SOUTH]))
    columns, lines = ((np.array(v) * (1 << z)).astype(int) for v in (x, y))
    top = (1 << z) - 1
    for column in range(max(columns[0] - margin, 0), min(columns[1] + margin, top) + 1):
        for line in range(max(lines[0] - margin, 0), min(lines[1] + margin, top) + 1):
            yield column, line


def tile(client, layer: str, where: tuple[int, int, int], search: str = "") -> list[dict]:
    z, x, y = where
    answer = client.get(f"/tiles/{layer}/{z}/{x}/{y}.mvt{search}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "application/vnd.mapbox-vector-tile"
    found = mapbox_vector_tile.decode(answer.data, default_options={"y_coord_down": True})
    assert set(found) <= {layer}
    if not found:
        assert answer.data == b""
        return []
    assert found[layer]["extent"] == 4096
    return [f["properties"] | {"at": _place(f, z, x, y)} for f in found[layer]["features"]]


def _place(feature: dict, z: int, x: int, y: int) -> tuple[float, float]:
    """Degrees of a point of a tile."""
    east, south = feature["geometry"]["coordinates"]
    assert 0 <= east < 4096
    assert 0 <= south < 4096
    side = 4096 << z
    lon, lat = cells.lonlat(
        np.array([(x * 4096 + east + 0.5) / side]), np.array([(y * 4096 + south + 0.5) / side])
    )
    return float(lon[0]), float(lat[0])


def everywhere(client, layer: str, z: int, search: str = "", margin: int = 1) -> list[dict]:
    return [f for x, y in around(z, margin) for f in tile(client, layer, (z, x, y), search)]


# ---- counts and single points ----


@pytest.mark.parametrize("z", range(MAX_ZOOM))
def test_from_afar_the_counts_of_all_tiles_are_the_points_of_the_town(client, z):
    assert sum(f["n"] for f in everywhere(client, "tickets", z, ALL)) == len(PLACED)
    assert sum(f["n"] for f in everywhere(client, "addresses", z)) == 5


def test_when_close_every_appeal_is_there_exactly_once(client):
    found = Counter(f["id"] for f in everywhere(client, "tickets", MAX_ZOOM, ALL))
    assert found == Counter(PLACED)


def test_an_appeal_when_close_says_what_it_is_and_whether_it_is_done(client):
    found = {f["id"]: f for f in everywhere(client, "tickets", MAX_ZOOM, ALL)}
    said = {ident: (f["name"], f["status"]) for ident, f in found.items()}
    assert said["T01"] == ("烧烤油烟", "closed")
    assert said["T02"] == ("烧烤油烟", "open")
    assert said["T03"] == ("烧烤油烟", "overdue")
    assert said["T06"] == ("广场舞", "overdue")


def test_a_point_lies_where_the_appeal_was(client):
    found = {f["id"]: f["at"] for f in everywhere(client, "tickets", MAX_ZOOM, ALL)}
    step = 360 / (4096 << MAX_ZOOM)  # of the tile: a third of a metre here
    for ident, place in {"T01": (118.002, 36.812), "T05": (118.005, 36.815)}.items():
        assert np.abs(np.subtract(found[ident], place)).max() <= step


def test_a_count_stands_in_the_square_that_it_counts(client):
    (north, *_) = [f for f in everywhere(client, "tickets", 14, "?datetime=2020-11-22")]
    square = 360 / (128 << 14)
    assert np.abs(np.subtract(north["at"], (118.015, 36.818))).max() <= square
    assert north["n"] == 2  # T03 and T04, at the same place


def test_smoke_is_the_part_of_the_appeals_that_smokes(client):
    assert sum(f["n"] for f in everywhere(client, "smoke", 10, ALL)) == 4
    close = {f["id"] for f in everywhere(client, "smoke", MAX_ZOOM, ALL)}
    assert close == {"T01", "T02", "T03", "T10"}


@settings(max_examples=25)  # each asks for a dozen tiles
@given(searches(), st.integers(10, MAX_ZOOM))
def test_the_tiles_of_an_address_have_the_rows_of_its_export(client, search, z):
    placed = [row["id"] for row in rows(client.get(f"/export/tickets.csv{search}")) if row["lon"]]
    found = everywhere(client, "tickets", z, search, margin=0)
    if z == MAX_ZOOM:
        assert sorted(f["id"] for f in found) == sorted(placed)
    else:
        assert sum(f["n"] for f in found) == len(placed)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("", ["T01", "T02", "T03", "T04", "T05", "T06", "T07"]),
        ("?area=12", ["T07"]),
        ("?tickets.status=overdue", ["T03", "T06"]),
        ("?tickets.smoke=no&hours=0/12", ["T04", "T05", "T06"]),
        ("?tickets.smoke=", []),
        ("?layers=&metric=smoke&selected=tickets:T01&lang=en", PLACED[:7]),
    ],
)
def test_a_tile_follows_the_address(client, search, expected):
    found = everywhere(client, "tickets", MAX_ZOOM, search)
    assert sorted(f["id"] for f in found) == expected


def test_a_tile_of_addresses_follows_their_own_filter(client):
    rooms = everywhere(client, "addresses", MAX_ZOOM, "?addresses.level=room")
    assert [f["id"] for f in rooms] == ["A4"]
    assert len(everywhere(client, "addresses", MAX_ZOOM, "?tickets.smoke=yes")) == 5


# ---- a shifted base map ----


def test_over_a_shifted_base_map_every_appeal_is_there_once_and_shifted(client):
    search = f"{ALL}&crs=GCJ-02"
    shown = everywhere(client, "tickets", MAX_ZOOM, search)
    assert Counter(f["id"] for f in shown) == Counter(PLACED)
    stored = {f["id"]: f["at"] for f in everywhere(client, "tickets", MAX_ZOOM, ALL)}
    lonlat = np.array([stored[f["id"]] for f in shown])
    expected = np.column_stack(crs.wgs84_to_gcj02(*lonlat.T))
    step = 360 / (4096 << MAX_ZOOM)
    assert np.abs(expected - [f["at"] for f in shown]).max() <= 2 * step


@pytest.mark.parametrize("z", [0, 9, 13, 14])
def test_over_a_shifted_base_map_no_count_is_lost_between_tiles(client, z):
    assert sum(f["n"] for f in everywhere(client, "tickets", z, f"{ALL}&crs=GCJ-02")) == len(PLACED)


# ---- refusals and caches ----


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [
        *((16, 0, 0), (99, 0, 0), (10**30, 0, 0)),
        *((0, 1, 0), (0, 0, 1), (15, 1 << 15, 0), (3, 8, 8), (5, 10**30, 0)),
    ],
)
def test_a_tile_that_is_not_on_the_earth_or_too_close_is_404(client, z, x, y):
    answer = client.get(f"/tiles/tickets/{z}/{x}/{y}.mvt")
    assert answer.status_code == 404
    assert str(MAX_ZOOM) in told(answer)


@pytest.mark.parametrize("layer", ["areas", "markets", "subway", "_tickets"])
def test_what_does_not_travel_as_tiles_is_404(client, layer):
    answer = client.get(f"/tiles/{layer}/0/0/0.mvt")
    assert answer.status_code == 404
    assert layer in told(answer)


def test_a_bad_address_is_400_even_where_there_is_no_tile(client):
    for z in (0, 99):
        answer = client.get(f"/tiles/tickets/{z}/0/0.mvt?hours=99")
        assert answer.status_code == 400
        assert answer.get_json()["parts"] == ["hours"]


def test_a_tile_without_points_is_empty_and_not_missing(client):
    assert tile(client, "tickets", (MAX_ZOOM, 0, 0), ALL) == []


def test_a_tile_whose_address_names_the_version_is_kept_for_ever(client):
    assert client.get("/tiles/tickets/0/0/0.mvt?v=1-a").headers["Cache-Control"] == wire.FOREVER
    assert client.get("/tiles/tickets/0/0/0.mvt").headers["Cache-Control"] == wire.NEVER


def test_a_tile_is_computed_once_for_all_addresses_with_the_same_points(client, monkeypatch):
    first = client.get("/tiles/tickets/3/6/3.mvt?area=11&layers=grids&v=once")
    monkeypatch.setattr("api.tiles.encoded", None)  # would fail if it were asked again
    again = client.get("/tiles/tickets/3/6/3.mvt?area=11&lang=en&metric=smoke&v=once")
    assert again.data == first.data
