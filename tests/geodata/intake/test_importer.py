"""One file into one data folder: what lands, what is held back, what is refused."""

from __future__ import annotations

import csv
import io

import pytest

from geodata.errors import DataError, NoDataError
from geodata.intake.importer import rejects_text
from geodata.store.generation import published, writing
from tests.geodata.intake.conftest import box, features

HEAD = "id,created_at,category,text\n"
TICKETS = HEAD + "1,2024-07-01T08:00,噪声/广场舞,太吵\n2,2024-07-02T09:00,市容环境/餐饮油烟,呛人\n"
DISTRICTS = features(
    ({"boro_cd": "101"}, box(-74.02, 40.70, -73.98, 40.75)),
    ({"boro_cd": "301"}, box(-74.02, 40.60, -73.98, 40.70)),
)


def test_what_is_accepted_can_be_asked_for(intake):
    report = intake.bring("tickets", TICKETS)
    assert (report.read, report.accepted, report.rejects) == (2, 2, ())
    assert (report.mapping, report.crs) == ("canonical_tickets", "EPSG:4326")
    rows = intake.rows("SELECT id, created_at::VARCHAR AS at, smoke, is_demo FROM tickets")
    assert rows == [
        {"id": "1", "at": "2024-07-01 00:00:00", "smoke": False, "is_demo": False},
        {"id": "2", "at": "2024-07-02 01:00:00", "smoke": True, "is_demo": False},
    ]


def test_bad_rows_are_held_back_with_line_reason_and_cure_and_good_ones_land(intake):
    bad = "3,gestern,噪声,\n,2024-07-01,噪声,\n5,2024-07-01,,\n6,2024\n1,2024-07-01,噪声,\n"
    report = intake.bring("tickets", TICKETS + bad)
    assert (report.read, report.accepted) == (7, 2)
    assert [(r.line, r.column, r.reason) for r in report.rejects] == [
        (4, "created_at", "is not a time"),
        (5, "id", "has no id"),
        (6, "category", "has no category"),
        (7, "", "has 2 columns; the head has 4"),
        (8, "id", "stands on line 2 already"),
    ]
    assert all(r.cure for r in report.rejects)
    assert intake.rows("SELECT count(*) AS n FROM tickets") == [{"n": 2}]


def test_the_rows_held_back_are_written_as_a_table(intake, tmp_path):
    report = intake.bring("tickets", HEAD + "1,gestern,噪声,\n")
    (row,) = csv.DictReader(io.StringIO(rejects_text(report.rejects)))
    assert (row["line"], row["value"], row["reason"]) == ("2", "gestern", "is not a time")


def test_a_second_import_updates_by_id(intake):
    intake.bring("tickets", TICKETS)
    intake.bring("tickets", HEAD + "2,2024-07-02T09:00,噪声,改了\n3,2024-07-03T09:00,噪声,新的\n")
    rows = intake.rows("SELECT id, text, smoke FROM tickets ORDER BY id")
    assert [(row["id"], row["text"], row["smoke"]) for row in rows] == [
        *(("1", "太吵", False), ("2", "改了", False), ("3", "新的", False)),
    ]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(intake):
    before = published(intake.data)
    report = intake.bring("tickets", TICKETS + "3,gestern,噪声,\n", dry_run=True)
    assert (report.accepted, len(report.rejects)) == (2, 1)
    assert published(intake.data) == before
    assert intake.rows("SELECT count(*) AS n FROM tickets") == [{"n": 0}]


def test_a_dry_run_into_an_empty_folder_leaves_it_empty(empty_intake):
    report = empty_intake.bring("areas", DISTRICTS, name="a.geojson", dry_run=True)
    assert report.accepted == 2
    assert not empty_intake.data.exists()


def test_when_no_row_is_good_nothing_is_published(intake):
    before = published(intake.data)
    report = intake.bring("tickets", HEAD + "1,gestern,噪声,\n")
    assert (report.accepted, len(report.rejects)) == (0, 1)
    assert published(intake.data) == before


def test_gb18030_and_bom_files_land_alike(intake):
    for encoding in ("gb18030", "utf-8-sig"):
        intake.bring("tickets", TICKETS.encode(encoding))
        assert intake.rows("SELECT text FROM tickets WHERE id = '1'") == [{"text": "太吵"}]


