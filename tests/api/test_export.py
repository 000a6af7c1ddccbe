from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from hypothesis import given, settings

import layers
from api.settings import Settings
from app import create_app
from geodata.errors import DataError
from geodata.store.reader import Reader
from tests import town
from tests.api.conftest import told
from tests.api.test_summary import searches
from tests.conftest import NO_FILES

LAYERS = sorted(layers.catalog())
ALL = "?datetime=../.."
HEAD = (
    "id,created_at,closed_at,category,channel,state,due_at,department,text,address,address_id,"
    "lon,lat,area"
)


def rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")  # so that a spreadsheet knows that it is UTF-8
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def features(answer) -> list[dict]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()["features"]


@pytest.fixture
def taken(client):
    """The rows of a layer for an address."""
    return lambda layer, search="": rows(client.get(f"/export/{layer}.csv{search}"))


@pytest.fixture
def summary(client):
    return lambda search="": client.get(f"/api/summary{search}").get_json()


# ---- the file ----


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize(
    ("form", "kind"), [("csv", "text/csv"), ("geojson", "application/geo+json")]
)
def test_every_layer_can_be_taken_away(client, layer, form, kind):
    answer = client.get(f"/export/{layer}.{form}{ALL}")
    assert answer.mimetype == kind
    assert answer.headers["Cache-Control"] == "no-store"
    # Facts reach up to, and not into, the 23rd: that is what the name says.
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="onemap-{layer}-2020-11-23.{form}"'
    )
    assert len(rows(answer) if form == "csv" else features(answer)) > 0


def test_appeals_have_the_canonical_head_and_windows_line_ends(client):
    text = client.get(f"/export/tickets.csv{ALL}").data
    assert text.splitlines()[0].decode("utf-8-sig") == HEAD
    assert text.count(b"\r\n") == text.count(b"\n") == 13


def test_a_row_says_everything_of_its_appeal_on_the_clock_of_the_place(taken):
    (row,) = taken("tickets", "?datetime=2020-11-20")
    assert row == {
        **{"id": "T01", "created_at": "2020-11-20T18:30:00+08:00"},
        **{"closed_at": "2020-11-21T09:00:00+08:00", "due_at": "2020-12-31T18:00:00+08:00"},
        **{"category": "市容环境/餐饮油烟/烧烤油烟", "channel": "电话", "state": "closed"},
        **{"department": "执法局", "text": "烧烤店油烟大", "address": "", "address_id": ""},
        **{"lon": "118.002", "lat": "36.812", "area": "111001"},
    }


def test_what_is_not_known_is_empty_and_not_a_word(taken):
    (row,) = taken("tickets", "?datetime=2020-11-11")
    assert [row[name] for name in ("closed_at", "text", "lon", "lat", "area")] == [""] * 5


def test_a_feature_has_the_same_words_and_its_place(client, taken):
    (feature,) = features(client.get("/export/tickets.geojson?datetime=2020-11-20"))
    (row,) = taken("tickets", "?datetime=2020-11-20")
    assert feature["geometry"] == {"type": "Point", "coordinates": [118.002, 36.812]}
    assert list(feature["properties"]) == HEAD.split(",")
    said = {name: "" if v is None else str(v) for name, v in feature["properties"].items()}
    assert said == row


def test_an_appeal_without_a_place_has_a_null_geometry(client):
    found = {
        f["properties"]["id"]: f["geometry"]
        for f in features(client.get(f"/export/tickets.geojson{ALL}"))
    }
    assert sorted(ident for ident, shape in found.items() if shape is None) == ["T08", "T09"]
    assert found["T05"] == {"type": "Point", "coordinates": [118.005, 36.815]}  # of its address


def test_areas_are_taken_with_their_borders_in_stored_degrees(client):
    found = features(client.get("/export/grids.geojson?crs=GCJ-02"))
    assert {f["geometry"]["type"] for f in found} <= {"Polygon", "MultiPolygon"}
    corners = [point for f in found for ring in f["geometry"]["coordinates"] for point in ring]
    assert min(corners) == [118.0, 36.8]
    assert max(corners) == [118.03, 36.82]


def test_a_market_without_a_site_is_taken_as_a_point(client):
    found = {f["properties"]["id"]: f for f in features(client.get("/export/markets.geojson"))}
    assert found["M1"]["geometry"]["type"] == "Polygon"
    assert found["M2"]["geometry"] == {"type": "Point", "coordinates": [118.025, 36.803]}


def test_nothing_is_still_a_file(client):
    nothing = "?datetime=1999-01-01"
    assert rows(client.get(f"/export/tickets.csv{nothing}")) == []
    assert client.get(f"/export/tickets.csv{nothing}").data.decode("utf-8-sig").strip() == HEAD
    document = client.get(f"/export/tickets.geojson{nothing}").get_json()
    assert document == {"type": "FeatureCollection", "features": []}


# ---- the rows are those of the numbers ----

NUMBERS = ("total", "smoke", "open", "overdue")


@settings(max_examples=25)
@given(searches())
def test_the_rows_of_an_address_are_as_many_as_its_total(client, search):
    numbers = client.get(f"/api/summary{search}").get_json()
    assert len(rows(client.get(f"/export/tickets.csv{search}"))) == numbers["total"]
    assert len(rows(client.get(f"/export/smoke.csv{search}"))) == numbers["smoke"]
    assert len(features(client.get(f"/export/tickets.geojson{search}"))) == numbers["total"]


