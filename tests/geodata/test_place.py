from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.place import Basemap, Level, Place, place_of, read_place, write_place
from tests import town

NEW_YORK = replace(town.PLACE, timezone="America/New_York")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
LEVELS = st.builds(
    Level, name=TEXT, name_en=TEXT, grid=st.booleans(), count=st.none() | st.integers(0, 9999)
)
BASEMAPS = st.builds(
    Basemap,
    tiles=TEXT.filter(bool),
    crs=st.sampled_from(["WGS84", "GCJ-02"]),
    attribution=TEXT,
    max_zoom=st.integers(0, 22),
)
PLACES = st.builds(
    Place,
    **dict.fromkeys(["title", "title_en", "name", "name_en", "root", "map_approval_no"], TEXT),
    timezone=st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"]),
    is_demo=st.booleans(),
    wall_seconds=st.integers(3, 3600),
    levels=st.lists(LEVELS, max_size=5).map(tuple),
    basemap=st.just(Basemap()) | BASEMAPS,
)


@given(PLACES)
def test_a_place_that_is_written_is_read_again(tmp_path, place):
    write_place(tmp_path, place)
    assert read_place(tmp_path) == place


def test_a_folder_without_a_place_says_how_to_get_one(tmp_path):
    with pytest.raises(DataError, match=r"no place\.toml.*geodata demo.*import areas"):
        read_place(tmp_path)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("title = ", "is not readable TOML"),
        ('title = "a"\ntimezone = "UTC"', "missing 1 required keyword-only argument: 'root'"),
        ('title = "a"\ntimezone = "UTC"\nroot = "1"\ncolour = "red"', "unexpected.*'colour'"),
        ('title = "a"\ntimezone = "Mars"\nroot = "1"', "timezone 'Mars' is not an IANA name"),
        ('title = "a"\ntimezone = "/etc"\nroot = "1"', "timezone '/etc' is not an IANA name"),
        (
            'title = "a"\ntimezone = "UTC"\nroot = "1"\n[basemap]\ncrs = "BD-09"',
            "basemap.crs is 'BD-09'; it must be WGS84 or GCJ-02",
        ),
        ('title = "a"\ntimezone = "UTC"\nroot = "1"\n[[levels]]\nnames = "x"', "'names'"),
        ('title = "a"\ntimezone = 8\nroot = "1"', "timezone is 8; write it in quotes"),
        ('title = "a"\ntimezone = "UTC"\nroot = 370303', "root is 370303; write it in quotes"),
        ('title = "a"\ntimezone = "UTC"\nroot = "1"\nlevels = ["a"]', r"place\.toml: .*mapping"),
        ('title = "a"\ntimezone = "UTC"\nroot = "1"\nwall_seconds = 2', "must be 3 to 3600"),
    ],
)
def test_what_is_wrong_with_a_place_is_said(tmp_path, text, fault):
    (tmp_path / "place.toml").write_text(text)
    with pytest.raises(DataError, match=fault):
        read_place(tmp_path)


def test_a_file_in_another_encoding_is_said_to_be_unreadable(tmp_path):
    (tmp_path / "place.toml").write_bytes('title = "张店"'.encode("gb18030"))
    with pytest.raises(DataError, match="is not readable TOML"):
        read_place(tmp_path)


def test_the_written_file_names_the_approval_number_in_chinese(tmp_path):
    write_place(tmp_path, town.PLACE)
    text = (tmp_path / "place.toml").read_text(encoding="utf-8")
    assert "审图号" in text
    assert tomllib.loads(text)["levels"][3] == {"name": "网格", "name_en": "Grid", "grid": True}


def test_grids_are_the_level_that_says_so():
    assert town.PLACE.grid_depth == 3
    assert replace(town.PLACE, levels=town.PLACE.levels[:3]).grid_depth is None


def test_a_level_without_a_name_has_a_number():
    assert town.PLACE.level(3).name == "网格"
    assert (town.PLACE.level(7).name, town.PLACE.level(7).name_en) == ("第8级", "Level 8")


def test_a_local_day_begins_at_its_own_midnight():
    midnight = town.PLACE.midnight(dt.date(2020, 11, 20))
    assert midnight == dt.datetime(2020, 11, 19, 16, tzinfo=dt.UTC)
    winter, summer = (NEW_YORK.midnight(dt.date(2025, m, 15)).hour for m in (1, 7))
    assert (winter, summer) == (5, 4)


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)))
def test_the_midnight_after_a_moment_is_the_first_one_not_before_it(moment):
    after = NEW_YORK.midnight_after(moment)
    local = after.astimezone(NEW_YORK.zone)
    assert local.time() == dt.time()
    assert moment <= after <= moment + dt.timedelta(hours=25)
    assert NEW_YORK.midnight_after(after) == after


def test_a_place_is_made_of_plain_values():
    made = place_of({"title": "a", "timezone": "UTC", "root": "1", "levels": [{"name": "b"}]})
    assert made == Place(title="a", timezone="UTC", root="1", levels=(Level(name="b"),))