def test_the_encoding_of_the_mapping_is_honoured(intake):
    mapping = (
        'kind = "tickets"\nencoding = "latin-1"\n[columns]\n'
        'id = "id"\ncreated_at = "created_at"\ncategory = "category"\ntext = "text"\n'
    )
    intake.bring("tickets", (HEAD + "1,2024-07-01,noise,café\n").encode("latin-1"), mapping)
    assert intake.rows("SELECT text FROM tickets") == [{"text": "café"}]


@pytest.mark.parametrize(
    ("kind", "mapping", "fault"),
    [
        ("tickets", 'kind = "areas"\n[columns]\ncode = "id"\n', "mapping is for areas, not for"),
        ("tickets", 'kind = "tickets"\n[columns]\nid = "编号"\n', "lacks columns that the mapping"),
        ("markets", "", "No shipped mapping of markets fits this file"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(intake, kind, mapping, fault):
    with pytest.raises(DataError, match=fault):
        intake.bring(kind, TICKETS, mapping)


def test_before_there_are_areas_nothing_else_can_come(empty_intake):
    with pytest.raises(DataError, match=r"has no place\.toml\. Import areas first"):
        empty_intake.bring("tickets", TICKETS)


def test_while_another_writes_nothing_is_done(intake):
    with writing(intake.data), pytest.raises(DataError, match="Another process is writing"):
        intake.bring("tickets", TICKETS)


def test_areas_bring_their_place_and_their_root(empty_intake):
    report = empty_intake.bring("areas", DISTRICTS, name="a.geojson")
    assert report.notes[0] == "place.toml comes from the mapping nyc_community_districts."
    rows = empty_intake.rows("SELECT code, name, level, km2 FROM areas ORDER BY n")
    assert [(row["code"], row["name"], row["level"]) for row in rows] == [
        *(("NYC", "New York City", 0), ("101", "Manhattan 1", 1), ("301", "Brooklyn 1", 1)),
    ]
    assert rows[0]["km2"] == pytest.approx(rows[1]["km2"] + rows[2]["km2"])


def test_areas_may_come_a_second_time(empty_intake):
    for _ in range(2):
        assert empty_intake.bring("areas", DISTRICTS, name="a.geojson").accepted == 2
    codes = empty_intake.rows("SELECT code FROM areas ORDER BY n")
    assert [row["code"] for row in codes] == ["NYC", "101", "301"]


def test_an_area_that_comes_again_without_its_parent_keeps_it(intake):
    shape = box(118.00, 36.81, 118.01, 36.82)
    intake.bring("areas", features(({"code": "111001", "name": "新名"}, shape)), name="a.geojson")
    rows = intake.rows(
        "SELECT a.name, p.code FROM areas a JOIN areas p ON p.n = a.parent WHERE a.code = '111001'"
    )
    assert rows == [{"name": "新名", "code": "111"}]


def test_areas_that_make_no_tree_leave_no_place_behind(empty_intake):
    orphan = features(({"boro_cd": "101", "up": "999"}, box(0, 0, 1, 1)))
    mapping = (
        'kind = "areas"\n[columns]\ncode = "boro_cd"\nname = "boro_cd"\nparent = "up"\n'
        '[place]\ntitle = "T"\ntimezone = "UTC"\nroot = "R"\n'
    )
    with pytest.raises(DataError, match="Area 101 names the parent 999, which is not there"):
        empty_intake.bring("areas", orphan, mapping, name="a.geojson")
    assert not (empty_intake.data / "place.toml").exists()
    with pytest.raises(NoDataError):
        empty_intake.rows("SELECT 1")


@pytest.mark.parametrize(
    "shape",
    [
        None,
        {"type": "Point", "coordinates": [118, 36.8]},
        {"type": "LineString", "coordinates": [[118, 36.8], [118.1, 36.8]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0], [0, 0]]]},
    ],
)
def test_an_area_without_ground_is_held_back(intake, shape):
    report = intake.bring("areas", features(({"code": "9"}, shape)), name="a.geojson")
    assert [(r.line, r.reason) for r in report.rejects] == [(1, "has no shape")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Noise/Loud", "NOISE/Loud"], []),
        (["Noise/Loud"], ["noise/LOUD"]),
    ],
)
def test_categories_that_differ_by_case_alone_are_one(intake, first, second):
    for start, paths in ((1, first), (10, second)):
        lines = "".join(f"{start + i},2024-07-01,{path},\n" for i, path in enumerate(paths))
        intake.bring("tickets", HEAD + lines)
    rows = intake.rows("SELECT value FROM terms WHERE subject = 'category'")
    assert rows == [{"value": "Noise/Loud"}]