@settings(max_examples=25)
@given(searches())
def test_the_rows_of_the_areas_have_the_numbers_of_the_summary(client, search):
    numbers = client.get(f"/api/summary{search}").get_json()
    below = {row["code"]: row for row in rows(client.get(f"/export/areas.csv{search}"))}
    for area in numbers["areas"]:
        assert [int(below[area["code"]][name]) for name in NUMBERS] == [area[n] for n in NUMBERS]
    assert len(below) == max(len(numbers["areas"]), 1)  # a grid has only itself


@pytest.mark.parametrize("status", ["open", "overdue"])
@pytest.mark.parametrize("search", ["?area=11", "?datetime=../..", "?hours=18/6"])
def test_a_status_takes_as_many_rows_as_its_number_says(taken, summary, search, status):
    assert len(taken("tickets", f"{search}&tickets.status={status}")) == summary(search)[status]


def test_a_layer_is_filtered_by_its_own_filters_and_by_the_area(taken):
    assert [row["id"] for row in taken("markets", "?markets.kind=早市")] == ["M2"]
    assert [row["id"] for row in taken("markets", "?area=11")] == ["M1"]
    assert {row["level"] for row in taken("addresses", "?addresses.level=room,unit")} == {
        *("room", "unit")
    }


# ---- what must not leave, and what must not run ----


def test_a_telephone_number_in_a_text_is_masked(client):
    for form in ("csv", "geojson"):
        text = client.get(f"/export/tickets.{form}{ALL}").get_data(as_text=True)
        assert "138****1234" in text
        assert "13800001234" not in text


BAD = {
    "F1": '=HYPERLINK("http://evil","x")',
    "F2": "+1+1",
    "F3": "-2+3",
    "F4": "@SUM(A1)",
    "F5": "\t=1+1",
    "F6": "\r=1+1",
    "F7": "＝1+1",
    "F8": "\n=1+1",
}
GOOD = {"G1": "1=1", "G2": "油烟 -5 度", "G3": '他说 "=1"', "G4": "第一行\n=第二行", "G5": " "}


@pytest.fixture
def odd(tmp_path):
    """A client of a town whose people write odd texts."""
    at = {"created_at": town.moment("11-20 10:00"), "category": "噪声"}
    written = [{"id": i, "text": t, "address": t, **at} for i, t in {**BAD, **GOOD}.items()]
    town.published(tmp_path, tickets=written)
    return create_app(Settings(data=tmp_path, cache=NO_FILES)).server.test_client()


def test_a_cell_that_a_spreadsheet_would_run_is_made_text(odd):
    found = {row["id"]: row for row in rows(odd.get("/export/tickets.csv"))}
    for ident, text in BAD.items():
        assert found[ident]["text"] == "'" + text
        assert found[ident]["address"] == "'" + text
    for ident, text in GOOD.items():
        assert found[ident]["text"] == text


def test_geojson_is_not_a_spreadsheet_and_keeps_the_text(odd):
    found = {f["properties"]["id"]: f for f in features(odd.get("/export/tickets.geojson"))}
    assert {i: found[i]["properties"]["text"] for i in BAD} == BAD


def test_no_number_is_taken_for_a_formula(taken):
    change = [
        row["change"] for row in taken("areas", "?datetime=2020-11-01/2020-11-08&compare=..%2F..")
    ]
    assert any(value.startswith("-") for value in change)


# ---- refusals ----


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_what_cannot_be_taken_is_refused_before_it_begins(client, form):
    for path, status in {
        f"/export/subway.{form}": 404,
        f"/export/_tickets.{form}": 404,
        f"/export/tickets.{form}?hours=99": 400,
        f"/export/subway.{form}?hours=99": 400,
    }.items():
        answer = client.get(path)
        assert answer.status_code == status
        assert "Content-Disposition" not in answer.headers
        assert told(answer)


@pytest.fixture
def broken(monkeypatch):
    """Make every stream of rows fail after some batches."""
    whole = Reader.batches

    def after(good: int) -> None:
        def batches(self, *arguments, **named):
            for i, batch in enumerate(whole(self, *arguments, size=4)):
                if i == good:
                    raise DataError("This query failed: SELECT secret")
                yield batch

        monkeypatch.setattr(Reader, "batches", batches)

    return after


@pytest.mark.parametrize("form", ["csv", "geojson"])
def test_a_failure_before_the_first_row_is_503_and_no_half_file(client, broken, form):
    broken(0)
    answer = client.get(f"/export/tickets.{form}{ALL}")
    assert answer.status_code == 503
    assert "secret" not in told(answer)


def test_a_failure_on_the_way_breaks_the_connection_so_that_nobody_takes_it_for_whole(
    client, broken
):
    broken(1)
    answer = client.get(f"/export/tickets.geojson{ALL}")
    with pytest.raises(DataError):
        answer.get_data()


def test_rows_are_sent_as_they_are_read(client, broken):
    broken(2)
    answer = client.get(f"/export/tickets.csv{ALL}")
    parts = answer.iter_encoded()
    sent = [next(parts), next(parts), next(parts)]
    assert [part.count(b"\r\n") for part in sent] == [1, 4, 4]
    with pytest.raises(DataError):
        next(parts)


def test_the_day_in_the_name_is_the_one_of_the_place(tmp_path):
    late = {"id": "T1", "created_at": dt.datetime(2020, 3, 1, 20, tzinfo=dt.UTC), "category": "x"}
    town.published(tmp_path, tickets=[late])  # 04:00 of 2 March in the town
    client = create_app(Settings(data=tmp_path, cache=NO_FILES)).server.test_client()
    answer = client.get("/export/tickets.csv")
    assert "2020-03-03" in answer.headers["Content-Disposition"]
    assert json.dumps(rows(answer)[0]["created_at"]) == '"2020-03-02T04:00:00+08:00"'
