from __future__ import annotations

import datetime as dt

import pytest

from callbacks.time_strip import panel
from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import CJK, figure, having, nodes, props, sent, texts

EPOCH = dt.date(1970, 1, 1)


def strip(place, lang: str = "zh"):
    return sent(panel(place.answers.reader(), lang))


def day(number: int) -> str:
    return str(EPOCH + dt.timedelta(days=number))


def test_the_brush_spans_the_days_of_all_appeals(here):
    found = strip(here)
    told = props(found)
    assert (day(told["data-first-day"]), day(told["data-last-day"])) == ("2020-09-23", "2020-11-23")
    (slider,) = [props(n) for n in nodes(found) if n["type"] == "RangeSlider"]
    assert (slider["min"], slider["max"]) == (told["data-first-day"], told["data-last-day"])
    assert slider["value"] == [slider["min"], slider["max"]]
    assert slider["id"] == {"type": "control", "key": "brush"}


def test_every_appeal_stands_in_its_week(here):
    (bars,) = figure(strip(here))["data"]
    told = {week: n for week, n in zip(bars["x"], bars["y"], strict=True) if n}
    # Weeks are counted from the first day, a Wednesday.
    assert told == {
        **{"2020-09-23": 1, "2020-09-30": 1, "2020-10-21": 2, "2020-10-28": 1},
        **{"2020-11-04": 1, "2020-11-11": 2, "2020-11-18": 4},
    }
    assert bars["customdata"][0] == "2020年9月23日"
    assert figure(strip(here, "en"))["data"][0]["customdata"][0] == "23 Sep 2020"


def test_bars_and_brush_lie_over_the_same_days(here):
    found = strip(here)
    axis = figure(found)["layout"]["xaxis"]
    assert axis["range"] == [day(props(found)[f"data-{end}-day"]) for end in ("first", "last")]


def test_a_year_is_named_where_it_begins(tiny):
    axis = figure(strip(tiny))["layout"]["xaxis"]
    assert axis["ticktext"] == ["2023", "2024"]
    for week, year in zip(axis["tickvals"], axis["ticktext"], strict=True):
        assert week.startswith(f"{year}-01-0")


def test_time_can_be_played_by_day_and_by_hour(here):
    buttons = {props(n)["data-play"]: texts(n)[0] for n in having(strip(here), class_="play")}
    assert buttons == {"day": "逐日播放", "hour": "逐时播放"}
    assert not [word for word in texts(strip(here, "en")) if CJK.search(word)]


@pytest.mark.parametrize(("lang", "label"), [("zh", "时段刷选"), ("en", "Brush a period")])
def test_the_brush_is_named(here, lang, label):
    (slider,) = [props(n) for n in nodes(strip(here, lang)) if n["type"] == "RangeSlider"]
    assert slider["aria-label"] == label


def test_without_appeals_there_is_a_strip_without_bars(tmp_path):
    town.published(tmp_path)
    found = strip(screens(tmp_path))
    assert [n for n in nodes(found) if n["type"] == "Graph"] == []
    assert (props(found)["data-first-day"], props(found)["data-last-day"]) == (0, 1)