def test_the_branches_of_categories_that_differ_by_case_are_one(intake):
    intake.bring("tickets", HEAD + "1,2024-07-01,Noise/Loud,\n2,2024-07-01,NOISE/Soft,\n")
    rows = intake.rows("SELECT value FROM terms WHERE subject = 'category' ORDER BY value")
    assert [row["value"] for row in rows] == ["Noise/Loud", "Noise/Soft"]


def test_smoke_is_told_by_category_or_by_word(intake):
    intake.bring(
        "tickets",
        HEAD
        + "1,2024-07-01,市容环境/餐饮油烟,\n"
        + "2,2024-07-01,市容环境/餐饮油烟/烧烤,\n"
        + "3,2024-07-01,市容环境/餐饮油烟机,\n"  # another category, but the word is in it
        + "4,2024-07-01,市容环境/占道,门口烧烤烟大\n"
        + "5,2024-07-01,市容环境/占道,烧烤摊占道\n",
    )
    rows = intake.rows("SELECT id FROM tickets WHERE smoke ORDER BY id")
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]


def test_an_appeal_without_a_state_is_open_unless_it_was_closed(intake):
    text = "id,created_at,category,closed_at\n1,2024-07-01,噪声,\n2,2024-07-01,噪声,2024-07-02\n"
    intake.bring("tickets", text)
    rows = intake.rows(
        "SELECT t.id, value, is_open FROM tickets t "
        "JOIN terms ON subject = 'state' AND code = state ORDER BY t.id"
    )
    assert [(row["value"], row["is_open"]) for row in rows] == [
        ("accepted", True),
        ("closed", False),
    ]


def test_an_appeal_without_a_place_is_accepted_as_unplaced(intake):
    intake.bring("tickets", TICKETS)
    assert intake.rows("SELECT DISTINCT area FROM tickets") == [{"area": -1}]


def test_addresses_need_an_element_and_get_its_level(intake):
    report = intake.bring(
        "addresses",
        "id,level,town,road,road_no,building\n"
        "1,,北街道,柳泉路,88号,\n"
        "2,building,北街道,,,3号楼\n"
        "3,,北街道,,,\n"
        "4,room,北街道,柳泉路,90号,\n",
    )
    assert [(r.line, r.column, r.reason) for r in report.rejects] == [
        (4, "level", "has no road, compound, building or place"),
        (5, "level", "is not its finest element"),
    ]
    rows = intake.rows("SELECT id, level, name FROM addresses ORDER BY id")
    assert [(row["level"], row["name"]) for row in rows] == [
        *(("road_no", "柳泉路88号"), ("building", "3号楼")),
    ]


def test_markets_need_hours_that_can_be_read(intake):
    report = intake.bring(
        "markets",
        "id,name,kind,windows,lon,lat\n"
        "1,北关夜市,夜市,Mo-Su 17:00-21:30,118.005,36.815\n"
        "2,东关早市,早市,早上五点,,\n"
        "3,无时市,夜市,,,\n",
    )
    assert [(r.line, r.column, r.reason) for r in report.rejects] == [
        (3, "windows", "is not an opening time"),
        (4, "windows", "is missing"),
    ]
    assert intake.rows("SELECT id, approximate FROM markets") == [{"id": "1", "approximate": False}]


def test_a_market_may_come_with_its_site(intake):
    site = box(118.004, 36.811, 118.006, 36.8112)
    market = {"id": "1", "name": "夜市", "kind": "夜市", "windows": "24/7"}
    intake.bring("markets", features((market, site)), name="m.geojson")
    (row,) = intake.rows("SELECT lon, lat, geometry IS NOT NULL AS drawn FROM markets")
    assert (round(row["lon"], 6), round(row["lat"], 6), row["drawn"]) == (118.005, 36.8111, True)
